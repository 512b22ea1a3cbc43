// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "grid/replace_bar.h"

#include "theme/measures.h"
#include "theme/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <memory>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::grid {

ReplaceBar::ReplaceBar(runtime::Session& session, items::TableModel& model, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_model(model)
    , m_column(new QComboBox)
    , m_find(new QLineEdit)
    , m_with(new QLineEdit)
    , m_expression(new QCheckBox(tr("Regular expression")))
    , m_case(new QCheckBox(tr("Match case")))
    , m_whole(new QCheckBox(tr("Whole cell")))
    , m_count(new QLabel)
    , m_next(new QPushButton(tr("Next")))
    , m_replace(new QPushButton(tr("Replace")))
    , m_top(new QBoxLayout(QBoxLayout::LeftToRight))
{
    setObjectName(u"replaceBar"_s);
    m_column->setObjectName(u"replaceColumn"_s);
    m_find->setObjectName(u"replaceFind"_s);
    m_with->setObjectName(u"replaceWith"_s);
    m_expression->setObjectName(u"replaceExpression"_s);
    m_case->setObjectName(u"replaceCase"_s);
    m_whole->setObjectName(u"replaceWhole"_s);
    m_count->setObjectName(u"replaceCount"_s);
    m_next->setObjectName(u"replaceNext"_s);
    m_replace->setObjectName(u"replaceAll"_s);
    build();
    wire();
    hide();
}

void ReplaceBar::build()
{
    m_column->setAccessibleName(tr("Column"));
    m_column->setMaximumWidth(theme::space::sidebarLeast);
    m_find->setPlaceholderText(tr("Find"));
    m_find->setAccessibleName(tr("Find"));
    m_with->setPlaceholderText(tr("Replace with"));
    m_with->setAccessibleName(tr("Replace with"));
    m_with->setToolTip(tr(R"(With a regular expression, \1 is what its first group found.)"));
    m_next->setToolTip(tr("Go to the next cell that holds it (F3)"));
    m_replace->setProperty("primary", true);
    m_count->setFont(theme::smallFont());
    m_count->setMinimumWidth(1);  // what it says must not widen the window
    auto* close = new QToolButton;
    close->setObjectName(u"replaceClose"_s);
    close->setText(tr("Close"));
    connect(close, &QToolButton::clicked, this, &ReplaceBar::end);
    auto* fields = new QHBoxLayout;
    fields->setSpacing(theme::space::s);
    fields->addWidget(m_column);
    fields->addWidget(m_find, 1);
    fields->addWidget(m_with, 1);
    auto* actions = new QHBoxLayout;
    actions->setSpacing(theme::space::s);
    actions->addWidget(m_count, 1);
    actions->addWidget(m_next);
    actions->addWidget(m_replace);
    actions->addWidget(close);
    m_top->setSpacing(theme::space::s);
    m_top->addLayout(fields, 1);
    m_top->addLayout(actions, 1);
    auto* options = new QHBoxLayout;
    options->setSpacing(theme::space::m);
    for (QCheckBox* box : {m_case, m_whole, m_expression})
        options->addWidget(box);
    options->addStretch(1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(theme::space::s, 0, theme::space::s, theme::space::xs);
    column->setSpacing(theme::space::xs);
    column->addLayout(m_top);
    column->addLayout(options);
}

// In a small window the buttons have a line of their own.
void ReplaceBar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    m_top->setDirection(width() < theme::space::messageWidth ? QBoxLayout::TopToBottom
                                                             : QBoxLayout::LeftToRight);
}

void ReplaceBar::wire()
{
    m_due.setSingleShot(true);
    m_due.setInterval(theme::time::searchDelay);
    connect(&m_due, &QTimer::timeout, this, &ReplaceBar::search);
    connect(m_column, &QComboBox::currentIndexChanged, this, &ReplaceBar::searchSoon);
    for (const QLineEdit* field : {m_find, m_with})
        connect(field, &QLineEdit::textChanged, this, &ReplaceBar::searchSoon);
    for (const QCheckBox* box : {m_expression, m_case, m_whole})
        connect(box, &QCheckBox::toggled, this, &ReplaceBar::searchSoon);
    connect(m_find, &QLineEdit::returnPressed, this, &ReplaceBar::showNext);
    connect(m_with, &QLineEdit::returnPressed, this, &ReplaceBar::replaceAll);
    connect(m_next, &QPushButton::clicked, this, &ReplaceBar::showNext);
    connect(m_replace, &QPushButton::clicked, this, &ReplaceBar::replaceAll);
    // The count is true of the rows and edits it was made of.
    connect(&m_model, &items::TableModel::editsChanged, this, &ReplaceBar::searchSoon);
    connect(&m_model, &items::TableModel::phaseChanged, this, &ReplaceBar::searchSoon);
}

void ReplaceBar::begin(int column, const QString& text)
{
    constexpr qsizetype longest = 60;
    fillColumns();
    const QString name = m_model.relation().columns.value(column).name;
    if (const int place = m_column->findText(name); place >= 0)
        m_column->setCurrentIndex(place);
    if (!isVisible() && m_find->text().isEmpty() && text.size() <= longest && !text.contains(u'\n'))
        m_find->setText(text);
    show();
    m_find->setFocus();
    m_find->selectAll();
    searchSoon();
}

void ReplaceBar::fillColumns()
{
    QStringList names;
    for (const rows::RelationColumn& column : m_model.relation().columns) {
        if (!column.readOnly && column.family != rows::ColumnFamily::Binary)
            names += column.name;
    }
    if (m_column->count() == names.size())
        return;
    m_column->clear();
    m_column->addItems(names);
}

rows::Replacement ReplaceBar::replacement() const
{
    return {.column = m_column->currentText(),
            .find = m_find->text(),
            .with = m_with->text(),
            .expression = m_expression->isChecked(),
            .matchCase = m_case->isChecked(),
            .wholeCell = m_whole->isChecked()};
}

void ReplaceBar::searchSoon()
{
    if (isHidden() || m_replacing)
        return;
    m_job = {};
    m_searching = true;
    m_scan.reset();
    m_problem.clear();
    m_shown = -1;
    m_due.start();
    render();
}

void ReplaceBar::search()
{
    const auto replacer = rows::Replacer::of(replacement());
    if (!replacer || m_model.phase() != items::TableModel::Phase::Ready) {
        m_searching = m_model.phase() == items::TableModel::Phase::Loading;
        if (!replacer && !m_find->text().isEmpty())
            m_problem = replacer.error().oneLine();
        return render();
    }
    m_scan = std::make_shared<rows::ReplaceScan>();
    searchOn(m_scan, *replacer, std::make_shared<const rows::StagedEdits>(m_model.edits()));
}

/// One slice after the other, each only while nobody wants a page of rows.
void ReplaceBar::searchOn(const std::shared_ptr<rows::ReplaceScan>& scan, const rows::Replacer& replacer,
                          const std::shared_ptr<const rows::StagedEdits>& edits)
{
    using Scan = std::shared_ptr<rows::ReplaceScan>;
    m_job = m_session.run(
        runtime::Session::Lane::Spare, this,
        [relation = m_model.relation(), spec = m_model.spec(), replacer, edits,
         before = *scan](drivers::Connection& connection, const runtime::StopToken&) -> Result<Scan> {
            auto after = std::make_shared<rows::ReplaceScan>(before);
            const auto done = rows::searchOn(connection, relation, spec, replacer, *edits, *after);
            return done ? Result<Scan>(after) : fail(done.error());
        },
        [this, scan, replacer, edits](const Result<Scan>& after) {
            if (!after && after.error().kind == ErrorKind::Cancelled)
                return searchOn(scan, replacer, edits);  // a page came first
            if (!after) {
                m_searching = false;
                m_problem = after.error().oneLine();
                return render();
            }
            m_scan = *after;
            m_searching = !m_scan->done;
            render();
            if (!m_scan->done)
                searchOn(m_scan, replacer, edits);
        });
}

void ReplaceBar::render()
{
    const QLocale locale;
    const bool ready = m_scan && m_scan->done && !m_searching;
    const qsizetype found = m_scan ? m_scan->cells.size() : 0;
    const bool tooMany = m_scan && m_scan->matches - m_scan->refused > found;
    QStringList said;
    if (!m_problem.isEmpty())
        said += u"⚠ "_s + m_problem;
    else if (m_searching)
        said += m_scan ? tr("Searching… %1 in %2 rows so far")
                             .arg(locale.toString(m_scan->matches), locale.toString(m_scan->rows))
                       : tr("Searching…");
    else if (m_scan)
        said += tr("%n cell(s)", nullptr, static_cast<int>(m_scan->matches)) + u' '
                + tr("in %n row(s)", nullptr, static_cast<int>(m_scan->rows));
    if (ready && m_scan->refused > 0)
        said += tr("%n stay(s) as it is: the new text is no value of the column", nullptr,
                   static_cast<int>(m_scan->refused));
    if (ready && m_scan->tooLong > 0)
        said += tr("%n too long to look into", nullptr, static_cast<int>(m_scan->tooLong));
    if (ready && tooMany)
        said += tr("only %1 can be staged at a time: filter, or use a query").arg(locale.toString(found));
    m_count->setText(said.join(u" · "_s));
    m_count->setToolTip(m_count->text());
    m_next->setEnabled(found > 0);
    m_replace->setEnabled(ready && found > 0 && !tooMany);
    m_replace->setText(ready && found > 0 ? tr("Replace %1").arg(locale.toString(found)) : tr("Replace"));
}

void ReplaceBar::showNext()
{
    if (!m_scan || m_scan->cells.isEmpty())
        return;
    m_shown = (m_shown + 1) % m_scan->cells.size();
    const rows::FoundCell& cell = m_scan->cells[m_shown];
    Q_EMIT wanted({.key = cell.key, .newId = cell.newId}, m_column->currentText());
    m_find->setFocus();
}

/// Building the edits takes its time where there are many; nothing else is staged meanwhile.
void ReplaceBar::replaceAll()
{
    if (!m_replace->isEnabled() || m_model.isFrozen())
        return;
    m_replacing = true;
    m_replace->setEnabled(false);
    m_model.setFrozen(true);
    m_job = m_session.run(
        runtime::Session::Lane::Read, this,
        [edits = m_model.edits(), column = m_column->currentText(),
         cells = m_scan->cells](drivers::Connection&, const runtime::StopToken&) {
            return Result<rows::StagedEdits>(rows::withReplaced(edits, column, cells));
        },
        [this, count = m_scan->cells.size()](Result<rows::StagedEdits> edits) {
            m_replacing = false;
            m_model.setFrozen(false);
            if (!edits) {
                m_problem = edits.error().oneLine();
                return render();  // it can be tried again
            }
            m_problem.clear();
            m_model.setEdits(*std::move(edits));
            Q_EMIT said(
                tr("%n cell(s) staged. Undo takes all of them back.", nullptr, static_cast<int>(count)));
        });
}

void ReplaceBar::end()
{
    m_due.stop();
    if (!m_replacing)
        m_job = {};
    m_scan.reset();
    m_searching = false;
    hide();
    Q_EMIT closed();
}

void ReplaceBar::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        end();
    else if (event->key() == Qt::Key_F3)
        showNext();
    else
        QWidget::keyPressEvent(event);
}

}  // namespace dewpoint::grid
