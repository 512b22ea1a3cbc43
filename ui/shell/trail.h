// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QJsonObject>
#include <QList>

namespace dewpoint::shell {

/// Where references were followed from: Back and Forward, as a browser has them. A place is what placeOf()
/// gave; an empty one is nowhere that one could come back to.
class Trail final
{
public:
    bool hasBack() const { return !m_back.isEmpty(); }
    bool hasForward() const { return !m_forward.isEmpty(); }

    /// A way that leads on from here: what Back had left is no longer ahead.
    void leave(const QJsonObject& here)
    {
        if (here.isEmpty())
            return;
        m_back.append(here);
        m_forward.clear();
    }
    /// The place before, or the one after; empty where there is none.
    QJsonObject back(const QJsonObject& here) { return step(m_back, m_forward, here); }
    QJsonObject forward(const QJsonObject& here) { return step(m_forward, m_back, here); }

private:
    static QJsonObject step(QList<QJsonObject>& from, QList<QJsonObject>& to, const QJsonObject& here)
    {
        if (from.isEmpty())
            return {};
        if (!here.isEmpty())
            to.append(here);
        return from.takeLast();
    }

    QList<QJsonObject> m_back;     ///< oldest first
    QList<QJsonObject> m_forward;  ///< oldest first
};

}  // namespace dewpoint::shell
