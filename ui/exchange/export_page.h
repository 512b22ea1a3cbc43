// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "kit/command.h"
#include "rows/paged_rows.h"
#include "runtime/own_session.h"
#include "transfer/subset.h"

#include <QWidget>

#include <functional>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace dewpoint::kit {
class AskBar;
}

namespace dewpoint::exchange {

class ProgressStrip;
class TextOptions;

/// Which rows may be meant: all of a table, those that its filters show, the selected ones, a query's.
struct ExportScope {
    QString title;
    transfer::ExportSource source;
    std::optional<transfer::Subset> subset =
        {};  ///< the same rows with what they refer to; not of queries and views
    std::function<rows::RowCount()> count = {};  ///< how many there are, as far as that is known by now
};

/// Rows into a file: which, in which format, and where. Runs in the page, and can be cancelled.
class ExportPage final : public QWidget
{
    Q_OBJECT
public:
    ExportPage(runtime::Session& session, QString name, QList<ExportScope> scopes, QWidget* parent = nullptr);
    ~ExportPage() override;

    QList<kit::Command> commands();
    /// As SQL, the last scope with all rows that its rows refer to.
    void chooseSubset();
    bool isRunning() const { return m_running; }
    void start();
    void cancel();

Q_SIGNALS:
    void statusText(const QString& text);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    /// What the form says, once and for all.
    struct Wanted {
        transfer::ExportSource source;
        std::optional<transfer::Subset> subset;
        rows::RowCount count;
        transfer::Format format;
        transfer::WriteOptions options;
        QString path;
    };

    void build();
    void wire();
    void fillForm(QFormLayout* form);
    void fillSubset();
    void renderFormat();
    void renderSubset();
    void renderRunning();
    void choosePlace();
    void write(const Wanted& wanted);
    void finished(const Result<transfer::SubsetReport>& done, const QString& path);
    std::optional<transfer::Subset> wantedSubset() const;
    rows::RowCount knownCount() const;
    Wanted wanted() const;
    transfer::Format format() const;
    transfer::WriteOptions options() const;
    QString proposedPath() const;

    runtime::OwnSession m_session;
    Engine m_engine;
    QString m_name;
    QList<ExportScope> m_scopes;
    kit::AskBar* m_ask;
    QComboBox* m_scope;
    QComboBox* m_format;
    QLineEdit* m_path;
    QLabel* m_hint;
    TextOptions* m_textOptions;
    QWidget* m_subset;
    QCheckBox* m_references;
    QComboBox* m_dependants;
    QPushButton* m_browse;
    QPushButton* m_start;
    ProgressStrip* m_strip;
    bool m_running = false;
    bool m_ownPath = false;  ///< somebody chose it
    runtime::Job m_job;
};

}  // namespace dewpoint::exchange
