// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "catalog/sqlite_table_text.h"

#include "catalog/sqlite_token_cursor.h"

#include <algorithm>
#include <initializer_list>

using namespace Qt::StringLiterals;

namespace dewpoint::catalog {

using schema::Constraint;
using schema::ConstraintKind;

namespace {

bool isOneOf(const Token& token, std::initializer_list<QStringView> keywords)
{
    return std::ranges::any_of(keywords, [&](QStringView keyword) { return token.isWord(keyword); });
}

/// One member of "(a COLLATE nocase DESC, lower(b))".
struct KeyPart {
    QString text;
    QString name;  ///< empty when it is an expression
    QString collation;
    bool plain = true;
};

KeyPart readKeyPart(const QString& text)
{
    QList<Token> tokens = tokenize(text);
    KeyPart part{.text = text};
    if (!tokens.isEmpty() && isOneOf(tokens.constLast(), {u"asc", u"desc"})) {
        part.plain = tokens.constLast().isWord(u"asc");
        tokens.removeLast();
    }
    if (tokens.size() >= 3 && tokens.at(tokens.size() - 2).isWord(u"collate")) {
        part.collation = tokens.constLast().text;
        part.plain = false;
        tokens.resize(tokens.size() - 2);
    }
    if (tokens.size() == 1 && tokens.constFirst().isName())
        part.name = tokens.constFirst().text;
    part.text = tokens.isEmpty() ? QString()
                                 : text.mid(tokens.constFirst().start,
                                            tokens.constLast().end() - tokens.constFirst().start);
    return part;
}

QList<KeyPart> readKeyParts(const QString& list)
{
    QList<KeyPart> parts;
    int depth = 0;
    qsizetype from = 0;
    const QList<Token> tokens = tokenize(list);
    for (const Token& token : tokens) {
        depth += token.isSymbol(u'(') ? 1 : token.isSymbol(u')') ? -1 : 0;
        if (depth == 0 && token.isSymbol(u',')) {
            parts.append(readKeyPart(list.mid(from, token.start - from)));
            from = token.end();
        }
    }
    if (!tokens.isEmpty())
        parts.append(readKeyPart(list.mid(from)));
    return parts;
}

class TableReader final
{
public:
    explicit TableReader(const QString& sql) : m_cursor(sql) {}

    TableText read()
    {
        while (!m_cursor.atEnd() && !m_cursor.now().isSymbol(u'('))
            m_cursor.advance();
        m_cursor.advance();
        while (!m_cursor.atEnd() && !m_cursor.now().isSymbol(u')')) {
            if (isOneOf(m_cursor.now(), {u"constraint", u"primary", u"unique", u"check", u"foreign"}))
                readTableConstraint();
            else
                readColumn();
            m_cursor.acceptSymbol(u',');  // SQLite lets the comma between table constraints out
        }
        return m_result;
    }

private:
    void readColumn()
    {
        m_result.columns.append({.name = m_cursor.name()});
        m_name.clear();
        skipType();
        while (!m_cursor.atEnd() && !m_cursor.now().isSymbol(u',') && !m_cursor.now().isSymbol(u')'))
            readColumnConstraint();
    }

    void skipType()
    {
        while (m_cursor.now().isName()
               && !isOneOf(m_cursor.now(), {u"constraint", u"primary", u"not", u"null", u"unique", u"check",
                                            u"default", u"collate", u"references", u"as"})
               && !(m_cursor.now().isWord(u"generated") && m_cursor.next().isWord(u"always")))
            m_cursor.advance();
        m_cursor.parenthesised();
    }

