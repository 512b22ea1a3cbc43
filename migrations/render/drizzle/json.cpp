// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "render/drizzle/json.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::render::drizzle {

namespace {

constexpr int deepest = 64;

class Parser final
{
public:
    explicit Parser(QString text) : m_text(std::move(text)) {}

    std::optional<Json> whole()
    {
        auto value = next(0);
        skipSpace();
        return value && m_at == m_text.size() ? value : std::nullopt;
    }

private:
    QChar here() const { return m_at < m_text.size() ? m_text.at(m_at) : QChar(); }

    void skipSpace()
    {
        while (here() == u' ' || here() == u'\n' || here() == u'\r' || here() == u'\t')
            ++m_at;
    }

    bool take(QChar wanted)
    {
        skipSpace();
        const bool found = here() == wanted;
        m_at += found ? 1 : 0;
        return found;
    }

    std::optional<Json> next(int depth)
    {
        skipSpace();
        if (depth > deepest)
            return std::nullopt;
        if (here() == u'{' || here() == u'[')
            return container(depth);
        if (here() == u'"') {
            const auto value = quoted();
            return value ? std::optional(Json::of(*value)) : std::nullopt;
        }
        return word();
    }

    std::optional<Json> container(int depth)
    {
        const bool isObject = here() == u'{';
        const QChar end = isObject ? u'}' : u']';
        ++m_at;
        Json result = isObject ? Json::object() : Json::list();
        if (take(end))
            return result;
        do {
            if (isObject) {
                skipSpace();
                const auto name = quoted();
                if (!name || !take(u':'))
                    return std::nullopt;
                result.names << *name;
            }
            auto item = next(depth + 1);
            if (!item)
                return std::nullopt;
            result.items << *std::move(item);
        } while (take(u','));
        return take(end) ? std::optional(result) : std::nullopt;
    }

    std::optional<QString> quoted()
    {
        if (here() != u'"')
            return std::nullopt;
        QString value;
        for (++m_at; m_at < m_text.size(); ++m_at) {
            const QChar c = here();
            if (c == u'"') {
                ++m_at;
                return value;
            }
            if (c != u'\\') {
                value += c;
                continue;
            }
            ++m_at;
            const auto meant = escaped();
            if (!meant)
                return std::nullopt;
            value += *meant;
        }
        return std::nullopt;
    }

    std::optional<QChar> escaped()
    {
        static const QString letters = u"\"\\/bfnrt"_s;
        static const QString meanings = u"\"\\/\b\f\n\r\t"_s;
        if (const qsizetype found = letters.indexOf(here()); found >= 0 && !here().isNull())
            return meanings.at(found);
        const QString digits = m_text.mid(m_at + 1, 4);
        bool isNumber = false;
        const uint code = digits.toUInt(&isNumber, 16);
        if (here() != u'u' || digits.size() != 4 || !isNumber)
            return std::nullopt;
        m_at += 4;
        return QChar(static_cast<char16_t>(code));
    }

    std::optional<Json> word()
    {
        const qsizetype start = m_at;
        while (here().isLetterOrNumber() || here() == u'-' || here() == u'+' || here() == u'.')
            ++m_at;
        const QString found = m_text.sliced(start, m_at - start);
        if (found == u"null")
            return Json{};
        if (found == u"true" || found == u"false")
            return Json::boolean(found == u"true");
        bool isNumber = false;
        found.toDouble(&isNumber);  // asked only whether it is one: its spelling is what is kept
        return isNumber ? std::optional(Json::number(found)) : std::nullopt;
    }

    QString m_text;
    qsizetype m_at = 0;
};

QString inQuotes(const QString& value)
{
    static const QString special = u"\"\\\b\f\n\r\t"_s;
    static const QString letters = u"\"\\bfnrt"_s;
    QString result;
    for (const QChar c : value) {
        if (const qsizetype found = special.indexOf(c); found >= 0)
            result += u'\\' + letters.at(found);
        else if (c.unicode() < 0x20)
            result += u"\\u%1"_s.arg(static_cast<uint>(c.unicode()), 4, 16, QChar(u'0'));
        else
            result += c;
    }
    return u'"' + result + u'"';
}

void write(const Json& value, const QString& indent, QString& out);

void writeItems(const Json& value, const QString& indent, QString& out)
{
    const QString inner = indent.isEmpty() ? QString() : indent + u"  "_s;
    for (qsizetype i = 0; i < value.items.size(); ++i) {
        out += (i > 0 ? u","_s : QString()) + inner;
        if (value.kind == Json::Kind::Object)
            out += inQuotes(value.names.at(i)) + (indent.isEmpty() ? u":"_s : u": "_s);
        write(value.items.at(i), inner, out);
    }
    if (!value.items.isEmpty())
        out += indent;
}

/// `indent` is the line break of this depth; empty: all on one line.
void write(const Json& value, const QString& indent, QString& out)
{
    switch (value.kind) {
    case Json::Kind::Null: out += u"null"_s; return;
    case Json::Kind::Text: out += inQuotes(value.text); return;
    case Json::Kind::Object:
        out += u'{';
        writeItems(value, indent, out);
        out += u'}';
        return;
    case Json::Kind::List:
        out += u'[';
        writeItems(value, indent, out);
        out += u']';
        return;
    case Json::Kind::Bool:
    case Json::Kind::Number: out += value.text; return;
    }
}

}  // namespace

Json Json::of(const QString& value)
{
    return {.kind = Kind::Text, .text = value, .names = {}, .items = {}};
}

Json Json::of(const QStringList& values)
{
    Json result = list();
    for (const QString& value : values)
        result.items << of(value);
    return result;
}

Json Json::boolean(bool value)
{
    return {.kind = Kind::Bool, .text = value ? u"true"_s : u"false"_s, .names = {}, .items = {}};
}

Json Json::number(const QString& written)
{
    return {.kind = Kind::Number, .text = written, .names = {}, .items = {}};
}

Json Json::list(QList<Json> items)
{
    return {.kind = Kind::List, .text = {}, .names = {}, .items = std::move(items)};
}

const Json* Json::member(QAnyStringView name) const
{
    const auto found = std::ranges::find_if(names, [&](const QString& own) { return own == name; });
    return found == names.end() ? nullptr : &items.at(found - names.begin());
}

QString Json::value(QAnyStringView name) const
{
    const Json* found = member(name);
    return found && found->kind == Kind::Text ? found->text : QString();
}

Json& Json::set(const QString& name, Json value)
{
    if (const qsizetype found = names.indexOf(name); found >= 0) {
        items[found] = std::move(value);
        return *this;
    }
    names << name;
    items << std::move(value);
    return *this;
}

void Json::remove(const QString& name)
{
    if (const qsizetype found = names.indexOf(name); found >= 0) {
        names.removeAt(found);
        items.removeAt(found);
    }
}

bool Json::operator==(const Json& other) const
{
    if (kind != other.kind || text != other.text || items.size() != other.items.size())
        return false;
    if (kind != Kind::Object)
        return items == other.items;
    for (qsizetype i = 0; i < names.size(); ++i) {
        const Json* there = other.member(names.at(i));
        if (!there || *there != items.at(i))
            return false;
    }
    return true;
}

std::optional<Json> parseJson(const QByteArray& text)
{
    return Parser(QString::fromUtf8(text)).whole();
}

QByteArray written(const Json& value)
{
    QString out;
    write(value, u"\n"_s, out);
    return out.toUtf8();
}

QString compact(const Json& value)
{
    QString out;
    write(value, {}, out);
    return out;
}

}  // namespace dewpoint::render::drizzle
