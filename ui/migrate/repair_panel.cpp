// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "migrate/repair_panel.h"

#include "migrate/script_view.h"
#include "theme/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::migrate {

namespace {

constexpr int leastLines = 2;
constexpr int mostLines = 9;  ///< longer ones scroll: the list stays in sight

QLabel* wrapped(QWidget* parent, const QString& name)
{
    auto* label = new QLabel(parent);
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setMinimumWidth(1);  // a long path must not widen the window
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

}  // namespace

RepairPanel::RepairPanel(Engine engine, QWidget* parent)
    : QFrame(parent)
    , m_title(wrapped(this, u"repairTitle"_s))
    , m_detail(wrapped(this, u"repairDetail"_s))
    , m_sql(new ScriptView(engine, this))
    , m_accept(new QPushButton(this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
{
    setObjectName(u"repairPanel"_s);
    QFont bold = theme::textFont();
    bold.setBold(true);
    m_title->setFont(bold);
    m_sql->setObjectName(u"repairSql"_s);
    m_sql->setAccessibleName(tr("SQL that will be sent"));
    m_sql->setTabChangesFocus(true);
    m_accept->setObjectName(u"repairAccept"_s);
    m_cancel->setObjectName(u"repairCancel"_s);
    auto* copy = new QPushButton(tr("Copy SQL"), this);
    copy->setObjectName(u"repairCopy"_s);
    for (QPushButton* button : {copy, m_accept, m_cancel})
        button->setAutoDefault(false);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(theme::space::s);
    buttons->addWidget(copy);
    buttons->addStretch(1);
    buttons->addWidget(m_accept);
    buttons->addWidget(m_cancel);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(theme::space::l, theme::space::s, theme::space::m, theme::space::s);
    column->setSpacing(theme::space::s);
    column->addWidget(m_title);
    column->addWidget(m_detail);
    column->addWidget(m_sql);
    column->addLayout(buttons);
    connect(copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_sql->toPlainText()); });
    connect(m_accept, &QPushButton::clicked, this, &RepairPanel::accept);
    connect(m_cancel, &QPushButton::clicked, this, &RepairPanel::dismiss);
    connect(&theme::Watch::instance(), &theme::Watch::changed, this, qOverload<>(&QWidget::update));
    hide();
}

void RepairPanel::ask(const QString& title, const QString& detail, const QString& sql,
                      const QString& acceptTitle, std::function<void()> accepted)
{
    m_accepted = std::move(accepted);
    m_title->setText(title);
    m_detail->setText(detail);
    m_detail->setVisible(!detail.isEmpty());
    m_sql->showScript(sql);
    m_accept->setText(acceptTitle);
    setAccessibleName(title);
    setAccessibleDescription(detail);
    fitToText();
    show();
    m_cancel->setFocus();
}

void RepairPanel::fitToText()
{
    const int lines = std::clamp(m_sql->document()->blockCount(), leastLines, mostLines);
    const int frame = 2 * m_sql->frameWidth() + 2 * qRound(m_sql->document()->documentMargin());
    m_sql->setFixedHeight((lines * m_sql->fontMetrics().lineSpacing()) + frame
                          + m_sql->horizontalScrollBar()->sizeHint().height());
}

void RepairPanel::dismiss()
{
    m_accepted = {};
    hide();
}

void RepairPanel::accept()
{
    const auto accepted = std::exchange(m_accepted, {});
    hide();
    if (accepted)
        accepted();
}

void RepairPanel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme::color(theme::Role::WarningSoft));
    painter.fillRect(QRect(0, 0, theme::space::xs, height()), theme::color(theme::Role::Warning));
}

void RepairPanel::keyPressEvent(QKeyEvent* event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (event->key() == Qt::Key_Escape || (enter && m_cancel->hasFocus()))
        dismiss();
    else if (enter && m_accept->hasFocus())
        accept();
    else
        QFrame::keyPressEvent(event);
}

}  // namespace dewpoint::migrate
