// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "sql/statements.h"

#include "sql/lexer.h"
#include "sql/resplit.h"

#include <algorithm>
#include <optional>

namespace dewpoint::sql {

namespace {

bool isWord(QStringView text, const char* word)
{
    return text.compare(QLatin1String(word), Qt::CaseInsensitive) == 0;
}

/// Follows the words of one statement to know whether a semicolon is inside a body: SQLite's
/// CREATE TRIGGER … BEGIN … END and PostgreSQL's BEGIN ATOMIC … END. CASE … END nests in both.
class BodyTracker final
{
public:
    explicit BodyTracker(Engine engine) : m_engine(engine) {}

    void word(QStringView text)
    {
        ++m_words;
        if (m_words == 1)
            m_create = isWord(text, "CREATE");
        if (m_create && m_words <= 4 && isWord(text, "TRIGGER"))
            m_trigger = true;
        if (m_depth > 0)
            inside(text);
        else if (opensBody(text))
            m_depth = 1;
        m_previousBegin = isWord(text, "BEGIN");
    }
    bool inBody() const { return m_depth > 0; }

private:
    bool opensBody(QStringView text) const
    {
        if (!m_create)
            return false;
        return m_engine == Engine::Sqlite ? m_trigger && isWord(text, "BEGIN")
                                          : m_previousBegin && isWord(text, "ATOMIC");
    }
    void inside(QStringView text)
    {
        if (isWord(text, "CASE"))
            ++m_depth;
        else if (isWord(text, "END"))
            --m_depth;
    }

    Engine m_engine;
    int m_words = 0;
    int m_depth = 0;
    bool m_create = false;
    bool m_trigger = false;
    bool m_previousBegin = false;
};

/// Looks for an UPDATE or DELETE without a WHERE of its own, also where it is a part: in WITH, in
/// brackets, behind EXPLAIN ANALYZE. A part begins with the statement or with a bracket.
class EveryRowSearch final
{
public:
    void open()
    {
        other();
        m_parts.append(Part{});
    }
    void close()
    {
        settle();
        if (m_parts.size() > 1)
            m_parts.removeLast();
    }
    void word(const QString& word)
    {
        Part& part = m_parts.last();
        if (m_explains && isAnalyze(word))
            m_explains = false;  // which runs it
        if (part.verb.isEmpty() && part.isPrefixed)
            part.verb = isVerb(word) ? word : QString();
        else if (part.verb.isEmpty())
            begin(part, word);
        else if (word == QLatin1String("WHERE"))
            part.hasWhere = true;
    }
    /// A number, a text, a quoted name: what begins with it is no statement.
    void other()
    {
        Part& part = m_parts.last();
        if (part.verb.isEmpty() && !part.isPrefixed && m_parts.size() > 1)
            part.verb = QStringLiteral("-");
    }
    QString finished()
    {
        while (m_parts.size() > 1)
            close();
        settle();
        return m_explains ? QString() : m_found;
    }

private:
    struct Part {
        QString verb;             ///< what the statement is; empty as long as it is not known
        bool isPrefixed = false;  ///< by WITH or EXPLAIN: the verb comes later
        bool hasWhere = false;
    };

    static bool isAnalyze(const QString& word)
    {
        return word == QLatin1String("ANALYZE") || word == QLatin1String("ANALYSE");
    }
    static bool isVerb(const QString& word)
    {
        static const QStringList verbs{QStringLiteral("SELECT"), QStringLiteral("INSERT"),
                                       QStringLiteral("UPDATE"), QStringLiteral("DELETE"),
                                       QStringLiteral("MERGE"),  QStringLiteral("REPLACE"),
                                       QStringLiteral("VALUES"), QStringLiteral("TABLE")};
        return verbs.contains(word);
    }
    void begin(Part& part, const QString& word)
    {
        const bool explains = m_parts.size() == 1 && word == QLatin1String("EXPLAIN");
        m_explains = m_explains || explains;
        part.isPrefixed = explains || word == QLatin1String("WITH");
        if (!part.isPrefixed)
            part.verb = word;
        // The body of a trigger, a rule or a prepared statement does not run now.
        m_defines =
            m_defines
            || (m_parts.size() == 1 && !part.isPrefixed && !isVerb(word) && word != QLatin1String("COPY"));
    }
    void settle()
    {
        const Part& part = m_parts.last();
        const bool changes = part.verb == QLatin1String("UPDATE") || part.verb == QLatin1String("DELETE");
        if (changes && !part.hasWhere && !m_defines && m_found.isEmpty())
            m_found = part.verb;
    }

