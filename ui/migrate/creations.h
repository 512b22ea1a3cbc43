// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "catalog/inspect.h"
#include "kit/command.h"
#include "migrate/desk.h"
#include "plan/plan.h"
#include "shadow/difference.h"

#include <QObject>

#include <functional>
#include <optional>

namespace dewpoint::project {
struct NewMigration;
}

namespace dewpoint::migrate {

class NewMigration;
class Repairs;

/// New migrations: their files, the SQL that is worked out for them, and the one that waits for its project
/// or for a baseline before it.
class Creations final : public QObject
{
    Q_OBJECT
public:
    /// A new migration that does what this plan does; it waits here until there is a project for it.
    struct Draft {
        QString name;
        plan::Plan up;
        plan::Plan down;
        bool overTables = false;  ///< the database has tables, which migrations before it should make
        bool run = false;         ///< as soon as it is there
    };

    Creations(Desk& desk, NewMigration* panel, Repairs* repairs, QObject* parent);

    kit::Command command();
    /// What a new migration from the database compares: as the drift tab does.
    void setExtent(std::function<catalog::Extent()> extent) { m_extent = std::move(extent); }
    /// With these scripts, which what the database holds is the outcome of already.
    void begin(const QByteArray& up, const QByteArray& down);
    void draft(const Draft& draft);
    bool waits() const { return m_draft.has_value(); }  ///< a draft, for a project or a baseline

    void projectChanged();
    void databaseChanged() { m_resumes = true; }  ///< once its status is read, the draft goes on
    /// With what the ledger says now. Running waits until the folder does not change any more.
    void statusRead(bool folderRests);
    void statusLost() { m_toRun.clear(); }  ///< not at some later reading
    void created(const Result<project::Migration>& made);

Q_SIGNALS:
    void codeWanted(const QString& name);        ///< the project's own program makes it, and tells created()
    void migrationMade(const QString& version);  ///< the list is about to have it
    void draftMade();                            ///< what draft() was given
    void runWanted(const QString& version);
    void waitingChanged();

private:
    void fillDraft();
    void tellDraft();
    bool isBeforeBaseline() const;
    void beginBaseline();
    void create();
    void createBySql(const project::Project& project, const project::NewMigration& wanted);
    void fillFromDatabase(const shadow::Answers& answers);
    void fillWayBack(const shadow::Answers& answers);

    Desk& m_desk;
    NewMigration* m_panel;
    Repairs* m_repairs;
    std::function<catalog::Extent()> m_extent;
    std::optional<Draft> m_draft;
    QString m_toRun;            ///< version of a migration that is to run once the list has it
    bool m_baselining = false;  ///< m_draft waits for the baseline that is being made
    bool m_resumes = false;     ///< that is there, so m_draft goes on
    bool m_draftTold = false;   ///< with what the ledger says
};

}  // namespace dewpoint::migrate