    void readColumnConstraint()
    {
        const QString column = m_result.columns.constLast().name;
        if (m_cursor.accept(u"constraint")) {
            m_name = m_cursor.name();
        } else if (m_cursor.now().isWord(u"not") && m_cursor.next().isWord(u"null")) {
            m_cursor.advance();
            m_cursor.advance();
            if (const QString conflict = readConflict(); !conflict.isEmpty())
                append({.kind = ConstraintKind::NotNull, .columns = {column}, .definition = conflict});
            m_name.clear();
        } else if (m_cursor.accept(u"primary")) {
            m_cursor.accept(u"key");
            const bool descending = readDirection();
            appendKey(ConstraintKind::PrimaryKey, {column},
                      descending ? u"(%1 DESC)"_s.arg(column) : QString());
        } else if (m_cursor.accept(u"unique")) {
            appendKey(ConstraintKind::Unique, {column}, {});
        } else if (m_cursor.accept(u"check")) {
            append({.kind = ConstraintKind::Check, .definition = m_cursor.parenthesised()});
        } else if (m_cursor.accept(u"references")) {
            readReferences({column});
        } else if (!readDeferral()) {
            readColumnProperty(m_result.columns.last());
        }
    }

    void readColumnProperty(ColumnText& column)
    {
        if (m_cursor.accept(u"collate")) {
            column.collation = m_cursor.name();
        } else if (m_cursor.accept(u"default")) {
            readDefault(column);
        } else if (m_cursor.accept(u"as")) {
            column.generatedSql = m_cursor.parenthesised();
        } else if (m_cursor.now().isSymbol(u'(')) {
            m_cursor.parenthesised();
        } else {
            m_cursor.advance();
        }
    }

    void readDefault(ColumnText& column)
    {
        if (m_cursor.now().isSymbol(u'(')) {
            m_cursor.parenthesised();
            return;
        }
        const bool blob = m_cursor.now().isWord(u"x") && m_cursor.next().kind == TokenKind::String;
        const bool word =
            m_cursor.now().kind == TokenKind::Word || m_cursor.now().kind == TokenKind::QuotedName;
        if (word && !blob
            && !isOneOf(m_cursor.now(),
                        {u"true", u"false", u"null", u"current_time", u"current_date", u"current_timestamp"}))
            column.defaultWord = m_cursor.now().text;
        m_cursor.advance();
        if (blob)
            m_cursor.advance();
    }

    void readTableConstraint()
    {
        if (m_cursor.accept(u"constraint"))
            m_name = m_cursor.name();
        if (m_cursor.accept(u"primary")) {
            m_cursor.accept(u"key");
            readKey(ConstraintKind::PrimaryKey);
        } else if (m_cursor.accept(u"unique")) {
            readKey(ConstraintKind::Unique);
        } else if (m_cursor.accept(u"check")) {
            append({.kind = ConstraintKind::Check, .definition = m_cursor.parenthesised()});
            readConflict();
        } else if (m_cursor.accept(u"foreign")) {
            m_cursor.accept(u"key");
            const QStringList columns = names(m_cursor.parenthesised());
            m_cursor.accept(u"references");
            readReferences(columns);
            while (readDeferral()) {}
        } else if (!m_cursor.now().isSymbol(u')') && !m_cursor.now().isSymbol(u',')
                   && !m_cursor.now().isWord(u"constraint")) {
            m_cursor.advance();
        }
    }

    void readKey(ConstraintKind kind)
    {
        QString list = m_cursor.parenthesised();
        bool autoIncrement = false;
        if (list.endsWith(u" autoincrement",
                          Qt::CaseInsensitive)) {  // PRIMARY KEY (id AUTOINCREMENT) is accepted
            list.chop(14);
            autoIncrement = true;
        }
        const QList<KeyPart> parts = readKeyParts(list);
        QStringList columns;
        for (const KeyPart& part : parts)
            columns.append(part.name.isEmpty() ? part.text : part.name);
        const bool plain = std::ranges::all_of(parts, &KeyPart::plain);
        appendKey(kind, columns, plain ? QString() : u'(' + list + u')');
        if (autoIncrement)
            m_result.constraints.last().autoIncrement = true;
    }

    void appendKey(ConstraintKind kind, const QStringList& columns, QString definition)
    {
        const QString conflict = readConflict();
        if (!conflict.isEmpty())
            definition += (definition.isEmpty() ? QString() : u" "_s) + conflict;
        append({.kind = kind, .columns = columns, .definition = definition});
        m_result.constraints.last().autoIncrement = m_cursor.accept(u"autoincrement");
    }

