// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "base/words.h"
#include "values/array_text.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

using namespace Qt::StringLiterals;

// How a text is taken apart.
namespace dewpoint {

namespace {

/// Reads by the tokens of PostgreSQL's own ReadArrayStr().
class Reader final
{
public:
    Reader(QByteArrayView text, char delimiter) : m_text(text) { m_array.delimiter = delimiter; }
    std::expected<ArrayText, ArrayProblem> read();

private:
    enum class Token { Open, Close, Delimiter, Element, Broken };
    struct Bounds {
        int lower = 1;
        int upper = 0;
    };
    static constexpr qsizetype unknown = -1;

    bool fail(qsizetype at, const QString& text);
    bool readBounds();
    std::optional<int> readBound();
    bool readElements();
    Token next();
    Token readQuoted();
    Token readBare();
    Token broken(qsizetype at, const QString& text);
    bool open();
    bool close();
    bool take();
    bool finish();
    void skipSpace();
    char current() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }

    QByteArrayView m_text;
    qsizetype m_at = 0;
    qsizetype m_tokenAt = 0;
    ArrayText m_array;
    ArrayProblem m_problem;
    QList<Bounds> m_bounds;
    ArrayElement m_element;
    QByteArray m_part;  ///< what was read of an element that is an array itself
    int m_level = 0;
    int m_dimensions = 0;
    bool m_depthIsKnown = false;
    bool m_behindElement = false;
    std::array<qsizetype, ArrayText::mostDimensions> m_counts{};
    std::array<qsizetype, ArrayText::mostDimensions> m_lengths{};
};

bool Reader::fail(qsizetype at, const QString& text)
{
    const qsizetype place = std::min(at, m_text.size());
    m_problem = {.offset = place,
                 .character = QString::fromUtf8(m_text.first(place)).toUcs4().size() + 1,
                 .text = text};
    return false;
}

Reader::Token Reader::broken(qsizetype at, const QString& text)
{
    fail(at, text);
    return Token::Broken;
}

void Reader::skipSpace()
{
    while (ArrayText::isSpace(current()))
        ++m_at;
}

std::optional<int> Reader::readBound()
{
    const qsizetype from = m_at;
    if (current() == '-' || current() == '+')
        ++m_at;
    while (current() >= '0' && current() <= '9')
        ++m_at;
    bool isNumber = false;
    const int bound = m_text.sliced(from, m_at - from).toInt(&isNumber);
    return isNumber ? std::optional(bound) : std::nullopt;
}

/// "[2:3][0:1]=", or "[3]=" for "[1:3]=".
bool Reader::readBounds()
{
    for (skipSpace(); current() == '['; skipSpace()) {
        const qsizetype from = m_at++;
        const auto first = readBound();
        const bool both = first && current() == ':';
        m_at += both ? 1 : 0;
        const auto second = both ? readBound() : first;
        if (!first || !second || current() != ']')
            return fail(from, Words::tr("Bounds are written as [2:3]."));
        ++m_at;
        m_bounds += {.lower = both ? *first : 1, .upper = *second};
        if (m_bounds.last().upper < m_bounds.last().lower
            || m_bounds.last().upper == std::numeric_limits<int>::max())
            return fail(from, Words::tr("There are no such bounds."));
        if (m_bounds.size() > ArrayText::mostDimensions)
            return fail(from, Words::tr("An array has no more than 6 dimensions."));
    }
    if (m_bounds.isEmpty())
        return true;
    if (current() != '=')
        return fail(m_at, Words::tr("= is missing behind the bounds."));
    ++m_at;
    skipSpace();
    return true;
}

Reader::Token Reader::readQuoted()
{
    m_element.emplace();
    for (++m_at; m_at < m_text.size() && current() != '"'; ++m_at) {
        if (current() == '\\')
            ++m_at;
        if (m_at < m_text.size())
            m_element->append(current());
    }
    if (m_at >= m_text.size())
        return broken(m_tokenAt, Words::tr("The quote is not closed."));
    ++m_at;
    skipSpace();
    const char behind = current();
    if (m_at < m_text.size() && behind != m_array.delimiter && behind != '}' && behind != '{')
        return broken(m_at, Words::tr("Either all of an element stands in quotes, or nothing of it."));
    return Token::Element;
}

Reader::Token Reader::readBare()
{
    m_element.emplace();
    qsizetype length = 0;  // without the space behind it
    bool escaped = false;
    for (; m_at < m_text.size() && current() != m_array.delimiter && current() != '}'; ++m_at) {
        if (current() == '"')
            return broken(m_at, Words::tr("Either all of an element stands in quotes, or nothing of it."));
        if (current() == '{')
            return broken(m_at, Words::tr("{ stands within an element: there it needs quotes."));
        const bool escape = current() == '\\';
        escaped = escaped || escape;
        m_at += escape ? 1 : 0;
        if (m_at >= m_text.size())
            break;
        m_element->append(current());
        if (escape || !ArrayText::isSpace(current()))
            length = m_element->size();
    }
    m_element->truncate(length);
    if (!escaped && ArrayText::isNullWord(*m_element))
        m_element.reset();
    return Token::Element;
}

Reader::Token Reader::next()
{
    skipSpace();
    m_tokenAt = m_at;
    if (m_at >= m_text.size())
        return broken(m_at, Words::tr("The closing } is missing."));
    if (current() == '"')
        return readQuoted();
    const Token token = current() == '{'                 ? Token::Open
                        : current() == '}'               ? Token::Close
                        : current() == m_array.delimiter ? Token::Delimiter
                                                         : Token::Element;
    if (token == Token::Element)
        return readBare();
    ++m_at;
    return token;
}

bool Reader::open()
{
    if (m_behindElement)
        return fail(m_tokenAt, Words::tr("A %1 is missing before it.").arg(QLatin1Char(m_array.delimiter)));
    if (m_level >= ArrayText::mostDimensions)
        return fail(m_tokenAt, Words::tr("An array has no more than 6 dimensions."));
    m_counts.at(static_cast<size_t>(m_level)) = 0;
    ++m_level;
    if (m_level > m_dimensions && m_depthIsKnown)
        return fail(m_tokenAt, Words::tr("The parts of an array are all equally long and deep."));
    m_dimensions = std::max(m_dimensions, m_level);
    if (m_level > 1)
        m_part += '{';
    return true;
}

bool Reader::close()
{
    const auto level = static_cast<size_t>(m_level - 1);
    if (m_counts.at(level) > 0 && !m_behindElement)
        return fail(m_tokenAt, Words::tr("An element is missing here."));
    if (m_lengths.at(level) == unknown)
        m_lengths.at(level) = m_counts.at(level);
    else if (m_lengths.at(level) != m_counts.at(level))
        return fail(m_tokenAt, Words::tr("The parts of an array are all equally long and deep."));
    --m_level;
    m_behindElement = true;
    if (m_level == 0)
        return true;
    m_part += '}';
    ++m_counts.at(level - 1);
    if (m_level == 1) {
        m_array.elements.emplace_back(std::move(m_part));
        m_part = {};
    }
    return true;
}

bool Reader::take()
{
    if (m_behindElement)
        return fail(m_tokenAt, Words::tr("A %1 is missing before it.").arg(QLatin1Char(m_array.delimiter)));
    m_depthIsKnown = true;
    if (m_level != m_dimensions)
        return fail(m_tokenAt, Words::tr("The parts of an array are all equally long and deep."));
    ++m_counts.at(static_cast<size_t>(m_level - 1));
    m_behindElement = true;
    if (m_level > 1)
        ArrayText::append(m_part, m_element, m_array.delimiter);
    else
        m_array.elements.push_back(std::move(m_element));
    return true;
}

bool Reader::readElements()
{
    do {
        switch (next()) {
        case Token::Broken: return false;
        case Token::Open:
            if (!open())
                return false;
            break;
        case Token::Close:
            if (!close())
                return false;
            break;
        case Token::Element:
            if (!take())
                return false;
            break;
        case Token::Delimiter:
            if (!m_behindElement)
                return fail(m_tokenAt, Words::tr("An element is missing here."));
            m_behindElement = false;
            if (m_level > 1)
                m_part += m_array.delimiter;
            break;
        }
    } while (m_level > 0);
    return true;
}

bool Reader::finish()
{
    skipSpace();
    if (m_at < m_text.size())
        return fail(m_at, Words::tr("Something stands behind the closing }."));
    const auto dimensions = static_cast<size_t>(m_dimensions);
    const auto lengths = QList<qsizetype>(m_lengths.begin(), m_lengths.begin() + m_dimensions);
    if (!m_bounds.isEmpty()) {
        const auto fits = [](const Bounds& bounds, qsizetype length) {
            return qint64(bounds.upper) - bounds.lower + 1 == length;
        };
        if (static_cast<size_t>(m_bounds.size()) != dimensions
            || !std::ranges::equal(m_bounds, lengths, fits))
            return fail(0, Words::tr("The bounds do not fit the elements."));
        if (std::ranges::any_of(m_bounds, [](const Bounds& bounds) { return bounds.lower != 1; })) {
            for (const Bounds& bounds : std::as_const(m_bounds))
                m_array.lowers += bounds.lower;
        }
    }
    // {{},{}} is an array without dimensions, as {} is.
    if (lengths.contains(0))
        m_array.elements.clear();
    else
        m_array.inner = lengths.sliced(1);
    return true;
}

std::expected<ArrayText, ArrayProblem> Reader::read()
{
    m_lengths.fill(unknown);
    if (!readBounds())
        return std::unexpected(m_problem);
    if (current() != '{') {
        fail(m_at, Words::tr("An array begins with {."));
        return std::unexpected(m_problem);
    }
    if (!readElements() || !finish())
        return std::unexpected(m_problem);
    return std::move(m_array);
}

}  // namespace

std::expected<ArrayText, ArrayProblem> ArrayText::parse(QByteArrayView text, char delimiter)
{
    return Reader(text, delimiter).read();
}

}  // namespace dewpoint
