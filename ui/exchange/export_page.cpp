// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "exchange/export_page.h"

#include "exchange/progress_strip.h"
#include "exchange/text_options.h"
#include "kit/ask_bar.h"
#include "theme/measures.h"
#include "theme/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QStandardPaths>
#include <QUrl>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace dewpoint::exchange {

namespace {

QString hintOf(transfer::Format format)
{
    switch (format) {
    case transfer::Format::Csv:
    case transfer::Format::Tsv:
        return ExportPage::tr(
            "An empty text is written as \"\", so that it can be told from NULL. Blobs are hex.");
    case transfer::Format::Json:
        return ExportPage::tr("One array of objects. Numbers keep all their digits.");
    case transfer::Format::Ndjson: return ExportPage::tr("One object a line. Numbers keep all their digits.");
    case transfer::Format::Sql: return ExportPage::tr("One INSERT statement a row.");
    case transfer::Format::Markdown:
    case transfer::Format::Html: return ExportPage::tr("To be read: it cannot be imported again.");
    case transfer::Format::Xlsx:
        return ExportPage::tr(
            "A spreadsheet holds 1,048,575 rows. Numbers of more than 15 digits are written as text.");
    }
    return {};
}

constexpr int deepest = 5;

/// "orders 3, users 2", as long as it can be read at a glance.
QString tablesText(const QList<transfer::SubsetReport::Table>& tables)
{
    constexpr qsizetype most = 8;
    QStringList parts;
    for (const transfer::SubsetReport::Table& table : tables.first(std::min(most, tables.size())))
        parts += u"%1 %2"_s.arg(table.name, QLocale().toString(table.rows));
    if (tables.size() > most)
        parts += ExportPage::tr("%n more table(s)", nullptr, static_cast<int>(tables.size() - most));
    return parts.join(u", "_s);
}

/// What a name may have, and a file's may not.
QString fileName(QString name)
{
    for (QChar& c : name) {
        if (u"/\\:*?\"<>|"_s.contains(c) || !c.isPrint())
            c = u'_';
    }
    return name.isEmpty() ? u"rows"_s : name;
}

}  // namespace

ExportPage::ExportPage(runtime::Session& session, QString name, QList<ExportScope> scopes, QWidget* parent)
    : QWidget(parent)
    , m_session(session, runtime::OwnSession::Use::Read)
    , m_engine(session.target().engine)
    , m_name(std::move(name))
    , m_scopes(std::move(scopes))
    , m_ask(new kit::AskBar)
    , m_scope(new QComboBox)
    , m_format(new QComboBox)
    , m_path(new QLineEdit)
    , m_hint(new QLabel)
    , m_textOptions(new TextOptions)
    , m_subset(new QWidget)
    , m_references(new QCheckBox(tr("With &all rows that they refer to")))
    , m_dependants(new QComboBox)
    , m_browse(new QPushButton(tr("&Browse…")))
    , m_start(new QPushButton(tr("Export")))
    , m_strip(new ProgressStrip)
{
    setObjectName(u"exportPage"_s);
    build();
    wire();
    renderFormat();
    renderRunning();
    setFocusProxy(m_format);
}

void ExportPage::wire()
{
    connect(m_format, &QComboBox::currentIndexChanged, this, &ExportPage::renderFormat);
    connect(m_scope, &QComboBox::currentIndexChanged, this, &ExportPage::renderSubset);
    connect(m_references, &QCheckBox::toggled, this, &ExportPage::renderSubset);
    connect(m_path, &QLineEdit::textEdited, this, [this] { m_ownPath = true; });
    connect(m_path, &QLineEdit::returnPressed, this, &ExportPage::start);
    connect(m_browse, &QPushButton::clicked, this, &ExportPage::choosePlace);
    connect(m_start, &QPushButton::clicked, this, &ExportPage::start);
    connect(m_strip, &ProgressStrip::cancelled, this, &ExportPage::cancel);
    // A question that stands is about another file or other rows then.
    for (const QComboBox* box : {m_scope, m_format, m_dependants})
        connect(box, &QComboBox::currentIndexChanged, m_ask, &kit::AskBar::retract);
    connect(m_path, &QLineEdit::textChanged, m_ask, &kit::AskBar::retract);
    connect(m_textOptions, &TextOptions::changed, m_ask, &kit::AskBar::retract);
    connect(m_references, &QCheckBox::toggled, m_ask, &kit::AskBar::retract);
}

ExportPage::~ExportPage() = default;

