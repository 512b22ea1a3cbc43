// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "query/query_page.h"

#include "kit/ask_bar.h"
#include "query/result_panel.h"
#include "query/result_view.h"
#include "query/sql_editor.h"
#include "theme/measures.h"
#include "theme/theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QSplitter>
#include <QTextCursor>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::query {

QueryPage::QueryPage(runtime::Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_editor(new SqlEditor(session.target().engine, this))
    , m_results(new ResultPanel(session, this))
    , m_ask(new kit::AskBar(this))
    , m_title(tr("Query"))
{
    setObjectName(u"queryPage"_s);
    auto* splitter = new QSplitter(Qt::Vertical, this);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_editor);
    splitter->addWidget(m_results);
    splitter->setStretchFactor(0, 2);
    splitter->setStretchFactor(1, 3);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildToolBar());
    column->addWidget(m_ask);
    column->addWidget(splitter, 1);
    setFocusProxy(m_editor);
    connect(m_editor, &QPlainTextEdit::selectionChanged, this, &QueryPage::refreshButtons);
    connect(m_editor, &QPlainTextEdit::textChanged, this, &QueryPage::refreshButtons);
    connect(m_ask, &kit::AskBar::dismissed, m_editor, qOverload<>(&QWidget::setFocus));
    connect(m_results, &ResultPanel::placeWanted, this, &QueryPage::goTo);
    connect(m_results, &ResultPanel::currentCellChanged, this, &QueryPage::currentCellChanged);
    connect(m_results, &ResultPanel::said, this, &QueryPage::statusText);
    connect(m_results, &ResultPanel::exportRequested, this, &QueryPage::exportResult);
    connect(m_results, &ResultPanel::wholeResultWanted, this,
            [this](const Request& request) { run({request}, -1); });
    connect(m_editor, &QPlainTextEdit::textChanged, this, &QueryPage::edited);
    connect(&session, &runtime::Session::transactionChanged, this, &QueryPage::showTransaction);
    refreshButtons();
}

// Children go after this class's part of the object: their last signals must not come here.
QueryPage::~QueryPage()
{
    m_editor->disconnect(this);
    m_ask->disconnect(this);
    m_results->disconnect(this);
}

QWidget* QueryPage::buildToolBar()
{
    auto* bar = new QWidget(this);
    bar->setObjectName(u"queryToolBar"_s);
    bar->setFixedHeight(theme::space::toolBarHeight);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(theme::space::s, 0, theme::space::m, 0);
    row->setSpacing(theme::space::xs);
    row->addWidget(button(u"query.runStatement"_s, u"media-playback-start"_s, tr("Run")));
    row->addWidget(button(u"query.runSelection"_s, u"edit-select-text"_s, tr("Run selection")));
    row->addWidget(button(u"query.runAll"_s, u"media-seek-forward"_s, tr("Run all")));
    row->addWidget(button(u"query.cancel"_s, u"process-stop"_s, tr("Cancel")));
    m_elapsed = new QLabel(bar);
    m_elapsed->setObjectName(u"elapsed"_s);
    m_elapsed->setFont(theme::smallFont());
    row->addWidget(m_elapsed);
    row->addStretch(1);
    m_transaction = new QLabel(bar);
    m_transaction->setObjectName(u"transactionState"_s);
    m_transaction->setFont(theme::smallFont());
    m_transaction->setToolTip(
        tr("A transaction is open on this connection; COMMIT keeps its changes, ROLLBACK takes them back"));
    row->addWidget(m_transaction);
    showTransaction(inTransaction());
    return bar;
}

QToolButton* QueryPage::button(const QString& id, const QString& icon, const QString& label)
{
    const QList<kit::Command> all = commands();
    const auto command = std::ranges::find(all, id, &kit::Command::id);
    auto* tool = new QToolButton(this);
    tool->setObjectName(id);
    tool->setText(label);
    tool->setIcon(theme::icon(icon));
    tool->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    tool->setAutoRaise(true);
    tool->setToolTip(u"%1 (%2)"_s.arg(command->title, command->shortcut.toString(QKeySequence::NativeText)));
    connect(tool, &QToolButton::clicked, this, [run = command->run] { run(); });
    connect(&theme::Watch::instance(), &theme::Watch::changed, tool,
            [tool, icon] { tool->setIcon(theme::icon(icon)); });
    m_buttons.append({id, tool});
    return tool;
}

