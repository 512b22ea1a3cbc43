// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "inspect/array_model.h"
#include "kit/command.h"

#include <QFutureWatcher>
#include <QWidget>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QToolButton;

namespace dewpoint::inspect {

class ArrayList;
class TextTools;

/// What a PostgreSQL array is shown and edited for.
struct ArrayTask {
    QByteArray text;  ///< the literal
    rows::RelationColumn element;
    bool editable = false;
};

/// An array of PostgreSQL as the list of its elements, or as its literal. Every change is staged at once as the
/// whole new literal, so the grid's undo takes it back.
class ArrayEditor final : public QWidget
{
    Q_OBJECT
public:
    explicit ArrayEditor(QWidget* parent = nullptr);
    ~ArrayEditor() override;

    void open(const ArrayTask& task);
    /// The same cell, maybe with another value: the list stays where it is.
    void rebase(const ArrayTask& task);
    void finishEditing();  ///< what stands in the editor of an element is staged
    void focusList();
    bool isReading() const { return m_reading.isRunning(); }
    const QByteArray& text() const { return m_task.text; }
    QList<kit::Command> commands();  ///< for the palette, without the keys that hold inside only
    ArrayModel& model() { return m_model; }

Q_SIGNALS:
    void staged(const QByteArray& text);
    void undoAsked(bool redo);  ///< of the grid

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    static constexpr qsizetype readAside = 256 * 1024;  ///< a longer text is read in a thread of its own
    using Read = std::expected<ArrayText, ArrayProblem>;
    enum class View { List, Text };
    void build();
    QWidget* buildBar();
    QWidget* buildFind();
    void refreshTheme();
    void read();
    void take(Read read);
    void wasEdited();
    void showView(View view);
    void arrange();
    void fillText();
    void renderState();
    QString notes() const;
    void openFind();
    void find(bool again, bool backwards);

    ArrayTask m_task;
    ArrayModel m_model;
    ArrayList* m_list;
    QPlainTextEdit* m_text;
    TextTools* m_textTools;
    QToolButton* m_listButton;
    QToolButton* m_textButton;
    QToolButton* m_add;
    QToolButton* m_more;
    QWidget* m_findBar;
    QLineEdit* m_find;
    QLabel* m_findState;
    QLabel* m_problem;
    QLabel* m_note;
    View m_view = View::List;
    bool m_isArray = false;  ///< the text could be read
    bool m_textIsOld = true;
    bool m_textIsCut = false;
    int m_place = 0;  ///< the element that was chosen before it was read anew
    QFutureWatcher<Read> m_reading;
};

}  // namespace dewpoint::inspect