void ExportPage::fillForm(QFormLayout* form)
{
    m_scope->setObjectName(u"exportScope"_s);
    for (const ExportScope& scope : std::as_const(m_scopes))
        m_scope->addItem(scope.title);
    m_format->setObjectName(u"exportFormat"_s);
    for (const transfer::FormatInfo& info : transfer::formats())
        m_format->addItem(info.title, info.id);
    m_path->setObjectName(u"exportPath"_s);
    m_hint->setProperty("role", u"muted"_s);
    m_hint->setWordWrap(true);
    auto* place = new QHBoxLayout;
    place->setSpacing(theme::space::s);
    place->addWidget(m_path, 1);
    place->addWidget(m_browse);
    fillSubset();
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setVerticalSpacing(theme::space::m);
    form->addRow(tr("&Rows"), m_scope);
    form->addRow(tr("For&mat"), m_format);
    form->addRow(QString(), m_hint);
    auto* file = new QLabel(tr("F&ile"));
    file->setBuddy(m_path);
    form->addRow(file, place);
    form->addRow(QString(), m_textOptions);
    form->addRow(QString(), m_subset);
}

void ExportPage::fillSubset()
{
    m_references->setObjectName(u"exportReferences"_s);
    m_dependants->setObjectName(u"exportDependants"_s);
    m_dependants->addItem(tr("None"), 0);
    m_dependants->addItem(tr("Those that refer to them directly"), 1);
    for (int steps = 2; steps <= deepest; ++steps)
        m_dependants->addItem(tr("Up to %n step(s) away", nullptr, steps), steps);
    auto* subset = new QFormLayout(m_subset);
    subset->setContentsMargins(0, 0, 0, 0);
    subset->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    subset->addRow(m_references);
    subset->addRow(tr("Rows that refer &to them"), m_dependants);
}

void ExportPage::build()
{
    auto* title = new QLabel(tr("Export %1").arg(m_name));
    title->setProperty("role", u"title"_s);
    title->setTextFormat(Qt::PlainText);
    title->setMinimumWidth(1);
    m_start->setObjectName(u"startExport"_s);
    m_start->setProperty("primary", true);
    auto* card = new QWidget;
    card->setMaximumWidth(theme::space::formWidth);
    auto* inner = new QVBoxLayout(card);
    inner->setContentsMargins(theme::space::xl, theme::space::xl, theme::space::xl, theme::space::xl);
    inner->setSpacing(theme::space::l);
    auto* form = new QFormLayout;
    fillForm(form);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(m_start);
    inner->addWidget(title);
    inner->addLayout(form);
    inner->addWidget(m_strip);
    inner->addLayout(buttons);
    inner->addStretch(1);
    auto* row = new QHBoxLayout;
    row->addWidget(card, 1);
    row->addStretch(0);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_ask);
    column->addLayout(row, 1);
}

transfer::Format ExportPage::format() const
{
    return transfer::formatNamed(m_format->currentData().toString()).value_or(transfer::Format::Csv);
}

QString ExportPage::proposedPath() const
{
    const QString typed = m_path->text();
    QDir folder(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
    if (!folder.exists())
        folder = QDir::home();
    if (!typed.isEmpty())
        folder = QFileInfo(typed).absoluteDir();
    const QString base = m_ownPath ? QFileInfo(typed).completeBaseName() : fileName(m_name);
    return folder.filePath(base + u'.' + transfer::infoOf(format()).suffix);
}

void ExportPage::renderFormat()
{
    m_textOptions->setFormat(format());
    m_path->setText(proposedPath());
    renderSubset();
}

void ExportPage::renderSubset()
{
    const bool possible = format() == transfer::Format::Sql && m_scopes[m_scope->currentIndex()].subset;
    m_subset->setVisible(possible);
    m_dependants->setEnabled(m_references->isChecked());
    m_hint->setText(wantedSubset() ? tr("One transaction that runs on an empty database of this structure: "
                                        "what is referred to comes first.")
                                   : hintOf(format()));
}

std::optional<transfer::Subset> ExportPage::wantedSubset() const
{
    auto subset = m_scopes[m_scope->currentIndex()].subset;
    if (format() != transfer::Format::Sql || !m_references->isChecked() || !subset)
        return std::nullopt;
    subset->dependants = m_dependants->currentData().toInt();
    return subset;
}

void ExportPage::chooseSubset()
{
    m_scope->setCurrentIndex(m_scope->count() - 1);
    m_format->setCurrentIndex(m_format->findData(transfer::infoOf(transfer::Format::Sql).id));
    m_references->setChecked(true);
}

void ExportPage::renderRunning()
{
    for (QWidget* widget : std::initializer_list<QWidget*>{m_scope, m_format, m_path, m_browse, m_textOptions,
                                                           m_subset, m_start})
        widget->setEnabled(!m_running);
}

void ExportPage::choosePlace()
{
    auto* dialog = new QFileDialog(this, tr("Export %1").arg(m_name), m_path->text());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setOption(QFileDialog::DontConfirmOverwrite);  // the page asks
    dialog->setDefaultSuffix(transfer::infoOf(format()).suffix);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        m_ownPath = true;
        m_path->setText(path);
    });
    dialog->open();
}

