// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "plan/sqlite_standing.h"

#include "diff/normalise.h"
#include "plan/sqlite_text.h"

#include <QSet>

#include <algorithm>

namespace dewpoint::plan {

using change::Change;
using schema::View;

namespace {

QString keyOf(const QString& name)
{
    return diff::key(name, Engine::Sqlite);
}

}  // namespace

Standing::Standing(const schema::Database& from, const QList<Change>& changes) : m_from(from)
{
    QSet<QString> gone;
    for (const Change& change : changes) {
        const View* view = nullptr;
        if (const auto* dropped = std::get_if<change::DropView>(&change))
            view = &dropped->view;
        else if (const auto* altered = std::get_if<change::AlterView>(&change))
            view = &altered->from;
        else if (const auto* trigger = std::get_if<change::DropTrigger>(&change))
            gone.insert(keyOf(trigger->trigger.name));
        else if (const auto* other = std::get_if<change::AlterTrigger>(&change))
            gone.insert(keyOf(other->from.name));
        if (!view)
            continue;
        gone.insert(keyOf(view->name));
        m_viewsAway << view->name;
    }
    const auto addTriggers = [&](const QList<schema::Trigger>& triggers) {
        for (const schema::Trigger& trigger : triggers) {
            if (!gone.contains(keyOf(trigger.name)))
                m_texts << trigger.definition;
        }
    };
    for (const schema::Table& table : from.tables)
        addTriggers(table.triggers);
    for (const View& view : from.views) {
        if (gone.contains(keyOf(view.name)))
            continue;
        m_texts << view.definition;
        addTriggers(view.triggers);
    }
}

bool Standing::isBroken() const
{
    if (std::ranges::any_of(m_from.views, [](const View& view) { return view.columns.isEmpty(); }))
        return true;
    return std::ranges::any_of(m_texts, [&](const QString& text) {
        return std::ranges::any_of(m_viewsAway, [&](const QString& name) { return mentions(text, name); });
    });
}

QStringList Standing::about(const schema::Table& table) const
{
    QStringList texts = m_texts;
    texts.removeIf([&](const QString& text) {
        return !mentions(text, table.name) && std::ranges::none_of(m_from.views, [&](const View& view) {
            return view.definition != text && mentions(text, view.name);
        });
    });
    return texts;
}

}  // namespace dewpoint::plan
