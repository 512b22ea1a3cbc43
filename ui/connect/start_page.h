// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "store/connections.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QListWidget;

namespace dewpoint::connect {

/// What is shown while no database is open: ways to open one, and the recent ones.
class StartPage final : public QWidget
{
    Q_OBJECT
public:
    explicit StartPage(QWidget* parent = nullptr);

    void reload();  ///< the recent connections
    void askForFile();
    void askForNewFile();
    void focusAddress();

Q_SIGNALS:
    void connectionChosen(const dewpoint::store::SavedConnection& connection);
    void folderChosen(const QString& folder);
    void demoRequested();

private:
    QWidget* buildOpen();
    QWidget* buildRecent();
    void chooseAddress();
    void hidePassword();
    QString typedAddress() const;
    void chooseFile(const QString& path, bool create);
    store::SavedConnection withChoices(const drivers::Target& target);

    QLineEdit* m_address;
    QString m_wholeAddress;  ///< with the password that is no longer shown; never stored
    QComboBox* m_guard;
    QComboBox* m_environment;
    bool m_guardChosen = false;        ///< by hand, for the next connection
    bool m_environmentChosen = false;  ///< by hand, for the next connection
    QLabel* m_problem;
    QListWidget* m_recent;
};

}  // namespace dewpoint::connect
