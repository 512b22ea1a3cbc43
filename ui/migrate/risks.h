// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "apply/file_change.h"
#include "lint/question.h"
#include "migrate/desk.h"

#include <QObject>

namespace dewpoint::migrate {

/// What migrations put at risk: judged in the background, shown beside them, and put right in their files.
class Risks final : public QObject
{
    Q_OBJECT
public:
    Risks(Desk& desk, QObject* parent);

    void lintAll();  ///< nothing where no file changed since
    void forget();
    void show();  ///< those of the selected migration
    const QList<apply::Linted>& linted() const { return m_linted; }

Q_SIGNALS:
    void checkRequested();  ///< of what rows can answer, again
    void rowsRequested(const QString& schemaName, const QString& table, const QString& condition);

private:
    const apply::Linted* selected() const;
    void askRewrite(const lint::Finding& finding);
    void askBackfill(const lint::Question& question);
    void writeChange(const apply::FileChange& change, const QString& nextName, const QString& nextSql);

    Desk& m_desk;
    QList<apply::Linted> m_linted;
    QByteArray m_key;  ///< of what m_linted was made from
    /// Lint replays on scratch databases: no lane of the window waits for it, and it needs no other database.
    runtime::Session m_lane{{.engine = Engine::Sqlite, .location = QStringLiteral(":memory:")}};
    runtime::Job m_job;
};

}  // namespace dewpoint::migrate
