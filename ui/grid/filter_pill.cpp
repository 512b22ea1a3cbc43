// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "grid/filter_pill.h"

#include "rows/input_check.h"
#include "theme/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QStyle>
#include <QTextCharFormat>
#include <QToolButton>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::grid {

namespace {

using rows::FilterOperator;

QList<std::pair<FilterOperator, QString>> operators()
{
    return {{FilterOperator::Equals, u"="_s},
            {FilterOperator::NotEquals, u"≠"_s},
            {FilterOperator::Less, u"<"_s},
            {FilterOperator::LessOrEqual, u"≤"_s},
            {FilterOperator::Greater, u">"_s},
            {FilterOperator::GreaterOrEqual, u"≥"_s},
            {FilterOperator::Contains, FilterPill::tr("contains")},
            {FilterOperator::StartsWith, FilterPill::tr("starts with")},
            {FilterOperator::EndsWith, FilterPill::tr("ends with")},
            {FilterOperator::IsNull, FilterPill::tr("is NULL")},
            {FilterOperator::IsNotNull, FilterPill::tr("is not NULL")}};
}

bool takesValue(FilterOperator op)
{
    return op != FilterOperator::IsNull && op != FilterOperator::IsNotNull;
}

/// A part of a text need not be one of the values.
bool takesPart(FilterOperator op)
{
    return op == FilterOperator::Contains || op == FilterOperator::StartsWith
           || op == FilterOperator::EndsWith;
}

}  // namespace

void FilterPill::build()
{
    setObjectName(u"filterPill"_s);
    setFrameShape(QFrame::StyledPanel);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(theme::space::xs, 0, theme::space::xs, 0);
    row->setSpacing(theme::space::xs);
    m_on = new QCheckBox(this);
    m_value = new QLineEdit(this);  // shown before addEnd() it would be a window
    m_value->setObjectName(u"filterValue"_s);
    m_value->setClearButtonEnabled(true);
    row->addWidget(m_on);
    connect(m_on, &QCheckBox::toggled, this, &FilterPill::changed);
    m_value->installEventFilter(this);
    connect(m_value, &QLineEdit::editingFinished, this, [this] {
        if (m_value->isModified())
            takeValue();
    });
}

void FilterPill::takeValue()
{
    m_value->setModified(false);
    setProblem(valueProblem());
    Q_EMIT changed();
}

void FilterPill::addEnd()
{
    layout()->addWidget(m_value);
    auto* remove = new QToolButton;
    remove->setObjectName(u"removeFilter"_s);
    remove->setIcon(theme::icon(u"window-close"_s));
    remove->setAutoRaise(true);
    remove->setToolTip(tr("Remove filter"));
    connect(remove, &QToolButton::clicked, this, &FilterPill::removed);
    layout()->addWidget(remove);
    // The keys go as the eye does.
    QWidget* before = m_on;
    for (QWidget* part : std::initializer_list<QWidget*>{m_column, m_operator, m_value, remove}) {
        if (part)
            setTabOrder(std::exchange(before, part), part);
    }
}

FilterPill::FilterPill(const rows::Relation& relation, const rows::Filter& filter, QWidget* parent)
    : QFrame(parent), m_columns(relation.columns), m_engine(relation.engine)
{
    build();
    m_column = new QComboBox;
    m_column->setObjectName(u"filterColumn"_s);
    for (const rows::RelationColumn& column : relation.columns)
        m_column->addItem(column.name);
    m_column->setCurrentText(filter.column);
    m_operator = new QComboBox;
    m_operator->setObjectName(u"filterOperator"_s);
    for (const auto& [op, title] : operators())
        m_operator->addItem(title, static_cast<int>(op));
    m_operator->setCurrentIndex(m_operator->findData(static_cast<int>(filter.op)));
    m_value->setText(filter.value);
    m_value->setPlaceholderText(tr("value"));
    m_value->setVisible(takesValue(filter.op));
    m_on->setChecked(filter.on);
    layout()->addWidget(m_column);
    layout()->addWidget(m_operator);
    addEnd();
    nameParts();
    offerValues();
    setProblem(valueProblem());
    connect(m_column, &QComboBox::activated, this, [this] {
        nameParts();
        offerValues();
        takeValue();
    });
    connect(m_operator, &QComboBox::activated, this, [this] {
        m_value->setVisible(takesValue(this->filter().op));
        takeValue();
    });
}

const rows::RelationColumn& FilterPill::column() const
{
    return m_columns[std::max(0, m_column->currentIndex())];
}

QStringList FilterPill::choices() const
{
    if (!m_column || m_columns.isEmpty())
        return {};
    if (rows::isBoolean(column(), m_engine))
        return m_engine == Engine::Postgres ? QStringList{u"true"_s, u"false"_s}
                                            : QStringList{u"1"_s, u"0"_s};
    return column().choices;
}

