// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/formats/atlas/atlas.h"

#include <QHash>
#include <QRegularExpression>

namespace dewpoint::project::atlas {

namespace {

bool isSpace(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/// "-- atlas:NAME VALUE" as the first line of `text`.
std::optional<QByteArray> directiveOf(const QByteArray& text, const QByteArray& name, bool anyPrefix)
{
    static const QRegularExpression pattern(QStringLiteral("^([ -~]*)atlas:(\\w+)(?: +([ -~]*))*"));
    const qsizetype end = text.indexOf('\n');
    const auto match = pattern.match(QString::fromLatin1(end < 0 ? text : text.first(end)));
    if (!match.hasMatch() || match.captured(2).toLatin1() != name
        || (!anyPrefix && match.captured(1) != QLatin1String("-- ")))
        return std::nullopt;
    return match.captured(3).toLatin1();
}

QByteArray unescaped(QByteArray delimiter)
{
    return delimiter.replace("\\n", "\n").replace("\\r", "\r").replace("\\t", "\t");
}

bool wordAt(const QByteArray& text, qsizetype at, const QByteArray& word)
{
    return text.mid(at, word.size()).compare(word, Qt::CaseInsensitive) == 0;
}

/// Where the block that begins at a place ends; -1: it is none. Every place is looked at once only: blocks
/// without an end would be tried again by each one around them.
using Blocks = QHash<qsizetype, qsizetype>;

class Scanner final
{
public:
    Scanner(const QByteArray& text, qsizetype at, Engine engine, Blocks& blocks)
        : m_text(text), m_at(at), m_engine(engine), m_blocks(blocks)
    {}

    Result<Script> run()
    {
        if (const auto own = directiveOf(m_text, "delimiter", false); own && m_at == 0) {
            if (own->isEmpty())
                return fail(ErrorKind::File, QStringLiteral("empty delimiter"));
            m_delimiter = unescaped(*own);
            const qsizetype newline = m_text.indexOf('\n');
            if (newline < 0)
                return refuse(0, "no input found after the delimiter");
            m_at = newline + 1;
        }
        Script script{.text = m_text};
        for (;;) {
            const auto more = statement();
            if (!more)
                return fail(more.error());
            if (!*more)
                return script;
            script.pieces.append(m_piece);
        }
    }

    /// One more statement; false at the end.
    Result<bool> statement()
    {
        skipSpaces();
        m_start = m_at;
        int depth = 0;
        qsizetype opened = 0;
        for (;;) {
            if (m_at >= m_text.size()) {
                if (depth > 0)
                    return refuse(opened, "unclosed '('");
                return emit(m_text.size());
            }
            const char c = m_text[m_at];
            if (c == '(') {
                opened = depth++ == 0 ? m_at : opened;
                ++m_at;
            } else if (c == ')') {
                if (depth-- == 0)
                    return refuse(m_at, "unexpected ')'");
                ++m_at;
            } else if (c == '\'' || c == '"' || c == '`') {
                if (!skipQuote(c))
                    return refuse(m_at, "unclosed quote");
            } else if (depth == 0 && m_text.sliced(m_at).startsWith(m_delimiter)) {
                m_at += m_delimiter.size();
                return emit(m_at);
            } else if (!skipLonger()) {
                ++m_at;
            } else if (m_ended) {
                m_ended = false;
                return emit(m_at);
            }
        }
    }

private:
    std::unexpected<Error> refuse(qsizetype at, const char* reason) const
    {
        const qsizetype line = m_text.first(at).count('\n') + 1;
        return fail(ErrorKind::File, QStringLiteral("%1: %2").arg(line).arg(QString::fromLatin1(reason)));
    }

    void skipSpaces()
    {
        while (m_at < m_text.size() && isSpace(m_text[m_at]))
            ++m_at;
    }

    /// Comments, dollar quotes and blocks; true when it moved on. A block ends its statement.
    bool skipLonger()
    {
        const QByteArrayView rest = QByteArrayView(m_text).sliced(m_at);
        if (rest.startsWith("--"))
            return skipComment(2, "\n");
        if (rest.startsWith("/*"))
            return skipComment(2, "*/");
        if (m_engine == Engine::Postgres && rest.startsWith('$') && skipDollarQuote())
            return true;
        if (m_delimiter != ";" || !wordAt(m_text, m_at, "BEGIN"))
            return false;
        const qsizetype atomic = m_engine == Engine::Postgres ? words("BEGIN", "ATOMIC") : 0;
        const bool begins = m_at == m_start || isSpace(m_text[m_at - 1]);
        if (atomic == 0 && !begins)
            return false;
        const qsizetype length = atomic > 0 ? atomic : words("BEGIN", {});
        return length > 0 && skipBlock(length, atomic == 0);
    }

    bool skipQuote(char quote)
    {
        const bool escapes = m_engine == Engine::Postgres && quote == '\'' && m_at > m_start
                             && (m_text[m_at - 1] == 'E' || m_text[m_at - 1] == 'e');
        for (qsizetype i = m_at + 1; i < m_text.size(); ++i) {
            if (escapes && m_text[i] == '\\') {
                ++i;
            } else if (m_text[i] == quote) {
                m_at = i + 1;
                return true;
            }
        }
        return false;
    }

    /// Before a statement it belongs to none; one without an end is none.
    bool skipComment(qsizetype left, const char* right)
    {
        const qsizetype end = m_text.indexOf(right, m_at + left);
        if (end < 0)
            return false;
        const bool before = m_at == m_start;
        m_at = end + static_cast<qsizetype>(qstrlen(right));
        if (before) {
            skipSpaces();
            m_start = m_at;
        }
        return true;
    }

    bool skipDollarQuote()
    {
        static const QRegularExpression tag(
            QStringLiteral("^\\$([A-Za-z_\\x80-\\xff][\\w\\x80-\\xff]*)?\\$"));
        constexpr qsizetype longest = 130;
        const auto match = tag.match(QString::fromLatin1(m_text.mid(m_at, longest)));
        if (!match.hasMatch())
            return false;
        const QByteArray quote = match.captured(0).toLatin1();
        const qsizetype end = m_text.indexOf(quote, m_at + quote.size());
        m_at = end < 0 ? m_text.size() : end + quote.size();
        return true;
    }

    /// The text's length up to and with the white space behind these words; 0 when they are not there.
    qsizetype words(const QByteArray& first, const QByteArray& second) const
    {
        qsizetype at = m_at;
        for (const QByteArray& word : {first, second}) {
            if (word.isEmpty())
                break;
            if (!wordAt(m_text, at, word))
                return 0;
            at += word.size();
            const qsizetype behind = at;
            while (at < m_text.size() && isSpace(m_text[at]))
                ++at;
            if (at == behind)
                return 0;
        }
        return at - m_at;
    }

    /// BEGIN ATOMIC … END of a function's body, and BEGIN … END with END alone as its last statement.
    bool skipBlock(qsizetype length, bool endAlone)
    {
        const qsizetype place = m_at;
        if (!m_blocks.contains(place))
            m_blocks.insert(place, endOfBlock(m_at + length, endAlone));
        const qsizetype end = m_blocks.value(place);
        if (end < 0)
            return false;
        m_at = end;
        m_ended = true;
        return true;
    }

    qsizetype endOfBlock(qsizetype from, bool endAlone)
    {
        constexpr int deepest = 50;
        if (m_depth >= deepest)
            return -1;
        Scanner body(m_text, from, m_engine, m_blocks);
        body.m_depth = m_depth + 1;
        for (;;) {
            const auto more = body.statement();
            if (!more || !*more)
                return -1;
            const QByteArray text = m_text.mid(body.m_piece.start, body.m_piece.length);
            if (!wordAt(text, 0, "END"))
                continue;
            const QByteArray rest = text.sliced(3).trimmed();
            if (!endAlone || rest.isEmpty() || rest == ";")
                return body.m_at;
        }
    }

    /// The text since m_start, without the delimiter that the file set and without white space around.
    Result<bool> emit(qsizetype end)
    {
        const bool any = end > m_start;
        qsizetype last = end;
        if (m_delimiter != ";" && m_text.mid(m_start, end - m_start).endsWith(m_delimiter))
            last -= m_delimiter.size();
        while (last > m_start && isSpace(m_text[last - 1]))
            --last;
        m_piece = {.start = m_start, .length = last - m_start};
        m_start = m_at;
        return any;
    }

    const QByteArray& m_text;
    qsizetype m_at = 0;
    qsizetype m_start = 0;
    Engine m_engine;
    Blocks& m_blocks;
    QByteArray m_delimiter = ";";
    Script::Piece m_piece;
    bool m_ended = false;  ///< a block ended, and its statement with it
    int m_depth = 0;
};

}  // namespace

Result<Script> scan(const QByteArray& text, Engine engine)
{
    Blocks blocks;
    return Scanner(text, 0, engine, blocks).run();
}

/// Comment lines at the top, with an empty line behind them or nothing at all.
QList<QByteArray> directives(const QByteArray& text, const QByteArray& name)
{
    QList<QByteArray> values;
    QByteArrayView rest = text;
    while (rest.startsWith('#') || rest.startsWith("--")) {
        const qsizetype newline = rest.indexOf('\n');
        const QByteArray line = (newline < 0 ? rest : rest.first(newline)).toByteArray().trimmed();
        if (const auto value = directiveOf(line, name, true))
            values.append(*value);
        rest = newline < 0 ? QByteArrayView() : rest.sliced(newline + 1);
    }
    QByteArrayView behind = rest;
    while (behind.startsWith(' ') || behind.startsWith('\t'))
        behind = behind.sliced(1);
    return rest.isEmpty() || behind.startsWith('\n') ? values : QList<QByteArray>();
}

}  // namespace dewpoint::project::atlas
