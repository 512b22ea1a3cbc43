// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "inspect/past_view.h"

#include "inspect/past_delegate.h"
#include "inspect/record_model.h"
#include "theme/theme.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QListWidget>
#include <QLocale>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::inspect {

namespace {

PastView::Line::Kind kindOf(store::PastStep::Kind kind)
{
    switch (kind) {
    case store::PastStep::Kind::Made: return PastView::Line::Kind::Made;
    case store::PastStep::Kind::Changed: return PastView::Line::Kind::Changed;
    case store::PastStep::Kind::Deleted: return PastView::Line::Kind::Deleted;
    }
    std::unreachable();
}

/// "name Ada": what a row that came or went held.
QStringList valuesOf(const store::PastStep& step)
{
    constexpr qsizetype mostColumns = 8;
    QStringList values;
    for (const store::PastCell& cell : step.cells) {
        const std::optional<Value>& value = cell.after ? cell.after : cell.before;
        if (!value || values.size() == mostColumns)
            continue;
        values += cell.column + u' ' + (isNull(*value) ? u"NULL"_s : oneLine(*value));
    }
    return values;
}

}  // namespace

std::optional<Value> PastView::Line::older() const
{
    if (commit.isEmpty() || column.isEmpty())
        return {};
    return kind == Kind::Made ? after : before;
}

QList<PastView::Line> pastLines(const QList<store::PastStep>& steps, bool wholeRow)
{
    QList<PastView::Line> lines;
    for (const store::PastStep& step : steps) {
        PastView::Line line{.kind = kindOf(step.kind),
                            .commit = step.commit,
                            .at = step.at,
                            .column = {},
                            .before = {},
                            .after = {},
                            .byDatabase = step.byDatabase,
                            .takesBack = step.takesBack,
                            .values = {}};
        if (wholeRow && step.kind != store::PastStep::Kind::Changed) {
            line.values = valuesOf(step);
            lines += std::move(line);
            continue;
        }
        for (const store::PastCell& cell : step.cells) {
            line.column = cell.column;
            line.before = cell.before;
            line.after = cell.after;
            lines += line;
        }
    }
    return lines;
}

PastView::PastView(QWidget* parent)
    : QWidget(parent)
    , m_value(new QToolButton(this))
    , m_row(new QToolButton(this))
    , m_list(new QListWidget(this))
    , m_note(new QLabel(this))
    , m_older(new QPushButton(tr("Older ones…"), this))
    , m_stage(new QPushButton(tr("Stage this value"), this))
    , m_open(new QPushButton(tr("Open the commit"), this))
{
    setObjectName(u"inspectorPast"_s);
    build();
    connect(m_value, &QToolButton::clicked, this, &PastView::scopeChanged);
    connect(m_row, &QToolButton::clicked, this, &PastView::scopeChanged);
    connect(m_list, &QListWidget::currentRowChanged, this, &PastView::render);
    connect(m_list, &QListWidget::itemDoubleClicked, this, &PastView::stage);
    connect(m_stage, &QPushButton::clicked, this, &PastView::stage);
    connect(m_open, &QPushButton::clicked, this, &PastView::openCommit);
    connect(m_older, &QPushButton::clicked, this, &PastView::olderRequested);
    connect(&theme::Watch::instance(), &theme::Watch::changed, this, [this] { m_list->doItemsLayout(); });
    m_older->hide();
    render();
}

