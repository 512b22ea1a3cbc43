// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "inspect/json_tree_model.h"
#include "kit/command.h"

#include <QFutureWatcher>
#include <QTimer>
#include <QWidget>

#include <functional>
#include <memory>

class QHBoxLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QSplitter;
class QToolButton;

namespace dewpoint::kit {
class SqlSyntax;
}

namespace dewpoint::inspect {

class JsonTree;

/// What a JSON text is edited for.
struct JsonTask {
    QByteArray text;
    bool editable = false;
    bool wanted = false;      ///< the column takes nothing but JSON
    bool normalised = false;  ///< jsonb: the server orders members and drops what stands twice
};

/// A JSON document as a tree and as text, beside each other where there is room. What is changed in one
/// shows in the other; nothing leaves it before stageAsked().
class JsonEditor final : public QWidget
{
    Q_OBJECT
public:
    explicit JsonEditor(QWidget* parent = nullptr);
    ~JsonEditor() override;

    void open(const JsonTask& task);
    /// The same cell with another value behind it: unstaged work stays.
    void rebase(const JsonTask& task);
    void startWith(const QByteArray& text);  ///< in a cell that holds nothing
    const QByteArray& text() const { return m_model.document().text(); }
    bool isEdited() const { return m_task.editable && (m_started || m_model.document().isEdited()); }
    bool isReading() const { return m_judging.isRunning(); }
    bool isReshaping() const { return m_isReshaping; }
    void markStaged();
    void focusTree();
    QList<kit::Command> commands();  ///< for the palette, without the keys that hold inside only
    JsonTreeModel& model() { return m_model; }

Q_SIGNALS:
    void stageAsked();
    void revertAsked();

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    static constexpr qsizetype judgedAside = 256 * 1024;  ///< a longer text is read in a thread of its own
    enum class View { Tree, Text };
    void build();
    QWidget* buildBar();
    QWidget* buildFind();
    QWidget* buildFoot();
    void refreshTheme();
    void take(json::Document document);
    void showView(View view);
    void arrange();
    bool showsText() const;
    void fillText();
    void takeText();
    void wasEdited(const json::Change& change);
    void renderState();
    QString notes() const;
    void goToProblem();
    void markInText();
    void reshape(QByteArray (*shape)(QByteArrayView));
    /// A step over the whole of a long text, in a thread of its own; nothing is edited until it is done.
    struct Reshaped {
        json::Change change;
        json::Document::Step step = json::Document::Step::Apply;
        json::Document::Read read;
    };
    void reshapeAside(const std::function<Reshaped()>& work);
    void reshaped();
    void giveUpReshaping();
    const json::Node* cutNode() const;
    void listMore();
    void find(bool again, bool backwards);
    /// Where the text is, and the way there.
    struct Found {
        qsizetype place = 0;
        json::Path path;
    };
    void foundAt(const std::optional<Found>& found);
    void openFind();
    void showMenu();
    QList<kit::Command> textCommands();

    JsonTask m_task;
    JsonTreeModel m_model;
    JsonTree* m_tree;
    QPlainTextEdit* m_text;
    std::unique_ptr<kit::SqlSyntax> m_syntax;
    QSplitter* m_halves;
    QToolButton* m_treeButton;
    QToolButton* m_textButton;
    QToolButton* m_add;
    QToolButton* m_undo;
    QToolButton* m_redo;
    QToolButton* m_more;
    QWidget* m_findBar;
    QLineEdit* m_find;
    QLabel* m_findState;
    QLabel* m_problem;
    QLabel* m_note;
    QWidget* m_foot;
    QPushButton* m_revert;
    QPushButton* m_stage;
    View m_view = View::Tree;
    bool m_started = false;  ///< with a value where the cell holds none
    bool m_filling = false;
    bool m_textIsOld = true;
    QTimer m_pause;  ///< typing goes on as one step while it runs
    qsizetype m_foundAt = -1;
    QFutureWatcher<json::Document::Read> m_judging;
    QFutureWatcher<std::optional<Found>> m_searching;
    QFutureWatcher<Reshaped> m_reshaping;
    bool m_isReshaping = false;  ///< until the answer was taken
    QPushButton* m_stop;         ///< what is done to a long text
    QPushButton* m_listMore;     ///< of a container that is too long to be listed at once
};

}  // namespace dewpoint::inspect
