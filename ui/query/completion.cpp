// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "query/completion.h"

#include "sql/keywords.h"
#include "sql/lexer.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace dewpoint::query {

namespace {

struct Name {
    QString text;  ///< bare text of a quoted name
    qsizetype start = 0, end = 0;
    bool quoted = false;
    bool is(QStringView word) const { return !quoted && text.compare(word, Qt::CaseInsensitive) == 0; }
    bool isName() const { return quoted || text.at(0).isLetter() || text.at(0) == u'_'; }
};

bool wordCharacter(QChar c)
{
    return c.isLetterOrNumber() || c == u'_' || c == u'$';
}

QString unquoted(QStringView quoted)
{
    QString bare = quoted.mid(1, quoted.size() - 2).toString();
    return bare.replace(u"\"\""_s, u"\""_s);
}

QList<Name> names(const QString& text, Engine engine)
{
    QList<Name> list;
    for (qsizetype at = 0; at < text.size();) {
        const sql::Token token = sql::nextToken(text, at, engine);
        if (token.kind == sql::TokenKind::End || token.length <= 0)
            break;
        at = token.start + token.length;
        if (token.kind == sql::TokenKind::Space || token.kind == sql::TokenKind::Comment
            || token.kind == sql::TokenKind::String)
            continue;
        const bool quoted = token.kind == sql::TokenKind::QuotedName;
        list.append(
            {quoted ? unquoted(token.text(text)) : token.text(text).toString(), token.start, at, quoted});
    }
    return list;
}

// True inside a string, a quoted name or a comment: nothing is offered there.
bool isProtected(const QString& text, qsizetype position, Engine engine)
{
    for (qsizetype at = 0; at < position;) {
        const sql::Token token = sql::nextToken(text, at, engine);
        if (token.kind == sql::TokenKind::End || token.length <= 0)
            return false;
        at = token.start + token.length;
        const bool comment = token.kind == sql::TokenKind::Comment;
        const bool line = comment && token.text(text).startsWith(u"--");
        const bool literal = token.kind == sql::TokenKind::String || token.kind == sql::TokenKind::QuotedName;
        const bool open = literal && (token.length == 1 || !QStringView(u"'\"]`$").contains(text.at(at - 1)));
        // Behind the last character of a line comment, or of a string that is not closed, one is still in it.
        if (position < at || (position == at && (line || open)))
            return comment || literal;
    }
    return false;
}

struct Source {
    QString name, alias;
    const schema::Table* table = nullptr;
    const schema::View* view = nullptr;
    const QList<schema::Column>& columns() const
    {
        static const QList<schema::Column> none;
        return table ? table->columns : view ? view->columns : none;
    }
};

Source resolve(const schema::Database& database, const QString& schemaName, const QString& name)
{
    Source source{.name = name, .alias = name};
    const auto fits = [&](const auto& relation) {
        return relation.name.compare(name, Qt::CaseInsensitive) == 0
               && (schemaName.isEmpty() || relation.schema.compare(schemaName, Qt::CaseInsensitive) == 0);
    };
    for (const schema::Table& table : database.tables)
        if (!source.table && fits(table))
            source.table = &table;
    for (const schema::View& view : database.views)
        if (!source.table && !source.view && fits(view))
            source.view = &view;
    return source;
}

// Reads "schema.name AS alias" at `i`, which is left on the first token behind it.
Source readSource(const QList<Name>& list, qsizetype& i, const schema::Database& database)
{
    QString schemaName;
    QString name = list.at(i++).text;
    if (i + 1 < list.size() && list.at(i).is(u".") && list.at(i + 1).isName()) {
        schemaName = name;
        name = list.at(i + 1).text;
        i += 2;
    }
    Source source = resolve(database, schemaName, name);
    if (i < list.size() && list.at(i).is(u"AS"))
        ++i;
    if (i < list.size() && list.at(i).isName() && (list.at(i).quoted || !sql::isKeyword(list.at(i).text)))
        source.alias = list.at(i++).text;
    return source;
}

QList<Source> sources(const QList<Name>& list, const schema::Database& database)
{
    QList<Source> found;
    for (qsizetype i = 0; i < list.size();) {
        const Name& token = list.at(i++);
        const bool from = token.is(u"FROM");
        if (!from && !token.is(u"JOIN") && !token.is(u"UPDATE") && !token.is(u"INTO"))
            continue;
        while (i < list.size() && list.at(i).isName()) {
            found.append(readSource(list, i, database));
            if (!from || i >= list.size() || !list.at(i).is(u","))
                break;
            ++i;
        }
    }
    return found;
}

class Collector final
{
public:
    Collector(QString prefix, Engine engine) : m_prefix(std::move(prefix)), m_engine(engine) {}
    void name(CandidateKind kind, const QString& bare, const QString& detail)
    {
        if (bare.startsWith(m_prefix, Qt::CaseInsensitive))
            add({kind, sql::quotedIfNeeded(bare, m_engine), detail});
    }
    void keyword(const QString& word)
    {
        if (!m_prefix.isEmpty() && word.startsWith(m_prefix, Qt::CaseInsensitive))
            add({CandidateKind::Keyword, m_prefix.at(0).isLower() ? word.toLower() : word, {}});
    }
    void add(const Candidate& candidate)
    {
        if (m_seen.contains(candidate.text))
            return;
        m_seen.insert(candidate.text);
        m_list.append(candidate);
    }
    QList<Candidate> take() { return std::move(m_list); }

private:
    QString m_prefix;
    Engine m_engine;
    QSet<QString> m_seen;
    QList<Candidate> m_list;
};

// "o.user_id = u.id" for every foreign key between the last source and one before it.
void addJoins(Collector& out, const QList<Source>& list, Engine engine)
{
    if (list.size() < 2)
        return;
    const auto pair = [&](const Source& from, const Source& to) {
        if (!from.table || !to.table)
            return;
        for (const schema::Constraint& key : from.table->constraints) {
            if (key.kind != schema::ConstraintKind::ForeignKey
                || key.targetTable.compare(to.table->name, Qt::CaseInsensitive) != 0)
                continue;
            const QStringList targets =
                key.targetColumns.isEmpty() ? to.table->primaryKey() : key.targetColumns;
            QStringList terms;
            for (qsizetype c = 0; c < qMin(key.columns.size(), targets.size()); ++c)
                terms.append(u"%1.%2 = %3.%4"_s.arg(
                    sql::quotedIfNeeded(from.alias, engine), sql::quotedIfNeeded(key.columns.at(c), engine),
                    sql::quotedIfNeeded(to.alias, engine), sql::quotedIfNeeded(targets.at(c), engine)));
            out.add({CandidateKind::Join, terms.join(u" AND "), key.name});
        }
    };
    for (qsizetype i = 0; i + 1 < list.size(); ++i) {
        pair(list.last(), list.at(i));
        pair(list.at(i), list.last());
    }
}

void addEverything(Collector& out, const QList<Source>& named, const schema::Database& database)
{
    for (const Source& source : named)
        for (const schema::Column& column : source.columns())
            out.name(CandidateKind::Column, column.name, source.alias + u" · "_s + column.type);
    for (const Source& source : named)
        if (source.alias != source.name)
            out.name(CandidateKind::Alias, source.alias, source.name);
    for (const schema::Table& table : database.tables)
        out.name(CandidateKind::Table, table.name, table.schema);
    for (const schema::View& view : database.views)
        out.name(CandidateKind::Table, view.name, view.schema);
    for (const QString& word : sql::keywords())
        out.keyword(word);
}

// Columns behind "alias.", or tables behind "schema.".
void addQualified(Collector& out, const QString& qualifier, const QList<Source>& named,
                  const schema::Database& database)
{
    Source match;
    for (const Source& source : named)
        if (source.alias.compare(qualifier, Qt::CaseInsensitive) == 0
            || source.name.compare(qualifier, Qt::CaseInsensitive) == 0)
            match = source;
    if (!match.table && !match.view)
        match = resolve(database, {}, qualifier);
    for (const schema::Column& column : match.columns())
        out.name(CandidateKind::Column, column.name, column.type);
    for (const schema::Table& table : database.tables)
        if (table.schema.compare(qualifier, Qt::CaseInsensitive) == 0)
            out.name(CandidateKind::Table, table.name, table.schema);
}

}  // namespace

