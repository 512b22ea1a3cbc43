// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "migrate/output_panel.h"

#include "theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace dewpoint::migrate {

namespace {

// Often enough to look live, seldom enough that a flood leaves the window free.
constexpr std::chrono::milliseconds pulse{60};
constexpr int keptLines = 5000;

QToolButton* button(QWidget* parent, const QString& name, const QString& icon, const QString& title)
{
    auto* tool = new QToolButton(parent);
    tool->setObjectName(name);
    tool->setText(title);
    tool->setIcon(theme::icon(icon));
    tool->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    tool->setAutoRaise(true);
    QObject::connect(&theme::Watch::instance(), &theme::Watch::changed, tool,
                     [tool, icon] { tool->setIcon(theme::icon(icon)); });
    return tool;
}

}  // namespace

OutputPanel::OutputPanel(QWidget* parent)
    : QWidget(parent)
    , m_command(new QLabel(this))
    , m_stop(button(this, u"outputStop"_s, u"process-stop"_s, tr("Stop")))
    , m_close(button(this, u"outputClose"_s, u"window-close"_s, tr("Close")))
    , m_text(new QPlainTextEdit(this))
{
    setObjectName(u"outputPanel"_s);
    m_command->setObjectName(u"outputCommand"_s);
    m_command->setFont(theme::monoFont());
    m_command->setTextFormat(Qt::PlainText);
    m_command->setMinimumWidth(1);  // a long command must not widen the window
    m_command->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_text->setObjectName(u"outputText"_s);
    m_text->setAccessibleName(tr("Output of the project's command"));
    m_text->setReadOnly(true);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setFont(theme::monoFont());
    m_text->setMaximumBlockCount(keptLines);
    m_text->setFixedHeight(theme::space::rowHeight * 7);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(theme::space::m, theme::space::xs, theme::space::s, theme::space::xs);
    head->addWidget(m_command, 1);
    head->addWidget(m_stop);
    head->addWidget(m_close);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_text);
    m_pulse.setInterval(pulse);
    connect(&m_pulse, &QTimer::timeout, this, &OutputPanel::pull);
    connect(m_stop, &QToolButton::clicked, this, &OutputPanel::stopRequested);
    connect(m_close, &QToolButton::clicked, this, &QWidget::hide);
    hide();
}

void OutputPanel::begin(const QString& command, std::shared_ptr<LiveOutput> output)
{
    m_output = std::move(output);
    m_command->setText(command);
    m_command->setToolTip(command);
    m_text->clear();
    m_stop->show();
    m_close->hide();
    show();
    m_pulse.start();
}

void OutputPanel::end()
{
    if (!m_output)
        return;
    pull();
    m_pulse.stop();
    m_output.reset();
    m_stop->hide();
    m_close->show();
}

void OutputPanel::pull()
{
    const LiveOutput::Taken taken = m_output->take();
    if (taken.leftOut > 0)
        m_text->appendPlainText(tr("… %1 lines left out").arg(taken.leftOut));
    if (!taken.lines.isEmpty())
        m_text->appendPlainText(taken.lines.join(u'\n'));
}

}  // namespace dewpoint::migrate
