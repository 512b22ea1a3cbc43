// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "kit/file_drop.h"

#include <QDropEvent>
#include <QMimeData>
#include <QUrl>
#include <QWidget>

#include <utility>

namespace dewpoint::kit {

namespace {

QString fileIn(const QDropEvent& event)
{
    const QList<QUrl> urls = event.mimeData()->urls();
    return urls.size() == 1 && urls.first().isLocalFile() ? urls.first().toLocalFile() : QString();
}

}  // namespace

FileDrop::FileDrop(QWidget* page, std::function<bool()> isWanted)
    : QObject(page), m_isWanted(std::move(isWanted))
{
    page->setAcceptDrops(true);
    page->installEventFilter(this);
}

bool FileDrop::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::DragEnter && event->type() != QEvent::Drop)
        return QObject::eventFilter(watched, event);
    auto& drop = static_cast<QDropEvent&>(*event);
    const QString path = fileIn(drop);
    const bool takes = !path.isEmpty() && (!m_isWanted || m_isWanted());
    drop.setAccepted(takes);
    if (takes)
        drop.acceptProposedAction();
    if (takes && event->type() == QEvent::Drop)
        Q_EMIT dropped(path);
    return true;
}

}  // namespace dewpoint::kit
