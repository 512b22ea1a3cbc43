// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "timeline/identities.h"

#include <QHash>
#include <QSet>

namespace dewpoint::timeline {

/// What is called otherwise after a migration than before it, and is the same thing.
class Renames final
{
public:
    explicit Renames(Engine engine) : m_engine(engine) {}

    /// By what PostgreSQL says.
    static Renames between(const Identities& before, const Identities& after);
    /// By SQLite's ALTER TABLE … RENAME and the copying of a rebuild, as far as they lead from one schema to the other.
    static Renames inScript(const QString& script, const schema::Database& before,
                            const schema::Database& after);

    bool isEmpty() const { return m_relations.isEmpty() && m_members.isEmpty(); }
    Engine engine() const { return m_engine; }

    change::Name relation(const change::Name& before) const;
    bool hasRelation(const change::Name& before) const;
    bool isTaken(const change::Name& name) const;  ///< by a relation that was called otherwise
    /// Of a type or a sequence.
    change::Name standalone(const Part& before) const;
    bool hasStandalone(const Part& before) const;
    bool isStandaloneTaken(const Part& part) const;
    QString member(const Part& before) const;  ///< the member's own name afterwards
    bool hasMember(const Part& before) const;
    /// Called otherwise only because what it is made of is: a view's column on SQLite.
    bool isFollower(const Part& before) const;
    bool isMemberTaken(const Part& before) const;  ///< the name, by another one of its relation

    /// A text in which all of these are called as they are afterwards.
    QString applied(const QString& text) const;
    /// PostgreSQL lets a view's columns keep their names: "email AS mail" became of "mail".
    QString withoutAliases(QString text) const;

private:
    void addRelation(const change::Name& before, const change::Name& after);
    void addStandalone(const Part& before, const change::Name& after);
    void addMember(const Part& before, const QString& after);
    void addWords(const change::Name& before, const change::Name& after);
    QString movedKey(const QString& schema, const QString& name) const;
    /// A rebuild's copying, column by column.
    void addCopied(const schema::Table& was, const schema::Table& now, QStringList into, QStringList cells);
    void followInViews(const schema::Database& before, const schema::Database& after);
    QString relationKey(const change::Name& name) const;

    Engine m_engine;
    QHash<QString, change::Name> m_relations;
    QHash<QString, QString> m_members;
    QSet<QString> m_taken;
    QSet<QString> m_followers;
    QHash<QString, QString> m_words;
    QHash<QString, change::Name> m_moved;  ///< into another schema
};

}  // namespace dewpoint::timeline