transfer::WriteOptions ExportPage::options() const
{
    transfer::WriteOptions options = transfer::optionsFor(m_scopes[m_scope->currentIndex()].source, m_engine);
    m_textOptions->fill(options);
    return options;
}

void ExportPage::start()
{
    if (m_running)
        return;
    m_ask->dismiss();
    const QFileInfo place(m_path->text());
    if (m_path->text().trimmed().isEmpty() || place.isDir())
        return m_ask->tell(kit::AskBar::Tone::Warning, tr("Choose a file to write."));
    if (!place.exists())
        return write(wanted());
    m_ask->ask(kit::AskBar::Tone::Warning, tr("%1 is there already.").arg(place.fileName()),
               tr("It is replaced when all rows are written."), tr("Replace"),
               [this, wanted = wanted()] { write(wanted); });
}

rows::RowCount ExportPage::knownCount() const
{
    const ExportScope& scope = m_scopes[m_scope->currentIndex()];
    if (const auto* chosen = std::get_if<transfer::ChosenRows>(&scope.source))
        return {.rows = static_cast<qint64>(chosen->keys.size()), .exact = true};
    if (const auto* held = std::get_if<transfer::HeldRows>(&scope.source))
        return {.rows = held->batch->rowCount(), .exact = true};
    return scope.count ? scope.count() : rows::RowCount();
}

ExportPage::Wanted ExportPage::wanted() const
{
    return {.source = m_scopes[m_scope->currentIndex()].source,
            .subset = wantedSubset(),
            .count = knownCount(),
            .format = format(),
            .options = options(),
            .path = m_path->text()};
}

void ExportPage::write(const Wanted& wanted)
{
    m_running = true;
    renderRunning();
    const auto progress = std::make_shared<transfer::Progress>();
    // What goes along with the rows of a subset is not known before.
    if (wanted.count.rows > 0 && !wanted.count.atLeast && !wanted.subset) {
        progress->totalRows = wanted.count.rows;
        progress->about = !wanted.count.exact;
    }
    m_strip->begin(tr("Exporting…"), progress);
    m_job = m_session->run(
        runtime::Session::Lane::Read, this,
        [wanted, progress](auto& connection, const runtime::StopToken&) {
            const transfer::ReadingOnly guard(connection);
            if (wanted.subset)
                return transfer::exportSubset(connection, *wanted.subset, wanted.path, *progress);
            return transfer::exportRows(connection, wanted.source, wanted.format, wanted.options, wanted.path,
                                        *progress)
                .transform([](const transfer::Exported& all) {
                    return transfer::SubsetReport{.rows = all.rows, .bytes = all.bytes};
                });
        },
        [this, path = wanted.path](const Result<transfer::SubsetReport>& done) { finished(done, path); });
}

void ExportPage::cancel()
{
    if (m_running)
        m_job.stop();
}

void ExportPage::finished(const Result<transfer::SubsetReport>& done, const QString& path)
{
    m_running = false;
    m_strip->end();
    renderRunning();
    m_start->setFocus();
    if (!done && done.error().kind == ErrorKind::Cancelled)
        return m_ask->tell(kit::AskBar::Tone::Info, tr("Cancelled."), tr("No file was written."));
    if (!done)
        return m_ask->tell(kit::AskBar::Tone::Danger, done.error().message,
                           done.error().detail + (done.error().detail.isEmpty() ? QString() : u" "_s)
                               + done.error().hint);
    QString detail =
        tr("%1 in %2").arg(QLocale().formattedDataSize(done->bytes), QFileInfo(path).absolutePath());
    if (!done->tables.isEmpty())
        detail += u" · "_s + tablesText(done->tables);
    if (done->missing > 0)
        detail +=
            u" · "_s
            + tr("%n reference(s) lead to rows that are not there", nullptr, static_cast<int>(done->missing));
    m_ask->tell(
        kit::AskBar::Tone::Info,
        tr("%n row(s) written to %1.", nullptr, static_cast<int>(done->rows)).arg(QFileInfo(path).fileName()),
        detail, tr("Open its folder"),
        [path] { QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(path).absolutePath())); });
    Q_EMIT statusText(m_ask->title());
}

void ExportPage::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && m_running)
        return cancel();
    QWidget::keyPressEvent(event);
}

QList<kit::Command> ExportPage::commands()
{
    return {
        {u"export.start"_s, tr("Export"), QKeySequence(Qt::CTRL | Qt::Key_Return),
         [this] { return !m_running; }, [this] { start(); }},
        {u"export.cancel"_s, tr("Cancel the export"), QKeySequence(Qt::CTRL | Qt::Key_Period),
         [this] { return m_running; }, [this] { cancel(); }},
    };
}

}  // namespace dewpoint::exchange
