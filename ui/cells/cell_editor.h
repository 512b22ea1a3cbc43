// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/edit_value.h"
#include "rows/relation.h"

#include <QComboBox>

#include <functional>

namespace dewpoint::cells {

/// What a cell is edited with.
enum class EditorKind { Line, Area, Choice };

EditorKind editorKind(const rows::RelationColumn& column, const QString& text, Engine engine);

/// The values of a boolean or an enum, with NULL and DEFAULT where the column takes them.
class ChoiceEditor final : public QComboBox
{
    Q_OBJECT
public:
    ChoiceEditor(const rows::RelationColumn& column, Engine engine, QWidget* parent);
    void setValue(const rows::EditValue& value);
    rows::EditValue value() const { return m_values.value(currentIndex()); }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void add(const QString& title, const rows::EditValue& value);

    QList<rows::EditValue> m_values;
};

struct EditorWishes {
    rows::RelationColumn column;
    Engine engine = Engine::Sqlite;
    QString placeholder;         ///< of an empty field: "NULL"
    bool several = false;        ///< Ctrl+Return fills more than this cell
    std::function<void()> pick;  ///< opens the list of referenced rows; empty for no foreign key
};

QWidget* makeLineEditor(const EditorWishes& wishes, QWidget* parent);
QWidget* makeAreaEditor(const EditorWishes& wishes, QWidget* parent);

/// The text in a line or an area, exactly: no-break spaces and every line's own end; nothing for a choice.
std::optional<QString> editorText(const QWidget* editor);
/// Gives the editor what it begins with, once: what is typed is never replaced.
void fillEditor(QWidget* editor, const QString& text);
void fillEditor(ChoiceEditor& editor, const rows::EditValue& value);
bool isFilled(const QWidget* editor);
/// Something else stands there than it began with.
bool isTouched(const QWidget* editor);

/// Marks the editor as holding what cannot be stored; an empty problem takes the mark away.
void showProblem(QWidget* editor, const QString& problem);

}  // namespace dewpoint::cells
