// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "inspect/inspector.h"

#include "inspect/cell_panel.h"
#include "inspect/past_view.h"
#include "inspect/record_form.h"
#include "inspect/record_model.h"
#include "inspect/row_compare.h"
#include "kit/elided_label.h"
#include "theme/theme.h"

#include <QApplication>
#include <QLabel>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::inspect {

Inspector::Inspector(QWidget* parent)
    : QFrame(parent)
    , m_model(new RecordModel(this))
    , m_pointing(new RecordModel(this))
    , m_stack(new QStackedWidget(this))
    , m_title(new kit::ElidedLabel(this))
    , m_form(new RecordForm(*m_model, this))
    , m_cell(new CellPanel(this))
    , m_halves(new QSplitter(Qt::Vertical))
    , m_compareTitle(new kit::ElidedLabel(this))
    , m_compare(new RowCompare(this))
    , m_referrersTitle(new QLabel(tr("Rows that point here"), this))
    , m_referrers(new RecordForm(*m_pointing, this))
{
    setObjectName(u"inspector"_s);
    setProperty("role", u"inspector"_s);
    setAccessibleName(tr("Inspector"));
    buildForm();
    buildReferrers();
    m_stack->addWidget(emptyPage());
    m_stack->addWidget(recordPage());
    m_stack->addWidget(comparePage());
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addWidget(m_stack);
    wireForm();
    wireCell();
}

void Inspector::wireForm()
{
    for (RecordForm* form : {m_form, m_referrers}) {
        connect(form->selectionModel(), &QItemSelectionModel::currentChanged, this,
                [this, form](const QModelIndex& current) { showLine(form, current); });
        connect(form, &RecordForm::jumpAsked, this,
                [this, form](const QModelIndex& index) { jump(form, index); });
    }
    connect(m_form, &RecordForm::openAsked, this, [this](const QModelIndex& index) {
        m_model->retry(index);
        if (m_form->isOwn(index))
            Q_EMIT editRequested(index.row());
        else
            jump(m_form, index);
    });
    connect(m_referrers, &RecordForm::openAsked, this, [this](const QModelIndex& index) {
        m_pointing->retry(index);
        jump(m_referrers, index);
    });
    connect(m_referrers, &RecordForm::linesChanged, this, &Inspector::fitReferrers);
}

void Inspector::wireCell()
{
    connect(m_cell, &CellPanel::editRequested, this, [this] { Q_EMIT editRequested(currentField()); });
    connect(m_cell, &CellPanel::saveRequested, this,
            [this](const QString& path) { Q_EMIT saveRequested(currentField(), path); });
    connect(m_cell, &CellPanel::loadRequested, this,
            [this](const QString& path) { Q_EMIT loadRequested(currentField(), path); });
    connect(m_cell, &CellPanel::copyRequested, this, [this] { Q_EMIT copyRequested(currentField()); });
    connect(m_cell, &CellPanel::referenceRequested, this, [this] {
        const bool below = m_referrers->hasFocus() || !m_form->isOwn(m_form->currentIndex());
        jump(below && m_referrers->hasFocus() ? m_referrers : m_form,
             below && m_referrers->hasFocus() ? m_referrers->currentIndex() : m_form->currentIndex());
    });
    connect(m_cell, &CellPanel::wholeRequested, this, [this](const QString& name) {
        const QList<Field>& fields = m_model->record().fields;
        const auto field = std::ranges::find(fields, name, &Field::name);
        if (field != fields.end())
            Q_EMIT wholeRequested(static_cast<int>(field - fields.begin()));
    });
    connect(m_cell, &CellPanel::textStaged, this, [this](const QString& name, const QByteArray& text) {
        const QList<Field>& fields = m_model->record().fields;
        const auto field = std::ranges::find(fields, name, &Field::name);
        if (field != fields.end())
            Q_EMIT textStaged(static_cast<int>(field - fields.begin()), text);
    });
    connect(m_cell, &CellPanel::undoAsked, this, &Inspector::undoAsked);
    connect(m_cell, &CellPanel::enlarged, this, &Inspector::enlarge);
    connect(m_cell, &CellPanel::pastShown, this, &Inspector::pastWanted);
    connect(&m_cell->past(), &PastView::left, this, [this] {
        m_cell->showPast(false);
        m_form->setFocus();
    });
}

