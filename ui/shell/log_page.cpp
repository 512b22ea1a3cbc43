// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "shell/log_page.h"

#include "shell/statement_log.h"
#include "theme/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace dewpoint::shell {

LogPage::LogPage(StatementLog& log, QWidget* parent)
    : QWidget(parent)
    , m_log(log)
    , m_proxy(new QSortFilterProxyModel(this))
    , m_filter(new QLineEdit)
    , m_table(new QTableView)
{
    setObjectName(QStringLiteral("logPage"));
    m_proxy->setSourceModel(&log);
    m_proxy->setFilterRole(Qt::UserRole);
    m_proxy->setFilterKeyColumn(3);
    m_proxy->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_filter->setObjectName(QStringLiteral("logFilter"));
    m_filter->setPlaceholderText(tr("Filter statements"));
    m_filter->setAccessibleName(tr("Filter statements"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setMaximumWidth(theme::space::sidebarWidth);
    m_table->setObjectName(QStringLiteral("logTable"));
    m_table->setAccessibleName(tr("Statements sent"));
    m_table->setModel(m_proxy);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setWordWrap(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(theme::space::rowHeight);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    auto* copyButton = new QPushButton(tr("Copy"));
    auto* clear = new QPushButton(tr("Clear"));
    auto* top = new QHBoxLayout;
    top->setContentsMargins(theme::space::s, theme::space::xs, theme::space::s, theme::space::xs);
    top->addWidget(m_filter, 1);
    top->addStretch(1);
    top->addWidget(copyButton);
    top->addWidget(clear);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(top);
    column->addWidget(m_table, 1);
    setFocusProxy(m_table);
    connect(m_filter, &QLineEdit::textChanged, m_proxy, &QSortFilterProxyModel::setFilterFixedString);
    connect(copyButton, &QPushButton::clicked, this, &LogPage::copy);
    connect(clear, &QPushButton::clicked, &m_log, &StatementLog::clear);
}

/// What is selected, or everything the filter shows; oldest first, as it ran.
void LogPage::copy() const
{
    QModelIndexList rows = m_table->selectionModel()->selectedRows(3);
    const bool all = rows.isEmpty();
    for (int row = 0; all && row < m_proxy->rowCount(); ++row)
        rows += m_proxy->index(row, 3);
    std::ranges::sort(rows, std::ranges::greater{}, &QModelIndex::row);
    QString text;
    for (const QModelIndex& index : std::as_const(rows))
        text += index.data(Qt::UserRole).toString() + QStringLiteral(";\n");
    QGuiApplication::clipboard()->setText(text);
}

QList<kit::Command> LogPage::commands()
{
    return {{QStringLiteral("log.copy"),
             tr("Copy statements"),
             QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_A),
             {},
             [this] { copy(); }},
            {QStringLiteral("log.clear"),
             tr("Clear the log"),
             QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_K),
             {},
             [this] { m_log.clear(); }},
            {QStringLiteral("log.filter"),
             tr("Filter statements"),
             QKeySequence(Qt::CTRL | Qt::Key_F),
             {},
             [this] { m_filter->setFocus(); }}};
}

}  // namespace dewpoint::shell