QList<kit::Command> QueryPage::commands()
{
    const auto idle = [this] { return !m_running && !m_editor->statements().isEmpty(); };
    return {
        {u"query.runStatement"_s, tr("Run statement under the cursor"),
         QKeySequence(Qt::CTRL | Qt::Key_Return), idle, [this] { runStatement(); }},
        {u"query.runSelection"_s, tr("Run selection"), QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_Return),
         [this, idle] { return idle() && m_editor->textCursor().hasSelection(); },
         [this] { runSelection(); }},
        {u"query.runAll"_s, tr("Run all statements"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Return),
         idle, [this] { runEverything(); }},
        {u"query.cancel"_s, tr("Cancel the running statement"), QKeySequence(Qt::CTRL | Qt::Key_Period),
         [this] { return m_running; }, [this] { cancel(); }},
        {u"query.export"_s, tr("Export rows…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E),
         [this] { return m_results->current() != nullptr; }, [this] { exportResult(); }},
        {u"query.comment"_s,
         tr("Comment or uncomment lines"),
         QKeySequence(Qt::CTRL | Qt::Key_Slash),
         {},
         [this] { m_editor->toggleComment(); }},
        {u"query.complete"_s,
         tr("Complete"),
         QKeySequence(Qt::CTRL | Qt::Key_Space),
         {},
         [this] { m_editor->offerCompletions(true); }},
    };
}

// A window with a command registry takes the shortcuts before they come here.
void QueryPage::keyPressEvent(QKeyEvent* event)
{
    auto key = static_cast<Qt::Key>(event->key());
    if (key == Qt::Key_Escape && m_running)
        return cancel();
    if (key == Qt::Key_Enter)
        key = Qt::Key_Return;
    const QKeySequence pressed(QKeyCombination(event->modifiers() & ~Qt::KeypadModifier, key));
    for (const kit::Command& command : commands()) {
        if (command.shortcut == pressed && command.isEnabled()) {
            command.run();
            return;
        }
    }
    QWidget::keyPressEvent(event);
}

void QueryPage::setSchema(const schema::Database& database)
{
    m_editor->setSchema(database);
}

void QueryPage::setTitle(const QString& title)
{
    if (title == m_title)
        return;
    m_title = title;
    Q_EMIT titleChanged(m_title);
}

void QueryPage::setText(const QString& sqlText)
{
    m_editor->setPlainText(sqlText);
}

cells::GridView* QueryPage::resultGrid() const
{
    const ResultView* view = m_results->current();
    return view ? view->grid() : nullptr;
}

std::optional<items::Record> QueryPage::record() const
{
    const ResultView* view = m_results->current();
    return view ? view->record() : std::nullopt;
}

bool QueryPage::isBlank() const
{
    return m_editor->text().trimmed().isEmpty();
}

QJsonObject QueryPage::saveState() const
{
    const QTextCursor cursor = m_editor->textCursor();
    return {{u"text"_s, m_editor->text()},
            {u"title"_s, m_title},
            {u"cursor"_s, cursor.position()},
            {u"anchor"_s, cursor.anchor()}};
}

void QueryPage::restoreState(const QJsonObject& state)
{
    m_editor->setPlainText(state.value(u"text").toString());
    const auto last = static_cast<int>(m_editor->text().size());
    QTextCursor cursor = m_editor->textCursor();
    cursor.setPosition(qBound(0, state.value(u"anchor").toInt(), last));
    cursor.setPosition(qBound(0, state.value(u"cursor").toInt(), last), QTextCursor::KeepAnchor);
    m_editor->setTextCursor(cursor);
    if (const QString title = state.value(u"title").toString(); !title.isEmpty())
        setTitle(title);
}

void QueryPage::showTransaction(bool open)
{
    m_transaction->setText(open ? tr("● In transaction") : tr("Autocommit"));
    QPalette colours = m_transaction->palette();
    colours.setColor(QPalette::WindowText,
                     theme::color(open ? theme::Role::Warning : theme::Role::TextFaint));
    m_transaction->setPalette(colours);
}

void QueryPage::refreshButtons()
{
    const QList<kit::Command> all = commands();
    for (const auto& [id, tool] : std::as_const(m_buttons))
        tool->setEnabled(std::ranges::find(all, id, &kit::Command::id)->isEnabled());
}

void QueryPage::exportResult()
{
    const ResultView* view = m_results->current();
    if (!view)
        return;
    const bool again = view->request().plain && !m_session.inTransaction();
    Q_EMIT exportRequested(again ? view->request().sql : QString(),
                           std::make_shared<const RowBatch>(view->rows()));
}

void QueryPage::goTo(qsizetype position)
{
    QTextCursor cursor = m_editor->textCursor();
    cursor.setPosition(static_cast<int>(qBound<qsizetype>(0, position, m_editor->text().size())));
    m_editor->setTextCursor(cursor);
    m_editor->setFocus();
}

}  // namespace dewpoint::query