    QList<Part> m_parts{Part{}};
    QString m_found;
    bool m_explains = false;
    bool m_defines = false;
};

/// Reads one statement after the other, from a place between two of them.
class Splitter final
{
public:
    Splitter(QStringView script, Engine engine, qsizetype position = 0, int line = 1)
        : m_script(script), m_engine(engine), m_position(position), m_line(line)
    {}

    std::optional<Statement> next()
    {
        Statement found{.start = -1, .length = 0, .line = m_line};
        BodyTracker body(m_engine);
        int parens = 0;
        for (Token token = read(); token.kind != TokenKind::End; token = read()) {
            const QStringView text = token.text(m_script);
            const bool blank = token.kind == TokenKind::Space || token.kind == TokenKind::Comment;
            const bool ends = token.kind == TokenKind::Symbol && text == QLatin1String(";") && parens <= 0
                              && !body.inBody();
            if (ends && found.start >= 0)
                return found;
            if (!blank && !ends) {
                if (found.start < 0) {
                    found.start = token.start;
                    found.line = m_line;
                }
                found.length = token.start + token.length - found.start;
                if (token.kind == TokenKind::Word)
                    body.word(text);
                else if (text == QLatin1String("("))
                    ++parens;
                else if (text == QLatin1String(")"))
                    --parens;
            }
            m_line += static_cast<int>(text.count(QLatin1Char('\n')));
        }
        return found.start < 0 ? std::nullopt : std::optional(found);
    }

private:
    Token read()
    {
        const Token token = nextToken(m_script, m_position, m_engine);
        m_position = token.start + token.length;
        return token;
    }

    QStringView m_script;
    Engine m_engine;
    qsizetype m_position;
    int m_line;
};

}  // namespace

QList<Statement> split(const QString& script, Engine engine)
{
    QList<Statement> statements;
    Splitter splitter(script, engine);
    while (const auto statement = splitter.next())
        statements.append(*statement);
    return statements;
}

QList<Statement> resplit(const QList<Statement>& before, const QString& script, const TextChange& change,
                         Engine engine)
{
    // The last statement that begins before the change is the first that it can have altered.
    const auto firstOld = std::ranges::lower_bound(before, change.position, {}, &Statement::start);
    const qsizetype kept = std::max<qsizetype>(0, firstOld - before.begin() - 1);
    const bool fromStart = firstOld == before.begin();
    QList<Statement> statements = before.first(kept);
    Splitter splitter(script, engine, fromStart ? 0 : before[kept].start, fromStart ? 1 : before[kept].line);
    const qsizetype shift = change.added - change.removed;
    auto old = before.begin() + kept;
    while (const auto statement = splitter.next()) {
        // Behind the change, what begins where one began is followed by what followed it.
        while (old != before.end() && old->start + shift < statement->start)
            ++old;
        const bool meets = old != before.end() && old->start + shift == statement->start
                           && old->start >= change.position + change.removed
                           && statement->start >= change.position + change.added;
        if (!meets) {
            statements.append(*statement);
            continue;
        }
        for (const int lines = statement->line - old->line; old != before.end(); ++old)
            statements.append({old->start + shift, old->length, old->line + lines});
        break;
    }
    return statements;
}

int statementAt(const QList<Statement>& statements, qsizetype position)
{
    int found = -1;
    for (int i = 0; i < statements.size(); ++i) {
        if (statements[i].start > position)
            break;
        found = i;
    }
    return found < 0 && !statements.isEmpty() ? 0 : found;
}

QString leadingKeyword(const QString& statement)
{
    for (Token token = nextToken(statement, 0, Engine::Postgres); token.kind != TokenKind::End;
         token = nextToken(statement, token.start + token.length, Engine::Postgres)) {
        if (token.kind == TokenKind::Word)
            return token.text(statement).toString().toUpper();
        if (token.kind != TokenKind::Space && token.kind != TokenKind::Comment
            && token.text(statement) != QLatin1String("("))
            break;
    }
    return {};
}

QString everyRowVerb(const QString& statement, Engine engine)
{
    EveryRowSearch search;
    for (Token token = nextToken(statement, 0, engine); token.kind != TokenKind::End;
         token = nextToken(statement, token.start + token.length, engine)) {
        const QStringView text = token.text(statement);
        if (text == QLatin1String("("))
            search.open();
        else if (text == QLatin1String(")"))
            search.close();
        else if (token.kind == TokenKind::Word)
            search.word(text.toString().toUpper());
        else if (token.kind != TokenKind::Space && token.kind != TokenKind::Comment)
            search.other();
    }
    return search.finished();
}

bool changesEveryRow(const QString& statement, Engine engine)
{
    return !everyRowVerb(statement, engine).isEmpty();
}

}  // namespace dewpoint::sql
