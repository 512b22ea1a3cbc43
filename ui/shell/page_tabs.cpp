// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "shell/page_tabs.h"

#include "shell/tab_bar.h"
#include "theme/theme.h"

#include <QGridLayout>
#include <QLabel>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace dewpoint::shell {

PageTabs::PageTabs(QWidget* panel, QWidget* parent)
    : QWidget(parent)
    , m_bar(new TabBar)
    , m_stack(new QStackedWidget)
    , m_empty(makeEmpty())
    , m_halves(new QSplitter)
{
    setObjectName(QStringLiteral("tabs"));
    m_stack->addWidget(m_empty);
    m_stack->setProperty("role", QStringLiteral("pages"));
    m_halves->addWidget(m_stack);
    m_halves->addWidget(panel);
    m_halves->setStretchFactor(0, 1);
    m_halves->setStretchFactor(1, 0);
    m_halves->setSizes({theme::space::startWidth, theme::space::inspectorWidth});
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_bar);
    column->addWidget(m_halves, 1);
    m_bar->hide();
    connect(m_bar, &QTabBar::currentChanged, this, &PageTabs::showCurrent);
    connect(m_bar, &QTabBar::tabBarDoubleClicked, this, [this](int index) { pin(page(index)); });
    connect(m_bar, &QTabBar::tabMoved, this, [this](int from, int to) {
        m_pages.move(from, to);
        markPreview();
    });
}

// In a small window the page comes first.
void PageTabs::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    const int most = width() < theme::space::startWidth ? width() / 3 : QWIDGETSIZE_MAX;
    m_halves->widget(1)->setMaximumWidth(most);
    if (m_halves->sizes().value(1) > most)
        m_halves->setSizes({width() - most, most});
}

QWidget* PageTabs::makeEmpty()
{
    auto* page = new QWidget;
    page->setObjectName(QStringLiteral("noPage"));
    auto* title = new QLabel(tr("Nothing is open yet"));
    title->setProperty("role", QStringLiteral("title"));
    const QList<std::pair<QString, QString>> ways{
        {tr("Click a table at the left"), tr("a double click keeps its tab")},
        {tr("Ctrl+P"), tr("find a table or column")},
        {tr("Ctrl+K"), tr("any action, table or view by name")},
        {tr("Ctrl+T"), tr("a new query")},
        {tr("Ctrl+M"), tr("the migrations")},
        {tr("Ctrl+Shift+G"), tr("the diagram of all tables")},
    };
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(theme::space::l);
    grid->setVerticalSpacing(theme::space::s);
    for (int row = 0; row < ways.size(); ++row) {
        auto* what = new QLabel(ways[row].second);
        what->setProperty("role", QStringLiteral("muted"));
        grid->addWidget(new QLabel(ways[row].first), row, 0, Qt::AlignRight);
        grid->addWidget(what, row, 1);
    }
    auto* inner = new QVBoxLayout;
    inner->addStretch(1);
    inner->addWidget(title, 0, Qt::AlignHCenter);
    inner->addSpacing(theme::space::m);
    inner->addLayout(grid);
    inner->addStretch(2);
    auto* row = new QHBoxLayout(page);
    row->addStretch(1);
    row->addLayout(inner);
    row->addStretch(1);
    return page;
}

int PageTabs::add(QWidget* page, const QIcon& icon, const QString& title)
{
    m_stack->addWidget(page);
    m_pages.append(page);
    m_bar->show();
    return m_bar->addTab(icon, title);
}

void PageTabs::remove(int index)
{
    QWidget* gone = page(index);
    if (!gone)
        return;
    const QWidget* focused = window()->focusWidget();
    const bool hasFocus = focused && (focused == gone || gone->isAncestorOf(focused));
    m_pages.removeAt(index);
    m_stack->removeWidget(gone);
    pin(gone);
    m_bar->removeTab(index);
    markPreview();
    m_bar->setVisible(!m_pages.isEmpty());
    if (hasFocus && currentPage())
        show(currentPage());
}

void PageTabs::move(int from, int to)
{
    m_bar->moveTab(from, to);
}

int PageTabs::indexOf(const QWidget* page) const
{
    return static_cast<int>(m_pages.indexOf(const_cast<QWidget*>(page)));
}

void PageTabs::setPreview(QWidget* page)
{
    m_preview = page;
    markPreview();
}

void PageTabs::pin(const QWidget* page)
{
    if (m_preview == page)
        setPreview(nullptr);
}

void PageTabs::markPreview()
{
    m_bar->setPreview(indexOf(m_preview));
    for (int i = 0; i < m_bar->count(); ++i)
        m_bar->setTabToolTip(
            i, m_preview && page(i) == m_preview ? tr("Preview: a double click keeps this tab") : QString());
}

int PageTabs::currentIndex() const
{
    return m_bar->currentIndex();
}

void PageTabs::setCurrentIndex(int index)
{
    m_bar->setCurrentIndex(index);
}

bool PageTabs::show(QWidget* page)
{
    setCurrentIndex(indexOf(page));
    QWidget* focused = page->focusWidget();
    (focused ? focused : page)->setFocus();
    return true;
}

void PageTabs::step(int by)
{
    if (count() > 1)
        setCurrentIndex((currentIndex() + by + count()) % count());
    if (QWidget* page = currentPage())
        page->setFocus(Qt::TabFocusReason);
}

void PageTabs::showCurrent(int index)
{
    QWidget* shown = page(index);
    m_stack->setCurrentWidget(shown ? shown : m_empty);
    Q_EMIT currentChanged(index);
}

}  // namespace dewpoint::shell
