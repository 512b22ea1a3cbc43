// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "lint/lint.h"

namespace dewpoint::lint {

/// A statement whose finding stands only where the rows do not come back until the script ends.
struct Parted {
    QString code;
    int statement = -1;
    QString subject;
    RelationName origin;  ///< whose rows it takes away
};

/// All rows of one table were copied into another one, but not these columns, or under other names.
struct PartCopy {
    int statement = -1;
    RelationName from;
    RelationName origin;
    QStringList forgotten;
    QMap<QString, QString> carried = {};
    qsizetype renames = 0;  ///< how many came before it
};

/// What the rules of both engines write to while one statement is judged.
class Bench final
{
public:
    Bench(Report& report, Known& what, const Setting& how) : known(what), setting(how), m_report(report) {}

    /// From now on it is about this statement of the report.
    void turnTo(int statement) { m_statement = statement; }
    int statement() const { return m_statement; }
    Judged& place() { return m_report.statements[m_statement]; }
    const Report& report() const { return m_report; }

    Finding& find(const QString& code, const QString& subject, const QString& text);
    /// Takes findings back that later statements put right.
    void withdraw(const QString& code, int statement, const QString& subject);
    void sortFindings();                  ///< by statement, where some came late
    bool has(const QString& code) const;  ///< found of this statement already

    /// Of tables that this migration does not make itself.
    void lock(const RelationName& table, LockMode mode);
    void scan(const RelationName& table);
    void rewrite(const RelationName& table);
    void write(const RelationName& table);

    /// Says what it does to others, and knows the column by its new name from here on.
    void renameColumn(const RelationName& table, const QString& from, const QString& to);
    /// A later column of that name is another one.
    void dropColumn(const RelationName& table, const QString& name);
    /// Its values are not copied where the table is made again. What comes later has none of them.
    void forgetColumn(const RelationName& table, const QString& name);
    void renameTable(const RelationName& from, const RelationName& to);
    void dropTable(const RelationName& table);
    /// What a table was called when the script began.
    RelationName originOf(const RelationName& table) const { return m_called.value(table, table); }
    bool isFresh(const RelationName& table) const { return known.isFresh(table); }
    bool inTransaction() const { return setting.inTransaction || m_ownTransaction; }
    void setOwnTransaction(bool open) { m_ownTransaction = open; }
    /// SQLite: inside a transaction nothing changes that.
    void setForeignKeys(bool enforced) { m_foreignKeys = inTransaction() ? m_foreignKeys : enforced; }
    bool enforcesForeignKeys() const { return setting.foreignKeys && m_foreignKeys; }

    Known& known;
    const Setting& setting;
    RowFlow scriptRows;    ///< of this script; what is copied only in part is not in it
    QList<Parted> parted;  ///< for the end of the script, as the copies
    QList<PartCopy> copies;

private:
    Report& m_report;
    QMap<RelationName, RelationName> m_called;  ///< now → when the script began, where it is another name
    int m_statement = -1;
    bool m_ownTransaction = false;
    bool m_foreignKeys = true;
};

}  // namespace dewpoint::lint
