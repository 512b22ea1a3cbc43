// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "migrate/squash_panel.h"

#include "theme/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::migrate {

namespace {

constexpr int shownSigns = 12;  ///< a narrow window cuts the names

}  // namespace

SquashPanel::SquashPanel(QWidget* parent)
    : QWidget(parent)
    , m_from(new QComboBox(this))
    , m_to(new QComboBox(this))
    , m_name(new QLineEdit(this))
    , m_count(new QLabel(this))
    , m_review(new QPushButton(tr("Review…"), this))
{
    setObjectName(u"squashPanel"_s);
    auto* first = new QLabel(tr("S&quash from"), this);
    first->setBuddy(m_from);
    auto* last = new QLabel(tr("&to"), this);
    last->setBuddy(m_to);
    auto* called = new QLabel(tr("&into one called"), this);
    called->setBuddy(m_name);
    m_from->setObjectName(u"squashFrom"_s);
    m_to->setObjectName(u"squashTo"_s);
    m_name->setObjectName(u"squashName"_s);
    m_name->setPlaceholderText(tr("orders_and_payments"));
    m_count->setObjectName(u"squashCount"_s);
    m_count->setFont(theme::smallFont());
    m_review->setObjectName(u"squashReview"_s);
    m_review->setToolTip(
        tr("Replays the migrations with the old ones and with the new one on scratch databases."));
    auto* close = new QPushButton(tr("Close"), this);
    close->setObjectName(u"squashClose"_s);
    for (QComboBox* choice : {m_from, m_to}) {
        choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        choice->setMinimumContentsLength(shownSigns);
        connect(choice, &QComboBox::currentIndexChanged, this, &SquashPanel::refresh);
    }
    auto* range = new QHBoxLayout;
    for (QWidget* widget : QList<QWidget*>{first, m_from, last, m_to})
        range->addWidget(widget, widget == m_from || widget == m_to ? 1 : 0);
    range->addWidget(m_count);
    auto* row = new QHBoxLayout;
    for (QWidget* widget : QList<QWidget*>{called, m_name, m_review, close})
        row->addWidget(widget, widget == m_name ? 1 : 0);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(theme::space::m, theme::space::s, theme::space::m, theme::space::s);
    column->setSpacing(theme::space::s);
    for (QHBoxLayout* line : {range, row}) {
        line->setSpacing(theme::space::s);
        column->addLayout(line);
    }
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(m_name, &QLineEdit::textChanged, this, &SquashPanel::refresh);
    connect(m_name, &QLineEdit::returnPressed, m_review, &QPushButton::click);
    connect(m_review, &QPushButton::clicked, this, &SquashPanel::wanted);
    connect(close, &QPushButton::clicked, this, &QWidget::hide);
    hide();
}

QList<project::Migration> SquashPanel::choices(const apply::Status& status)
{
    QList<project::Migration> pending;
    for (const apply::MigrationState& state : status.migrations) {
        const project::Migration& migration = state.migration;
        if (state.state == apply::State::Pending && !migration.repeatable && !migration.summary)
            pending << migration;
    }
    return pending;
}

void SquashPanel::begin(const apply::Status& status, const QString& version)
{
    const QList<project::Migration> pending = choices(status);
    const auto place = std::ranges::find(pending, version, &project::Migration::version);
    // Of the last one alone nothing can be made.
    const bool fits = place != pending.end() && std::next(place) != pending.end();
    for (QComboBox* choice : {m_from, m_to}) {
        const QSignalBlocker quiet(choice);
        choice->clear();
        for (const project::Migration& migration : pending)
            choice->addItem(migration.folder, migration.version);
    }
    m_from->setCurrentIndex(fits ? static_cast<int>(place - pending.begin()) : 0);
    m_to->setCurrentIndex(static_cast<int>(pending.size()) - 1);
    refresh();
    show();
    m_name->setFocus();
    m_name->selectAll();
}

QString SquashPanel::from() const
{
    return m_from->currentData().toString();
}

QString SquashPanel::to() const
{
    return m_to->currentData().toString();
}

QString SquashPanel::name() const
{
    return m_name->text().trimmed();
}

void SquashPanel::refresh()
{
    const int count = m_to->currentIndex() - m_from->currentIndex() + 1;
    m_review->setEnabled(count > 1 && !name().isEmpty());
    m_count->setText(count > 1 ? tr("%1 become one").arg(count) : tr("two or more, please"));
}

void SquashPanel::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        hide();
    else
        QWidget::keyPressEvent(event);
}

}  // namespace dewpoint::migrate
