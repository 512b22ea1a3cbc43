// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "connect/connecting_page.h"

#include "kit/announce.h"
#include "theme/theme.h"

#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace dewpoint::connect {

namespace {

/// What to do where neither the server nor the driver knows better.
QString adviceFor(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Connection:
        return ConnectingPage::tr(
            "Check that the server runs and that host and port are right, then try again.");
    case ErrorKind::Authentication: return ConnectingPage::tr("Type the password of this user.");
    case ErrorKind::Permission:
        return ConnectingPage::tr("Ask the owner for the right, or use another user.");
    case ErrorKind::Locked:
        return ConnectingPage::tr("Another program holds the database. Close it there, then try again.");
    case ErrorKind::NotFound:
        return ConnectingPage::tr("Check the name, or go back and choose another database.");
    default: return {};
    }
}

}  // namespace

ConnectingPage::ConnectingPage(QWidget* parent)
    : QWidget(parent)
    , m_title(new QLabel)
    , m_text(new QLabel)
    , m_detail(new QLabel)
    , m_progress(new QProgressBar)
    , m_password(new QLineEdit)
    , m_retry(new QPushButton(tr("Try again")))
    , m_cancel(new QPushButton(tr("Cancel")))
{
    setObjectName(QStringLiteral("connectingPage"));
    m_title->setProperty("role", QStringLiteral("title"));
    m_title->setObjectName(QStringLiteral("connectTitle"));
    m_text->setObjectName(QStringLiteral("connectMessage"));
    m_detail->setProperty("role", QStringLiteral("muted"));
    m_progress->setRange(0, 0);
    m_progress->setTextVisible(false);
    m_password->setEchoMode(QLineEdit::Password);
    m_password->setPlaceholderText(tr("Password"));
    m_password->setAccessibleName(tr("Password"));
    m_retry->setProperty("primary", true);
    for (QLabel* label : {m_title, m_text, m_detail}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        label->setMinimumWidth(1);  // a long word must not widen the page
    }
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_retry);
    buttons->addWidget(m_cancel);
    buttons->addStretch(1);
    auto* centre = new QWidget;
    centre->setFixedWidth(theme::space::messageWidth);
    auto* inner = new QVBoxLayout(centre);
    inner->setSpacing(theme::space::m);
    for (QWidget* widget :
         {static_cast<QWidget*>(m_title), static_cast<QWidget*>(m_progress), static_cast<QWidget*>(m_text),
          static_cast<QWidget*>(m_detail), static_cast<QWidget*>(m_password)})
        inner->addWidget(widget);
    inner->addLayout(buttons);
    // Stretches and no alignment: an aligned item is as high as its text would be over the whole window.
    auto* row = new QHBoxLayout;
    row->addStretch(1);
    row->addWidget(centre);
    row->addStretch(1);
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->addStretch(1);
    column->addLayout(row);
    column->addStretch(2);
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setAccessibleName(tr("What happens to the connection"));
    scroll->setWidgetResizable(true);
    scroll->setWidget(content);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(scroll);

    QObject::connect(m_cancel, &QPushButton::clicked, this, &ConnectingPage::cancelled);
    const auto again = [this] {
        if (m_password->isVisible())
            Q_EMIT passwordEntered(m_password->text());
        else
            Q_EMIT retried();
    };
    QObject::connect(m_retry, &QPushButton::clicked, this, again);
    QObject::connect(m_password, &QLineEdit::returnPressed, this, again);
}

void ConnectingPage::showProgress(const QString& name)
{
    m_failed = false;
    m_title->setText(tr("Opening %1…").arg(name));
    m_progress->show();
    for (QWidget* widget : {static_cast<QWidget*>(m_text), static_cast<QWidget*>(m_detail),
                            static_cast<QWidget*>(m_password), static_cast<QWidget*>(m_retry)})
        widget->hide();
    m_cancel->setText(tr("Cancel"));
    kit::announce(this, m_title->text());
}

void ConnectingPage::showFailure(const QString& name, const Error& error)
{
    m_failed = true;
    m_title->setText(tr("%1 could not be opened").arg(name));
    m_progress->hide();
    const QString advice = error.hint.isEmpty() ? adviceFor(error.kind) : error.hint;
    m_text->setText(advice.isEmpty() ? error.message : error.message + QLatin1Char('\n') + advice);
    m_text->show();
    m_detail->setText(error.detail);
    m_detail->setVisible(!error.detail.isEmpty());
    const bool wantsPassword = error.kind == ErrorKind::Authentication;
    m_password->setVisible(wantsPassword);
    m_password->clear();
    m_retry->show();
    m_cancel->setText(tr("Back"));
    kit::announce(this, m_title->text() + QStringLiteral(". ") + m_text->text(), kit::Urgency::AtOnce);
    if (wantsPassword)
        m_password->setFocus();
    else
        m_retry->setFocus();
}

}  // namespace dewpoint::connect
