// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rehearsal/rehearsal_view.h"

#include "kit/announce.h"
#include "rehearsal/row_differences.h"
#include "theme/theme.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QSignalBlocker>
#include <QSplitter>
#include <QTableView>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::rehearsal {

namespace {

enum Column { What, Rows, Time, ColumnCount };

constexpr int tableRole = Qt::UserRole;

QString milliseconds(qint64 microseconds)
{
    return RehearsalView::tr("%1 ms").arg(
        QLocale().toString(static_cast<double>(microseconds) / 1000.0, 'f', 1));
}

QString number(qint64 count)
{
    return count < 0 ? QString() : QLocale().toString(count);
}

QTreeWidgetItem* add(QTreeWidgetItem* parent, const QStringList& cells)
{
    auto* item = new QTreeWidgetItem(parent, cells);
    item->setToolTip(What, cells.first());
    item->setTextAlignment(Rows, Qt::AlignRight | Qt::AlignVCenter);
    item->setTextAlignment(Time, Qt::AlignRight | Qt::AlignVCenter);
    item->setFirstColumnSpanned(cells.size() == 1);
    return item;
}

QString countsOf(const rehearse::TableRows& rows)
{
    const QLocale locale;
    QStringList parts;
    if (!rows.problem.isEmpty())
        return rows.problem;
    if (rows.isNew)
        parts << RehearsalView::tr("new");
    if (rows.isGone)
        parts << RehearsalView::tr("gone");
    if (rows.added > 0)
        parts << u"+"_s + locale.toString(rows.added);
    if (rows.removed > 0)
        parts << u"−"_s + locale.toString(rows.removed);
    if (rows.changed > 0)
        parts << u"~"_s + locale.toString(rows.changed);
    return parts.join(u"  ");
}

theme::Role roleOf(const rehearse::Rehearsal& rehearsal)
{
    if (rehearsal.isFine())
        return theme::Role::Added;
    switch (rehearsal.verdict()) {
    case rehearse::Verdict::ComesBack:
    case rehearse::Verdict::UpOnly:
    case rehearse::Verdict::NoDown: return theme::Role::Warning;
    default: return theme::Role::Danger;
    }
}

}  // namespace

RehearsalView::RehearsalView(QWidget* parent)
    : QWidget(parent)
    , m_band(new QFrame(this))
    , m_sign(new QLabel(m_band))
    , m_verdict(new QLabel(m_band))
    , m_live(new QLabel(m_band))
    , m_tree(new QTreeWidget(this))
    , m_rowsTitle(new QLabel(this))
    , m_rowsPart(new QWidget(this))
    , m_table(new QTableView(this))
    , m_rows(new RowDifferences(this))
{
    setObjectName(u"rehearsalView"_s);
    build();
    buildRows();
    connect(m_tree, &QTreeWidget::currentItemChanged, this, &RehearsalView::showRows);
    connect(&theme::Watch::instance(), &theme::Watch::changed, this, &RehearsalView::paintVerdict);
}

void RehearsalView::build()
{
    m_verdict->setObjectName(u"rehearsalVerdict"_s);
    kit::announceTexts(m_verdict, kit::Urgency::AtOnce);
    QFont bold = theme::textFont();
    bold.setBold(true);
    m_verdict->setFont(bold);
    m_sign->setFont(bold);
    m_live->setObjectName(u"rehearsalLive"_s);
    m_live->setFont(theme::smallFont());
    for (QLabel* label : {m_verdict, m_live}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setMinimumWidth(1);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    auto* words = new QVBoxLayout;
    words->setSpacing(theme::space::xs);
    words->addWidget(m_verdict);
    words->addWidget(m_live);
    auto* band = new QHBoxLayout(m_band);
    band->setContentsMargins(theme::space::l, theme::space::m, theme::space::l, theme::space::m);
    band->setSpacing(theme::space::m);
    band->addWidget(m_sign, 0, Qt::AlignTop);
    band->addLayout(words, 1);
    m_tree->setObjectName(u"rehearsalTree"_s);
    m_tree->setAccessibleName(tr("What the rehearsal found out"));
    m_tree->setColumnCount(ColumnCount);
    m_tree->setHeaderLabels({tr("What"), tr("Rows"), tr("Time")});
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setUniformRowHeights(true);
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(What, QHeaderView::Stretch);
    m_tree->header()->setSectionResizeMode(Rows, QHeaderView::ResizeToContents);
    m_tree->header()->setSectionResizeMode(Time, QHeaderView::ResizeToContents);
    for (const int column : {Rows, Time})
        m_tree->headerItem()->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
}

void RehearsalView::buildRows()
{
    m_rowsTitle->setObjectName(u"rehearsalRowsTitle"_s);
    m_rowsTitle->setFont(theme::smallFont());
    m_rowsTitle->setContentsMargins(theme::space::l, theme::space::xs, theme::space::l, theme::space::xs);
    m_table->setObjectName(u"rehearsalRows"_s);
    m_table->setAccessibleName(tr("Rows that are different"));
    m_table->setModel(m_rows);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setFont(theme::monoFont());
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(theme::space::rowHeight);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setMinimumSectionSize(theme::space::xl);
    auto* part = new QVBoxLayout(m_rowsPart);
    part->setContentsMargins(0, 0, 0, 0);
    part->setSpacing(0);
    part->addWidget(m_rowsTitle);
    part->addWidget(m_table, 1);
    m_rowsPart->hide();
    auto* halves = new QSplitter(Qt::Vertical, this);
    halves->setChildrenCollapsible(false);
    halves->addWidget(m_tree);
    halves->addWidget(m_rowsPart);
    halves->setStretchFactor(0, 3);
    halves->setStretchFactor(1, 2);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_band);
    column->addWidget(halves, 1);
}

