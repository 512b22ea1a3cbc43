// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

namespace dewpoint::shell {

/// Tabs that are not open: what was closed and can be opened again, and what keeps edits for a table that is
/// gone or changed, until it is there again. A tab is what stateOf() gave.
class KeptTabs final
{
public:
    KeptTabs() = default;
    explicit KeptTabs(const QJsonArray& closed) : m_closed(closed) {}

    const QJsonArray& closed() const { return m_closed; }  ///< newest last
    const QJsonArray& lost() const { return m_lost; }

    void close(const QJsonObject& tab)
    {
        constexpr qsizetype most = 20;
        m_closed.append(tab);
        if (m_closed.size() > most)
            m_closed.removeFirst();
    }
    /// The one that was closed last; empty where there is none.
    QJsonObject reopen()
    {
        return m_closed.isEmpty() ? QJsonObject() : m_closed.takeAt(m_closed.size() - 1).toObject();
    }

    /// The same of one kind, with what was typed in it; empty where there is none.
    QJsonObject reopen(const QString& kind)
    {
        for (qsizetype i = m_closed.size() - 1; i >= 0; --i) {
            const QJsonObject tab = m_closed.at(i).toObject();
            if (tab[QStringLiteral("kind")].toString() != kind
                || tab[QStringLiteral("state")].toObject().isEmpty())
                continue;
            m_closed.removeAt(i);
            return tab;
        }
        return {};
    }

    void lose(const QJsonObject& tab) { m_lost.append(tab); }
    /// What was lost of this table; empty where nothing was.
    QJsonObject find(const QString& schemaName, const QString& name)
    {
        const auto found = std::ranges::find_if(m_lost, [&](const auto& tab) {
            const QJsonObject lost = tab.toObject();
            return lost[QStringLiteral("kind")].toString() == QLatin1String("table")
                   && lost[QStringLiteral("schema")].toString() == schemaName
                   && lost[QStringLiteral("name")].toString() == name;
        });
        return found == m_lost.end() ? QJsonObject() : m_lost.takeAt(found - m_lost.begin()).toObject();
    }

private:
    QJsonArray m_closed;
    QJsonArray m_lost;
};

}  // namespace dewpoint::shell
