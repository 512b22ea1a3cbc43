// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "kit/ask_bar.h"

#include "kit/announce.h"
#include "theme/theme.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::kit {

namespace {

struct Look {
    theme::Role edge, fill;
    QString icon;
};

Look lookOf(AskBar::Tone tone)
{
    switch (tone) {
    case AskBar::Tone::Info: return {theme::Role::Accent, theme::Role::AccentSoft, u"dialog-information"_s};
    case AskBar::Tone::Warning: return {theme::Role::Warning, theme::Role::WarningSoft, u"dialog-warning"_s};
    case AskBar::Tone::Danger: return {theme::Role::Danger, theme::Role::DangerSoft, u"dialog-error"_s};
    }
    std::unreachable();
}

QLabel* textLabel(QWidget* parent, const char* name)
{
    auto* label = new QLabel(parent);
    label->setObjectName(QString::fromLatin1(name));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setMinimumWidth(1);  // a long path must not widen the window
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

}  // namespace

AskBar::AskBar(QWidget* parent)
    : QFrame(parent)
    , m_icon(new QLabel(this))
    , m_title(textLabel(this, "askTitle"))
    , m_detail(textLabel(this, "askDetail"))
    , m_choice(new QCheckBox(this))
    , m_accept(new QPushButton(this))
    , m_cancel(new QPushButton(this))
{
    setObjectName(u"askBar"_s);
    m_accept->setObjectName(u"askAccept"_s);
    m_cancel->setObjectName(u"askCancel"_s);
    m_accept->setAutoDefault(false);
    auto* texts = new QVBoxLayout;
    texts->setSpacing(theme::space::xs);
    texts->addWidget(m_title);
    texts->addWidget(m_detail);
    texts->addWidget(m_choice);
    m_choice->setObjectName(u"askChoice"_s);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(theme::space::m, theme::space::s, theme::space::m, theme::space::s);
    row->setSpacing(theme::space::m);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    row->addLayout(texts, 1);
    row->addWidget(m_accept, 0, Qt::AlignVCenter);
    row->addWidget(m_cancel, 0, Qt::AlignVCenter);
    connect(m_accept, &QPushButton::clicked, this, &AskBar::accept);
    connect(m_cancel, &QPushButton::clicked, this, &AskBar::dismiss);
    connect(&theme::Watch::instance(), &theme::Watch::changed, this, [this] { update(); });
    hide();
}

void AskBar::ask(Tone tone, const QString& title, const QString& detail, const QString& acceptTitle,
                 std::function<void()> accepted)
{
    m_isQuestion = true;
    m_accepted = std::move(accepted);
    m_accept->setText(acceptTitle);
    m_accept->show();
    m_cancel->setText(tr("Cancel"));
    present(tone, title, detail);
    m_cancel->setFocus();
}

void AskBar::tell(Tone tone, const QString& title, const QString& detail, const QString& actionTitle,
                  std::function<void()> action)
{
    m_isQuestion = false;
    m_accepted = std::move(action);
    m_accept->setText(actionTitle);
    m_accept->setVisible(static_cast<bool>(m_accepted));
    m_cancel->setText(tr("Close"));
    present(tone, title, detail);
}

void AskBar::present(Tone tone, const QString& title, const QString& detail)
{
    m_tone = tone;
    m_choice->hide();
    m_choice->setChecked(false);
    QFont bold = theme::textFont();
    bold.setBold(true);
    m_title->setFont(bold);
    m_title->setText(title);
    setDetail(detail);
    m_icon->setPixmap(theme::icon(lookOf(tone).icon, lookOf(tone).edge).pixmap(theme::space::l));
    setAccessibleName(title);
    show();
    update();
    announce(this, detail.isEmpty() ? title : title + u' ' + detail, Urgency::AtOnce);
}

void AskBar::offer(const QString& choice)
{
    m_choice->setText(choice);
    m_choice->setChecked(true);
    m_choice->show();
}

void AskBar::setDetail(const QString& detail)
{
    m_detail->setText(detail);
    m_detail->setToolTip(detail);
    m_detail->setVisible(!detail.isEmpty());
    setAccessibleDescription(detail);
}

bool AskBar::isChosen() const
{
    return m_choice->isChecked();
}

void AskBar::dismiss()
{
    if (isHidden())
        return;
    m_accepted = {};
    hide();
    Q_EMIT dismissed();
}

void AskBar::retract()
{
    if (m_isQuestion)
        dismiss();
}

void AskBar::accept()
{
    const auto accepted = std::exchange(m_accepted, {});
    hide();
    if (accepted)
        accepted();
}

QString AskBar::title() const
{
    return m_title->text();
}

QString AskBar::detail() const
{
    return m_detail->text();
}

void AskBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Look look = lookOf(m_tone);
    painter.fillRect(rect(), theme::color(look.fill));
    painter.fillRect(QRect(0, 0, theme::space::xs, height()), theme::color(look.edge));
}

void AskBar::keyPressEvent(QKeyEvent* event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (event->key() == Qt::Key_Escape || (enter && m_cancel->hasFocus()))
        dismiss();
    else if (enter && m_accept->hasFocus())
        accept();
    else
        QFrame::keyPressEvent(event);
}

}  // namespace dewpoint::kit