void RehearsalView::paintVerdict()
{
    if (!m_rehearsal)
        return;
    const theme::Role role = roleOf(*m_rehearsal);
    m_sign->setText(role == theme::Role::Added ? u"✓"_s : role == theme::Role::Warning ? u"⚠"_s : u"✕"_s);
    for (QLabel* label : {m_sign, m_verdict}) {
        QPalette colours = label->palette();
        colours.setColor(QPalette::WindowText, theme::color(role));
        label->setPalette(colours);
    }
    QPalette muted = m_live->palette();
    muted.setColor(QPalette::WindowText, theme::color(theme::Role::TextMuted));
    m_live->setPalette(muted);
}

void RehearsalView::show(std::shared_ptr<const rehearse::Rehearsal> rehearsal)
{
    {
        const QSignalBlocker quiet(m_tree);  // its items point into the last one
        m_tree->clear();
    }
    m_rehearsal = std::move(rehearsal);
    m_verdict->setText(m_rehearsal->sentence());
    m_live->setText(
        m_rehearsal->liveIsUntouched()
            ? tr("The live database is untouched: its checksum was and is %1.")
                  .arg(m_rehearsal->checksumBefore)
            : tr("Another program wrote to the live database meanwhile (checksum %1, now %2). The rehearsal "
                 "only read it.")
                  .arg(m_rehearsal->checksumBefore, m_rehearsal->checksumAfter));
    addLost();
    addBrokenSql();
    addTables(tr("Rows that change"), m_rehearsal->rows);
    addStructure();
    addRuns();
    m_tree->expandAll();
    paintVerdict();
    m_rowsPart->hide();
    // The first table with rows is what one wants to see.
    for (QTreeWidgetItem* item : m_tree->findItems(QString(), Qt::MatchContains | Qt::MatchRecursive)) {
        if (item->data(What, tableRole).isValid()) {
            m_tree->setCurrentItem(item);
            break;
        }
    }
    m_tree->scrollToTop();
}

bool RehearsalView::isAbout(const QString& version) const
{
    return m_rehearsal && std::ranges::any_of(m_rehearsal->steps, [&](const apply::Step& step) {
               return step.migration.version == version;
           });
}

QTreeWidgetItem* RehearsalView::section(const QString& title)
{
    auto* item = new QTreeWidgetItem(m_tree, {title});
    QFont bold = theme::textFont();
    bold.setBold(true);
    item->setFont(What, bold);
    return item;
}

void RehearsalView::addLost()
{
    QStringList lines;
    if (const auto& failure = m_rehearsal->failure)
        lines << failure->oneLine();
    lines += m_rehearsal->broken;
    for (const rehearse::Judgement& one : m_rehearsal->judgements) {
        for (const change::Change& left : one.left)
            lines << tr("%1 leaves undone: %2").arg(one.migration.folder, change::sentence(left));
        if (one.verdict == rehearse::Verdict::NoDown)
            lines << (m_rehearsal->isRevert() ? tr("%1 could not be run again.") : tr("%1 has no way back."))
                         .arg(one.migration.folder);
    }
    if (!lines.isEmpty()) {
        QTreeWidgetItem* parent = section(tr("Problems"));
        for (const QString& line : std::as_const(lines))
            add(parent, {u"⚠ "_s + line});
    }
    addTables(tr("Does not come back"), m_rehearsal->notBack);
    const QStringList moved = park::lines({.parked = m_rehearsal->parked, .putBack = m_rehearsal->putBack});
    if (moved.isEmpty())
        return;
    QTreeWidgetItem* parent = section(tr("Parked on the copy"));
    for (const QString& line : moved)
        add(parent, {line});
}

