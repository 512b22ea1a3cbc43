// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "kit/command.h"
#include "runtime/own_session.h"
#include "scenarios/compare_rows.h"
#include "scenarios/shelf.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;
class QTreeWidget;

namespace dewpoint::cells {
class ChangeTree;
}
namespace dewpoint::kit {
class AskBar;
}

namespace dewpoint::exchange {

class ProgressStrip;

/// The rows of the database under a name: kept, compared with what is there now, and put back.
class ScenariosPage final : public QWidget
{
    Q_OBJECT
public:
    ScenariosPage(runtime::Session& session, scenarios::Shelf shelf, QWidget* parent = nullptr);
    ~ScenariosPage() override;

    QList<kit::Command> commands();
    bool isBusy() const { return m_doing != Doing::Nothing; }
    bool isResetting() const { return m_doing == Doing::Resetting; }
    void save();
    void compare();
    void reset();
    void cancel();

Q_SIGNALS:
    void rowsReset();  ///< all tables have other rows now
    void statusText(const QString& text);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    enum class Doing { Nothing, Saving, Comparing, Resetting };

    void build();
    QWidget* makeHead();
    QWidget* makeList();
    QWidget* makeChanges();
    void wire();
    void reload(const QString& wanted = {});
    const scenarios::Scenario* chosen() const;
    void showChosen();
    void renderState();
    void begin(Doing doing, const QString& title);
    void end();
    void write(const QString& name);
    void showChanges(const scenarios::Changes& changes);
    void askForReset();
    void putBack(const scenarios::Scenario& scenario);
    void remove();
    void tell(const Error& error, const QString& cancelled);

    runtime::Session& m_shared;
    runtime::OwnSession m_session;
    scenarios::Shelf m_shelf;
    QList<scenarios::Scenario> m_scenarios;
    std::optional<scenarios::Changes> m_changes;  ///< of the chosen one, where they were looked for
    kit::AskBar* m_ask;
    QLineEdit* m_name;
    QPushButton* m_save;
    QTreeWidget* m_list;
    QLabel* m_title;
    QPushButton* m_compare;
    QPushButton* m_delete;
    QPushButton* m_reset;
    cells::ChangeTree* m_tree;
    ProgressStrip* m_strip;
    std::shared_ptr<transfer::Progress> m_progress;
    Doing m_doing = Doing::Nothing;
    bool m_asksAfter = false;  ///< the comparison is for the question of a reset
    runtime::Job m_job;
};

}  // namespace dewpoint::exchange
