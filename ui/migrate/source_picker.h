// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "migrate/schema_source.h"
#include "project/migration.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QStackedWidget;

namespace dewpoint::migrate {

/// Where a schema comes from: the kind of place, and beside it which one.
class SourcePicker final : public QWidget
{
    Q_OBJECT
public:
    /// `name` begins the object names of its parts, `title` what they are called.
    SourcePicker(const QString& name, const QString& title, QWidget* parent);

    SchemaSource source() const;
    void setSource(const SchemaSource& source);
    void setOwn(const drivers::Target& own);  ///< the database of the window
    void setMigrations(const QList<project::Migration>& migrations, const QString& place);
    void askPassword();  ///< of the other database; until another one is chosen
    /// Why it could not be read, and what to do; until it is cleared by an empty one.
    void setProblem(const QString& problem);

Q_SIGNALS:
    void changed();
    void accepted();  ///< Return in a field

private:
    QWidget* buildOther();
    QWidget* buildSql();
    QWidget* buildMigrations();
    QLabel* note(const QString& name);
    QLineEdit* field(const QString& name, const QString& spoken);
    void fillAddresses();
    void chooseFile(bool folder);
    void showVersion(const QString& version);
    void showKind();

    QString m_name;
    QString m_title;
    drivers::Target m_own;
    QComboBox* m_kind;
    QStackedWidget* m_stack;
    QLabel* m_ownName = nullptr;
    QComboBox* m_address = nullptr;
    QLineEdit* m_password = nullptr;
    QLineEdit* m_path = nullptr;
    QComboBox* m_versions = nullptr;
    QLabel* m_place = nullptr;
    QLabel* m_problem;
};

}  // namespace dewpoint::migrate
