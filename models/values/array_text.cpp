// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "values/array_text.h"

#include "base/words.h"

#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint {

namespace {

QString shapeText(const QList<qsizetype>& shape)
{
    QStringList lengths;
    for (const qsizetype length : shape)
        lengths += QString::number(length);
    return lengths.join(u" × "_s);
}

}  // namespace

bool ArrayText::isSpace(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

bool ArrayText::isNullWord(QByteArrayView text)
{
    return text.size() == 4 && qstrnicmp(text.data(), 4, "null", 4) == 0;
}

void ArrayText::append(QByteArray& out, const ArrayElement& element, char delimiter)
{
    if (!element) {
        out += "NULL";
        return;
    }
    const auto special = [delimiter](char c) {
        return c == '"' || c == '\\' || c == '{' || c == '}' || c == delimiter || isSpace(c);
    };
    if (!element->isEmpty() && !isNullWord(*element) && std::ranges::none_of(*element, special)) {
        out += *element;
        return;
    }
    out += '"';
    for (const char c : *element) {
        if (c == '"' || c == '\\')
            out += '\\';
        out += c;
    }
    out += '"';
}

QString sentence(const ArrayProblem& problem)
{
    return Words::tr("Character %1: %2").arg(QString::number(problem.character), problem.text);
}

QByteArray ArrayText::write() const
{
    if (elements.empty())
        return "{}"_ba;
    QByteArray out;
    if (std::ranges::any_of(lowers, [](int each) { return each != 1; })) {
        const QList<qsizetype> lengths = shape();
        for (qsizetype i = 0; i < lengths.size(); ++i) {
            const qint64 from = lowers.value(i, 1);
            out += '[' + QByteArray::number(from) + ':' + QByteArray::number(from + lengths[i] - 1) + ']';
        }
        out += '=';
    }
    out += '{';
    bool first = true;
    for (const ArrayElement& element : elements) {
        if (!first)
            out += delimiter;
        first = false;
        if (hasParts())
            out += element.value_or(QByteArray());
        else
            append(out, element, delimiter);
    }
    return out += '}';
}

ArrayElement ArrayText::blank() const
{
    if (!hasParts())
        return std::nullopt;
    QByteArray part = "NULL"_ba;
    for (auto length = inner.crbegin(); length != inner.crend(); ++length)
        part = '{' + QByteArrayList(*length, part).join(delimiter) + '}';
    return part;
}

std::expected<ArrayText, ArrayProblem> ArrayText::partFor(size_t row, QByteArrayView typed) const
{
    auto part = parse(typed, delimiter);
    if (!part)
        return part;
    const bool only = elements.size() == 1 && row == 0 && part->inner.size() + 2 <= mostDimensions;
    if (part->elements.empty() || (part->shape() != inner && !only))
        return std::unexpected(ArrayProblem{
            .text =
                Words::tr("The parts of an array are all equally long and deep: %1.").arg(shapeText(inner))});
    part->lowers.clear();
    return part;
}

void ArrayText::setPart(size_t row, const ArrayText& part)
{
    elements.at(row) = part.write();
    inner = part.shape();
    if (!lowers.isEmpty())
        lowers.resize(inner.size() + 1, 1);
}

QList<qsizetype> ArrayText::shape() const
{
    return QList<qsizetype>{static_cast<qsizetype>(elements.size())} + inner;
}

char arrayDelimiter(const QString& elementType)
{
    const QString bare = elementType.section(u'(', 0, 0).section(u'.', -1);
    return bare == u"box" ? ';' : bare == u"geometry" || bare == u"geography" ? ':' : ',';
}

}  // namespace dewpoint
