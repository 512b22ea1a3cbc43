// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "exchange/progress_strip.h"

#include "kit/row_count.h"
#include "theme/measures.h"
#include "theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::exchange {

namespace {

constexpr int fullBar = 1000;

}  // namespace

ProgressStrip::ProgressStrip(QWidget* parent)
    : QWidget(parent), m_text(new QLabel), m_bar(new QProgressBar), m_cancel(new QPushButton(tr("Cancel")))
{
    m_text->setObjectName(u"transferProgress"_s);
    m_cancel->setObjectName(u"cancelTransfer"_s);
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(tr("Progress"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(theme::space::m);
    row->addWidget(m_text);
    row->addWidget(m_bar, 1);
    row->addWidget(m_cancel);
    m_pulse.setInterval(theme::time::progress);
    connect(&m_pulse, &QTimer::timeout, this, &ProgressStrip::draw);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        m_cancel->setEnabled(false);
        Q_EMIT cancelled();
    });
    hide();
}

void ProgressStrip::begin(const QString& title, std::shared_ptr<transfer::Progress> progress)
{
    m_title = title;
    m_progress = std::move(progress);
    m_cancel->setEnabled(true);
    m_bar->setRange(0, 0);
    draw();
    show();
    m_pulse.start();
}

void ProgressStrip::end()
{
    m_pulse.stop();
    m_progress.reset();
    hide();
}

void ProgressStrip::draw()
{
    const QLocale locale;
    const qint64 total = m_progress->totalBytes;
    const qint64 bytes = m_progress->bytes;
    const qint64 rows = m_progress->rows;
    const qint64 wanted = total > 0 ? -1 : m_progress->totalRows.load();
    const bool about = m_progress->about;
    const QString done = locale.toString(rows);
    QString text = wanted <= 0 ? tr("%1 %2 rows").arg(m_title, done)
                   : about     ? tr("%1 %2 of about %3 rows").arg(m_title, done, kit::roughCount(wanted))
                               : tr("%1 %2 of %3 rows").arg(m_title, done, locale.toString(wanted));
    if (total > 0)
        text +=
            u" · "_s + tr("%1 of %2").arg(locale.formattedDataSize(bytes), locale.formattedDataSize(total));
    else if (bytes > 0)
        text += u" · "_s + locale.formattedDataSize(bytes);
    m_text->setText(text);
    const qint64 whole = total > 0 ? total : wanted;
    const qint64 part = total > 0 ? bytes : rows;
    // More than was guessed: nothing says where the end is.
    m_bar->setRange(0, whole <= 0 || (about && part > whole) ? 0 : fullBar);
    if (m_bar->maximum() > 0)
        m_bar->setValue(static_cast<int>(
            fullBar * std::min(1.0, static_cast<double>(part) / static_cast<double>(whole))));
}

}  // namespace dewpoint::exchange
