// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "json/find.h"

#include "json/text.h"

#include <QRegularExpression>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::json {

namespace {

/// Whether a name or value holds a text.
class Wanted final
{
public:
    explicit Wanted(const QString& needle) : m_needle(needle), m_latin(isAscii(needle)) {}

    bool isIn(QByteArrayView token) const
    {
        const QByteArrayView bare = token.front() == '"' ? token.sliced(1).chopped(1) : token;
        // Most need not be decoded: no escape, and no letter outside of ASCII is one inside by its case.
        if (m_latin && !bare.contains('\\'))
            return QLatin1StringView(bare).contains(m_needle, Qt::CaseInsensitive);
        return (token.front() == '"' ? readable(token) : QString::fromUtf8(token))
            .contains(m_needle, Qt::CaseInsensitive);
    }

private:
    static bool isAscii(const QString& text)
    {
        return std::ranges::all_of(text, [](QChar c) { return c.unicode() < 0x80; });
    }

    QString m_needle;
    bool m_latin;
};

}  // namespace

std::optional<qsizetype> findText(QByteArrayView valid, const QString& needle, qsizetype from, bool backwards)
{
    const Wanted wanted(needle);
    std::optional<qsizetype> before;  // the last one before `from`
    std::optional<qsizetype> first;
    std::optional<qsizetype> last;
    if (needle.isEmpty())
        return {};
    for (qsizetype at = spaceEnd(valid, 0); at < valid.size(); at = spaceEnd(valid, at)) {
        if (QByteArrayView("{}[],:").contains(valid[at])) {
            ++at;
            continue;
        }
        const qsizetype end = valueEnd(valid, at);
        if (wanted.isIn(valid.sliced(at, end - at))) {
            if (at > from && !backwards)
                return at;
            if (!first)
                first = at;
            if (at < from)
                before = at;
            last = at;
        }
        at = end;
    }
    return !backwards ? first : before ? before : last;
}

Path pathAt(QByteArrayView valid, qsizetype offset)
{
    Path path;
    qsizetype value = spaceEnd(valid, 0);
    while (hasItems(valid, value)) {
        const std::vector<Item> items = itemsIn(valid, value);
        const auto item = std::ranges::find_if(items, [&](const Item& each) {
            return offset < each.end && offset >= (each.keyBegin >= 0 ? each.keyBegin : each.begin);
        });
        if (item == items.end())
            break;
        path += static_cast<int>(item - items.begin());
        if (offset < item->begin)
            break;  // in its name
        value = item->begin;
    }
    return path;
}

QString pathText(const Document& document, const Node& node)
{
    static const QRegularExpression plain(u"^[A-Za-z_][A-Za-z0-9_]*$"_s);
    if (!node.parent)
        return u"$"_s;
    const QString before = pathText(document, *node.parent);
    if (!node.hasKey())
        return u"%1[%2]"_s.arg(before, QString::number(node.row));
    const QString name = readable(document.keyText(node));
    return before + u'.' + (plain.match(name).hasMatch() ? name : QString::fromUtf8(quoted(name)));
}

std::optional<QString> repeatedName(const Document& document, const Node& object)
{
    QSet<QString> met;
    for (const auto& child : object.children) {
        if (!child->hasKey())
            break;
        const QString name = readable(document.keyText(*child));
        if (met.contains(name))
            return name;
        met.insert(name);
    }
    return {};
}

}  // namespace dewpoint::json
