// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "structure/texts.h"

#include "catalog/sqlite_tokens.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::structure {

using namespace schema;
using catalog::Token;

namespace {

/// Place of the token that closes the parenthesis at `open`.
qsizetype closing(const QList<Token>& tokens, qsizetype open)
{
    int depth = 0;
    for (qsizetype i = open; i < tokens.size(); ++i) {
        depth += tokens.at(i).isSymbol(u'(') ? 1 : tokens.at(i).isSymbol(u')') ? -1 : 0;
        if (depth == 0)
            return i;
    }
    return tokens.size() - 1;
}

QString between(const QString& text, const QList<Token>& tokens, qsizetype open, qsizetype close)
{
    return text.sliced(tokens.at(open).end(), tokens.at(close).start - tokens.at(open).end()).trimmed();
}

qsizetype find(const QList<Token>& tokens, qsizetype from, QStringView word)
{
    int depth = 0;
    for (qsizetype i = from; i < tokens.size(); ++i) {
        depth += tokens.at(i).isSymbol(u'(') ? 1 : tokens.at(i).isSymbol(u')') ? -1 : 0;
        if (depth == 0 && tokens.at(i).isWord(word))
            return i;
    }
    return -1;
}

qsizetype firstParenthesis(const QList<Token>& tokens)
{
    const auto found = std::ranges::find_if(tokens, [](const Token& token) { return token.isSymbol(u'('); });
    return found == tokens.end() ? -1 : found - tokens.begin();
}

/// Where a definition's first list stands: { place of "(", place of ")" }.
QString withColumns(const QString& definition, const QStringList& columns)
{
    const QList<Token> tokens = catalog::tokenize(definition);
    const qsizetype open = firstParenthesis(tokens);
    if (open < 0)
        return definition;
    const qsizetype close = closing(tokens, open);
    return definition.first(tokens.at(open).end()) + writeNames(columns, Engine::Postgres)
           + definition.sliced(tokens.at(close).start);
}

/// Without the parentheses that PostgreSQL puts around a whole expression once more.
QString bare(const QString& expression)
{
    const QList<Token> tokens = catalog::tokenize(expression);
    const bool doubled =
        tokens.size() > 2 && tokens.constFirst().isSymbol(u'(') && closing(tokens, 0) == tokens.size() - 1;
    return doubled ? between(expression, tokens, 0, tokens.size() - 1) : expression;
}

QString deferral(const Constraint& constraint)
{
    if (!constraint.deferrable)
        return {};
    return constraint.initiallyDeferred ? u" DEFERRABLE INITIALLY DEFERRED"_s : u" DEFERRABLE"_s;
}

QString foreignKey(const Constraint& key)
{
    const auto name = [](const QString& word) { return sql::quotedIfNeeded(word, Engine::Postgres); };
    QString text = u"FOREIGN KEY ("_s + writeNames(key.columns, Engine::Postgres) + u") REFERENCES "_s
                   + (key.targetSchema.isEmpty() ? QString() : name(key.targetSchema) + u'.')
                   + name(key.targetTable);
    if (!key.targetColumns.isEmpty())
        text += u'(' + writeNames(key.targetColumns, Engine::Postgres) + u')';
    if (key.match == u"FULL")
        text += u" MATCH FULL"_s;
    text += referenceActions(key);
    return key.validated ? text : text + u" NOT VALID"_s;
}

/// What a name may be made of, from an expression.
QString asWord(const QString& text)
{
    static const QRegularExpression other(u"[^A-Za-z0-9_]+"_s);
    QString word = QString(text).replace(other, u"_"_s);
    while (word.endsWith(u'_'))
        word.chop(1);
    while (word.startsWith(u'_'))
        word.removeFirst();
    return word.toLower();
}

/// PostgreSQL keeps 63 bytes.
QString fitting(const QStringList& words)
{
    QStringList some = words;
    some.removeAll(QString());
    QString name = some.join(u'_');
    while (name.toUtf8().size() > 63)
        name.chop(1);
    return name;
}

}  // namespace

QString referenceActions(const Constraint& key)
{
    QString text;
    const auto action = [&](const QString& when, const QString& what) {
        if (!what.isEmpty() && what != u"NO ACTION")
            text += u" ON "_s + when + u' ' + what;
    };
    action(u"UPDATE"_s, key.onUpdate);
    action(u"DELETE"_s, key.onDelete);
    return text + deferral(key);
}

