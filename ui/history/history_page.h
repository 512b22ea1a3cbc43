// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "cells/change_tree.h"
#include "kit/command.h"
#include "rows/change_script.h"
#include "runtime/session.h"
#include "store/history.h"

#include <QWidget>

#include <functional>
#include <optional>

class QLabel;
class QPushButton;
class QSplitter;
class QTreeWidget;

namespace dewpoint::kit {
class AskBar;
}

namespace dewpoint::history {

/// The commits that were made to a database from here, what each changed, and what may be done with that:
/// taken back as staged edits, written to a script, or made a migration.
class HistoryPage final : public QWidget
{
    Q_OBJECT
public:
    /// The table as it is now; nothing where it is gone.
    using RelationNamed =
        std::function<std::optional<rows::Relation>(const QString& schemaName, const QString& name)>;

    HistoryPage(runtime::Session& session, store::History history, RelationNamed relationNamed,
                QWidget* parent = nullptr);

    QList<kit::Command> commands();
    void reload();
    void setMigrations(bool some);         ///< whether there is a project that a migration could go into
    void showCommit(const QString& id);    ///< once it is read
    void saveScript(const QString& path);  ///< of what is chosen

Q_SIGNALS:
    void takeBackRequested(const QString& commit, const QList<dewpoint::rows::TableChanges>& changes);
    void migrationRequested(const QByteArray& up, const QByteArray& down);
    void statusText(const QString& text);

private:
    void build();
    QWidget* buildCommits();
    QWidget* buildChanges();
    void showCommits(const QList<store::KeptCommit>& commits);
    void chooseWanted();
    void showChosen();
    void showChanges(const QString& commit, const Result<QList<rows::TableChanges>>& changes);
    void renderButtons();
    QString chosenCommit() const;
    QList<rows::TableChanges> chosenChanges() const;
    /// What is chosen, of the tables that are still there.
    struct Source {
        QList<rows::TableChanges> changes;
        QList<rows::Relation> relations;
        QStringList gone;
    };
    Source source() const;
    void tellLeftOut(const QStringList& gone, int leftOut);
    void takeBack();
    void askForFile();
    void migrate();
    void askToClear();

    runtime::Session& m_session;
    store::History m_history;
    RelationNamed m_relationNamed;
    runtime::Job m_listJob;
    runtime::Job m_changesJob;
    runtime::Job m_clearJob;
    runtime::Job m_scriptJob;
    QList<store::KeptCommit> m_commits;
    QString m_wanted;  ///< a commit to be shown as soon as it is listed
    QString m_shown;   ///< the commit whose changes are in the tree
    QList<rows::TableChanges> m_changes;
    bool m_migrations = false;
    kit::AskBar* m_ask;
    QTreeWidget* m_list;
    QLabel* m_title;
    cells::ChangeTree* m_tree;
    QPushButton* m_takeBack;
    QPushButton* m_script;
    QPushButton* m_migration;
};

}  // namespace dewpoint::history