QWidget* Inspector::emptyPage()
{
    auto* page = new QWidget(m_stack);
    auto* title = new QLabel(tr("Select a cell"), page);
    title->setObjectName(u"inspectorEmpty"_s);
    title->setProperty("role", u"heading"_s);
    auto* hint = new QLabel(tr("Its row and its whole value appear here."), page);
    hint->setProperty("role", u"muted"_s);
    auto* column = new QVBoxLayout(page);
    column->setSpacing(theme::space::xs);
    column->addStretch();
    for (QLabel* label : {title, hint}) {
        label->setAlignment(Qt::AlignCenter);
        label->setWordWrap(true);
        column->addWidget(label);
    }
    column->addStretch();
    return page;
}

void Inspector::buildForm()
{
    m_form->setObjectName(u"inspectorForm"_s);
    m_form->setAccessibleName(tr("Fields of the row"));
    m_form->setAccessibleDescription(
        tr("Right unfolds the row that a foreign key points to, Left folds it, F12 goes there."));
}

QWidget* Inspector::recordPage()
{
    using namespace theme;
    m_title->setObjectName(u"inspectorTitle"_s);
    m_title->setProperty("role", u"heading"_s);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setContentsMargins(space::m, space::s, space::m, space::s);
    m_halves->setObjectName(u"inspectorHalves"_s);
    m_halves->addWidget(m_form);
    m_halves->addWidget(m_cell);
    m_halves->setStretchFactor(0, 3);
    m_halves->setStretchFactor(1, 2);
    m_halves->setChildrenCollapsible(false);
    auto* page = new QWidget(m_stack);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_title);
    column->addWidget(m_halves, 1);
    column->addWidget(m_referrersTitle);
    column->addWidget(m_referrers);
    return page;
}

void Inspector::setRelatedSource(const RelatedSource& source)
{
    m_model->setSource(source);
    m_pointing->setSource(source);
}

void Inspector::setRecord(const Record& record)
{
    if (record.current < 0 || record.current >= record.fields.size())
        return clear();
    const bool sameRow = !record.place.isEmpty() && record.place == m_model->record().place;
    const bool sameField = sameRow && record.current == m_model->record().current;
    m_model->setRecord(record);
    m_title->setText(record.tableTitle);
    m_stack->setCurrentIndex(1);
    // News of the same cell do not take a line away that was chosen in the form.
    const QModelIndex chosen = m_form->currentIndex();
    if (sameField && chosen.isValid() && !m_form->isOwn(chosen))
        return;
    const QModelIndex current = sameField && chosen.isValid() ? chosen : m_model->index(record.current, 0);
    if (m_form->currentIndex() == current)
        return showLine(m_form, current);
    m_form->setCurrentIndex(current);
    m_form->scrollTo(current);
}

QWidget* Inspector::comparePage()
{
    m_compareTitle->setObjectName(u"inspectorCompareTitle"_s);
    m_compareTitle->setProperty("role", u"heading"_s);
    m_compareTitle->setContentsMargins(theme::space::m, theme::space::s, theme::space::m, theme::space::s);
    auto* page = new QWidget(m_stack);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_compareTitle);
    column->addWidget(m_compare, 1);
    return page;
}

void Inspector::setRecords(const QList<Record>& records)
{
    m_compareTitle->setText(tr("%1 rows of %2").arg(records.size()).arg(records.first().tableTitle));
    m_compare->setRecords(records);
    m_stack->setCurrentIndex(2);
}

void Inspector::buildReferrers()
{
    using namespace theme;
    m_referrersTitle->setProperty("role", u"heading"_s);
    m_referrersTitle->setContentsMargins(space::m, space::s, space::m, space::xs);
    m_referrers->setObjectName(u"inspectorReferrers"_s);
    m_referrers->setAccessibleName(tr("Rows that point to this one"));
    m_referrers->setToolTip(tr("Right unfolds the first rows, Return shows all of them in their table."));
    setReferrers({});
}

