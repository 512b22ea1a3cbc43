// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "inspect/past_view.h"
#include "rows/commit.h"
#include "runtime/session.h"
#include "store/past.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <optional>

namespace dewpoint::grid {
class TablePage;
}
namespace dewpoint::inspect {
class Inspector;
}

namespace dewpoint::shell {

/// Keeps the history in the inspector at the field that it shows: reads the commits once the cursor rests,
/// and stages what was before as if it had been typed.
class PastLink final : public QObject
{
    Q_OBJECT
public:
    PastLink(inspect::Inspector& inspector, runtime::Session& session, const store::History& history);

    void follow(grid::TablePage* page, const rows::RowRef& row);

Q_SIGNALS:
    void statusText(const QString& text);
    void commitRequested(const QString& commit);

private:
    struct Piece {
        store::Past past;
        QList<store::PastStep> steps;
    };
    QString column() const;
    void begin();
    void read(const store::Past& past, int tries);
    void arrived(const Piece& piece);
    void render();
    QList<inspect::PastView::Line> stagedLines() const;
    bool isEditable() const;
    void stage(const QString& column, const Value& value);

    inspect::Inspector& m_inspector;
    runtime::Session& m_session;
    const store::History& m_history;
    QPointer<grid::TablePage> m_page;
    rows::RowRef m_row;
    QTimer m_due;
    runtime::Job m_job;
    QString m_shown;  ///< what the lines are of
    std::optional<store::Past> m_past;
    QList<store::PastStep> m_steps;
};

}  // namespace dewpoint::shell
