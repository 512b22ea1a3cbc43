// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "inspect/record.h"
#include "kit/command.h"
#include "rows/commit.h"
#include "rows/declared.h"
#include "rows/related.h"
#include "runtime/session.h"
#include "shell/past_link.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <functional>

namespace dewpoint::grid {
class TablePage;
}
namespace dewpoint::inspect {
class Inspector;
}

namespace dewpoint::shell {

/// Keeps the inspector at the row under the cursor: which row it shows, what is edited in it, what points
/// to it, and the other rows that it unfolds.
class InspectorLink final : public QObject
{
    Q_OBJECT
public:
    /// The page in front, and what is known of its database.
    struct Source {
        runtime::Session& session;
        const schema::Database& database;
        const rows::RelationNotes& notes;
        const store::History& history;
        std::function<QWidget*()> page;
    };
    InspectorLink(inspect::Inspector& inspector, Source source);

    void follow();                            ///< another page is in front, or another row is current
    void leave(const grid::TablePage& page);  ///< what is edited of one of its rows is staged
    QList<kit::Command> commands();

Q_SIGNALS:
    void statusText(const QString& text);
    void linkRequested(const dewpoint::rows::Link& link);
    void commitRequested(const QString& commit);

private:
    /// Whose row the inspector shows.
    struct Inspected {
        QPointer<grid::TablePage> page;
        rows::RowRef row;
    };
    void wireCells();
    grid::TablePage* table() const;
    Inspected inspectedNow() const;
    void stage(int field, const QByteArray& text);
    void undo(bool redo);
    void read(int field);
    void showReferrers(const QList<qint64>& counts);
    runtime::Job count(const QList<rows::Link>& links, const inspect::RelatedSource::Counts& done);
    void tellReferrers();
    void countReferrers(int tries);
    void commit();
    void toggle();
    void showInspector();

    inspect::Inspector& m_inspector;
    Source m_source;
    PastLink m_past;
    bool m_wanted = true;
    Inspected m_inspected;
    runtime::Job m_wholeJob;
    QList<rows::Link> m_pointing;
    QTimer m_pointingDue;
    runtime::Job m_pointingJob;
};

}  // namespace dewpoint::shell