void PastView::build()
{
    m_list->setObjectName(u"pastList"_s);
    m_list->setAccessibleName(tr("History of the value"));
    m_list->setAccessibleDescription(
        tr("Return stages the older value, Ctrl+Return opens the commit, Escape shows the value again."));
    m_list->setItemDelegate(new PastDelegate(*this, m_list));
    m_list->setUniformItemSizes(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->installEventFilter(this);
    m_note->setObjectName(u"pastNote"_s);
    m_note->setProperty("role", u"muted"_s);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    m_note->setContentsMargins(theme::space::m, theme::space::s, theme::space::m, theme::space::s);
    m_older->setObjectName(u"pastOlder"_s);
    m_older->setFlat(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(buildScope());
    column->addWidget(m_list, 1);
    column->addWidget(m_older);
    column->addWidget(m_note);
    column->addWidget(buildFoot());
}

QWidget* PastView::buildScope()
{
    auto* bar = new QWidget(this);
    auto* group = new QButtonGroup(bar);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(theme::space::s, 0, theme::space::xs, theme::space::xs);
    row->setSpacing(0);
    for (const auto& [button, name, title] :
         {std::tuple{m_value, u"pastValue"_s, tr("This value")}, {m_row, u"pastRow"_s, tr("Whole row")}}) {
        button->setObjectName(name);
        button->setText(title);
        button->setAccessibleName(title);
        button->setCheckable(true);
        group->addButton(button);
        row->addWidget(button);
    }
    m_value->setChecked(true);
    row->addStretch();
    bar->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);  // on top, also where there is no list
    return bar;
}

QWidget* PastView::buildFoot()
{
    auto* foot = new QWidget(this);
    m_stage->setObjectName(u"pastStage"_s);
    m_open->setObjectName(u"pastCommit"_s);
    m_open->setToolTip(tr("Shows all that the commit did (Ctrl+Return)"));
    m_foot = new QBoxLayout(QBoxLayout::LeftToRight, foot);
    m_foot->setContentsMargins(theme::space::m, theme::space::xs, theme::space::m, theme::space::s);
    m_foot->setSpacing(theme::space::s);
    m_foot->addStretch();
    m_foot->addWidget(m_open);
    m_foot->addWidget(m_stage);
    return foot;
}

// In a narrow inspector the buttons stand one above the other.
void PastView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    const QMargins margins = m_foot->contentsMargins();
    const int wanted = m_open->sizeHint().width() + m_stage->sizeHint().width() + m_foot->spacing()
                       + margins.left() + margins.right();
    m_foot->setDirection(wanted > width() ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

bool PastView::isOfWholeRow() const
{
    return m_row->isChecked();
}

void PastView::tell(const QString& text)
{
    m_lines.clear();
    m_list->clear();
    m_older->hide();
    m_note->setText(text);
    render();
}

void PastView::show(const QList<Line>& lines, bool hasOlder, bool editable)
{
    const int before = m_list->currentRow();
    m_editable = editable;
    m_lines = lines;
    m_list->clear();
    for (const Line& line : lines) {
        QStringList said{whenText(line), howText(line), isOfWholeRow() ? line.column : QString()};
        said.removeAll(QString());
        auto* item = new QListWidgetItem(changeText(line), m_list);
        item->setData(Qt::AccessibleTextRole, said.join(u", "_s) + u": "_s + changeText(line));
        item->setToolTip(line.commit.isEmpty()
                             ? whenText(line)
                             : QLocale().toString(line.at.toLocalTime(), QLocale::LongFormat));
    }
    m_older->setVisible(hasOlder);
    m_note->setText(lines.isEmpty() && !hasOlder
                        ? tr("Nothing is known: only commits made through Dewpoint are kept.")
                    : hasOlder ? QString()
                               : tr("Only commits made through Dewpoint are known."));
    if (before >= 0)
        m_list->setCurrentRow(std::min(before, static_cast<int>(lines.size()) - 1));
    render();
    if (std::exchange(m_focusDue, false) && m_value->hasFocus() && !lines.isEmpty())
        focusList();
}

const PastView::Line* PastView::current() const
{
    const int row = m_list->currentRow();
    return row >= 0 && row < m_lines.size() ? &m_lines[row] : nullptr;
}

void PastView::render()
{
    const Line* line = current();
    const auto older = line ? line->older() : std::nullopt;
    m_list->setVisible(!m_lines.isEmpty());
    m_note->setVisible(!m_note->text().isEmpty());
    m_note->setAlignment(m_lines.isEmpty() ? Qt::AlignCenter : Qt::AlignLeft);
    m_stage->parentWidget()->setVisible(!m_lines.isEmpty());
    m_stage->setEnabled(m_editable && older);
    m_stage->setToolTip(older ? tr("Stages “%1” (Return)").arg(isNull(*older) ? u"NULL"_s : oneLine(*older))
                        : m_editable ? tr("Choose a line whose older value is known.")
                                     : tr("The cell cannot be edited."));
    m_open->setEnabled(line && !line->commit.isEmpty());
}

void PastView::focusList()
{
    if (m_list->isVisibleTo(this)) {
        if (m_list->currentRow() < 0)
            m_list->setCurrentRow(0);
        m_list->setFocus();
    } else {
        m_focusDue = true;
        m_value->setFocus();
    }
}

void PastView::stage()
{
    const Line* line = current();
    if (line && m_stage->isEnabled())
        Q_EMIT stageRequested(line->column, Value(*line->older()));
}

void PastView::openCommit()
{
    const Line* line = current();
    if (line && m_open->isEnabled())
        Q_EMIT commitRequested(QString(line->commit));
}

bool PastView::eventFilter(QObject* watched, QEvent* event)
{
    const bool override = event->type() == QEvent::ShortcutOverride;
    if (watched != m_list || (!override && event->type() != QEvent::KeyPress))
        return QWidget::eventFilter(watched, event);
    auto* key = static_cast<QKeyEvent*>(event);
    const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (!enter && key->key() != Qt::Key_Escape)
        return QWidget::eventFilter(watched, event);
    // Ctrl+Return commits elsewhere in the window.
    event->accept();
    if (override)
        return true;
    if (key->key() == Qt::Key_Escape)
        Q_EMIT left();
    else if (key->modifiers().testFlag(Qt::ControlModifier))
        openCommit();
    else
        stage();
    return true;
}

}  // namespace dewpoint::inspect
