// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QFrame>

#include <functional>

class QCheckBox;
class QLabel;
class QPushButton;

namespace dewpoint::kit {

/// A question or a message in its place, above what it is about: never modal, so nothing else is
/// blocked and nothing is lost. Hidden until it is asked something.
class AskBar final : public QFrame
{
    Q_OBJECT
public:
    enum class Tone { Info, Warning, Danger };

    explicit AskBar(QWidget* parent = nullptr);

    /// Shows the question; Escape and the Cancel button dismiss it. The Cancel button has the focus,
    /// so that a stray Return does no harm.
    void ask(Tone tone, const QString& title, const QString& detail, const QString& acceptTitle,
             std::function<void()> accepted);
    /// Shows a message with a Close button, and one for what may be done next.
    void tell(Tone tone, const QString& title, const QString& detail = {}, const QString& actionTitle = {},
              std::function<void()> action = {});
    /// A box below the question that is asked, checked at first.
    void offer(const QString& choice);
    bool isChosen() const;  ///< also while the question is being accepted
    void dismiss();
    /// What the question is about changed: it is not asked any more. A message stays.
    void retract();
    bool isAsking() const { return static_cast<bool>(m_accepted); }
    QString title() const;
    QString detail() const;
    void setDetail(const QString& detail);  ///< more is known by now; nobody's focus moves

Q_SIGNALS:
    void dismissed();

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void present(Tone tone, const QString& title, const QString& detail);
    void accept();

    Tone m_tone = Tone::Info;
    bool m_isQuestion = false;
    std::function<void()> m_accepted;
    QLabel* m_icon;
    QLabel* m_title;
    QLabel* m_detail;
    QCheckBox* m_choice;
    QPushButton* m_accept;
    QPushButton* m_cancel;
};

}  // namespace dewpoint::kit
