// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "transfer/column_reader.h"

#include "base/words.h"
#include "rows/cell_input.h"
#include "rows/input_check.h"
#include "transfer/cell_text.h"
#include "transfer/plain_real.h"

#include <QRegularExpression>

#include <algorithm>
#include <charconv>

using namespace Qt::StringLiterals;

namespace dewpoint::transfer {

namespace {

constexpr auto isDigit = [](char c) { return c >= '0' && c <= '9'; };

bool isInteger(QByteArrayView text, qsizetype mostDigits)
{
    const QByteArrayView digits = text.startsWith('-') ? text.sliced(1) : text;
    return !digits.isEmpty() && digits.size() <= mostDigits && std::ranges::all_of(digits, isDigit);
}

/// As asInteger() of cell_input.cpp, by its bytes: "007" and "+1" are none.
bool isCanonicalInteger(QByteArrayView text, qint64& number)
{
    const auto end = std::from_chars(text.begin(), text.end(), number);
    if (end.ec != std::errc() || end.ptr != text.end())
        return false;
    const QByteArrayView digits = text.startsWith('-') ? text.sliced(1) : text;
    return digits[0] != '0' || text == "0";
}

int twoDigits(QByteArrayView text, qsizetype at)
{
    return isDigit(text[at]) && isDigit(text[at + 1]) ? (text[at] - '0') * 10 + (text[at + 1] - '0') : -1;
}

/// A day that every month has.
bool isPlainDate(QByteArrayView text)
{
    if (text.size() != 10 || text[4] != '-' || text[7] != '-' || twoDigits(text, 0) < 0
        || twoDigits(text, 2) < 0)
        return false;
    const int month = twoDigits(text, 5);
    const int day = twoDigits(text, 8);
    return month >= 1 && month <= 12 && day >= 1 && day <= 28;
}

bool isPlainClock(QByteArrayView text)
{
    return text.size() == 8 && text[2] == ':' && text[5] == ':' && twoDigits(text, 0) >= 0
           && twoDigits(text, 0) < 24 && twoDigits(text, 3) >= 0 && twoDigits(text, 3) < 60
           && twoDigits(text, 6) >= 0 && twoDigits(text, 6) < 60;
}

bool isPlainUuid(QByteArrayView text)
{
    if (text.size() != 36)
        return false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        const bool hex = isDigit(text[i]) || (text[i] >= 'a' && text[i] <= 'f');
        if (dash ? text[i] != '-' : !hex)
            return false;
    }
    return true;
}

/// SQLite makes a number of it by the column's affinity.
bool isNumber(QByteArrayView text)
{
    const QByteArrayView bare = text.trimmed();
    double number = 0;
    const auto end = std::from_chars(bare.begin(), bare.end(), number);
    return end.ec == std::errc() && end.ptr == bare.end();
}

/// Such a number has all its digits.
bool losesNothing(QByteArrayView number)
{
    constexpr qsizetype exactDigits = 15;
    return std::ranges::count_if(number, isDigit) <= exactDigits;
}

/// As asReal() of cell_input.cpp of what is surely read and shown alike.
bool isPlainReal(QByteArrayView text, double& number)
{
    const auto end = std::from_chars(text.begin(), text.end(), number);
    RealBuffer buffer;
    return end.ec == std::errc() && end.ptr == text.end() && plainReal(number, buffer) == text;
}

/// Where the text of the row before was, as long as nobody else has that.
void setText(Value& value, const QByteArray& text)
{
    auto* held = std::get_if<Text>(&value);
    if (held && !held->utf8.isNull())
        held->utf8.assign(QByteArrayView(text));
    else
        value = Text{QByteArray(text.constData(), text.size())};
}

bool beginsLikeHex(QByteArrayView text)
{
    return text.startsWith("\\x") || text.startsWith("X'") || text.startsWith("x'");
}

}  // namespace

bool emptyIsText(const rows::RelationColumn& column)
{
    return !column.nullable && column.family == rows::ColumnFamily::Text;
}

ColumnReader::ColumnReader(rows::RelationColumn column, Engine engine, From from)
    : m_column(std::move(column))
    , m_engine(engine)
    , m_from(from)
    , m_boolean(rows::isBoolean(m_column, engine))
    , m_json(rows::isJson(m_column))
    , m_binary(m_column.family == rows::ColumnFamily::Binary)
    , m_uuid(engine == Engine::Postgres && rows::isUuid(m_column))
    , m_number(rows::readsAsNumber(m_column))
    , m_emptyIsText(emptyIsText(m_column))
{
    static const QRegularExpression precision(u"\\((\\d+)(?:,(\\d+))?\\)"_s);
    if (const auto match = precision.match(m_column.type); match.hasMatch()) {
        m_places = match.captured(2).toInt();
        m_whole = match.captured(1).toInt() - m_places;
    }
}

QString ColumnReader::read(const Field& field, Value& value) const
{
    const bool isEmpty = field.kind == Field::Kind::Empty;
    if (field.kind == Field::Kind::Null || (isEmpty && !m_emptyIsText)) {
        value = Null{};
        return m_column.nullable || m_column.automatic ? QString() : Words::tr("It may not be NULL.");
    }
    if (isEmpty) {
        value = Text{QByteArray("")};
        return {};
    }
    return m_engine == Engine::Postgres ? readPostgres(field, value) : readSqlite(field, value);
}

