// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "sql/dialect.h"

#include <QJsonObject>
#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace dewpoint::migrate {

class ScriptView;

/// Asks for a new migration in its place: the name, and the SQL of both directions, which may stay empty.
/// What is typed stays until it was made or thrown away.
class NewMigration final : public QWidget
{
    Q_OBJECT
public:
    explicit NewMigration(Engine engine, QWidget* parent = nullptr);
    ~NewMigration() override;

    void begin();
    void finish();               ///< it was made: what was typed is not needed any more
    void setTakesSql(bool yes);  ///< false where migrations are programs: only a name
    void setWaiting(bool yes);   ///< for SQL that is being worked out

    QString name() const;
    QString up() const;
    QString down() const;
    /// Puts the cursor there; Ctrl+Z in a field brings back what it held.
    void fill(const QString& up, const QString& down);
    void fillDown(const QString& down);
    void suggestName(const QString& name);  ///< where none is typed
    /// Whether what the SQL does is in the database already; until it was made or thrown away.
    void setStands(bool yes) { m_stands = yes; }
    bool stands() const { return m_stands; }

    bool isBlank() const;
    QJsonObject saveState() const;  ///< {"name", "up", "down", "stands"}; empty when blank
    void restoreState(const QJsonObject& state);

Q_SIGNALS:
    void wanted();  ///< make it
    void left();    ///< put away, with what is typed in it
    void discarded();
    void differenceWanted();  ///< what the database has and the migrations do not make
    void wayBackWanted();     ///< the down SQL of up()
    void edited();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* buildScripts(Engine engine);
    QWidget* buildScript(ScriptView* script, const QString& title, QPushButton* fill);
    void refresh();

    QLineEdit* m_name;
    QPushButton* m_create;
    QPushButton* m_discard;
    QLabel* m_problem;
    ScriptView* m_up;
    ScriptView* m_down;
    QPushButton* m_difference;
    QPushButton* m_wayBack;
    QWidget* m_scripts;
    bool m_waiting = false;
    bool m_stands = false;
};

}  // namespace dewpoint::migrate
