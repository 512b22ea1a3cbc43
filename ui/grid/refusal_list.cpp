// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "grid/refusal_list.h"

#include "theme/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QListWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::grid {

namespace {

constexpr int mostLines = 8;  ///< more are scrolled to
constexpr int farDown = 1 << 20;

QString lineOf(const rows::Violation& violation)
{
    const bool general = !violation.row.newId && violation.row.key.isEmpty();
    const QString row = general ? RefusalList::tr("The whole commit")
                        : violation.row.newId
                            ? RefusalList::tr("New row")
                            : RefusalList::tr("Row with key %1").arg(rows::displayText(violation.row.key));
    const QString place = violation.column.isEmpty() ? row : row + u", "_s + violation.column;
    return place + u": "_s + violation.error.oneLine();
}

}  // namespace

RefusalList::RefusalList(QWidget* parent) : QFrame(parent), m_title(new QLabel), m_list(new QListWidget)
{
    setObjectName(u"refusals"_s);
    setProperty("role", u"refusal"_s);
    m_list->setObjectName(u"refusalList"_s);
    m_list->setAccessibleName(tr("Refused changes"));
    m_list->setWordWrap(true);
    m_list->setTextElideMode(Qt::ElideNone);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_title->setWordWrap(true);
    m_title->setMinimumWidth(1);
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* copy = new QToolButton;
    copy->setObjectName(u"copyRefusals"_s);
    copy->setText(tr("Copy"));
    connect(copy, &QToolButton::clicked, this, &RefusalList::copyAll);
    auto* close = new QToolButton;
    close->setText(tr("Close"));
    connect(close, &QToolButton::clicked, this, &QWidget::hide);
    connect(m_list, &QListWidget::currentRowChanged, this, &RefusalList::choose);
    connect(m_list, &QListWidget::itemClicked, this, [this] { choose(m_list->currentRow()); });
    auto* top = new QHBoxLayout;
    top->addWidget(m_title, 1);
    top->addWidget(copy, 0, Qt::AlignTop);
    top->addWidget(close, 0, Qt::AlignTop);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(theme::space::s, theme::space::s, theme::space::s, theme::space::s);
    column->addLayout(top);
    column->addWidget(m_list);
    hide();
}

void RefusalList::choose(int row)
{
    if (row >= 0)
        Q_EMIT chosen(m_violations[row]);
}

void RefusalList::step(int by)
{
    if (count() == 0)
        return;
    const int row = m_list->currentRow() < 0 ? (by > 0 ? 0 : count() - 1)
                                             : (m_list->currentRow() + by + count()) % count();
    if (row == m_list->currentRow())
        choose(row);
    else
        m_list->setCurrentRow(row);
}

void RefusalList::show(const QList<rows::Violation>& violations, const QList<rows::Violation>& known)
{
    m_violations = violations;
    m_title->setText(
        tr("Nothing was written: the database refused %n change(s). Your edits are kept. F8 goes to them.",
           nullptr, count()));
    for (const rows::Violation& problem : known) {
        const bool told = std::ranges::any_of(violations, [&](const rows::Violation& each) {
            return each.row.key == problem.row.key && each.row.newId == problem.row.newId
                   && each.column == problem.column;
        });
        if (!told && !violations.isEmpty())
            m_violations += problem;
    }
    m_list->clear();
    for (const rows::Violation& violation : std::as_const(m_violations))
        m_list->addItem(lineOf(violation));
    setVisible(!violations.isEmpty());
    fitHeight();
}

// Every message is there as a whole; only a long list of them is scrolled.
void RefusalList::fitHeight()
{
    const int width = m_list->viewport()->width() - 2 * theme::space::m;
    int total = 0;
    for (int row = 0; row < m_list->count(); ++row) {
        QListWidgetItem* item = m_list->item(row);
        const QRect text = m_list->fontMetrics().boundingRect(QRect(0, 0, std::max(width, 1), farDown),
                                                              Qt::TextWordWrap, item->text());
        const int height = text.height() + 2 * theme::space::xs;
        item->setSizeHint(QSize(0, height));
        total += height;
    }
    const int most = mostLines * (m_list->fontMetrics().height() + 2 * theme::space::xs);
    const int first = m_list->count() > 0 ? m_list->item(0)->sizeHint().height() : 0;
    m_list->setFixedHeight(std::min(total, std::max(most, first)) + theme::space::xs);
}

void RefusalList::resizeEvent(QResizeEvent* event)
{
    QFrame::resizeEvent(event);
    fitHeight();
}

void RefusalList::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy))
        return copyAll();
    QFrame::keyPressEvent(event);
}

void RefusalList::copyAll() const
{
    QStringList lines;
    for (const rows::Violation& violation : m_violations)
        lines += lineOf(violation);
    QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

}  // namespace dewpoint::grid