Completion complete(const QString& statement, qsizetype cursor, const schema::Database& database)
{
    Completion result{.start = cursor};
    while (result.start > 0 && wordCharacter(statement.at(result.start - 1)))
        --result.start;
    result.prefix = statement.mid(result.start, cursor - result.start);
    if (isProtected(statement, cursor, database.engine)
        || (!result.prefix.isEmpty() && result.prefix.at(0).isDigit()))
        return result;

    // The word being typed is not a source's alias: read around it.
    QString around = statement;
    around.replace(result.start, result.prefix.size(), QString(result.prefix.size(), u' '));
    const QList<Name> list = names(around, database.engine);
    qsizetype before = -1;
    for (qsizetype i = 0; i < list.size() && list.at(i).end <= result.start; ++i)
        before = i;
    const QList<Source> named = sources(list, database);
    Collector out(result.prefix, database.engine);
    const bool dotted = before >= 1 && list.at(before).is(u".") && list.at(before).end == result.start
                        && list.at(before - 1).isName();
    const bool joining = before >= 0 && list.at(before).is(u"ON");
    if (dotted) {
        addQualified(out, list.at(before - 1).text, named, database);
    } else {
        if (joining)
            addJoins(out, sources(list.first(before), database), database.engine);
        addEverything(out, named, database);
    }
    result.qualified = dotted || joining;
    result.candidates = out.take();
    return result;
}

}  // namespace dewpoint::query
