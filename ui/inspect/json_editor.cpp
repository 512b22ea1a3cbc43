// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "inspect/json_editor.h"

#include "inspect/document_parts.h"
#include "inspect/json_tree.h"
#include "json/find.h"
#include "kit/exact_text.h"
#include "kit/sql_syntax.h"
#include "theme/measures.h"
#include "theme/theme.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QSplitter>
#include <QtConcurrentRun>
#include <QTextBlock>
#include <QToolButton>

#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::inspect {

namespace {

constexpr qsizetype mostText = 512 * 1024;      ///< that a text editor takes without a pause
constexpr qsizetype longBeginning = 64 * 1024;  ///< what is shown of a longer one
constexpr qsizetype mostColoured = 128 * 1024;

}  // namespace

JsonEditor::JsonEditor(QWidget* parent)
    : QWidget(parent)
    , m_tree(new JsonTree(m_model, this))
    , m_text(new QPlainTextEdit(this))
    , m_halves(new QSplitter(Qt::Horizontal, this))
    , m_treeButton(new QToolButton(this))
    , m_textButton(new QToolButton(this))
    , m_add(iconButton(this, u"jsonAdd"_s, tr("Add a member or element (Ins)"), u"list-add"_s))
    , m_undo(iconButton(this, u"jsonUndo"_s, tr("Undo (Ctrl+Z)"), u"edit-undo"_s))
    , m_redo(iconButton(this, u"jsonRedo"_s, tr("Redo (Ctrl+Shift+Z)"), u"edit-redo"_s))
    , m_more(iconButton(this, u"jsonMore"_s, tr("More of what can be done"), u"application-menu"_s))
    , m_findBar(buildFind())
    , m_problem(new QLabel(this))
    , m_note(new QLabel(this))
    , m_foot(new QWidget(this))
    , m_revert(new QPushButton(tr("Revert"), this))
    , m_stage(new QPushButton(tr("Stage"), this))
    , m_stop(new QPushButton(tr("Stop"), this))
    , m_listMore(new QPushButton(this))
{
    setObjectName(u"jsonEditor"_s);
    build();
    refreshTheme();
    connect(&theme::Watch::instance(), &theme::Watch::changed, this, &JsonEditor::refreshTheme);
    connect(&m_model, &JsonTreeModel::edited, this, &JsonEditor::wasEdited);
    connect(&m_model, &JsonTreeModel::refused, this, [this](const QString& reason) {
        m_problem->setText(reason);
        m_problem->show();
    });
    connect(m_text, &QPlainTextEdit::textChanged, this, &JsonEditor::takeText);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, &JsonEditor::markInText);
    connect(m_tree, &JsonTree::findAsked, this, &JsonEditor::openFind);
    connect(m_tree, &JsonTree::findNextAsked, this, [this](bool backwards) { find(true, backwards); });
    connect(m_tree, &JsonTree::stageAsked, this, &JsonEditor::stageAsked);
    connect(m_add, &QToolButton::clicked, m_tree, &JsonTree::add);
    connect(m_undo, &QToolButton::clicked, this, [this] { m_model.undo(); });
    connect(m_redo, &QToolButton::clicked, this, [this] { m_model.redo(); });
    connect(m_more, &QToolButton::clicked, this, &JsonEditor::showMenu);
    connect(m_treeButton, &QToolButton::clicked, this, [this] { showView(View::Tree); });
    connect(m_textButton, &QToolButton::clicked, this, [this] { showView(View::Text); });
    connect(m_stage, &QPushButton::clicked, this, &JsonEditor::stageAsked);
    connect(m_revert, &QPushButton::clicked, this, &JsonEditor::revertAsked);
    connect(&m_judging, &QFutureWatcherBase::finished, this, [this] {
        if (m_judging.future().resultCount() > 0)  // none where it was given up
            take(json::Document(m_judging.future().takeResult()));
    });
    connect(&m_searching, &QFutureWatcherBase::finished, this, [this] {
        if (m_searching.future().resultCount() > 0)
            foundAt(m_searching.result());
    });
    connect(&m_reshaping, &QFutureWatcherBase::finished, this, &JsonEditor::reshaped);
    connect(&m_model, &JsonTreeModel::longStepWanted, this,
            [this](const json::Change& change, json::Document::Step step) {
                reshapeAside([text = text(), change, step] {
                    return Reshaped{change, step, json::Document::changed(text, change)};
                });
            });
    connect(&m_model, &QAbstractItemModel::rowsInserted, this, &JsonEditor::renderState);
    connect(m_stop, &QPushButton::clicked, this, &JsonEditor::giveUpReshaping);
    connect(m_listMore, &QPushButton::clicked, this, &JsonEditor::listMore);
    m_pause.setSingleShot(true);
    m_pause.setInterval(theme::time::patience);
}

