// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "query/sql_editor.h"

#include "kit/sql_syntax.h"
#include "query/brackets.h"
#include "query/completion_model.h"
#include "query/editing.h"
#include "query/line_gutter.h"
#include "sql/resplit.h"
#include "theme/theme.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QScrollBar>
#include <QTextBlock>
#include <QToolTip>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::query {

namespace {

constexpr int tabColumns = 4;
constexpr int popupRows = 10;
constexpr int popupCharacters = 48;
constexpr int longChange = 1 << 16;  ///< characters, from which on the whole text is read anew

}  // namespace

SqlEditor::SqlEditor(Engine engine, QWidget* parent)
    : QPlainTextEdit(parent)
    , m_engine(engine)
    , m_syntax(std::make_unique<kit::SqlSyntax>(document(), engine))
    , m_gutter(new LineGutter(*this))
    , m_completer(new QCompleter(this))
{
    m_database.engine = engine;
    setObjectName(u"sqlEditor"_s);
    setAccessibleName(tr("SQL"));
    setPlaceholderText(tr("Write SQL here. Ctrl+Return runs the statement under the cursor."));
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setFrameShape(QFrame::NoFrame);
    m_completer->setWidget(this);
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_completer->setMaxVisibleItems(popupRows);
    m_completer->setModel(new CompletionModel(m_completer));
    connect(m_completer, qOverload<const QString&>(&QCompleter::activated), this, &SqlEditor::accept);
    connect(this, &QPlainTextEdit::cursorPositionChanged, this, &SqlEditor::refreshMarks);
    connect(document(), &QTextDocument::contentsChange, this, &SqlEditor::follow);
    connect(&theme::Watch::instance(), &theme::Watch::changed, this, &SqlEditor::restyle);
    restyle();
}

// The base class clears its document while it goes; nobody is to look at it then.
SqlEditor::~SqlEditor()
{
    disconnect();
    document()->disconnect(this);
}

void SqlEditor::restyle()
{
    setFont(theme::monoFont());
    setTabStopDistance(tabColumns * fontMetrics().horizontalAdvance(u' '));
    m_gutter->place();
    refreshMarks();
}

void SqlEditor::setSchema(const schema::Database& database)
{
    m_database = database;
}

QString SqlEditor::text() const
{
    if (!std::exchange(m_isTextOld, false))
        return m_text;
    // Colours are a change of the document, too.
    if (const QString now = kit::textOf(*document()); now != m_text) {
        m_text = now;
        m_isSplitOld = true;
    }
    return m_text;
}

/// Text and statements go along with a small change; after any other one they are read anew when they are
/// wanted. Not by the document's revision: that one is already the new one while setPlainText() is half done.
void SqlEditor::follow(int position, int removed, int added)
{
    const sql::TextChange change{.position = position, .removed = removed, .added = added};
    const bool fits = position + removed <= m_text.size() && std::max(removed, added) < longChange;
    if (m_isTextOld || m_isSplitOld || !fits) {
        m_isTextOld = true;
    } else {
        QTextCursor cursor(document());
        cursor.setPosition(position);
        cursor.setPosition(std::min(position + added, document()->characterCount() - 1),
                           QTextCursor::KeepAnchor);
        const QString now = kit::plainLines(cursor.selectedText());
        m_isTextOld =
            now.size() != added || m_text.size() - removed + added != document()->characterCount() - 1;
        // Colours are a change of the document, too.
        if (!m_isTextOld && QStringView(m_text).sliced(position, removed) != now) {
            m_text.replace(position, removed, now);
            m_statements = sql::resplit(m_statements, m_text, change, m_engine);
        }
    }
    if (removed != added || removed > 0)
        clearError();
}

const QList<sql::Statement>& SqlEditor::statements() const
{
    const QString now = text();
    if (std::exchange(m_isSplitOld, false))
        m_statements = sql::split(now, m_engine);
    return m_statements;
}

std::optional<sql::Statement> SqlEditor::currentStatement() const
{
    const int index = sql::statementAt(statements(), textCursor().position());
    return index < 0 ? std::nullopt : std::optional(statements().at(index));
}

void SqlEditor::markError(qsizetype position, const QString& message)
{
    m_errorPosition = std::clamp<qsizetype>(position, 0, qMax(0, document()->characterCount() - 1));
    m_errorMessage = message;
    refreshMarks();
    QTextCursor cursor = textCursor();
    cursor.setPosition(static_cast<int>(m_errorPosition));
    setTextCursor(cursor);
    ensureCursorVisible();
}

void SqlEditor::clearError()
{
    if (m_errorPosition < 0)
        return;
    m_errorPosition = -1;
    m_errorMessage.clear();
    refreshMarks();
}

void SqlEditor::refreshMarks()
{
    QList<QTextEdit::ExtraSelection> marks;
    QTextEdit::ExtraSelection line;
    line.format.setBackground(theme::color(theme::Role::SurfaceAlternate));
    line.format.setProperty(QTextFormat::FullWidthSelection, true);
    line.cursor = textCursor();
    line.cursor.clearSelection();
    marks.append(line);
    addBrackets(marks);
    addError(marks);
    setExtraSelections(marks);
    m_gutter->update();
}