QString ColumnReader::oddity(const Value& value) const
{
    if (m_engine != Engine::Sqlite || !(m_number || m_boolean))
        return {};
    const auto* text = std::get_if<Text>(&value);
    if (!text && !std::holds_alternative<Blob>(value))
        return {};
    if (m_boolean)
        return Words::tr("It is no truth value, and would be kept as text.");
    if (!text || !isNumber(text->utf8))
        return Words::tr("It is no number, and would be kept as text.");
    return losesNothing(text->utf8) ? QString() : Words::tr("As a number it would have fewer digits.");
}

bool ColumnReader::isPlainDecimal(QByteArrayView text) const
{
    const QByteArrayView digits = text.startsWith('-') ? text.sliced(1) : text;
    const qsizetype point = digits.indexOf('.');
    const QByteArrayView whole = point < 0 ? digits : digits.first(point);
    const QByteArrayView rest = point < 0 ? QByteArrayView() : digits.sliced(point + 1);
    return !whole.isEmpty() && whole.size() <= m_whole && rest.size() <= m_places
           && (point < 0 || !rest.isEmpty()) && std::ranges::all_of(whole, isDigit)
           && std::ranges::all_of(rest, isDigit);
}

/// True where nothing has to be asked; false says nothing.
bool ColumnReader::surelyFits(QByteArrayView text) const
{
    constexpr qsizetype smallDigits = 4;
    constexpr qsizetype integerDigits = 9;
    constexpr qsizetype realDigits = 6;
    switch (m_column.family) {
    case rows::ColumnFamily::Text: return m_column.choices.isEmpty();
    case rows::ColumnFamily::Integer:
        return isInteger(text, m_column.type == u"smallint" ? smallDigits : integerDigits);
    case rows::ColumnFamily::Numeric: return isPlainDecimal(text);
    case rows::ColumnFamily::Real: return text.size() <= realDigits && isPlainDecimal(text);
    case rows::ColumnFamily::Boolean: return text == "t" || text == "f" || text == "true" || text == "false";
    case rows::ColumnFamily::Temporal:
        if (m_column.type == u"date")
            return isPlainDate(text);
        return m_column.type.startsWith(u"timestamp") && text.size() == 19 && isPlainDate(text.first(10))
               && (text[10] == ' ' || text[10] == 'T') && isPlainClock(text.sliced(11));
    case rows::ColumnFamily::Other: return m_uuid ? isPlainUuid(text) : m_column.choices.isEmpty();
    case rows::ColumnFamily::Json:
    case rows::ColumnFamily::Binary: break;
    }
    return false;
}

QString ColumnReader::readPostgres(const Field& field, Value& value) const
{
    const QByteArray& text = field.text;
    if (!text.isValidUtf8())
        return Words::tr("It is not UTF-8.");
    if (text.contains('\0'))
        return Words::tr("PostgreSQL cannot keep the character U+0000 in a text.");
    if (m_binary) {
        const auto bytes = rows::parsedInput(QString::fromUtf8(text), m_column, Null{}, m_engine);
        value = bytes.value_or(Null{});
        return bytes ? QString() : bytes.error().oneLine();
    }
    if (surelyFits(text)) {
        setText(value, text);
        return {};
    }
    const QString words = QString::fromUtf8(text);
    QString problem = rows::inputProblem(words, m_column, m_engine);
    // A lone text is JSON once it has its quotes.
    if (m_json && m_from == From::Json && field.kind == Field::Kind::Text && !problem.isEmpty()) {
        value = Text{jsonText(words)};
        return {};
    }
    value = Text{text};
    return problem;
}

QString ColumnReader::readSqlite(const Field& field, Value& value) const
{
    const QByteArray& text = field.text;
    qint64 number = 0;
    double real = 0;
    // What most fields of a column of numbers are, without a text in between.
    if (m_number && !m_boolean && field.kind == Field::Kind::Text && m_from == From::Text) {
        if (m_column.family != rows::ColumnFamily::Real && isCanonicalInteger(text, number)) {
            value = number;
            return {};
        }
        if (isPlainReal(text, real)) {
            value = real;
            return {};
        }
    }
    setText(value, text);
    if (m_json && field.kind != Field::Kind::Nested) {
        const QString words = QString::fromUtf8(text);
        QString problem = rows::inputProblem(words, m_column, m_engine);
        const bool lone = m_from == From::Json && field.kind == Field::Kind::Text && !problem.isEmpty();
        if (lone)
            value = Text{jsonText(words)};
        return lone ? QString() : problem;
    }
    if (m_boolean && (field.kind == Field::Kind::Boolean || m_from == From::Text)
        && (text == "t" || text == "f" || text == "true" || text == "false")) {
        value = qint64{text.startsWith('t')};
        return {};
    }
    if (field.kind == Field::Kind::Boolean && m_column.family != rows::ColumnFamily::Text) {
        value = qint64{text == "true"};
        return {};
    }
    const bool jsonString = m_from == From::Json && field.kind == Field::Kind::Text;
    if (m_column.family == rows::ColumnFamily::Text || field.kind == Field::Kind::Nested
        || (jsonString && !(m_binary && beginsLikeHex(text))) || !text.isValidUtf8())
        return {};
    if (m_column.family != rows::ColumnFamily::Real && isCanonicalInteger(text, number)) {
        value = number;
        return {};
    }
    const auto parsed = rows::parsedInput(QString::fromUtf8(text), m_column, Null{}, m_engine);
    value = parsed.value_or(Null{});
    return parsed ? QString() : parsed.error().oneLine();
}

}  // namespace dewpoint::transfer
