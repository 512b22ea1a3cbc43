// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "grid/filter_bar.h"

#include "grid/filter_pill.h"
#include "kit/announce.h"
#include "theme/theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QScrollArea>
#include <QScrollBar>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::grid {

FilterBar::FilterBar(rows::Relation relation, QWidget* parent)
    : QWidget(parent)
    , m_relation(std::move(relation))
    , m_row(new QHBoxLayout)
    , m_shelf(new QScrollArea)
    , m_pillRow(new QHBoxLayout)
    , m_search(new QLineEdit)
    , m_problem(new QLabel)
{
    setObjectName(u"filterBar"_s);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(theme::space::s, theme::space::xs, theme::space::s, theme::space::xs);
    column->setSpacing(theme::space::xs);
    column->addLayout(m_row);
    column->addWidget(m_shelf);
    column->addWidget(m_problem);
    m_problem->setObjectName(u"filterProblem"_s);
    m_problem->setProperty("role", u"problem"_s);
    m_problem->setWordWrap(true);
    m_problem->setMargin(theme::space::xs);
    m_problem->setTextInteractionFlags(Qt::TextSelectableByMouse);
    kit::announceTexts(m_problem, kit::Urgency::AtOnce);
    m_problem->hide();
    m_row->setSpacing(theme::space::s);
    buildShelf();
    addMenu();
    m_row->addStretch(1);
    m_search->setObjectName(u"searchField"_s);
    m_search->setPlaceholderText(tr("Search all columns"));
    m_search->setAccessibleName(tr("Search all columns"));
    m_search->setClearButtonEnabled(true);
    m_search->setToolTip(tr("Return searches. Esc stops, and once more clears the search."));
    m_search->installEventFilter(this);
    m_search->setMaximumWidth(theme::space::sidebarWidth);
    m_search->setMinimumWidth(theme::space::xxl);  // rather than widen a small window
    m_row->addWidget(m_search);
    connect(m_search, &QLineEdit::returnPressed, this, &FilterBar::changed);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& text) {
        if (text.isEmpty())
            Q_EMIT changed();
    });
}

void FilterBar::addStart(QWidget* button)
{
    int place = 0;  // before the stretch
    while (place < m_row->count() && m_row->itemAt(place)->widget())
        ++place;
    m_row->insertWidget(place, button);
}

// In a small window the tool tips say what the buttons are.
void FilterBar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    const bool narrow = width() < theme::space::messageWidth;
    const auto style = narrow ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon;
    m_row->setSpacing(narrow ? theme::space::xs : theme::space::s);
    for (int i = 0; i < m_row->count(); ++i) {
        if (auto* button = qobject_cast<QToolButton*>(m_row->itemAt(i)->widget());
            button && button->toolButtonStyle() != style)
            button->setToolButtonStyle(style);
    }
}

void FilterBar::addEnd(QWidget* button)
{
    m_row->addWidget(button);
}

// Filters have a line of their own, and many are scrolled to: they must not widen the window.
void FilterBar::buildShelf()
{
    auto* pills = new QWidget;
    pills->setLayout(m_pillRow);
    m_pillRow->setContentsMargins(0, 0, 0, 0);
    m_pillRow->setSpacing(theme::space::s);
    m_pillRow->addStretch(1);
    m_shelf->setObjectName(u"filterShelf"_s);
    m_shelf->setFrameShape(QFrame::NoFrame);
    m_shelf->setFocusPolicy(Qt::NoFocus);  // its pills have it
    m_shelf->setWidgetResizable(true);
    m_shelf->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_shelf->setWidget(pills);
    m_shelf->viewport()->setAutoFillBackground(false);  // one ground for the whole bar
    pills->setAutoFillBackground(false);
    m_shelf->hide();
}

void FilterBar::renderShelf()
{
    m_shelf->setFixedHeight(m_shelf->widget()->sizeHint().height()
                            + m_shelf->horizontalScrollBar()->sizeHint().height());
    m_shelf->setVisible(!m_pills.isEmpty());
}