void SqlEditor::addBrackets(QList<QTextEdit::ExtraSelection>& marks) const
{
    const auto statement = currentStatement();
    if (!statement)
        return;
    const QString sqlText = text().mid(statement->start, statement->length);
    const qsizetype cursor = textCursor().position() - statement->start;
    for (const qsizetype at : {cursor, cursor - 1}) {
        const auto partner = matchingBracket(sqlText, at, m_engine);
        if (!partner)
            continue;
        for (const qsizetype place : {at, *partner}) {
            QTextEdit::ExtraSelection mark;
            mark.cursor = QTextCursor(document());
            mark.cursor.setPosition(static_cast<int>(statement->start + place));
            mark.cursor.movePosition(QTextCursor::NextCharacter, QTextCursor::KeepAnchor);
            mark.format.setBackground(theme::color(theme::Role::AccentSoft));
            mark.format.setFontWeight(QFont::Bold);
            marks.append(mark);
        }
        return;
    }
}

void SqlEditor::addError(QList<QTextEdit::ExtraSelection>& marks) const
{
    if (m_errorPosition < 0)
        return;
    QTextEdit::ExtraSelection mark;
    mark.cursor = QTextCursor(document());
    mark.cursor.setPosition(static_cast<int>(m_errorPosition));
    mark.cursor.movePosition(QTextCursor::EndOfWord, QTextCursor::KeepAnchor);
    if (!mark.cursor.hasSelection()
        && !mark.cursor.movePosition(QTextCursor::NextCharacter, QTextCursor::KeepAnchor))
        mark.cursor.movePosition(QTextCursor::PreviousCharacter, QTextCursor::KeepAnchor);
    mark.format.setBackground(theme::color(theme::Role::DangerSoft));
    mark.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
    mark.format.setUnderlineColor(theme::color(theme::Role::Danger));
    marks.append(mark);
}

void SqlEditor::toggleComment()
{
    editing::toggleComment(textCursor());
}

bool SqlEditor::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip && m_errorPosition >= 0) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const QPoint place = viewport()->mapFrom(this, help->pos());
        if (cursorForPosition(place).blockNumber()
            == document()->findBlock(static_cast<int>(m_errorPosition)).blockNumber()) {
            QToolTip::showText(help->globalPos(), m_errorMessage, this);
            return true;
        }
    }
    return QPlainTextEdit::event(event);
}

void SqlEditor::resizeEvent(QResizeEvent* event)
{
    QPlainTextEdit::resizeEvent(event);
    m_gutter->place();
}

void SqlEditor::keyPressEvent(QKeyEvent* event)
{
    const bool popup = m_completer->popup()->isVisible();
    const bool control = event->modifiers().testFlag(Qt::ControlModifier);
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (popup && (enter || event->key() == Qt::Key_Tab || event->key() == Qt::Key_Escape)) {
        event->ignore();  // the completer's event filter takes them
        return;
    }
    if (control && enter) {
        event->ignore();  // the page's commands
    } else if (control && event->key() == Qt::Key_Slash) {
        toggleComment();
    } else if (control && event->key() == Qt::Key_Space) {
        offerCompletions(true);
    } else if (event->key() == Qt::Key_Tab && !control) {
        editing::indent(textCursor(), tabColumns);
    } else if (event->key() == Qt::Key_Backtab) {
        editing::outdent(textCursor(), tabColumns);
    } else if (enter && event->modifiers() == Qt::NoModifier) {
        editing::newLine(textCursor());
        ensureCursorVisible();
    } else {
        QPlainTextEdit::keyPressEvent(event);
        const QString typed = event->text();
        if (!control && !typed.isEmpty()
            && (typed.at(0).isLetterOrNumber() || typed == u"_" || typed == u"."))
            offerCompletions(false);
        else if (popup)
            m_completer->popup()->hide();
    }
}

void SqlEditor::offerCompletions(bool explicitly)
{
    const auto statement = currentStatement();
    const qsizetype start = statement ? statement->start : textCursor().position();
    const qsizetype end =
        qMax<qsizetype>(start + (statement ? statement->length : 0), textCursor().position());
    m_completion = complete(text().mid(start, end - start), textCursor().position() - start, m_database);
    m_completion.start += start;
    const bool worth = explicitly || m_completion.qualified || m_completion.prefix.size() >= 2;
    const bool finished =
        m_completion.candidates.size() == 1 && m_completion.candidates.first().text == m_completion.prefix;
    if (!worth || finished || m_completion.candidates.isEmpty()) {
        m_completer->popup()->hide();
        return;
    }
    static_cast<CompletionModel*>(m_completer->model())->setCandidates(m_completion.candidates);
    m_completer->setCompletionPrefix({});
    QRect place = cursorRect();
    place.setWidth(popupCharacters * fontMetrics().averageCharWidth());
    place.translate(m_gutter->width(), 0);
    m_completer->complete(place);
    m_completer->popup()->setCurrentIndex(m_completer->completionModel()->index(0, 0));
}

void SqlEditor::accept(const QString& completion)
{
    QTextCursor cursor = textCursor();
    cursor.setPosition(static_cast<int>(m_completion.start), QTextCursor::KeepAnchor);
    cursor.insertText(completion);
    setTextCursor(cursor);
}

}  // namespace dewpoint::query
