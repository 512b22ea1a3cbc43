// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "kit/announce.h"

#include <QAccessible>
#include <QEvent>
#include <QLabel>

namespace dewpoint::kit {

namespace {

/// A label does not tell that its text is another one; that it is drawn, it does.
class Crier final : public QObject
{
public:
    Crier(QLabel* label, Urgency urgency) : QObject(label), m_label(label), m_urgency(urgency)
    {
        label->installEventFilter(this);
    }
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::Hide)
            m_said.clear();
        if (event->type() == QEvent::Paint && m_said != m_label->text()) {
            m_said = m_label->text();
            announce(m_label, m_said, m_urgency);
        }
        return QObject::eventFilter(watched, event);
    }

private:
    QLabel* m_label;
    Urgency m_urgency;
    QString m_said;
};

}  // namespace

void announce(QWidget* about, const QString& text, Urgency urgency)
{
    if (text.isEmpty())
        return;
    QAccessibleAnnouncementEvent event(about, text);
    event.setPoliteness(urgency == Urgency::AtOnce ? QAccessible::AnnouncementPoliteness::Assertive
                                                   : QAccessible::AnnouncementPoliteness::Polite);
    QAccessible::updateAccessibility(&event);
}

void announceTexts(QLabel* label, Urgency urgency)
{
    new Crier(label, urgency);
}

}  // namespace dewpoint::kit