void Inspector::setReferrers(const QList<Referrer>& referrers)
{
    m_pointing->setReferrers(referrers);
    const bool any = !referrers.isEmpty() && !m_large;
    m_referrersTitle->setVisible(any);
    m_referrers->setVisible(any);
    fitReferrers();
}

/// As high as what is unfolded, but the row itself keeps its place.
void Inspector::fitReferrers()
{
    constexpr int mostFolded = 5;
    constexpr int mostLines = 12;
    const bool unfolded =
        m_referrers->linesHeight(mostLines) > m_referrers->linesHeight(m_pointing->rowCount());
    const int wanted = m_referrers->linesHeight(unfolded ? mostLines : mostFolded) + theme::space::s;
    m_referrers->setFixedHeight(
        std::min(wanted, std::max(height() / 3, theme::space::rowHeight * mostFolded)));
}

void Inspector::focusReferrers()
{
    enlarge(false);
    m_referrers->setCurrentIndex(m_pointing->index(0, 0));
    m_referrers->setFocus();
}

void Inspector::focusRow()
{
    enlarge(false);
    if (m_stack->currentIndex() == 2)
        m_compare->setFocus();
    else
        m_form->setFocus();
}

void Inspector::enlarge(bool on)
{
    m_large = on;
    m_cell->showEnlarged(on);
    m_form->setVisible(!on);
    const bool any = m_pointing->rowCount() > 0 && !on;
    m_referrersTitle->setVisible(any);
    m_referrers->setVisible(any);
}

void Inspector::clear()
{
    m_model->setRecord({});
    m_stack->setCurrentIndex(0);
}

/// What is edited of the cell before is staged first, which may bring a new record.
void Inspector::showLine(const RecordForm* form, const QModelIndex& index)
{
    const RecordModel* model = form == m_form ? m_model : m_pointing;
    const Field* field = model->field(index);
    if (!field)
        return;
    const Field shown = *field;
    const QString place = form->isOwn(index) ? m_model->record().place : QString();
    m_cell->setField(shown, place);
    if (showsPast())
        Q_EMIT pastWanted();
}

PastView& Inspector::past()
{
    return m_cell->past();
}

bool Inspector::showsPast() const
{
    return isVisible() && m_stack->currentIndex() == 1 && m_cell->showsPast();
}

void Inspector::togglePast()
{
    const bool on = !showsPast() || !past().isAncestorOf(QApplication::focusWidget());
    m_cell->showPast(on);
    if (on)
        past().focusList();
    else
        m_form->setFocus();
}

void Inspector::jump(const RecordForm* form, const QModelIndex& index)
{
    if (form == m_form && m_form->isOwn(index))
        return Q_EMIT openReference(index.row());
    if (form == m_referrers && form->isOwn(index))
        return Q_EMIT referrerRequested(index.row());
    const RecordModel* model = form == m_form ? m_model : m_pointing;
    if (const auto link = model->linkAt(index))
        Q_EMIT linkRequested(*link);
}

void Inspector::setWhole(const QString& place, const QString& field, const Value& value)
{
    m_cell->setWhole(place, field, value);
}

void Inspector::finishEditing()
{
    m_cell->finishEditing();
}

bool Inspector::showsJson() const
{
    return isVisible() && m_stack->currentIndex() == 1 && m_cell->showsJson();
}

bool Inspector::showsArray() const
{
    return isVisible() && m_stack->currentIndex() == 1 && m_cell->showsArray();
}

void Inspector::focusDocument()
{
    m_cell->focusDocument();
}

QList<kit::Command> Inspector::commands()
{
    const auto where = [](QList<kit::Command> commands, const std::function<bool()>& shown) {
        for (kit::Command& command : commands) {
            command.enabledWhen = [shown, before = command.enabledWhen] {
                return shown() && (!before || before());
            };
        }
        return commands;
    };
    return where(m_cell->jsonCommands(), [this] { return showsJson(); })
           + where(m_cell->arrayCommands(), [this] { return showsArray(); });
}

int Inspector::currentField() const
{
    const QModelIndex current = m_form->currentIndex();
    return m_form->isOwn(current) ? current.row() : -1;
}

}  // namespace dewpoint::inspect