void FilterPill::offerValues()
{
    const QStringList values = choices();
    if (values.isEmpty())
        return m_value->setCompleter(nullptr);
    auto* completer = new QCompleter(values, m_value);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setFilterMode(Qt::MatchContains);
    m_value->setCompleter(completer);
    // A hint for the empty field; its accessible name is another.
    m_value->setPlaceholderText(tr("Down: %1").arg(values.join(u", "_s)));
    connect(completer, qOverload<const QString&>(&QCompleter::activated), this, &FilterPill::takeValue,
            Qt::QueuedConnection);
}

QString FilterPill::valueProblem() const
{
    const QStringList values = choices();
    const QString text = m_value->text();
    const auto op =
        m_operator ? static_cast<FilterOperator>(m_operator->currentData().toInt()) : FilterOperator::IsNull;
    if (values.isEmpty() || text.isEmpty() || !takesValue(op) || takesPart(op) || values.contains(text))
        return {};
    // PostgreSQL reads other words for true and false as well.
    const bool boolean = rows::isBoolean(column(), m_engine);
    if (boolean && m_engine == Engine::Postgres && rows::inputProblem(text, column(), m_engine).isEmpty())
        return {};
    return tr("%1 is none of the values of %2: %3.").arg(text, column().name, values.join(u", "_s));
}

void FilterPill::stepOperator(int by)
{
    if (!m_operator)
        return;
    const int count = m_operator->count();
    m_operator->setCurrentIndex((m_operator->currentIndex() + by + count) % count);
    Q_EMIT m_operator->activated(m_operator->currentIndex());
}

/// Down shows the values where there is a list of them; with Alt, Up and Down go through the comparisons.
bool FilterPill::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_value || event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    const int step = key->key() == Qt::Key_Down ? 1 : key->key() == Qt::Key_Up ? -1 : 0;
    if (step != 0 && key->modifiers().testFlag(Qt::AltModifier)) {
        stepOperator(step);
        return true;
    }
    if (step > 0 && m_value->completer()) {
        m_value->completer()->setCompletionPrefix({});
        m_value->completer()->complete();
        return true;
    }
    return QFrame::eventFilter(watched, event);
}

FilterPill::FilterPill(const QString& rawWhere, bool on, QWidget* parent) : QFrame(parent)
{
    build();
    m_value->setText(rawWhere);
    m_value->setFont(theme::monoFont());
    m_value->setPlaceholderText(tr("WHERE …"));
    m_value->setMinimumWidth(theme::space::sidebarWidth);
    // A condition is read as a whole: the box grows with it.
    const auto grow = [this] {
        const int text = m_value->fontMetrics().horizontalAdvance(m_value->text()) + 2 * theme::space::xxl;
        m_value->setMinimumWidth(std::clamp(text, theme::space::sidebarWidth, theme::space::startWidth));
    };
    connect(m_value, &QLineEdit::textChanged, this, grow);
    grow();
    m_on->setChecked(on);
    addEnd();
    nameParts();
}

/// There may be several pills, and who does not see them beside each other hears which one it is.
void FilterPill::nameParts()
{
    const QString about = m_column ? m_column->currentText() : tr("the WHERE condition");
    m_on->setAccessibleName(tr("Filter by %1").arg(about));
    findChild<QToolButton*>(u"removeFilter"_s)->setAccessibleName(tr("Remove the filter by %1").arg(about));
    m_value->setAccessibleName(m_column ? tr("Value for %1").arg(about) : tr("WHERE condition"));
    if (!m_column)
        return;
    m_column->setAccessibleName(tr("Column of the filter by %1").arg(about));
    m_operator->setAccessibleName(tr("Comparison with %1").arg(about));
}

bool FilterPill::isOn() const
{
    return m_on->isChecked();
}

rows::Filter FilterPill::filter() const
{
    const auto op = static_cast<FilterOperator>(m_operator->currentData().toInt());
    // A condition still without its value filters nothing.
    const bool ready = !takesValue(op) || (!m_value->text().isEmpty() && valueProblem().isEmpty());
    return {m_column->currentText(), op, m_value->text(), isOn() && ready};
}

QString FilterPill::rawWhere() const
{
    return m_value->text();
}

void FilterPill::setProblem(const QString& problem, int position)
{
    m_value->setProperty("problem", !problem.isEmpty());
    m_value->style()->unpolish(m_value);
    m_value->style()->polish(m_value);
    m_value->setToolTip(problem.toHtmlEscaped());
    m_value->setAccessibleDescription(problem);
    // A line edit draws formats only as those of a text that is being composed.
    QList<QInputMethodEvent::Attribute> marks;
    if (const QString text = m_value->text(); position >= 0 && position < text.size()) {
        qsizetype end = position + 1;
        while (end < text.size() && (text[end].isLetterOrNumber() || text[end] == u'_'))
            ++end;
        QTextCharFormat format;
        format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        format.setUnderlineColor(theme::color(theme::Role::Danger));
        format.setFontWeight(QFont::Bold);
        marks +=
            QInputMethodEvent::Attribute(QInputMethodEvent::TextFormat, position - m_value->cursorPosition(),
                                         static_cast<int>(end - position), format);
    }
    QInputMethodEvent event(QString(), marks);
    QCoreApplication::sendEvent(m_value, &event);
}

void FilterPill::focusValue()
{
    m_value->setFocus();
}

}  // namespace dewpoint::grid