JsonEditor::~JsonEditor()
{
    // The view outlives the model, and what is typed in it is of no use any more.
    m_model.disconnect(this);
    m_text->disconnect(this);
    m_tree->setModel(nullptr);
}

void JsonEditor::open(const JsonTask& task)
{
    m_task = task;
    m_started = false;
    m_judging.setFuture({});
    m_searching.setFuture({});
    m_isReshaping = false;
    m_reshaping.setFuture({});
    m_findState->clear();
    m_foundAt = -1;
    if (task.text.size() <= judgedAside)
        return take(json::Document(task.text));
    m_model.setDocument({});
    m_textIsOld = true;
    m_judging.setFuture(QtConcurrent::run([text = task.text] {
        // A copy of its own, with room for more: the first edit would have to make it otherwise.
        QByteArray own;
        own.reserve(text.size() + text.size() / 16 + longBeginning);
        own.append(QByteArrayView(text));
        return json::Document::read(std::move(own));
    }));
    renderState();
}

void JsonEditor::take(json::Document document)
{
    m_model.setEditable(m_task.editable);
    m_model.setDocument(std::move(document));
    m_textIsOld = true;
    // What is no JSON is mended as text.
    m_view = m_model.document().root() ? View::Tree : View::Text;
    m_tree->showTop();
    arrange();
    renderState();
}

void JsonEditor::rebase(const JsonTask& task)
{
    const bool mine = isEdited() && m_task.editable && task.editable;
    // Most news is of the very same text, which is not to be compared when it is long.
    const bool same = task.text.isSharedWith(m_task.text) || task.text == m_task.text;
    if (mine || (same && task.editable == m_task.editable))
        return;
    open(task);
}

void JsonEditor::startWith(const QByteArray& text)
{
    m_task.text = text;
    open(JsonTask(m_task));
    m_started = true;
    renderState();
    focusTree();
}

void JsonEditor::markStaged()
{
    m_started = false;
    m_task.text = text();
    m_model.document().markStaged();
    renderState();
}

void JsonEditor::focusTree()
{
    showView(m_model.document().root() ? View::Tree : View::Text);
    if (m_model.document().root())
        m_tree->setFocus();
    else
        m_text->setFocus();
}

bool JsonEditor::showsText() const
{
    return !m_text->isHidden();
}

void JsonEditor::showView(View view)
{
    m_view = view;
    arrange();
    if (view == View::Text && showsText()) {
        m_text->setFocus();
        markInText();
    }
}

/// Both where there is room for both.
void JsonEditor::arrange()
{
    const bool both = width() >= 2 * theme::space::jsonLeast;
    m_tree->setVisible(both || m_view == View::Tree);
    m_text->setVisible(both || m_view == View::Text);
    m_treeButton->setVisible(!both);
    m_textButton->setVisible(!both);
    m_treeButton->setChecked(m_view == View::Tree);
    m_textButton->setChecked(m_view == View::Text);
    if (showsText() && m_textIsOld)
        fillText();
}

void JsonEditor::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

/// A text that is too long for an editor, or no text at all, is only looked at.
void JsonEditor::fillText()
{
    const QScopedValueRollback filling(m_filling, true);
    const QByteArray& text = m_model.document().text().isEmpty() ? m_task.text : m_model.document().text();
    const bool whole = text.size() <= mostText && text.isValidUtf8();
    const int scrolled = m_text->verticalScrollBar()->value();
    const int place = m_text->textCursor().position();
    if (text.size() > mostColoured)
        m_syntax.reset();
    kit::fillExactly(*m_text, QString::fromUtf8(text.size() <= mostText ? text : text.first(longBeginning)));
    if (!m_syntax && text.size() <= mostColoured) {
        m_syntax = std::make_unique<kit::SqlSyntax>(m_text->document(), Engine::Sqlite);
        m_syntax->setFileName(u"value.json"_s);
    }
    m_text->setReadOnly(!m_task.editable || !whole || isReading() || isReshaping());
    m_textIsOld = false;
    QTextCursor cursor = m_text->textCursor();
    cursor.setPosition(std::min(place, m_text->document()->characterCount() - 1));
    m_text->setTextCursor(cursor);
    m_text->verticalScrollBar()->setValue(scrolled);
}

void JsonEditor::takeText()
{
    // Colouring tells of changes as well, also while an older text stands there.
    if (m_filling || m_textIsOld || m_text->isReadOnly())
        return;
    const auto change = m_model.document().typed(kit::exactText(*m_text).toUtf8());
    if (!change)
        return;
    const QScopedValueRollback filling(m_filling, true);
    m_model.apply(*change, m_pause.isActive());
    m_pause.start();
}

