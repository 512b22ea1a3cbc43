// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "project/formats/goose/goose.h"

namespace dewpoint::project::goose {

namespace {

std::unexpected<Error> refuse(const char* reason)
{
    return fail(ErrorKind::File, Words::tr(reason));
}

/// "up" for "-- +goose Up"; empty for lines that are no annotation. In any case, but in the first column.
Result<QByteArray> annotation(const QByteArray& line)
{
    if (!line.trimmed().startsWith("--") || !line.contains("+goose"))
        return QByteArray();
    if (line.startsWith(' ') || line.startsWith('\t'))
        return refuse("failed to parse migration: a '-- +goose' annotation has white space before it");
    QByteArray word = line;
    word.replace("--", "");
    word.remove(word.indexOf("+goose"), 6);
    word = word.trimmed().toLower();
    if (word.isEmpty() || word.contains("+goose"))
        return refuse("failed to parse migration: an unknown '-- +goose' annotation");
    return word;
}

/// As goose's scanner of lines hands them on, so that they come to the server without carriage returns.
QByteArray withoutReturns(QByteArray text)
{
    text.replace("\r\n", "\n");
    if (text.endsWith('\r'))
        text.chop(1);
    return text;
}

/// A statement ends on a line whose last word before a comment ends with a semicolon.
bool endsStatement(const QByteArray& line)
{
    QByteArray last;
    for (const QByteArray& word : line.simplified().split(' ')) {
        if (word.startsWith("--"))
            break;
        last = word;
    }
    return last.endsWith(';');
}

class Parser final
{
public:
    explicit Parser(const QByteArray& text) : m_text(withoutReturns(text)) {}

    Result<Parsed> parse()
    {
        for (qsizetype at = 0; at < m_text.size();) {
            const qsizetype newline = m_text.indexOf('\n', at);
            const qsizetype next = newline < 0 ? m_text.size() : newline + 1;
            const QByteArray line = m_text.sliced(at, next - at);
            const auto word = annotation(line);
            if (!word)
                return fail(word.error());
            auto read = word->isEmpty() ? plain(line, at) : annotated(*word, at, next);
            if (!read)
                return fail(read.error());
            at = next;
        }
        if (m_inBlock)
            return refuse("failed to parse migration: missing '-- +goose StatementEnd' annotation");
        if (m_pending >= 0)
            return refuse("failed to parse migration: unfinished SQL query, missing semicolon?");
        if (!m_section)
            return refuse("failed to parse migration: no '-- +goose Up' annotation");
        close(m_text.size());
        return m_parsed;
    }

private:
    void open(Script& section, qsizetype start)
    {
        m_section = &section;
        m_start = start;
        section.linesBefore = static_cast<int>(m_text.first(start).count('\n'));
    }
    void close(qsizetype end)
    {
        if (m_section)
            m_section->text = m_text.sliced(m_start, end - m_start);
    }

    Result<> annotated(const QByteArray& word, qsizetype at, qsizetype next)
    {
        if (word == "no transaction") {
            m_parsed.inTransaction = false;
        } else if (word.startsWith("envsub")) {
            if (word != "envsub off")
                return refuse("'-- +goose ENVSUB' needs the environment of goose itself");
        } else if (word == "statementbegin") {
            if (!m_section)
                return refuse("failed to parse migration: '-- +goose StatementBegin' before '-- +goose Up'");
            m_inBlock = true;
            m_pending = next;
        } else if (word == "statementend") {
            if (!m_inBlock)
                return refuse("failed to parse migration: '-- +goose StatementEnd' without a beginning");
            m_inBlock = false;
            add(at);
        } else if (word == "up" || word == "down") {
            return section(word, at, next);
        } else {
            return refuse("failed to parse migration: an unknown '-- +goose' annotation");
        }
        return {};
    }

    Result<> section(const QByteArray& word, qsizetype at, qsizetype next)
    {
        if (m_inBlock || m_pending >= 0)
            return refuse("failed to parse migration: unfinished SQL query, missing semicolon?");
        const bool down = word == "down";
        if (down ? !m_section || m_parsed.hasDown : m_section != nullptr)
            return refuse(
                "failed to parse migration: its sections are '-- +goose Up', then '-- +goose Down'");
        close(at);
        m_parsed.hasDown = down;
        open(down ? m_parsed.down : m_parsed.up, next);
        return {};
    }

    Result<> plain(const QByteArray& line, qsizetype at)
    {
        const QByteArray bare = line.trimmed();
        const bool nothing = bare.isEmpty() || bare.startsWith("--");
        if (m_inBlock && nothing && m_pending == at)
            m_pending = at + line.size();  // a comment before the statement is no part of it
        if (m_inBlock || bare.isEmpty() || (nothing && m_pending < 0))
            return {};
        if (!m_section)
            return refuse("failed to parse migration: text before '-- +goose Up'");
        if (m_pending < 0)
            m_pending = at;
        if (endsStatement(line))
            add(at + line.size());
        return {};
    }

    /// The pending text up to `end`, without white space around it.
    void add(qsizetype end)
    {
        qsizetype start = m_pending;
        m_pending = -1;
        const auto isSpace = [&](qsizetype i) { return QByteArray(" \t\r\n\v\f").contains(m_text[i]); };
        while (start < end && isSpace(start))
            ++start;
        while (end > start && isSpace(end - 1))
            --end;
        if (end > start)
            m_section->pieces.append({.start = start - m_start, .length = end - start});
    }

    const QByteArray m_text;
    Parsed m_parsed;
    Script* m_section = nullptr;
    qsizetype m_start = 0;     ///< of the section
    qsizetype m_pending = -1;  ///< where a statement began; -1: none
    bool m_inBlock = false;
};

}  // namespace

Result<Parsed> parse(const QByteArray& text)
{
    return Parser(text).parse();
}

}  // namespace dewpoint::project::goose
