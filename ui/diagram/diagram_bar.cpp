// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "diagram/diagram_bar.h"

#include "theme/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace dewpoint::diagram {

namespace {

QLabel* mutedLabel(QWidget* parent, const QString& name)
{
    auto* label = new QLabel(parent);
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    label->setFont(theme::smallFont());
    return label;
}

}  // namespace

DiagramBar::DiagramBar(QWidget* parent)
    : QWidget(parent)
    , m_search(new QLineEdit(this))
    , m_hits(mutedLabel(this, u"diagramHits"_s))
    , m_summary(mutedLabel(this, u"diagramSummary"_s))
    , m_columns(new QComboBox(this))
    , m_depth(new QComboBox(this))
    , m_zoom(mutedLabel(this, u"diagramZoom"_s))
    , m_zoomOut(addButton(u"diagramZoomOut"_s, tr("Zoom out"), u"zoom-out"_s))
    , m_zoomIn(addButton(u"diagramZoomIn"_s, tr("Zoom in"), u"zoom-in"_s))
    , m_fit(addButton(u"diagramFit"_s, tr("Show everything"), u"zoom-fit-best"_s))
    , m_export(addButton(u"diagramExport"_s, tr("Export…"), u"document-export"_s))
{
    setObjectName(u"diagramBar"_s);
    m_export->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    buildSearch();
    buildChoices();
    placeParts();
    refreshIcons();
    showZoom(1);
    showDepth(false, 0);
    connect(m_zoomOut, &QToolButton::clicked, this, &DiagramBar::zoomOutPressed);
    connect(m_zoomIn, &QToolButton::clicked, this, &DiagramBar::zoomInPressed);
    connect(m_fit, &QToolButton::clicked, this, &DiagramBar::fitPressed);
    connect(m_export, &QToolButton::clicked, this, &DiagramBar::exportPressed);
    connect(&theme::Watch::instance(), &theme::Watch::changed, this, &DiagramBar::refreshIcons);
}

QToolButton* DiagramBar::addButton(const QString& name, const QString& title, const QString& icon)
{
    auto* button = new QToolButton(this);
    button->setObjectName(name);
    button->setAutoRaise(true);
    button->setText(title);
    button->setToolTip(title);
    button->setAccessibleName(title);
    button->setProperty("iconName", icon);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

void DiagramBar::buildSearch()
{
    m_search->setObjectName(u"diagramSearch"_s);
    m_search->setAccessibleName(tr("Find a table or column"));
    m_search->setPlaceholderText(tr("Find a table or column…"));
    m_search->setClearButtonEnabled(true);
    m_search->setMinimumWidth(theme::space::xxl * 4);
    m_search->setMaximumWidth(theme::space::sidebarWidth);
    m_search->installEventFilter(this);
    connect(m_search, &QLineEdit::textChanged, this, &DiagramBar::searchChanged);
}

void DiagramBar::buildChoices()
{
    m_columns->setObjectName(u"diagramColumns"_s);
    m_columns->setAccessibleName(tr("Columns shown"));
    m_columns->addItem(tr("All columns"), static_cast<int>(ColumnsShown::All));
    m_columns->addItem(tr("Key columns"), static_cast<int>(ColumnsShown::Keys));
    m_columns->addItem(tr("Names only"), static_cast<int>(ColumnsShown::None));
    connect(m_columns, &QComboBox::currentIndexChanged, this,
            [this] { Q_EMIT columnsChosen(static_cast<ColumnsShown>(m_columns->currentData().toInt())); });
    m_depth->setObjectName(u"diagramDepth"_s);
    m_depth->setAccessibleName(tr("Neighbours of the selected table"));
    m_depth->addItem(tr("All tables"));
    for (int depth = 1; depth <= 4; ++depth)
        m_depth->addItem(depth == 1 ? tr("Neighbours") : tr("Up to %1 steps away").arg(depth));
    connect(m_depth, &QComboBox::currentIndexChanged, this, &DiagramBar::depthChosen);
}

void DiagramBar::placeParts()
{
    using namespace theme;
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(space::s, space::xs, space::s, space::xs);
    row->setSpacing(space::s);
    row->addWidget(m_search, 2);
    row->addWidget(m_hits);
    row->addWidget(m_depth);
    row->addWidget(m_columns);
    row->addStretch(1);
    row->addWidget(m_summary);
    row->addSpacing(space::s);
    row->addWidget(m_zoomOut);
    row->addWidget(m_zoom);
    row->addWidget(m_zoomIn);
    row->addWidget(m_fit);
    row->addWidget(m_export);
    m_zoom->setAlignment(Qt::AlignCenter);
    m_zoom->setMinimumWidth(space::xxl);
    setMinimumHeight(space::toolBarHeight);
}

void DiagramBar::refreshIcons()
{
    for (QToolButton* button : {m_zoomOut, m_zoomIn, m_fit, m_export})
        button->setIcon(theme::icon(button->property("iconName").toString()));
    for (QLabel* label : {m_hits, m_summary, m_zoom}) {
        QPalette colors = label->palette();
        colors.setColor(QPalette::WindowText, theme::color(theme::Role::TextMuted));
        label->setPalette(colors);
    }
}

bool DiagramBar::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_search || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto* press = static_cast<QKeyEvent*>(event);
    switch (press->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter: Q_EMIT stepped(press->modifiers() & Qt::ShiftModifier ? -1 : 1); return true;
    case Qt::Key_Down: Q_EMIT stepped(1); return true;
    case Qt::Key_Up: Q_EMIT stepped(-1); return true;
    case Qt::Key_Escape:
        m_search->clear();
        Q_EMIT searchLeft();
        return true;
    default: return false;
    }
}

void DiagramBar::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void DiagramBar::showHits(qsizetype current, qsizetype count)
{
    m_hits->setText(count < 0    ? QString()
                    : count == 0 ? tr("No match")
                                 : tr("%1 of %2").arg(current + 1).arg(count));
    m_hits->setVisible(count >= 0);
}

void DiagramBar::showZoom(qreal zoom)
{
    m_zoom->setText(tr("%1 %").arg(qRound(zoom * 100)));
}

void DiagramBar::showSummary(const QString& text)
{
    m_summary->setText(text);
}

void DiagramBar::showDepth(bool possible, int depth)
{
    const QSignalBlocker blocker(m_depth);
    m_depth->setEnabled(possible || depth > 0);
    m_depth->setToolTip(m_depth->isEnabled() ? tr("Show only the tables around the selected one")
                                             : tr("Select a table to see only what is around it"));
    m_depth->setCurrentIndex(depth);
}

}  // namespace dewpoint::diagram
