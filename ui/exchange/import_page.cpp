// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "exchange/import_page.h"

#include "exchange/bad_rows_grid.h"
#include "exchange/mapping_table.h"
#include "exchange/preview_table.h"
#include "exchange/progress_strip.h"
#include "exchange/source_bar.h"
#include "kit/announce.h"
#include "kit/ask_bar.h"
#include "kit/file_drop.h"
#include "theme/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSplitter>
#include <QTabWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace dewpoint::exchange {

ImportPage::ImportPage(runtime::Session& session, rows::Relation relation, QWidget* parent)
    : QWidget(parent)
    , m_shared(session)
    , m_session(session, runtime::OwnSession::Use::Write)
    , m_plan{.relation = std::move(relation)}
    , m_ask(new kit::AskBar)
    , m_source(new SourceBar)
    , m_mapping(new MappingTable)
    , m_summary(new QLabel)
    , m_tabs(new QTabWidget)
    , m_preview(new PreviewTable)
    , m_bad(new BadRowsGrid)
    , m_mode(new QComboBox)
    , m_keep(new QPushButton(tr("Import as they are")))
    , m_skip(new QPushButton(tr("Leave the bad rows out")))
    , m_start(new QPushButton(tr("Import")))
    , m_scenario(new QCheckBox(
          tr("Keep a scenario first. An import is not in History; the scenario takes it back.")))
    , m_strip(new ProgressStrip)
{
    setObjectName(u"importPage"_s);
    connect(new kit::FileDrop(this), &kit::FileDrop::dropped, this, &ImportPage::openFile);
    build();
    wire();
    renderState();
    setFocusProxy(m_source);
}

ImportPage::~ImportPage()
{
    m_bad->disconnect(this);
}

QString ImportPage::restOf(const Error& error)
{
    return (error.detail + u' ' + error.hint).trimmed();
}

void ImportPage::tell(const Error& error)
{
    const bool cancelled = error.kind == ErrorKind::Cancelled;
    m_ask->tell(cancelled ? kit::AskBar::Tone::Info : kit::AskBar::Tone::Danger, error.message,
                restOf(error));
}

void ImportPage::buildBottom()
{
    m_tabs->setObjectName(u"importTabs"_s);
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_preview, tr("Preview"));
    m_tabs->addTab(m_bad, tr("Bad rows"));
    m_tabs->setTabVisible(BadTab, false);
    m_mode->setObjectName(u"importMode"_s);
    m_mode->addItem(tr("Add as new rows"));
    m_mode->addItem(tr("Add, or update rows with a known key"));
    m_mode->addItem(tr("Replace all rows of the table"));
    m_mode->setAccessibleName(tr("What happens to the rows"));
    m_keep->setObjectName(u"keepOdd"_s);
    m_keep->setToolTip(tr("SQLite keeps any value: what does not fit stands there as text."));
    m_skip->setObjectName(u"skipBad"_s);
    m_start->setObjectName(u"startImport"_s);
    m_start->setProperty("primary", true);
    m_scenario->setObjectName(u"keepScenario"_s);
    m_scenario->setToolTip(tr("A copy of all rows of the database, on this machine."));
    m_scenario->setMinimumWidth(1);
    m_summary->setObjectName(u"importSummary"_s);
    m_summary->setMinimumWidth(1);
    m_summary->setWordWrap(true);
    kit::announceTexts(m_summary);
}

void ImportPage::build()
{
    buildBottom();
    auto* title = new QLabel(tr("Import into %1").arg(relation().name));
    title->setProperty("role", u"title"_s);
    title->setTextFormat(Qt::PlainText);
    title->setMinimumWidth(1);
    auto* head = new QVBoxLayout;
    head->setContentsMargins(theme::space::l, theme::space::l, theme::space::l, theme::space::s);
    head->setSpacing(theme::space::m);
    head->addWidget(title);
    head->addWidget(m_source);
    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_mapping);
    splitter->addWidget(m_tabs);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 1);
    auto* before = new QHBoxLayout;
    before->setContentsMargins(theme::space::l, theme::space::s, theme::space::l, 0);
    before->addWidget(m_scenario);
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(theme::space::l, theme::space::s, theme::space::l, theme::space::s);
    foot->setSpacing(theme::space::s);
    foot->addWidget(m_mode);
    foot->addWidget(m_summary, 1);
    foot->addWidget(m_keep);
    foot->addWidget(m_skip);
    foot->addWidget(m_start);
    auto* strip = new QVBoxLayout;
    strip->setContentsMargins(theme::space::l, 0, theme::space::l, 0);
    strip->addWidget(m_strip);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_ask);
    auto* middle = new QHBoxLayout;
    middle->setContentsMargins(theme::space::s, 0, theme::space::s,
                               0);  // the cells' own padding does the rest
    middle->addWidget(splitter);
    column->addLayout(head);
    column->addLayout(middle, 1);
    column->addLayout(strip);
    column->addLayout(before);
    column->addLayout(foot);
}