IndexText readIndex(const QString& definition)
{
    const QList<Token> tokens = catalog::tokenize(definition);
    const qsizetype open = firstParenthesis(tokens);
    if (open < 0)
        return {};
    IndexText index;
    const qsizetype on = find(tokens, 0, u"on");
    index.unique = find(tokens.first(open), 0, u"unique") == 1;
    if (on > 0 && on < open && !tokens.at(on - 1).isWord(u"index"))
        index.name = tokens.at(on - 1).text;
    if (const qsizetype use = find(tokens.first(open), 0, u"using"); use > 0 && use + 1 < open)
        index.method = tokens.at(use + 1).text;
    const qsizetype close = closing(tokens, open);
    index.parts = between(definition, tokens, open, close);
    qsizetype rest = close + 1;
    if (rest + 1 < tokens.size() && tokens.at(rest).isWord(u"include")) {
        const qsizetype end = closing(tokens, rest + 1);
        index.included = between(definition, tokens, rest + 1, end);
        rest = end + 1;
    }
    const qsizetype where = find(tokens, rest, u"where");
    const qsizetype last = where < 0 ? tokens.size() : where;
    if (rest < last)
        index.options =
            definition.sliced(tokens.at(rest).start, tokens.at(last - 1).end() - tokens.at(rest).start);
    if (where >= 0 && where + 1 < tokens.size())
        index.predicate = definition.sliced(tokens.at(where).end()).trimmed();
    return index;
}

QString writeIndex(const IndexText& index, const QString& schemaName, const QString& table, Engine engine)
{
    const auto name = [engine](const QString& word) { return sql::quotedIfNeeded(word, engine); };
    const bool postgres = engine == Engine::Postgres;
    QString text = (index.unique ? u"CREATE UNIQUE INDEX "_s : u"CREATE INDEX "_s) + name(index.name)
                   + u" ON "_s + (postgres ? name(schemaName) + u'.' : QString()) + name(table);
    if (postgres)
        text += u" USING "_s + (index.method.isEmpty() ? u"btree"_s : index.method);
    text += u" ("_s + index.parts + u')';
    if (postgres && !index.included.isEmpty())
        text += u" INCLUDE ("_s + index.included + u')';
    if (postgres && !index.options.isEmpty())
        text += u' ' + index.options;
    return index.predicate.isEmpty() ? text : text + u" WHERE "_s + index.predicate;
}

QString checkExpression(const Constraint& check, Engine engine)
{
    if (engine == Engine::Sqlite)
        return check.definition;
    const QList<Token> tokens = catalog::tokenize(check.definition);
    const qsizetype open = firstParenthesis(tokens);
    if (open < 0)
        return {};
    const qsizetype close = closing(tokens, open);
    return bare(between(check.definition, tokens, open, close));
}

void setCheckExpression(Constraint& check, const QString& expression, Engine engine)
{
    if (engine == Engine::Sqlite) {
        check.definition = expression;
        return;
    }
    const QList<Token> tokens = catalog::tokenize(check.definition);
    const qsizetype open = firstParenthesis(tokens);
    const QString tail =
        open < 0 ? QString() : check.definition.sliced(tokens.at(closing(tokens, open)).end());
    check.definition = u"CHECK ("_s + expression + u')' + tail;
}

ExclusionText readExclusion(const QString& definition)
{
    const QList<Token> tokens = catalog::tokenize(definition);
    const qsizetype open = firstParenthesis(tokens);
    if (open < 0)
        return {};
    ExclusionText exclusion;
    if (const qsizetype use = find(tokens.first(open), 0, u"using"); use >= 0 && use + 1 < open)
        exclusion.method = tokens.at(use + 1).text;
    const qsizetype close = closing(tokens, open);
    exclusion.elements = between(definition, tokens, open, close);
    const qsizetype where = find(tokens, close + 1, u"where");
    qsizetype last = where;
    if (where >= 0 && where + 1 < tokens.size())
        exclusion.predicate = bare(between(definition, tokens, where + 1, closing(tokens, where + 1)));
    for (qsizetype i = close + 1; last < 0 && i < tokens.size(); ++i) {
        if (tokens.at(i).isWord(u"deferrable") || tokens.at(i).isWord(u"not"))
            last = i;
    }
    last = last < 0 ? tokens.size() : last;
    if (close + 1 < last)
        exclusion.options = definition.sliced(tokens.at(close + 1).start,
                                              tokens.at(last - 1).end() - tokens.at(close + 1).start);
    return exclusion;
}

