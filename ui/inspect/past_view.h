// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "store/past.h"

#include <QWidget>

class QBoxLayout;
class QLabel;
class QListWidget;
class QPushButton;
class QToolButton;

namespace dewpoint::inspect {

/// What is known of one value's past, or of its whole row's: the staged value, then what each commit did.
class PastView final : public QWidget
{
    Q_OBJECT
public:
    /// One line: what a value was, and what it became.
    struct Line {
        enum class Kind { Staged, StagedDeletion, Made, Changed, Deleted };
        Kind kind = Kind::Changed;
        QString commit;  ///< empty: nothing of it is committed
        QDateTime at;
        QString column;  ///< empty for what befell the row as a whole
        std::optional<Value> before;
        std::optional<Value> after;
        bool afterIsDefault = false;
        bool byDatabase = false;
        bool takesBack = false;
        QStringList values;  ///< of a row that came or went, "name Ada"

        /// What a person gets back with it; nothing where it is not known.
        std::optional<Value> older() const;
    };

    explicit PastView(QWidget* parent = nullptr);

    bool isOfWholeRow() const;
    /// Nothing but a word: that it is being read, or why nothing is known.
    void tell(const QString& text);
    void show(const QList<Line>& lines, bool hasOlder, bool editable);
    const QList<Line>& lines() const { return m_lines; }
    void focusList();

Q_SIGNALS:
    void scopeChanged();
    void olderRequested();
    void stageRequested(const QString& column, const dewpoint::Value& value);
    void commitRequested(const QString& commit);
    void left();  ///< Esc

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void build();
    QWidget* buildScope();
    QWidget* buildFoot();
    void render();
    void stage();
    void openCommit();
    const Line* current() const;

    QList<Line> m_lines;
    bool m_editable = false;
    bool m_focusDue = false;  ///< as soon as there are lines
    QBoxLayout* m_foot = nullptr;
    QToolButton* m_value;
    QToolButton* m_row;
    QListWidget* m_list;
    QLabel* m_note;
    QPushButton* m_older;
    QPushButton* m_stage;
    QPushButton* m_open;
};

/// The lines of what was read: one for each value, or for a row that came or went.
QList<PastView::Line> pastLines(const QList<store::PastStep>& steps, bool wholeRow);

}  // namespace dewpoint::inspect