    void readReferences(const QStringList& columns)
    {
        Constraint key{.kind = ConstraintKind::ForeignKey, .columns = columns};
        key.targetTable = m_cursor.name();
        key.targetColumns = names(m_cursor.parenthesised());
        key.onUpdate = key.onDelete = u"NO ACTION"_s;
        key.match = u"NONE"_s;
        while (true) {
            if (m_cursor.accept(u"on")) {
                const bool update = m_cursor.now().isWord(u"update");
                const bool remove = m_cursor.now().isWord(u"delete");
                m_cursor.advance();
                const QString action = readAction();
                if (update)
                    key.onUpdate = action;
                else if (remove)
                    key.onDelete = action;
            } else if (m_cursor.accept(u"match")) {
                key.match = m_cursor.name().toUpper();
            } else {
                break;
            }
        }
        append(key);
        readDeferral();
    }

    QString readAction()
    {
        QString action = m_cursor.name().toUpper();
        if (action == u"SET" || action == u"NO")
            action += u' ' + m_cursor.name().toUpper();
        return action;
    }

    /// [NOT] DEFERRABLE [INITIALLY …] belongs to the foreign key before it.
    bool readDeferral()
    {
        const bool negated = m_cursor.now().isWord(u"not") && m_cursor.next().isWord(u"deferrable");
        if (!negated && !m_cursor.now().isWord(u"deferrable"))
            return false;
        if (negated)
            m_cursor.advance();
        m_cursor.advance();
        const bool deferred =
            m_cursor.accept(u"initially") && m_cursor.name().compare(u"deferred", Qt::CaseInsensitive) == 0;
        if (!m_result.constraints.isEmpty()
            && m_result.constraints.constLast().kind == ConstraintKind::ForeignKey) {
            m_result.constraints.last().deferrable = !negated;
            m_result.constraints.last().initiallyDeferred = !negated && deferred;
        }
        return true;
    }

    bool readDirection()
    {
        if (m_cursor.accept(u"desc"))
            return true;
        m_cursor.accept(u"asc");
        return false;
    }

    QString readConflict()
    {
        if (!m_cursor.now().isWord(u"on") || !m_cursor.next().isWord(u"conflict"))
            return {};
        m_cursor.advance();
        m_cursor.advance();
        const QString action = m_cursor.name().toUpper();
        return action == u"ABORT" ? QString() : u"ON CONFLICT "_s + action;
    }

    static QStringList names(const QString& list)
    {
        QStringList result;
        for (const KeyPart& part : readKeyParts(list))
            result.append(part.name);
        return result;
    }

    void append(Constraint constraint)
    {
        constraint.name = m_name;
        m_name.clear();
        m_result.constraints.append(std::move(constraint));
    }

    TokenCursor m_cursor;
    TableText m_result;
    QString m_name;  ///< from CONSTRAINT name, until the constraint itself is read
};

}  // namespace

TableText readCreateTable(const QString& sql)
{
    return TableReader(sql).read();
}

IndexText readCreateIndex(const QString& sql)
{
    TokenCursor cursor(sql);
    IndexText result;
    while (!cursor.atEnd() && !cursor.now().isSymbol(u'('))
        cursor.advance();
    const QList<KeyPart> parts = readKeyParts(cursor.parenthesised());
    for (const KeyPart& part : parts)
        result.parts.append({.expression = part.text, .collation = part.collation});
    if (cursor.accept(u"where"))
        result.predicate = sql.mid(cursor.now().start).trimmed();
    return result;
}

QString readModule(const QString& sql)
{
    if (!sql.contains(u"virtual"_s, Qt::CaseInsensitive))  // most are not, and are read once more
        return {};
    TokenCursor cursor(sql);
    if (!cursor.accept(u"create") || !cursor.accept(u"virtual"))
        return {};
    while (!cursor.atEnd() && !cursor.accept(u"using"))
        cursor.advance();
    return cursor.atEnd() ? QString() : cursor.name();
}

}  // namespace dewpoint::catalog
