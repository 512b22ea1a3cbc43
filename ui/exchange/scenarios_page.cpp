// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "exchange/scenarios_page.h"

#include "cells/change_tree.h"
#include "exchange/progress_strip.h"
#include "kit/ask_bar.h"
#include "scenarios/reset_rows.h"
#include "theme/theme.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSplitter>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::exchange {

namespace {

struct Sums {
    qint64 inserts = 0;
    qint64 updates = 0;
    qint64 deletes = 0;
};

Sums sumsOf(const scenarios::Changes& changes)
{
    Sums sums;
    for (const scenarios::ChangedTable& table : changes.tables) {
        sums.inserts += table.inserts;
        sums.updates += table.updates;
        sums.deletes += table.deletes;
    }
    return sums;
}

QString countsText(const scenarios::ChangedTable& table)
{
    QStringList parts;
    for (const auto& [mark, count] :
         {std::pair{u'+', table.inserts}, {u'~', table.updates}, {u'−', table.deletes}}) {
        if (count > 0)
            parts += mark + QLocale().toString(count);
    }
    return parts.join(u' ');
}

QString lossText(const scenarios::Changes& changes)
{
    const Sums sums = sumsOf(changes);
    const auto number = [](qint64 count) { return static_cast<int>(count); };
    QStringList parts;
    if (sums.inserts > 0)
        parts +=
            ScenariosPage::tr("%n row(s) that were added since are deleted.", nullptr, number(sums.inserts));
    if (sums.updates > 0)
        parts += ScenariosPage::tr("%n changed row(s) become what they were.", nullptr, number(sums.updates));
    if (sums.deletes > 0)
        parts += ScenariosPage::tr("%n deleted row(s) come back.", nullptr, number(sums.deletes));
    if (parts.isEmpty())
        return ScenariosPage::tr("No row changed since.");
    return parts.join(u' ') + u' '
           + ScenariosPage::tr("This cannot be taken back: keep the rows of now first if "
                               "they may be wanted.");
}

}  // namespace

ScenariosPage::ScenariosPage(runtime::Session& session, scenarios::Shelf shelf, QWidget* parent)
    : QWidget(parent)
    , m_shared(session)
    , m_session(session, OwnSession::Use::Write)
    , m_shelf(std::move(shelf))
    , m_ask(new kit::AskBar)
    , m_name(new QLineEdit)
    , m_save(new QPushButton(tr("&Keep the rows")))
    , m_list(new QTreeWidget)
    , m_title(new QLabel)
    , m_compare(new QPushButton(tr("What &changed")))
    , m_delete(new QPushButton(tr("Delete…")))
    , m_reset(new QPushButton(tr("&Reset to it…")))
    , m_tree(new cells::ChangeTree)
    , m_strip(new ProgressStrip)
{
    setObjectName(u"scenariosPage"_s);
    build();
    wire();
    reload();
    setFocusProxy(m_name);
}

ScenariosPage::~ScenariosPage() = default;

QWidget* ScenariosPage::makeHead()
{
    auto* title = new QLabel(tr("Scenarios"));
    title->setProperty("role", u"title"_s);
    auto* what = new QLabel(tr("All rows of the database as they are now, under a name, on this machine."));
    what->setProperty("role", u"muted"_s);
    what->setWordWrap(true);
    what->setMinimumWidth(1);
    m_name->setObjectName(u"scenarioName"_s);
    m_name->setPlaceholderText(tr("A name, as in “before the sale”"));
    m_name->setAccessibleName(tr("Name of the scenario"));
    m_name->setMaximumWidth(theme::space::sidebarWidth * 2);
    m_save->setObjectName(u"scenarioSave"_s);
    auto* row = new QHBoxLayout;
    row->setSpacing(theme::space::s);
    row->addWidget(m_name, 1);
    row->addWidget(m_save);
    row->addStretch(1);
    auto* head = new QWidget;
    auto* column = new QVBoxLayout(head);
    column->setContentsMargins(theme::space::l, theme::space::l, theme::space::l, theme::space::m);
    column->setSpacing(theme::space::m);
    column->addWidget(title);
    column->addWidget(what);
    column->addLayout(row);
    column->addWidget(m_strip);
    return head;
}

