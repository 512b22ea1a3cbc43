// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "sql/dialect.h"
#include "structure/edits.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;

namespace dewpoint::design {

class NamesField;

/// The fields of one part of a table, each with what is wrong with it below. What is typed is told when
/// the field is left; it stays, whatever is wrong.
class Form : public QWidget
{
    Q_OBJECT
public:
    explicit Form(QWidget* parent = nullptr);

    void showProblems(const QList<structure::Problem>& problems);  ///< those of this part
    void setLocked(bool locked);
    void focusFirst();
    void focusField(structure::Field field);
    void finishEditing();  ///< tells what is typed and not told yet

Q_SIGNALS:
    void edited();

protected:
    using Field = structure::Field;

    QLineEdit* addText(Field field, const QString& name, const QString& label, const QString& hint = {});
    QComboBox* addChoice(Field field, const QString& name, const QString& label, bool editable);
    QCheckBox* addCheck(const QString& name, const QString& label);
    NamesField* addNames(Field field, const QString& name, const QString& label);
    QPlainTextEdit* addSql(Field field, const QString& name, const QString& label, Engine engine);
    void addNote(const QString& text);
    void setRow(QWidget* editor, bool shown);

    static void setText(QLineEdit* edit, const QString& text);
    static void setText(QComboBox* box, const QString& text);
    static void setText(QPlainTextEdit* edit, const QString& text);

    bool eventFilter(QObject* watched, QEvent* event) override;

    bool m_filling = false;

private:
    struct Row {
        Field field = Field::Whole;
        QWidget* editor = nullptr;
        QWidget* shell = nullptr;  ///< the editor and what is wrong with it
        QLabel* problem = nullptr;
    };

    void add(Field field, const QString& name, const QString& label, QWidget* editor);
    void tell();

    QFormLayout* m_layout;
    QLabel* m_whole;
    QList<Row> m_rows;
    QWidget* m_dirty = nullptr;
};

}  // namespace dewpoint::design
