// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "sql/statements.h"

#include "sql/lexer.h"

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

}  // namespace

QList<Statement> split(const QString& script, Engine engine)
{
    QList<Statement> statements;
    BodyTracker body(engine);
    qsizetype start = -1;
    qsizetype end = 0;
    int line = 1;
    int startLine = 1;
    int parens = 0;
    const auto finish = [&] {
        if (start >= 0)
            statements.append({start, end - start, startLine});
        start = -1;
        parens = 0;
        body = BodyTracker(engine);
    };
    for (Token token = nextToken(script, 0, engine); token.kind != TokenKind::End;
         token = nextToken(script, token.start + token.length, engine)) {
        const QStringView text = token.text(script);
        const bool blank = token.kind == TokenKind::Space || token.kind == TokenKind::Comment;
        if (token.kind == TokenKind::Symbol && text == QLatin1String(";") && parens <= 0 && !body.inBody()) {
            finish();
        } else if (!blank) {
            if (start < 0) {
                start = token.start;
                startLine = line;
            }
            end = token.start + token.length;
            if (token.kind == TokenKind::Word)
                body.word(text);
            else if (text == QLatin1String("("))
                ++parens;
            else if (text == QLatin1String(")"))
                --parens;
        }
        line += static_cast<int>(text.count(QLatin1Char('\n')));
    }
    finish();
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

bool changesEveryRow(const QString& statement, Engine engine)
{
    bool changes = false;
    bool hasWhere = false;
    int depth = 0;
    bool first = true;
    for (Token token = nextToken(statement, 0, engine); token.kind != TokenKind::End;
         token = nextToken(statement, token.start + token.length, engine)) {
        const QStringView text = token.text(statement);
        if (text == QLatin1String("("))
            ++depth;
        else if (text == QLatin1String(")"))
            --depth;
        if (token.kind != TokenKind::Word || depth != 0)
            continue;
        if (first && !isWord(text, "WITH") && !isWord(text, "UPDATE") && !isWord(text, "DELETE"))
            return false;
        // A CTE's verb comes after its list; "FOR UPDATE" and "DO UPDATE" never start a statement.
        if (isWord(text, "INSERT") || isWord(text, "SELECT"))
            return false;
        changes = changes || isWord(text, "UPDATE") || isWord(text, "DELETE");
        hasWhere = hasWhere || (changes && isWord(text, "WHERE"));
        first = false;
    }
    return changes && !hasWhere;
}

}  // namespace dewpoint::sql
