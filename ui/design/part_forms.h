// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "design/form.h"

namespace dewpoint::design {

/// The forms of the parts of a table. `fill` shows a part, `read` puts what is typed into it.

class TableForm final : public Form
{
    Q_OBJECT
public:
    explicit TableForm(Engine engine, QWidget* parent = nullptr);
    void fill(const structure::Head& head);
    void read(structure::Head& head) const;

private:
    QLineEdit* m_name;
    QLineEdit* m_comment;
    QCheckBox* m_strict;
    QCheckBox* m_withoutRowid;
};

class ColumnForm final : public Form
{
    Q_OBJECT
public:
    explicit ColumnForm(Engine engine, QWidget* parent = nullptr);
    void setTypes(const QStringList& types);
    void fill(const schema::Column& column);
    void read(schema::Column& column) const;

private:
    void showRows();

    Engine m_engine;
    QLineEdit* m_name;
    QComboBox* m_type;
    QCheckBox* m_notNull;
    QLineEdit* m_default;
    QComboBox* m_identity;
    QComboBox* m_generated;
    QLineEdit* m_expression;
    QLineEdit* m_collation;
    QLineEdit* m_comment;
};

class ConstraintForm final : public Form
{
    Q_OBJECT
public:
    explicit ConstraintForm(Engine engine, QWidget* parent = nullptr);
    /// `columns` of the table, and the tables that a foreign key can refer to with their columns.
    void setChoices(const QStringList& columns, const QList<std::pair<QString, QStringList>>& targets);
    void fill(const schema::Constraint& constraint, const QString& usualName);
    void read(schema::Constraint& constraint) const;

private:
    void showRows(schema::ConstraintKind kind);
    void readExclusion(schema::Constraint& constraint) const;
    void readDeferral(schema::Constraint& constraint) const;

    Engine m_engine;
    schema::ConstraintKind m_kind = schema::ConstraintKind::Check;
    QList<std::pair<QString, QStringList>> m_targets;
    QLineEdit* m_name;
    NamesField* m_columns;
    QComboBox* m_target;
    NamesField* m_targetColumns;
    QComboBox* m_onDelete;
    QComboBox* m_onUpdate;
    QComboBox* m_deferral;
    QLineEdit* m_expression;
    NamesField* m_elements;
    QLineEdit* m_condition;
    QComboBox* m_method;
    QCheckBox* m_autoIncrement;
    QLineEdit* m_comment;
};

class IndexForm final : public Form
{
    Q_OBJECT
public:
    explicit IndexForm(Engine engine, QWidget* parent = nullptr);
    void setChoices(const QStringList& columns);
    void fill(const schema::Index& index, const QString& table);
    void read(schema::Index& index, const QString& schemaName, const QString& table) const;

private:
    Engine m_engine;
    QLineEdit* m_name;
    QCheckBox* m_unique;
    NamesField* m_parts;
    QLineEdit* m_condition;
    QComboBox* m_method;
    NamesField* m_included;
    QLineEdit* m_comment;
};

class TriggerForm final : public Form
{
    Q_OBJECT
public:
    explicit TriggerForm(Engine engine, QWidget* parent = nullptr);
    void fill(const schema::Trigger& trigger);
    void read(schema::Trigger& trigger) const;

private:
    Engine m_engine;
    QPlainTextEdit* m_text;
    QComboBox* m_enabled;
    QLineEdit* m_comment;
};

}  // namespace dewpoint::design
