// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "drift/item.h"

#include "base/words.h"
#include "change/words.h"
#include "diff/content.h"
#include "diff/part.h"

#include <QCryptographicHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::drift {

namespace {

constexpr qsizetype keyDigits = 32;

Kind kindOf(const QList<change::Change>& changes)
{
    const auto are = [&](change::Kind kind) {
        return std::ranges::all_of(
            changes, [&](const change::Change& change) { return change::kind(change) == kind; });
    };
    return are(change::Kind::Added)     ? Kind::Extra
           : are(change::Kind::Removed) ? Kind::Missing
                                        : Kind::Different;
}

/// What changed, where the thing alone does not say it.
QString difference(const change::Change& change)
{
    if (const auto* table = std::get_if<change::AlterTable>(&change))
        return change::difference(table->from, table->to);
    if (const auto* column = std::get_if<change::AlterColumn>(&change))
        return change::difference(column->from, column->to);
    if (const auto* constraint = std::get_if<change::AlterConstraint>(&change))
        return change::words(constraint->from) + u" → "_s + change::words(constraint->to);
    if (const auto* index = std::get_if<change::AlterIndex>(&change))
        return change::words(index->from) + u" → "_s + change::words(index->to);
    if (const auto* extension = std::get_if<change::AlterExtension>(&change))
        return extension->from.version + u" → "_s + extension->to.version;
    if (const auto* privileges = std::get_if<change::SetPrivileges>(&change))
        return change::difference(privileges->from, privileges->to);
    if (const auto* type = std::get_if<change::AlterType>(&change))
        return type->from.labels.isEmpty()
                   ? QString()
                   : type->from.labels.join(u", "_s) + u" → "_s + type->to.labels.join(u", "_s);
    return {};
}

QString described(const change::Change& change)
{
    const QString thing = thingOf(change);
    if (const auto* comment = std::get_if<change::SetComment>(&change))
        return comment->from.isEmpty() ? Words::tr("%1 is only in the database: “%2”").arg(thing, comment->to)
               : comment->to.isEmpty()
                   ? Words::tr("%1 is missing in the database: “%2”").arg(thing, comment->from)
                   : Words::tr("%1 is different: “%2” → “%3”").arg(thing, comment->from, comment->to);
    switch (change::kind(change)) {
    case change::Kind::Added: return Words::tr("%1 is only in the database").arg(thing);
    case change::Kind::Removed: return Words::tr("%1 is missing in the database").arg(thing);
    case change::Kind::Changed: break;
    }
    const QString more = difference(change);
    return more.isEmpty() ? Words::tr("%1 is different").arg(thing)
                          : Words::tr("%1 is different: %2").arg(thing, more);
}

/// The object that a comment is on comes with it.
bool comesWith(const change::SetComment& comment, const change::Change& change, Engine engine)
{
    if (change::kind(change) != change::Kind::Added)
        return false;
    const diff::Part part = diff::partOf(change, engine);
    if (part.owner.name != comment.owner.name || part.owner.schema != comment.owner.schema)
        return false;
    if (diff::isWholeRelation(part))
        return change::relation(comment).name == comment.owner.name;
    using Kind = diff::Part::Kind;
    using change::Commented;
    switch (comment.what) {
    case Commented::Table:
    case Commented::View: return false;
    case Commented::Column: return part.kind == Kind::Column && part.member == comment.member;
    case Commented::Constraint: return part.kind == Kind::Constraint && part.member == comment.member;
    case Commented::Index: return part.kind == Kind::Index && part.member == comment.member;
    case Commented::Trigger: return part.kind == Kind::Trigger && part.member == comment.member;
    case Commented::Routine: return part.kind == Kind::Routine && part.member == comment.member;
    case Commented::Type: return part.kind == Kind::Type;
    case Commented::Other: return part.kind == Kind::Other && part.member == comment.member;
    }
    std::unreachable();
}

/// So does what is granted on it.
bool comesWith(const change::SetPrivileges& privileges, const change::Change& change, Engine engine)
{
    if (change::kind(change) != change::Kind::Added)
        return false;
    const diff::Part part = diff::partOf(change, engine);
    const schema::Privileges& of = privileges.to;
    if (part.owner.name != of.name || part.owner.schema != of.schema)
        return false;
    using Kind = diff::Part::Kind;
    using schema::GrantedOn;
    switch (of.on) {
    case GrantedOn::Schema: return part.kind == Kind::Schema;
    case GrantedOn::Relation: return diff::isWholeRelation(part);
    case GrantedOn::Sequence: return part.kind == Kind::Sequence;
    case GrantedOn::Routine: return part.kind == Kind::Routine && part.member == of.member;
    case GrantedOn::Type: return part.kind == Kind::Type;
    case GrantedOn::Default: return false;
    }
    std::unreachable();
}

/// What is only there because of what it is on.
bool isOfAnother(const change::Change& change)
{
    return std::holds_alternative<change::SetComment>(change)
           || std::holds_alternative<change::SetPrivileges>(change);
}

bool belongs(const change::Change& change, const Item& item, Engine engine)
{
    const diff::Part part = diff::partOf(change, engine);
    if (part.kind == diff::Part::Kind::Inside)
        return diff::keyOf(part, engine)
               == diff::keyOf(diff::partOf(item.changes.constFirst(), engine), engine);
    if (const auto* privileges = std::get_if<change::SetPrivileges>(&change))
        return comesWith(*privileges, item.changes.constFirst(), engine);
    const auto* comment = std::get_if<change::SetComment>(&change);
    return comment && comesWith(*comment, item.changes.constFirst(), engine);
}

/// The comments and privileges of what is new say nothing of their own.
QString textOf(const Item& item)
{
    QStringList sentences;
    for (const change::Change& change : item.changes) {
        if (!isOfAnother(change) || item.changes.size() == 1)
            sentences << described(change);
    }
    return sentences.join(u"; "_s) + u'.';
}

QString keyOf(const Item& item, Engine engine)
{
    QList<QByteArray> contents;
    for (const change::Change& change : item.changes) {
        if (item.changes.size() == 1 || !isOfAnother(change))
            contents << diff::contentOf(change, engine);
    }
    std::ranges::sort(contents);
    const auto hash = QCryptographicHash::hash(contents.join('\n'), QCryptographicHash::Sha256);
    return QString::fromLatin1(hash.toHex().first(keyDigits));
}

}  // namespace

QList<Item> itemsOf(const QList<change::Change>& changes, Engine engine)
{
    QList<Item> items;
    for (const change::Change& change : changes) {
        const auto home =
            std::ranges::find_if(items, [&](const Item& item) { return belongs(change, item, engine); });
        if (home != items.end())
            home->changes.append(change);
        else
            items.append({.key = {}, .kind = Kind::Different, .text = {}, .changes = {change}});
    }
    for (Item& item : items) {
        QList<change::Change> own = item.changes;
        if (own.size() > 1)
            own.removeIf(isOfAnother);
        item.kind = kindOf(own);
        item.text = textOf(item);
        item.key = keyOf(item, engine);
    }
    return items;
}

}  // namespace dewpoint::drift
