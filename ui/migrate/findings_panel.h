// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "apply/lint_project.h"
#include "lint/question.h"

#include <QWidget>

class QLabel;
class QListWidget;
class QPushButton;

namespace dewpoint::migrate {

/// What lint found in one migration and what the rows of the database say to it, one line each; below, why
/// it matters and what can be done.
class FindingsPanel final : public QWidget
{
    Q_OBJECT
public:
    explicit FindingsPanel(QWidget* parent = nullptr);

    /// `editable`: the migration has not run, so its file may still be changed.
    void setLinted(const apply::Linted* linted, const project::Project& project, bool editable);
    void setQuestions(const QList<lint::Question>& questions);
    int count() const { return static_cast<int>(m_entries.size()); }

Q_SIGNALS:
    void countChanged(int count);
    void placeRequested(int line);  ///< in the script
    void rewriteRequested(const dewpoint::lint::Finding& finding);
    void rowsRequested(const dewpoint::lint::Question& question);
    void backfillRequested(const dewpoint::lint::Question& question);
    void checkRequested();

private:
    /// Either of the two.
    struct Entry {
        std::optional<lint::Finding> finding;
        std::optional<lint::Question> question;
    };

    void fill();
    void showCurrent();
    void showFinding(const lint::Finding& finding);
    void showQuestion(const lint::Question& question);
    const Entry* current() const;

    std::optional<apply::Linted> m_linted;
    project::Project m_project;
    bool m_editable = false;
    QList<lint::Question> m_questions;
    QList<Entry> m_entries;
    QLabel* m_nothing;
    QListWidget* m_list;
    QWidget* m_foot;
    QLabel* m_detail;
    QPushButton* m_rewrite;
    QPushButton* m_rows;
    QPushButton* m_backfill;
    QPushButton* m_again;
};

/// A class as a sign; the word goes beside it, for colour and sign are never alone.
QString signOf(lint::Class level);

}  // namespace dewpoint::migrate