QString writeExclusion(const ExclusionText& exclusion, const Constraint& constraint)
{
    QString text = u"EXCLUDE"_s;
    if (!exclusion.method.isEmpty())
        text += u" USING "_s + exclusion.method;
    text += u" ("_s + exclusion.elements + u')';
    if (!exclusion.options.isEmpty())
        text += u' ' + exclusion.options;
    if (!exclusion.predicate.isEmpty())
        text += u" WHERE ("_s + exclusion.predicate + u')';
    return text + deferral(constraint);
}

bool saysOperators(const ExclusionText& exclusion)
{
    const QStringList elements = readParts(exclusion.elements);
    return !elements.isEmpty() && std::ranges::all_of(elements, [](const QString& element) {
        const QList<Token> tokens = catalog::tokenize(element);
        const qsizetype with = find(tokens, 0, u"with");
        return with > 0 && with + 1 < tokens.size();
    });
}

QString postgresDefinition(const Constraint& after, const Constraint* before)
{
    switch (after.kind) {
    case ConstraintKind::ForeignKey: return foreignKey(after);
    case ConstraintKind::PrimaryKey:
    case ConstraintKind::Unique: {
        const QString word = after.kind == ConstraintKind::Unique ? u"UNIQUE"_s : u"PRIMARY KEY"_s;
        if (before)
            return withColumns(before->definition, after.columns);
        return word + u" ("_s + writeNames(after.columns, Engine::Postgres) + u')';
    }
    case ConstraintKind::Check:
    case ConstraintKind::Exclusion:
    case ConstraintKind::NotNull: break;
    }
    return after.definition;
}

QString usualName(const QString& table, const Constraint& constraint)
{
    switch (constraint.kind) {
    case ConstraintKind::PrimaryKey: return fitting({table, u"pkey"_s});
    case ConstraintKind::Unique: return fitting({table, constraint.columns.join(u'_'), u"key"_s});
    case ConstraintKind::ForeignKey: return fitting({table, constraint.columns.join(u'_'), u"fkey"_s});
    case ConstraintKind::Exclusion: {
        QStringList words{table};
        for (const QString& element : readParts(readExclusion(constraint.definition).elements)) {
            const QList<Token> tokens = catalog::tokenize(element);
            words << (tokens.constFirst().isName() ? tokens.constFirst().text : u"expr"_s);
        }
        return fitting(words << u"excl"_s);
    }
    case ConstraintKind::Check:
    case ConstraintKind::NotNull: break;
    }
    return fitting({table, u"check"_s});
}

QString usualIndexName(const QString& table, const IndexText& index)
{
    QStringList words{table};
    for (const QString& part : readParts(index.parts))
        words << asWord(part);
    return fitting(words << u"idx"_s);
}

QString triggerName(const QString& definition)
{
    const QList<Token> tokens = catalog::tokenize(definition);
    qsizetype place = find(tokens, 0, u"trigger");
    if (place < 0 || tokens.isEmpty() || !tokens.constFirst().isWord(u"create"))
        return {};
    ++place;
    if (place + 2 < tokens.size() && tokens.at(place).isWord(u"if"))
        place += 3;
    if (place + 2 < tokens.size() && tokens.at(place + 1).isSymbol(u'.'))
        place += 2;
    return place < tokens.size() && tokens.at(place).isName() ? tokens.at(place).text : QString();
}

QStringList readParts(const QString& list)
{
    QStringList parts;
    int depth = 0;
    qsizetype from = 0;
    for (const Token& token : catalog::tokenize(list)) {
        depth += token.isSymbol(u'(') ? 1 : token.isSymbol(u')') ? -1 : 0;
        if (depth == 0 && token.isSymbol(u',')) {
            parts << list.sliced(from, token.start - from).trimmed();
            from = token.end();
        }
    }
    parts << list.sliced(from).trimmed();
    parts.removeAll(QString());
    return parts;
}

QStringList readNames(const QString& list)
{
    QStringList names;
    for (const QString& part : readParts(list)) {
        const QList<Token> tokens = catalog::tokenize(part);
        names << (tokens.size() == 1 && tokens.constFirst().isName() ? tokens.constFirst().text : part);
    }
    return names;
}

QString writeNames(const QStringList& names, Engine engine)
{
    QStringList list;
    for (const QString& name : names)
        list << sql::quotedIfNeeded(name, engine);
    return list.join(u", "_s);
}

}  // namespace dewpoint::structure
