// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "query/result_panel.h"

#include "kit/announce.h"
#include "kit/time_text.h"
#include "query/result_view.h"
#include "theme/theme.h"

#include <QLabel>
#include <QListWidget>
#include <QLocale>
#include <QStackedWidget>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace dewpoint::query {

namespace {

constexpr qsizetype headCharacters = 90;
constexpr int placeRole = Qt::UserRole;

QString headOf(const QString& sqlText)
{
    const QString line = sqlText.simplified();
    return line.size() > headCharacters ? line.first(headCharacters) + u'…' : line;
}

// Where the tab's name says more than a number: the first table the rows come from.
QString tabTitle(const Outcome& outcome)
{
    for (const ColumnInfo& column : outcome.batch.columns)
        if (!column.originTable.isEmpty())
            return u"%1 · %2"_s.arg(outcome.request.number).arg(column.originTable);
    return ResultPanel::tr("Result %1").arg(outcome.request.number);
}

QString messageOf(const Outcome& outcome)
{
    if (outcome.error) {
        QString text = outcome.error->message;
        for (const QString& more : {outcome.error->detail, outcome.error->hint})
            if (!more.isEmpty())
                text += u'\n' + more;
        return text;
    }
    const QString duration = kit::durationText(outcome.microseconds);
    if (!outcome.batch.columns.isEmpty())
        return rowsText(outcome.batch.rowCount()) + u" · "_s + duration;
    if (outcome.batch.affected >= 0)
        return ResultPanel::tr("%1 changed").arg(rowsText(outcome.batch.affected)) + u" · "_s + duration;
    return ResultPanel::tr("Done") + u" · "_s + duration;
}

}  // namespace

ResultPanel::ResultPanel(runtime::Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_stack(new QStackedWidget(this))
    , m_tabs(new QTabWidget(this))
    , m_messages(new QListWidget(this))
{
    setObjectName(u"resultPanel"_s);
    m_tabs->setObjectName(u"resultTabs"_s);
    m_tabs->setDocumentMode(true);
    m_messages->setObjectName(u"messages"_s);
    m_messages->setAccessibleName(tr("Messages"));
    m_messages->setFrameShape(QFrame::NoFrame);
    m_messages->setWordWrap(true);
    m_messages->setSpacing(theme::space::xs);
    auto* empty = new QLabel(tr("Results appear here."), this);
    empty->setAlignment(Qt::AlignCenter);
    empty->setEnabled(false);
    m_stack->addWidget(empty);
    m_stack->addWidget(m_tabs);
    m_tabs->addTab(m_messages, tr("Messages"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_stack);
    connect(m_tabs, &QTabWidget::currentChanged, this, &ResultPanel::currentCellChanged);
    connect(m_messages, &QListWidget::itemActivated, this, [this](const QListWidgetItem* item) {
        if (const QVariant place = item->data(placeRole); place.isValid())
            Q_EMIT placeWanted(place.value<qsizetype>());
    });
}

void ResultPanel::begin(int statements)
{
    while (m_tabs->count() > 1) {
        QWidget* old = m_tabs->widget(0);
        m_tabs->removeTab(0);
        old->deleteLater();
    }
    m_messages->clear();
    m_answered = 0;
    if (statements > 0)
        m_stack->setCurrentIndex(1);
}

void ResultPanel::add(const std::shared_ptr<Outcome>& outcome)
{
    ++m_answered;
    addMessage(*outcome);
    if (outcome->error) {
        m_tabs->setCurrentWidget(m_messages);
        return;
    }
    if (outcome->batch.columns.isEmpty())
        return;
    const QString title = tabTitle(*outcome);
    auto* view = new ResultView(m_session, outcome, m_tabs);
    connect(view, &ResultView::currentCellChanged, this, &ResultPanel::currentCellChanged);
    connect(view, &ResultView::said, this, &ResultPanel::said);
    connect(view, &ResultView::exportRequested, this, &ResultPanel::exportRequested);
    connect(view, &ResultView::wholeResultWanted, this, &ResultPanel::wholeResultWanted);
    const int index = m_tabs->insertTab(m_tabs->count() - 1, view, title);
    m_tabs->setTabToolTip(index, outcome->request.sql);
    if (index == 0)
        m_tabs->setCurrentIndex(0);
}

ResultView* ResultPanel::current() const
{
    return qobject_cast<ResultView*>(m_tabs->currentWidget());
}

void ResultPanel::finish(int statements)
{
    if (m_answered < statements)
        note(statements - m_answered == 1
                 ? tr("1 statement after this was not run.")
                 : tr("%1 statements after this were not run.").arg(statements - m_answered));
}

void ResultPanel::note(const QString& text)
{
    m_stack->setCurrentIndex(1);
    auto* item = new QListWidgetItem(theme::icon(u"dialog-information"_s), text, m_messages);
    item->setForeground(theme::color(theme::Role::TextMuted));
    kit::announce(m_messages, text);
}

void ResultPanel::addMessage(const Outcome& outcome)
{
    const bool failed = outcome.error.has_value();
    const bool cancelled = failed && outcome.error->kind == ErrorKind::Cancelled;
    const QString text =
        u"%1.  %2\n%3"_s.arg(outcome.request.number).arg(headOf(outcome.request.sql), messageOf(outcome));
    auto* item = new QListWidgetItem(text, m_messages);
    item->setIcon(theme::icon(cancelled ? u"dialog-cancel"_s
                              : failed  ? u"dialog-error"_s
                                        : u"dialog-ok-apply"_s));
    if (failed && !cancelled)
        item->setForeground(theme::color(theme::Role::Danger));
    const qsizetype inside = failed && outcome.error->position > 0 ? outcome.error->position : 0;
    item->setData(placeRole, QVariant::fromValue(outcome.request.start + inside));
    m_messages->scrollToBottom();
    kit::announce(m_messages, messageOf(outcome), failed ? kit::Urgency::AtOnce : kit::Urgency::Pause);
}

}  // namespace dewpoint::query