void JsonEditor::wasEdited(const json::Change& change)
{
    if (!m_filling) {
        m_textIsOld = true;
        m_pause.stop();
        if (showsText())
            fillText();
        if (change.kind == json::Change::Kind::Text && showsText() && text().size() <= mostText) {
            const QString before = QString::fromUtf8(text().first(change.at + change.after.size()));
            QTextCursor cursor = m_text->textCursor();
            cursor.setPosition(
                std::min(static_cast<int>(before.size()), m_text->document()->characterCount() - 1));
            m_text->setTextCursor(cursor);
        }
    }
    renderState();
}

/// What the server will do to it that one does not see here.
QString JsonEditor::notes() const
{
    QStringList notes;
    if (isReading())
        notes += tr("The document is being read…");
    if (isReshaping())
        notes += tr("The document is being rewritten…");
    if (const json::Node* cut = cutNode(); cut && !isReshaping())
        notes += tr("The first %1 values here are listed. Find goes to the others.")
                     .arg(QLocale().toString(cut->children.size()));
    const auto* root = m_model.document().root();
    if (m_task.normalised && m_task.editable && root) {
        const json::Node* node = m_model.node(m_tree->currentIndex());
        const json::Node* object = node && node->parent && !node->isScanned ? node->parent : node;
        const auto twice =
            object && !object->hasMore ? json::repeatedName(m_model.document(), *object) : std::nullopt;
        if (twice)
            notes += tr("“%1” stands twice: jsonb keeps the last one only.").arg(*twice);
        else if (isEdited())
            notes += tr("jsonb keeps neither spaces nor the order of members.");
    }
    if (m_view == View::Text && !isReading() && text().size() > mostText)
        notes += tr("Only the beginning of the text is shown: it is too long to be edited here. The tree "
                    "edits it.");
    return notes.join(u' ');
}

void JsonEditor::renderState()
{
    const auto& problem = m_model.document().problem();
    const bool empty = m_model.document().text().isEmpty() && isReading();
    m_problem->setText(problem ? json::sentence(*problem) : QString());
    m_problem->setVisible(problem && !empty);
    m_note->setText(notes());
    m_note->setVisible(!m_note->text().isEmpty());
    m_stop->setVisible(isReshaping());
    m_listMore->setVisible(cutNode() && !isReshaping());
    m_listMore->setText(tr("List more"));
    const bool edited = isEdited();
    m_foot->setVisible(edited);
    m_stage->setEnabled(edited && !(problem && m_task.wanted));
    m_tree->setStageable(m_stage->isEnabled());
    m_stage->setToolTip(problem && m_task.wanted ? tr("The column takes only JSON.")
                                                 : tr("Stage the document (Ctrl+Return)"));
    m_add->setEnabled(m_task.editable && m_model.document().root());
    m_add->setVisible(m_task.editable);
    m_undo->setVisible(m_task.editable);
    m_redo->setVisible(m_task.editable);
    m_undo->setEnabled(m_model.document().nextUndo().has_value());
    m_redo->setEnabled(m_model.document().nextRedo().has_value());
}

void JsonEditor::goToProblem()
{
    const auto& problem = m_model.document().problem();
    if (!problem)
        return;
    showView(View::Text);
    const QTextBlock block = m_text->document()->findBlockByNumber(problem->line - 1);
    QTextCursor cursor(block);
    cursor.setPosition(
        std::min(block.position() + problem->column - 1, block.position() + block.length() - 1));
    m_text->setTextCursor(cursor);
    m_text->centerCursor();
    m_text->setFocus();
}

/// The chosen value is seen in the text beside.
void JsonEditor::markInText()
{
    const json::Node* node = m_model.node(m_tree->currentIndex());
    renderState();
    if (!node || !showsText() || m_filling || m_textIsOld || text().size() > mostText || m_text->hasFocus())
        return;
    // A pair of line breaks is one character to the editor.
    const auto lengthOf = [this](qsizetype from, qsizetype to) {
        return static_cast<int>(QString::fromUtf8(QByteArrayView(text()).sliced(from, to - from))
                                    .replace(u"\r\n"_s, u"\n"_s)
                                    .size());
    };
    const int from = lengthOf(0, node->begin());
    const int last = m_text->document()->characterCount() - 1;
    QTextCursor cursor = m_text->textCursor();
    cursor.setPosition(std::min(from, last));
    cursor.setPosition(std::min(from + lengthOf(node->begin(), node->end()), last), QTextCursor::KeepAnchor);
    m_text->setTextCursor(cursor);
}

}  // namespace dewpoint::inspect
