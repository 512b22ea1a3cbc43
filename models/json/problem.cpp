// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "base/words.h"
#include "json/scan.h"

#include <algorithm>
#include <utility>

// Whether a text is JSON: RFC 8259 to the letter, at any depth.
namespace dewpoint::json {

namespace {

QString shown(QByteArrayView text)
{
    constexpr qsizetype longest = 20;
    const QString whole = QString::fromUtf8(text.first(std::min(text.size(), longest * 4)));
    return whole.size() > longest ? whole.left(longest) + QChar(u'…') : whole;
}

/// One pass without recursion: a text of a million brackets is no deeper than the heap.
class Judge final
{
public:
    explicit Judge(QByteArrayView text) : m_text(text) {}

    bool accepts()
    {
        m_at = spaceEnd(m_text, 0);
        if (m_at == m_text.size())
            return refuse(Words::tr("There is no value."));
        if (!value())
            return false;
        while (!m_open.empty()) {
            if (!next())
                return false;
        }
        m_at = spaceEnd(m_text, m_at);
        return m_at == m_text.size() || refuse(Words::tr("There is something behind the end of the value."));
    }
    qsizetype offset() const { return m_at; }
    const QString& reason() const { return m_reason; }

private:
    bool refuse(const QString& reason)
    {
        m_reason = reason;
        return false;
    }
    char here() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }
    bool isAtEnd() const { return m_at >= m_text.size(); }

    /// A value, or the bracket that opens one.
    bool value()
    {
        if (isAtEnd())
            return refuse(Words::tr("A value is missing at the end."));
        switch (kindAt(m_text, m_at)) {
        case Kind::Object: m_open.push_back('}'); return opened();
        case Kind::Array: m_open.push_back(']'); return opened();
        case Kind::String: return string();
        case Kind::Number:
        case Kind::Boolean:
        case Kind::Null: return bare();
        }
        std::unreachable();
    }

    bool opened()
    {
        ++m_at;
        m_fresh = true;
        return true;
    }

    /// What stands behind a bracket that opens, or behind a value in a container.
    bool next()
    {
        m_at = spaceEnd(m_text, m_at);
        const char closing = m_open.back();
        if (isAtEnd())
            return refuse(Words::tr("“%1” is missing at the end.").arg(QLatin1Char(closing)));
        const bool fresh = std::exchange(m_fresh, false);
        if (here() == closing) {
            ++m_at;
            m_open.pop_back();
            return true;
        }
        if (!fresh && here() != ',')
            return refuse(Words::tr("A comma or “%1” is missing here.").arg(QLatin1Char(closing)));
        if (!fresh) {
            m_at = spaceEnd(m_text, m_at + 1);
            if (here() == closing)
                return refuse(Words::tr("There is a comma too many before “%1”.").arg(QLatin1Char(closing)));
        }
        return (closing == ']' || name()) && value();
    }

    bool name()
    {
        if (here() != '"')
            return refuse(Words::tr("A name in double quotes is missing here."));
        if (!string())
            return false;
        m_at = spaceEnd(m_text, m_at);
        if (here() != ':')
            return refuse(Words::tr("A colon is missing behind the name."));
        m_at = spaceEnd(m_text, m_at + 1);
        return true;
    }

    bool string()
    {
        const qsizetype begin = m_at++;
        while (!isAtEnd() && here() != '"') {
            const auto c = static_cast<unsigned char>(here());
            if (c < 0x20)
                return refuse(Words::tr("Inside a text, line breaks and control characters are written as "
                                        "\\n or \\u0000."));
            if (c == '\\' && !escape())
                return false;
            ++m_at;
        }
        if (!isAtEnd()) {
            ++m_at;
            return true;
        }
        m_at = begin;
        return refuse(Words::tr("The text that begins here has no closing quote."));
    }

    /// Leaves the place on the last character of the escape.
    bool escape()
    {
        const qsizetype begin = m_at++;
        if (here() != '\0' && QByteArrayView("\"\\/bfnrt").contains(here()))
            return true;
        const QByteArrayView digits =
            here() == 'u' && m_at + 4 < m_text.size() ? m_text.sliced(m_at + 1, 4) : QByteArrayView();
        const auto isHex = [](char c) {
            return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        };
        if (!digits.isEmpty() && std::ranges::all_of(digits, isHex)) {
            m_at += 4;
            return true;
        }
        m_at = begin;
        return refuse(Words::tr("There is no such escape. A backslash is written as \\\\."));
    }

    bool bare()
    {
        qsizetype end = valueEnd(m_text, m_at);
        // What is no value may hold anything, so it is read as a word for the message.
        const QByteArrayView token = m_text.sliced(m_at, end - m_at);
        if (token == "true" || token == "false" || token == "null" || isNumber(token)) {
            m_at = end;
            return true;
        }
        if (token.isEmpty())
            return refuse(Words::tr("A value is missing here."));
        if (token.front() == '\'')
            return refuse(Words::tr("Texts are put into double quotes."));
        return refuse(Words::tr("“%1” is no JSON value.").arg(shown(token)));
    }

    QByteArrayView m_text;
    qsizetype m_at = 0;
    std::vector<char> m_open;  ///< the brackets that close what is open
    bool m_fresh = false;      ///< nothing stands behind the last bracket that opened
    QString m_reason;
};

Problem problemAt(QByteArrayView text, qsizetype offset, const QString& reason)
{
    const QByteArrayView before = text.first(offset);
    const qsizetype lineBegin = before.lastIndexOf('\n') + 1;
    return {.offset = offset,
            .line = static_cast<int>(std::ranges::count(before, '\n')) + 1,
            .column = static_cast<int>(QString::fromUtf8(before.sliced(lineBegin)).size()) + 1,
            .text = reason};
}

/// Where a text stops being UTF-8, to the line.
qsizetype brokenLine(QByteArrayView text)
{
    qsizetype begin = 0;
    for (;;) {
        const qsizetype end = text.indexOf('\n', begin);
        if (end < 0 || !text.sliced(begin, end - begin).isValidUtf8())
            return begin;
        begin = end + 1;
    }
}

}  // namespace

std::optional<Problem> problemOf(QByteArrayView text)
{
    Judge judge(text);
    if (!judge.accepts())
        return problemAt(text, std::min(judge.offset(), text.size()), judge.reason());
    if (!text.isValidUtf8())
        return problemAt(text, brokenLine(text), Words::tr("This line holds bytes that are no UTF-8."));
    return {};
}

QString sentence(const Problem& problem)
{
    return Words::tr("Line %1, column %2: %3")
        .arg(QString::number(problem.line), QString::number(problem.column), problem.text);
}

}  // namespace dewpoint::json