void RehearsalView::addBrokenSql()
{
    if (m_rehearsal->brokenSql.isEmpty())
        return;
    QTreeWidgetItem* parent = section(tr("Queries that would run no more"));
    for (const rehearse::BrokenSql& one : m_rehearsal->brokenSql) {
        QTreeWidgetItem* item = add(parent, {u"⚠ "_s + one.sentence()});
        item->setToolTip(What, one.kept.sql + u"\n\n"_s + one.message);
    }
}

void RehearsalView::addTables(const QString& title, const QList<rehearse::TableRows>& tables)
{
    if (tables.isEmpty())
        return;
    QTreeWidgetItem* parent = section(title);
    for (const rehearse::TableRows& rows : tables) {
        QStringList more{rows.title()};
        for (const rehearse::ColumnValues& lost : rows.lost)
            more << tr("lost: %1").arg(park::valuesOf(lost.values, lost.column));
        for (const rehearse::ColumnValues& gained : rows.gained)
            more << tr("new: %1").arg(park::valuesOf(gained.values, gained.column));
        QTreeWidgetItem* item = add(parent, {more.join(u" · "_s), countsOf(rows), {}});
        item->setData(What, tableRole, QVariant::fromValue(static_cast<const void*>(&rows)));
    }
}

void RehearsalView::addStructure()
{
    QTreeWidgetItem* parent = nullptr;
    for (const rehearse::Judgement& one : m_rehearsal->judgements) {
        for (const change::Change& change : one.changes) {
            if (!parent)
                parent = section(tr("Structure"));
            add(parent, {change::sentence(change)});
        }
    }
}

void RehearsalView::addRuns()
{
    for (const rehearse::StepRun& run : m_rehearsal->runs) {
        const bool up = run.step.direction == apply::Direction::Up;
        QTreeWidgetItem* step = section((up ? u"↑ "_s : u"↓ "_s) + run.step.migration.folder);
        step->setText(Time, milliseconds(run.microseconds));
        step->setTextAlignment(Time, Qt::AlignRight | Qt::AlignVCenter);
        for (const rehearse::StatementRun& one : run.statements) {
            QTreeWidgetItem* item = add(step, {one.sent.text.simplified(), number(one.sent.rows),
                                               milliseconds(one.sent.microseconds)});
            item->setFont(What, theme::monoFont());
            item->setToolTip(What, one.sent.text);
            for (const rehearse::Lock& lock : one.locks)
                add(item, {tr("🔒 %1: %2 (%3)").arg(lock.relation, lock.consequence(), lock.mode)});
        }
    }
}

void RehearsalView::showRows()
{
    const QTreeWidgetItem* item = m_tree->currentItem();
    const QVariant place = item ? item->data(What, tableRole) : QVariant();
    if (!place.isValid())
        return;
    const auto& rows = *static_cast<const rehearse::TableRows*>(place.value<const void*>());
    m_rows->setRows(rows);
    const qint64 all = rows.added + rows.removed + rows.changed;
    m_rowsTitle->setText(
        rows.shown.size() < all
            ? tr("%1: the first %2 of %3 rows").arg(rows.title(), number(rows.shown.size()), number(all))
            : park::rowsOf(all, rows.title()));
    m_rowsPart->setVisible(!rows.shown.isEmpty());
    m_table->resizeColumnsToContents();
    m_table->setColumnWidth(0, theme::space::xxl);
    for (int column = 1; column < m_rows->columnCount(); ++column)
        m_table->setColumnWidth(column, qMin(m_table->columnWidth(column), theme::space::sidebarWidth));
}

QString RehearsalView::text() const
{
    QStringList lines{m_verdict->text(), m_live->text()};
    for (const QTreeWidgetItem* item : m_tree->findItems(QString(), Qt::MatchContains | Qt::MatchRecursive)) {
        QStringList cells;
        for (int column = 0; column < ColumnCount; ++column) {
            if (!item->text(column).isEmpty())
                cells << item->text(column);
        }
        lines << cells.join(u" | "_s);
    }
    return lines.join(u'\n');
}

}  // namespace dewpoint::rehearsal