QWidget* ScenariosPage::makeList()
{
    m_list->setObjectName(u"scenarioList"_s);
    m_list->setAccessibleName(tr("Scenarios"));
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setColumnCount(3);
    m_list->setHeaderLabels({tr("Name"), tr("Kept"), tr("Size")});
    m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(2, QHeaderView::ResizeToContents);
    m_list->header()->setStretchLastSection(false);
    m_list->setMinimumWidth(theme::space::sidebarWidth);
    return m_list;
}

QWidget* ScenariosPage::makeChanges()
{
    m_title->setObjectName(u"scenarioTitle"_s);
    m_title->setProperty("role", u"heading"_s);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setMinimumWidth(1);
    m_title->setWordWrap(true);
    m_compare->setObjectName(u"scenarioCompare"_s);
    m_delete->setObjectName(u"scenarioDelete"_s);
    m_reset->setObjectName(u"scenarioReset"_s);
    m_reset->setProperty("primary", true);
    m_tree->setObjectName(u"scenarioTree"_s);
    auto* buttons = new QHBoxLayout;
    buttons->setContentsMargins(theme::space::m, theme::space::s, theme::space::s, theme::space::s);
    buttons->setSpacing(theme::space::s);
    buttons->addWidget(m_title, 1);
    for (QPushButton* button : {m_compare, m_delete, m_reset})
        buttons->addWidget(button, 0, Qt::AlignTop);
    auto* side = new QWidget;
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(buttons);
    column->addWidget(m_tree, 1);
    return side;
}

void ScenariosPage::build()
{
    auto* splitter = new QSplitter;
    splitter->addWidget(makeList());
    splitter->addWidget(makeChanges());
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 2);
    splitter->setChildrenCollapsible(false);
    splitter->setSizes({theme::space::pageLeast, 2 * theme::space::pageLeast});
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_ask);
    column->addWidget(makeHead());
    column->addWidget(splitter, 1);
}

void ScenariosPage::wire()
{
    connect(m_name, &QLineEdit::returnPressed, this, &ScenariosPage::save);
    connect(m_name, &QLineEdit::textChanged, this, &ScenariosPage::renderState);
    connect(m_save, &QPushButton::clicked, this, &ScenariosPage::save);
    connect(m_list, &QTreeWidget::currentItemChanged, this, &ScenariosPage::showChosen);
    connect(m_list, &QTreeWidget::itemActivated, this, &ScenariosPage::compare);
    connect(m_compare, &QPushButton::clicked, this, &ScenariosPage::compare);
    connect(m_reset, &QPushButton::clicked, this, &ScenariosPage::reset);
    connect(m_delete, &QPushButton::clicked, this, &ScenariosPage::remove);
    connect(m_strip, &ProgressStrip::cancelled, this, &ScenariosPage::cancel);
}

void ScenariosPage::reload(const QString& wanted)
{
    m_scenarios = m_shelf.scenarios();
    m_list->clear();
    for (const scenarios::Scenario& scenario : std::as_const(m_scenarios)) {
        auto* item = new QTreeWidgetItem(
            m_list, {scenario.name, QLocale().toString(scenario.at.toLocalTime(), QLocale::ShortFormat),
                     QLocale().formattedDataSize(scenario.bytes)});
        item->setToolTip(0, scenario.name);
        if (scenario.name == wanted)
            m_list->setCurrentItem(item);
    }
    if (!m_list->currentItem() && m_list->topLevelItemCount() > 0)
        m_list->setCurrentItem(m_list->topLevelItem(0));
    showChosen();
}

const scenarios::Scenario* ScenariosPage::chosen() const
{
    const int row = m_list->indexOfTopLevelItem(m_list->currentItem());
    return row >= 0 && row < m_scenarios.size() ? &m_scenarios[row] : nullptr;
}

