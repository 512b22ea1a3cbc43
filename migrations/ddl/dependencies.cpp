// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "ddl/dependencies.h"

#include "sql/lexer.h"

#include <QMultiHash>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::ddl {

namespace {

QString unquoted(QStringView word)
{
    if (!word.startsWith(u'"'))
        return word.toString().toLower();
    return word.sliced(1, word.size() - 2).toString().replace(u"\"\""_s, u"\""_s);
}

QString keyOf(const QString& schema, const QString& name)
{
    return schema + QChar(u'\0') + name;
}

/// Every name.name in the text.
QSet<QString> mentions(const QString& text)
{
    QSet<QString> found;
    QString before;  // the name two tokens ago, when a dot followed it
    QString last;
    bool dotted = false;
    for (qsizetype at = 0; at < text.size();) {
        const sql::Token token = sql::nextToken(text, at, Engine::Postgres);
        if (token.kind == sql::TokenKind::End)
            break;
        at = token.start + token.length;
        const bool isName = token.kind == sql::TokenKind::Word || token.kind == sql::TokenKind::QuotedName;
        if (isName) {
            last = unquoted(token.text(text));
            if (dotted)
                found.insert(keyOf(before, last));
        }
        dotted = !isName && !last.isEmpty() && token.text(text) == u".";
        before = dotted ? last : QString();
        if (!isName && !dotted)
            last.clear();
    }
    return found;
}

class Order final
{
public:
    explicit Order(const QList<Node>& nodes) : m_seen(nodes.size(), false)
    {
        QMultiHash<QString, qsizetype> places;  // overloaded functions share a name
        for (qsizetype i = 0; i < nodes.size(); ++i)
            places.insert(keyOf(nodes.at(i).schema, nodes.at(i).name), i);
        for (const Node& node : nodes) {
            QList<qsizetype> needs;
            for (const QString& mention : mentions(node.text))
                needs.append(places.values(mention));
            std::ranges::sort(needs);
            m_needs.append(needs);
        }
    }

    QList<qsizetype> all()
    {
        for (qsizetype i = 0; i < m_needs.size(); ++i)
            visit(i);
        return std::move(m_order);
    }

private:
    void visit(qsizetype place)  // NOLINT(misc-no-recursion): as deep as objects depend on each other
    {
        if (m_seen.at(place))
            return;
        m_seen[place] = true;
        for (const qsizetype need : std::as_const(m_needs[place]))
            visit(need);
        m_order.append(place);
    }

    QList<QList<qsizetype>> m_needs;
    QList<bool> m_seen;
    QList<qsizetype> m_order;
};

}  // namespace

QList<qsizetype> inDependencyOrder(const QList<Node>& nodes)
{
    return Order(nodes).all();
}

}  // namespace dewpoint::ddl
