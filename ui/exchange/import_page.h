// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "kit/command.h"
#include "runtime/own_session.h"
#include "transfer/check_rows.h"
#include "transfer/import_rows.h"
#include "transfer/sniff.h"

#include <QWidget>

#include <optional>

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;
class QTabWidget;

namespace dewpoint::kit {
class AskBar;
}

namespace dewpoint::exchange {

class BadRowsGrid;
class MappingTable;
class PreviewTable;
class ProgressStrip;
class SourceBar;

/// A file into a table: how it is read, which column goes where and whether it fits, then all of it in one
/// transaction. Bad rows come back to be mended.
class ImportPage final : public QWidget
{
    Q_OBJECT
public:
    ImportPage(runtime::Session& session, rows::Relation relation, QWidget* parent = nullptr);
    ~ImportPage() override;

    const rows::Relation& relation() const { return m_plan.relation; }
    QList<kit::Command> commands();
    void openFile(const QString& path);
    bool isImporting() const { return m_importing; }
    bool isBusy() const { return m_importing || m_looking; }
    bool hasMended() const { return m_mended; }  ///< bad rows, and they are in no table yet
    void start();
    void cancel();

Q_SIGNALS:
    void imported();  ///< rows of the table changed
    void statusText(const QString& text);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    enum Tab { PreviewTab, BadTab };

    static QString restOf(const Error& error);  ///< what is not in its message
    void tell(const Error& error);
    void build();
    void buildBottom();
    void wire();
    void readAgain();
    void taken(const Result<transfer::Sniffed>& sniffed, bool keepMapping);
    void showPreview();
    void check();
    void checked(const Result<transfer::Checked>& found);
    void renderState();
    enum class Others { Ask, LeaveOut, KeepOdd };  ///< bad rows that are not mended
    void confirm(Others others);
    void write(const transfer::ImportPlan& wanted);
    void askToReplace(const transfer::ImportPlan& wanted);
    void stopLooking();
    void finished(const Result<transfer::Imported>& done, const QString& scenario);
    void forgetMending();
    transfer::ImportPlan plan() const;

    runtime::Session& m_shared;
    runtime::OwnSession m_session;
    transfer::ImportPlan m_plan;  ///< the file that is read, with what was mended so far
    std::optional<transfer::Sniffed> m_file;
    kit::AskBar* m_ask;
    SourceBar* m_source;
    MappingTable* m_mapping;
    QLabel* m_summary;
    QTabWidget* m_tabs;
    PreviewTable* m_preview;
    BadRowsGrid* m_bad;
    QComboBox* m_mode;
    QPushButton* m_keep;
    QPushButton* m_skip;
    QPushButton* m_start;
    QCheckBox* m_scenario;  ///< what takes an import back
    ProgressStrip* m_strip;
    runtime::Job m_lookJob;
    runtime::Job m_checkJob;
    runtime::Job m_importJob;
    runtime::Job m_countJob;
    bool m_looking = false;
    bool m_importing = false;
    bool m_mended = false;
    bool m_done = false;  ///< this file is in the table
};

}  // namespace dewpoint::exchange