void FilterBar::addMenu()
{
    auto* button = new QToolButton;
    button->setObjectName(u"addFilter"_s);
    button->setText(tr("Filter"));
    button->setIcon(theme::icon(u"view-filter"_s));
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setPopupMode(QToolButton::InstantPopup);
    button->setToolTip(tr("Add a filter"));
    auto* menu = new QMenu(button);
    menu->addAction(tr("WHERE condition"), this, [this] { addRawWhere(); });
    menu->addSeparator();
    for (const rows::RelationColumn& column : std::as_const(m_relation.columns)) {
        // An ampersand in a name is not a key of the menu.
        menu->addAction(QString(column.name).replace(u'&', u"&&"_s), this,
                        [this, name = column.name] { addFilter({.column = name}); });
    }
    button->setMenu(menu);
    m_row->addWidget(button);
}

void FilterBar::add(FilterPill* pill)
{
    // Behind the other pills, before the stretch.
    m_pillRow->insertWidget(static_cast<int>(m_pills.size()), pill);
    m_pills += pill;
    renderShelf();
    QTimer::singleShot(0, pill, [this, pill] { m_shelf->ensureWidgetVisible(pill); });  // once it has a place
    connect(pill, &FilterPill::changed, this, &FilterBar::changed);
    connect(pill, &FilterPill::removed, this, [this, pill] {
        m_pills.removeOne(pill);
        pill->hide();
        pill->deleteLater();
        renderShelf();
        Q_EMIT changed();
    });
}

void FilterBar::addFilter(const rows::Filter& filter)
{
    auto* pill = new FilterPill(m_relation, filter);
    add(pill);
    pill->focusValue();
}

void FilterBar::addRawWhere(const QString& text, bool on)
{
    auto* pill = new FilterPill(text, on);
    add(pill);
    pill->focusValue();
}

rows::ViewSpec FilterBar::spec(rows::ViewSpec base) const
{
    base.filters.clear();
    base.conditions.clear();
    base.search = m_search->text();
    for (const FilterPill* pill : m_pills) {
        if (!pill->isRaw())
            base.filters += pill->filter();
        else if (!pill->rawWhere().trimmed().isEmpty())
            base.conditions += {pill->rawWhere(), pill->isOn()};
    }
    return base;
}

QList<FilterPill*> FilterBar::rawPills() const
{
    QList<FilterPill*> raw;
    for (FilterPill* pill : m_pills) {
        if (pill->isRaw())
            raw += pill;
    }
    return raw;
}

void FilterBar::showProblem(const QString& problem, int condition, int position)
{
    const QString wrong = spec({}).conditionsOn().value(condition);
    for (FilterPill* pill : rawPills()) {
        const bool meant = !problem.isEmpty() && pill->isOn() && pill->rawWhere() == wrong;
        pill->setProblem(meant ? problem : QString(), meant ? position : -1);
    }
    // A value that is none of its column's is told as long as it stands there.
    QStringList problems{problem};
    for (const FilterPill* pill : std::as_const(m_pills)) {
        if (!pill->isRaw())
            problems += pill->valueProblem();
    }
    problems.removeAll(QString());
    m_problem->setText(problems.isEmpty() ? QString() : u"⚠ "_s + problems.join(u' '));
    m_problem->setVisible(!problems.isEmpty());
}

QString FilterBar::problem() const
{
    return m_problem->text();
}

void FilterBar::setSpec(const rows::ViewSpec& spec)
{
    qDeleteAll(std::exchange(m_pills, {}));
    renderShelf();
    for (const rows::Filter& filter : spec.filters)
        add(new FilterPill(m_relation, filter));
    for (const rows::Condition& condition : spec.conditions)
        add(new FilterPill(condition.sql, condition.on));
    const QSignalBlocker quiet(m_search);
    m_search->setText(spec.search);
}

bool FilterBar::clearSearch()
{
    if (m_search->text().isEmpty())
        return false;
    m_search->clear();
    return true;
}

bool FilterBar::eventFilter(QObject* watched, QEvent* event)
{
    const bool pressed = event->type() == QEvent::KeyPress;
    const bool ours = watched == m_search && (pressed || event->type() == QEvent::ShortcutOverride)
                      && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape;
    if (!ours)
        return QWidget::eventFilter(watched, event);
    event->accept();
    if (pressed)
        Q_EMIT searchEscaped();
    return pressed;
}

void FilterBar::focusSearch()
{
    m_search->setFocus();
    m_search->selectAll();
}

}  // namespace dewpoint::grid