void ImportPage::wire()
{
    connect(m_source, &SourceBar::fileChosen, this, &ImportPage::openFile);
    connect(m_source, &SourceBar::optionsChanged, this, &ImportPage::readAgain);
    connect(m_mapping, &MappingTable::mappingChanged, this, [this] {
        m_ask->retract();
        m_done = false;
        showPreview();  // what was mended stays: it is by column of the file
        check();
    });
    connect(m_mode, &QComboBox::currentIndexChanged, this, [this] {
        m_ask->retract();
        m_done = false;
        renderState();
    });
    connect(m_bad, &BadRowsGrid::itemChanged, this, [this] {
        m_mended = true;
        m_ask->retract();
    });
    connect(m_bad, &BadRowsGrid::leftOutChanged, this, [this](int rows) {
        m_mended = true;
        m_ask->retract();
        m_keep->setVisible(m_bad->hasOdd());
        m_summary->setText(tr("%n row(s) left out.", nullptr, rows));
    });
    connect(m_start, &QPushButton::clicked, this, &ImportPage::start);
    connect(m_skip, &QPushButton::clicked, this, [this] { confirm(Others::LeaveOut); });
    connect(m_keep, &QPushButton::clicked, this, [this] { confirm(Others::KeepOdd); });
    connect(m_strip, &ProgressStrip::cancelled, this, &ImportPage::cancel);
}

void ImportPage::openFile(const QString& path)
{
    if (m_importing)
        return;
    m_countJob.cancel();
    m_ask->dismiss();
    stopLooking();
    m_source->setPath(path);
    m_plan.path = path;
    m_file.reset();
    forgetMending();
    QStringList known;
    for (const rows::RelationColumn& column : relation().columns)
        known += column.name;
    m_looking = true;
    m_lookJob = m_session->run(
        runtime::Session::Lane::Read, this,
        [path, known](auto&, const runtime::StopToken&) { return transfer::sniff(path, {}, known); },
        [this](const Result<transfer::Sniffed>& sniffed) { taken(sniffed, false); });
    renderState();
}

void ImportPage::readAgain()
{
    if (m_importing || m_plan.path.isEmpty())
        return;
    m_ask->retract();
    stopLooking();
    transfer::ReadOptions before = m_file ? m_file->options : transfer::ReadOptions();
    before.nullText = m_source->options().nullText;
    if (!m_file || m_source->options() != before) {  // where the rows begin and end may be another place
        if (m_mended)
            Q_EMIT statusText(tr("What was mended is forgotten: the file is read otherwise."));
        forgetMending();
    }
    m_looking = true;
    m_lookJob = m_session->run(
        runtime::Session::Lane::Read, this,
        [path = m_plan.path, options = m_source->options()](auto&, const runtime::StopToken&) {
            return transfer::sample(path, options);
        },
        [this](const Result<transfer::Sniffed>& sniffed) { taken(sniffed, true); });
    renderState();
}

void ImportPage::taken(const Result<transfer::Sniffed>& sniffed, bool keepMapping)
{
    m_looking = false;
    if (!sniffed) {
        m_file.reset();
        forgetMending();
        m_mapping->setRowCount(0);
        m_preview->setRowCount(0);
        tell(sniffed.error());
        return renderState();
    }
    m_countJob.cancel();
    m_ask->dismiss();
    const bool same = keepMapping && m_file && m_file->columns == sniffed->columns;
    const QList<int> before = m_mapping->mapping();
    m_file = *sniffed;
    m_source->setOptions(m_file->options);
    const bool named = !m_file->options.isText() || m_file->options.header;
    m_mapping->show(*m_file, relation(),
                    same ? before : transfer::proposedMapping(m_file->columns, relation(), named));
    showPreview();
    check();
}

void ImportPage::showPreview()
{
    if (m_file)
        m_preview->show(*m_file, relation(), m_mapping->mapping());
    else
        m_preview->clear();
}