void ScenariosPage::showChosen()
{
    m_changes.reset();
    m_tree->show({});
    const scenarios::Scenario* scenario = chosen();
    m_title->setText(
        !scenario
            ? tr("Nothing is kept yet. Type a name above, and keep the rows.")
            : tr("%1: %n table(s)", nullptr, static_cast<int>(scenario->tables.size())).arg(scenario->name));
    renderState();
}

void ScenariosPage::renderState()
{
    const bool free = !isBusy();
    const bool some = chosen() != nullptr;
    m_save->setEnabled(free && !m_name->text().trimmed().isEmpty());
    m_list->setEnabled(free);
    m_name->setEnabled(free);
    m_compare->setEnabled(free && some);
    m_delete->setEnabled(free && some);
    m_reset->setEnabled(free && some && m_shared.target().guard != drivers::Guard::ReadOnly);
    m_reset->setToolTip(m_shared.target().guard == drivers::Guard::ReadOnly
                            ? tr("This connection is read-only.")
                            : tr("Makes all rows what they were, in one transaction."));
}

void ScenariosPage::begin(Doing doing, const QString& title)
{
    m_doing = doing;
    m_ask->dismiss();
    m_progress = std::make_shared<transfer::Progress>();
    m_strip->begin(title, m_progress);
    renderState();
}

void ScenariosPage::end()
{
    m_doing = Doing::Nothing;
    m_strip->end();
    renderState();
}

void ScenariosPage::tell(const Error& error, const QString& cancelled)
{
    if (error.kind == ErrorKind::Cancelled)
        return m_ask->tell(kit::AskBar::Tone::Info, error.message, cancelled);
    m_ask->tell(kit::AskBar::Tone::Danger, error.message, (error.detail + u' ' + error.hint).trimmed());
}

void ScenariosPage::save()
{
    const QString name = m_name->text().trimmed();
    if (isBusy() || name.isEmpty())
        return;
    if (!m_shelf.named(name))
        return write(name);
    m_ask->ask(kit::AskBar::Tone::Warning, tr("%1 is kept already.").arg(name),
               tr("It is replaced when the rows of now are kept."), tr("Replace"),
               [this, name] { write(name); });
}

void ScenariosPage::write(const QString& name)
{
    begin(Doing::Saving, tr("Keeping…"));
    m_job = m_session->run(
        runtime::Session::Lane::Read, this,
        [shelf = m_shelf, name, progress = m_progress](auto& connection, const runtime::StopToken&) {
            return shelf.save(connection, name, *progress);
        },
        [this](const Result<scenarios::Scenario>& kept) {
            end();
            if (!kept)
                return tell(kept.error(), tr("Nothing was kept."));
            m_name->clear();
            reload(kept->name);
            m_list->setFocus();
            m_ask->tell(kit::AskBar::Tone::Info, tr("%1 is kept.").arg(kept->name),
                        QLocale().formattedDataSize(kept->bytes));
            Q_EMIT statusText(m_ask->title());
        });
}

void ScenariosPage::compare()
{
    const scenarios::Scenario* scenario = chosen();
    if (isBusy() || !scenario)
        return;
    begin(Doing::Comparing, tr("Comparing…"));
    m_job = m_session->run(
        runtime::Session::Lane::Read, this,
        [scenario = *scenario, file = m_shelf.fileOf(*scenario),
         progress = m_progress](auto& connection, const runtime::StopToken&) {
            return scenarios::changesSince(connection, scenario, file, *progress);
        },
        [this](const Result<scenarios::Changes>& found) {
            end();
            const bool asks = std::exchange(m_asksAfter, false);
            if (!found)
                return tell(found.error(), asks ? tr("Nothing was reset.") : QString());
            showChanges(*found);
            if (asks)
                askForReset();
        });
}

