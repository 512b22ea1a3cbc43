// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "items/table_model.h"
#include "rows/replace.h"

#include <QTimer>
#include <QWidget>

#include <optional>

class QBoxLayout;
class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace dewpoint::grid {

/// Find and replace in one column of the whole filtered table: what it would do is counted before anything
/// is staged, slice by slice, so that the grid stays quick whatever the table's size.
class ReplaceBar final : public QWidget
{
    Q_OBJECT
public:
    ReplaceBar(runtime::Session& session, items::TableModel& model, QWidget* parent = nullptr);

    void begin(int column, const QString& text);

Q_SIGNALS:
    void wanted(const dewpoint::rows::RowRef& row, const QString& column);  ///< the next match
    void said(const QString& text);
    void closed();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void build();
    void wire();
    void fillColumns();
    rows::Replacement replacement() const;
    void searchSoon();
    void search();
    void searchOn(const std::shared_ptr<rows::ReplaceScan>& scan, const rows::Replacer& replacer,
                  const std::shared_ptr<const rows::StagedEdits>& edits);
    void render();
    void showNext();
    void replaceAll();
    void end();

    runtime::Session& m_session;
    items::TableModel& m_model;
    QComboBox* m_column;
    QLineEdit* m_find;
    QLineEdit* m_with;
    QCheckBox* m_expression;
    QCheckBox* m_case;
    QCheckBox* m_whole;
    QLabel* m_count;
    QPushButton* m_next;
    QPushButton* m_replace;
    QBoxLayout* m_top;
    QTimer m_due;
    runtime::Job m_job;
    std::shared_ptr<rows::ReplaceScan> m_scan;
    QString m_problem;
    qsizetype m_shown = -1;  ///< the match that "next" showed last
    bool m_searching = false;
    bool m_replacing = false;  ///< the new edits are being built
};

}  // namespace dewpoint::grid