transfer::ImportPlan ImportPage::plan() const
{
    transfer::ImportPlan plan = m_plan;
    plan.mapping = m_mapping->mapping();
    plan.mode = static_cast<transfer::ImportMode>(m_mode->currentIndex());
    if (m_file)
        plan.options = m_file->options;
    return plan;
}

void ImportPage::check()
{
    if (m_lookJob.isRunning())
        return;  // what it finds is checked
    m_mapping->clearVerdicts();
    const auto progress = std::make_shared<transfer::Progress>();
    m_looking = true;
    m_strip->begin(tr("Checking…"), progress);
    m_checkJob = m_session->run(
        runtime::Session::Lane::Read, this,
        [plan = plan(), progress](auto&, const runtime::StopToken& stop) {
            return transfer::checkRows(plan, *progress, [&stop] { return stop.stopRequested(); });
        },
        [this](const Result<transfer::Checked>& found) { checked(found); });
    renderState();
}

void ImportPage::checked(const Result<transfer::Checked>& found)
{
    m_looking = false;
    m_strip->end();
    renderState();
    if (!found)
        return tell(found.error());
    m_mapping->showVerdicts(*found, true);
    const QLocale locale;
    if (!transfer::planProblem(plan()).isEmpty())
        return;
    if (const qint64 odd = found->oddValues(); found->badRows == 0 && odd > 0)
        return m_summary->setText(
            tr("%n value(s) would be kept as text: they are shown before anything is written.", nullptr,
               static_cast<int>(odd)));
    if (found->badRows == 0)
        return m_summary->setText(
            tr("%n row(s), and all seem to fit.", nullptr, static_cast<int>(found->rows)));
    QString text =
        tr("%1 of %2 rows do not fit.").arg(locale.toString(found->badRows), locale.toString(found->rows));
    if (!found->rowProblem.isEmpty())
        text += u' ' + tr("Line %1: %2").arg(locale.toString(found->rowLine), found->rowProblem);
    m_summary->setText(text);
}

void ImportPage::renderState()
{
    const QString problem = m_file ? transfer::planProblem(plan()) : QString();
    m_summary->setText(m_looking ? QString() : m_file ? problem : tr("Choose a file to see what is in it."));
    m_start->setEnabled(m_file && !m_importing && !m_looking && problem.isEmpty() && !m_done);
    m_start->setText(m_tabs->isTabVisible(BadTab) ? tr("Try again") : tr("Import"));
    const bool mending = m_tabs->isTabVisible(BadTab);
    m_skip->setVisible(mending);
    m_keep->setVisible(mending && m_bad->hasOdd());
    for (QPushButton* button : {m_skip, m_keep})
        button->setEnabled(m_start->isEnabled());
    for (QWidget* widget :
         {static_cast<QWidget*>(m_source), static_cast<QWidget*>(m_mapping), static_cast<QWidget*>(m_mode),
          static_cast<QWidget*>(m_bad), static_cast<QWidget*>(m_scenario)})
        widget->setEnabled(!m_importing);
}

/// An answer about what was chosen before must not be taken for one about what is chosen now.
void ImportPage::stopLooking()
{
    m_lookJob.cancel();
    m_checkJob.cancel();
    m_strip->end();
    m_looking = false;
}

/// Another file, or read otherwise: what was mended belongs to other rows.
void ImportPage::forgetMending()
{
    m_mended = false;
    m_plan.fixes.clear();
    m_plan.leftOut.clear();
    m_plan.kept.clear();
    m_bad->setRowCount(0);
    m_tabs->setTabVisible(BadTab, false);
    m_done = false;
}

void ImportPage::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && isBusy())
        return cancel();
    QWidget::keyPressEvent(event);
}

QList<kit::Command> ImportPage::commands()
{
    return {
        {u"import.file"_s, tr("Choose a file"), QKeySequence(Qt::CTRL | Qt::Key_O),
         [this] { return !m_importing; }, [this] { m_source->choosePlace(); }},
        {u"import.start"_s, tr("Import"), QKeySequence(Qt::CTRL | Qt::Key_Return),
         [this] { return m_start->isEnabled(); }, [this] { start(); }},
        {u"import.cancel"_s, tr("Cancel the import"), QKeySequence(Qt::CTRL | Qt::Key_Period),
         [this] { return isBusy(); }, [this] { cancel(); }},
    };
}

}  // namespace dewpoint::exchange
