// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QWidget>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QToolButton;

namespace dewpoint::inspect {

/// Find and wrap above a text that is looked at: every place is marked and counted, and one goes from place
/// to place with Return or F3, and back with Shift.
class TextTools final : public QWidget
{
    Q_OBJECT
public:
    /// What it is made of is called by `names` and what it does.
    explicit TextTools(QPlainTextEdit& text, QWidget* parent = nullptr,
                       const QString& names = QStringLiteral("inspector"));

    void lookAgain();  ///< another text is shown; the cursor stays

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    enum class Go { Here, Next, Previous };
    void build(const QString& names);
    QToolButton* makeButton(const QString& name, const QString& title, Go go);
    void refreshTheme();
    void find(Go go);
    void collect();
    void mark(qsizetype current);

    QPlainTextEdit& m_text;
    QLineEdit* m_find;
    QLabel* m_state;
    QToolButton* m_previous;
    QToolButton* m_next;
    QToolButton* m_wrap;
    QList<qsizetype> m_places;
};

}  // namespace dewpoint::inspect
