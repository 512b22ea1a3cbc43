// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "inspect/record_form.h"

#include "inspect/field_delegate.h"
#include "inspect/record_model.h"
#include "theme/measures.h"
#include "theme/theme.h"

#include <QHeaderView>
#include <QKeyEvent>

using namespace Qt::StringLiterals;

namespace dewpoint::inspect {

RecordForm::RecordForm(RecordModel& model, QWidget* parent) : QTreeView(parent), m_model(model)
{
    setModel(&model);
    setItemDelegate(new FieldDelegate(this));
    setHeaderHidden(true);
    setIndentation(theme::space::m);
    setExpandsOnDoubleClick(false);
    setEditTriggers(NoEditTriggers);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFrameShape(NoFrame);
    m_rest.setSingleShot(true);
    m_rest.setInterval(theme::time::searchDelay);
    connect(&m_rest, &QTimer::timeout, this, &RecordForm::reopen);
    connect(&model, &QAbstractItemModel::modelReset, this, [this] {
        m_rest.start();
        Q_EMIT linesChanged();
    });
    connect(&model, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex& above) {
        reopenBelow(above);
        Q_EMIT linesChanged();
    });
    connect(&model, &QAbstractItemModel::rowsRemoved, this, [this] {
        m_rest.start();
        Q_EMIT linesChanged();
    });
    connect(this, &QTreeView::expanded, this, [this](const QModelIndex& index) {
        m_open.insert(m_model.pathOf(index));
        Q_EMIT linesChanged();
    });
    connect(this, &QTreeView::collapsed, this, [this](const QModelIndex& index) {
        m_open.remove(m_model.pathOf(index));
        Q_EMIT linesChanged();
    });
    connect(this, &QTreeView::doubleClicked, this, &RecordForm::openAsked);
    connect(&theme::Watch::instance(), &theme::Watch::changed, this, [this] { doItemsLayout(); });
}

void RecordForm::reopen()
{
    reopenBelow({});
}

void RecordForm::reopenBelow(const QModelIndex& parent)
{
    for (int row = 0; !m_open.isEmpty() && row < m_model.rowCount(parent); ++row) {
        const QModelIndex index = m_model.index(row, 0, parent);
        if (!m_model.hasChildren(index) || !m_open.contains(m_model.pathOf(index)))
            continue;
        // What is below went away, and is read again.
        if (isExpanded(index))
            m_model.fetchMore(index);
        else
            expand(index);
    }
}

int RecordForm::linesHeight(int most) const
{
    int height = 0;
    for (QModelIndex index = m_model.index(0, 0); index.isValid() && most-- > 0; index = indexBelow(index))
        height += itemDelegate()->sizeHint({}, index).height();
    return height;
}

bool RecordForm::event(QEvent* event)
{
    // F12 follows what is chosen here, not what is chosen in the grid.
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent*>(event)->key() == Qt::Key_F12
        && static_cast<QKeyEvent*>(event)->modifiers() == Qt::NoModifier) {
        event->accept();
        return true;
    }
    return QTreeView::event(event);
}

void RecordForm::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_F12 && event->modifiers() == Qt::NoModifier)
        return Q_EMIT jumpAsked(currentIndex());
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        && event->modifiers() == Qt::NoModifier)
        return Q_EMIT openAsked(currentIndex());
    QTreeView::keyPressEvent(event);
}

}  // namespace dewpoint::inspect
