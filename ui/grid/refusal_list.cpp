// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "grid/refusal_list.h"

#include "theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::grid {

namespace {

constexpr int mostLines = 5;  ///< more are scrolled to

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
    auto* close = new QToolButton;
    close->setText(tr("Close"));
    connect(close, &QToolButton::clicked, this, &QWidget::hide);
    connect(m_list, &QListWidget::currentRowChanged, this, &RefusalList::choose);
    connect(m_list, &QListWidget::itemClicked, this, [this] { choose(m_list->currentRow()); });
    auto* top = new QHBoxLayout;
    top->addWidget(m_title, 1);
    top->addWidget(close);
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

void RefusalList::show(const QList<rows::Violation>& violations)
{
    m_violations = violations;
    m_title->setText(
        tr("Nothing was written: the database refused %n change(s). Your edits are kept.", nullptr, count()));
    m_list->clear();
    for (const rows::Violation& violation : violations)
        m_list->addItem(lineOf(violation));
    const int lines = std::clamp(static_cast<int>(violations.size()), 1, mostLines);
    m_list->setFixedHeight(lines * m_list->sizeHintForRow(0) + theme::space::xs);
    setVisible(!violations.isEmpty());
}

}  // namespace dewpoint::grid
