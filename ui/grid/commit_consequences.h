// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/consequences.h"
#include "runtime/session.h"

#include <QLabel>

#include <functional>

namespace dewpoint::grid {

/// What committing the staged changes would do to rows that are not staged, and what would refuse them;
/// hidden while that is nothing.
class CommitConsequences final : public QLabel
{
    Q_OBJECT
public:
    using Edits = std::function<QList<rows::TableEdits>()>;
    CommitConsequences(runtime::Session& session, Edits edits);
    /// Counted anew when other rows go or change their keys, and said as long as they do.
    void consider();
    qint64 rowsAlong() const { return m_along; }  ///< that go or change; 0 while that is not known
    QStringList lines() const { return m_lines; }
    /// ", and 12 rows of other tables with it"; empty where there are none.
    QString tail() const;

Q_SIGNALS:
    void told(const QString& before);  ///< what the text was

private:
    void count(const QList<rows::TableEdits>& edits);
    void say(const QStringList& lines, qint64 along = 0);

    runtime::Session& m_session;
    Edits m_edits;
    QList<std::vector<rows::MovedRow>> m_considered;  ///< what is known or being counted
    QStringList m_lines;
    qint64 m_along = 0;
    runtime::Job m_job;
};

}  // namespace dewpoint::grid