void ScenariosPage::showChanges(const scenarios::Changes& changes)
{
    m_changes = changes;
    QList<cells::ShownTable> tables;
    for (const scenarios::ChangedTable& table : changes.tables) {
        cells::ShownTable shown = cells::shownChanges(table.rows);
        shown.title = u"%1  %2"_s.arg(table.rows.name, countsText(table));
        if (table.rows.rows.size() < table.total())
            shown.title += u"  "_s + tr("(the first are shown)");
        tables += shown;
    }
    m_tree->show(tables);
    QString title = changes.tables.isEmpty() ? tr("No row changed since %1.").arg(chosen()->name)
                                             : tr("Since %1: %n table(s) with other rows", nullptr,
                                                  static_cast<int>(changes.tables.size()))
                                                   .arg(chosen()->name);
    if (!changes.structure.isEmpty())
        title += u'\n' + tr("The structure changed, too: %1").arg(changes.structure.join(u", "_s));
    m_title->setText(title);
}

void ScenariosPage::reset()
{
    if (isBusy() || !m_reset->isEnabled())
        return;
    // What is lost has to be what is there now, not what was there when somebody looked last.
    m_asksAfter = true;
    compare();
}

void ScenariosPage::askForReset()
{
    if (!m_changes->structure.isEmpty())
        return m_ask->tell(kit::AskBar::Tone::Danger,
                           tr("The structure changed since “%1” was kept: %2.")
                               .arg(chosen()->name, m_changes->structure.join(u", "_s)),
                           tr("Nothing was reset. Take the structure back first, or keep a new scenario."));
    m_ask->ask(kit::AskBar::Tone::Danger, tr("Reset all rows to “%1”?").arg(chosen()->name),
               lossText(*m_changes), tr("Reset"), [this] { putBack(); });
}

void ScenariosPage::putBack()
{
    const scenarios::Scenario* scenario = chosen();
    if (isBusy() || !scenario)
        return;
    begin(Doing::Resetting, tr("Resetting…"));
    m_job = m_session->run(
        runtime::Session::Lane::Main, this,
        [scenario = *scenario, file = m_shelf.fileOf(*scenario),
         progress = m_progress](auto& connection, const runtime::StopToken&) {
            return scenarios::resetRows(connection, scenario, file, *progress);
        },
        [this](const Result<>& done) {
            end();
            if (!done)
                return tell(done.error(), tr("Nothing was reset."));
            showChosen();
            m_ask->tell(kit::AskBar::Tone::Info,
                        tr("All rows are what they were in %1.").arg(chosen()->name));
            Q_EMIT statusText(m_ask->title());
            Q_EMIT rowsReset();
        });
}

void ScenariosPage::remove()
{
    const scenarios::Scenario* scenario = chosen();
    if (isBusy() || !scenario)
        return;
    m_ask->ask(kit::AskBar::Tone::Warning, tr("Delete the scenario “%1”?").arg(scenario->name),
               tr("The rows of the database stay as they are."), tr("Delete"), [this, scenario = *scenario] {
                   const auto done = m_shelf.remove(scenario);
                   reload();
                   if (!done)
                       tell(done.error(), {});
               });
}

void ScenariosPage::cancel()
{
    if (isBusy())
        m_job.stop();
}

void ScenariosPage::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && isBusy())
        return cancel();
    if (event->key() == Qt::Key_Delete && m_list->hasFocus())
        return remove();
    QWidget::keyPressEvent(event);
}

QList<kit::Command> ScenariosPage::commands()
{
    const auto free = [this] { return !isBusy() && chosen(); };
    return {
        {u"scenario.compare"_s, tr("What changed since the scenario"), QKeySequence(Qt::Key_F5), free,
         [this] { compare(); }},
        {u"scenario.reset"_s, tr("Reset to the scenario"), QKeySequence(Qt::CTRL | Qt::Key_Return),
         [this] { return m_reset->isEnabled(); }, [this] { reset(); }},
        {u"scenario.delete"_s, tr("Delete the scenario"), {}, free, [this] { remove(); }},
        {u"scenario.cancel"_s, tr("Cancel"), QKeySequence(Qt::CTRL | Qt::Key_Period),
         [this] { return isBusy(); }, [this] { cancel(); }},
    };
}

}  // namespace dewpoint::exchange
