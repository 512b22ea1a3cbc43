// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
// What a structure page is made of.
#include "design/part_forms.h"
#include "design/part_tree.h"
#include "design/structure_page.h"
#include "kit/announce.h"
#include "theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace dewpoint::design {

using namespace schema;

QWidget* StructurePage::buildEditor()
{
    auto* editor = new QWidget(this);
    m_lock = new QLabel(editor);
    m_lock->setObjectName(u"structureLock"_s);
    m_lock->setProperty("role", u"consequence"_s);
    kit::announceTexts(m_lock);
    m_lock->setWordWrap(true);
    m_lock->setMargin(theme::space::s);
    auto* halves = new QSplitter(editor);
    m_parts = new PartTree(halves);
    halves->addWidget(m_parts);
    halves->addWidget(buildForms());
    halves->setStretchFactor(0, 1);
    halves->setStretchFactor(1, 1);
    halves->setChildrenCollapsible(false);
    halves->setSizes({theme::space::messageWidth, theme::space::messageWidth});
    auto* column = new QVBoxLayout(editor);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(buildTools());
    column->addWidget(m_lock);
    column->addWidget(halves, 1);
    column->addWidget(buildFoot());
    connect(m_parts, &PartTree::chosenChanged, this, &StructurePage::renderForm);
    connect(m_parts, &PartTree::dropRequested, this, &StructurePage::dropOrRestore);
    connect(m_parts, &PartTree::editRequested, this, [this] {
        if (Form* form = shownForm())
            form->focusFirst();
    });
    return editor;
}

QWidget* StructurePage::buildTools()
{
    auto* bar = new QWidget(this);
    const auto tool = [bar](const QString& name, const QString& text, const QString& icon) {
        auto* made = new QToolButton(bar);
        made->setObjectName(name);
        made->setText(text);
        made->setIcon(theme::icon(icon));
        made->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        connect(&theme::Watch::instance(), &theme::Watch::changed, made,
                [made, icon] { made->setIcon(theme::icon(icon)); });
        return made;
    };
    m_add = tool(u"addPart"_s, tr("Add"), u"list-add"_s);
    m_add->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(m_add);
    menu->addAction(tr("Column"), this, &StructurePage::addColumn);
    menu->addAction(tr("Primary key"), this, [this] { addConstraint(ConstraintKind::PrimaryKey); });
    menu->addAction(tr("Unique key"), this, [this] { addConstraint(ConstraintKind::Unique); });
    menu->addAction(tr("Foreign key"), this, [this] { addConstraint(ConstraintKind::ForeignKey); });
    menu->addAction(tr("Check"), this, [this] { addConstraint(ConstraintKind::Check); });
    if (m_session.target().engine == Engine::Postgres)
        menu->addAction(tr("Exclusion"), this, [this] { addConstraint(ConstraintKind::Exclusion); });
    menu->addAction(tr("Index"), this, &StructurePage::addIndex);
    menu->addAction(tr("Trigger"), this, &StructurePage::addTrigger);
    m_add->setMenu(menu);
    m_drop = tool(u"dropPart"_s, tr("Drop"), u"edit-delete"_s);
    m_up = tool(u"moveUp"_s, tr("Up"), u"go-up"_s);
    m_down = tool(u"moveDown"_s, tr("Down"), u"go-down"_s);
    m_undo = tool(u"undoStructure"_s, tr("Undo"), u"edit-undo"_s);
    m_redo = tool(u"redoStructure"_s, tr("Redo"), u"edit-redo"_s);
    connect(m_drop, &QToolButton::clicked, this, &StructurePage::dropOrRestore);
    connect(m_up, &QToolButton::clicked, this, [this] { moveChosen(-1); });
    connect(m_down, &QToolButton::clicked, this, [this] { moveChosen(1); });
    connect(m_undo, &QToolButton::clicked, this, [this] { m_staging.undo(); });
    connect(m_redo, &QToolButton::clicked, this, [this] { m_staging.redo(); });
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(theme::space::s, theme::space::xs, theme::space::s, theme::space::xs);
    row->setSpacing(theme::space::xs);
    for (QToolButton* each : {m_add, m_drop, m_up, m_down, m_undo, m_redo})
        row->addWidget(each);
    m_origin = new QLabel(bar);
    m_origin->setObjectName(u"structureOrigin"_s);
    m_origin->setProperty("role", u"muted"_s);
    m_origin->setFont(theme::smallFont());
    m_origin->setTextFormat(Qt::PlainText);
    m_origin->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_origin->setMinimumWidth(1);
    m_history = tool(u"structureHistory"_s, tr("History"), u"chronometer"_s);
    m_history->setToolTip(tr("Which migration made it: in the time machine"));
    connect(m_history, &QToolButton::clicked, this,
            [this] { Q_EMIT historyRequested(m_id.schema, m_id.name); });
    row->addWidget(m_origin, 1);
    row->addWidget(m_history);
    return bar;
}

QWidget* StructurePage::buildForms()
{
    const Engine engine = m_session.target().engine;
    m_forms = new QStackedWidget(this);
    m_table = new TableForm(engine);
    m_column = new ColumnForm(engine);
    m_constraint = new ConstraintForm(engine);
    m_index = new IndexForm(engine);
    m_trigger = new TriggerForm(engine);
    m_forms->addWidget(new QWidget(m_forms));
    for (Form* form : QList<Form*>{m_table, m_column, m_constraint, m_index, m_trigger})
        m_forms->addWidget(form);
    // As wide as the form that is shown asks for, not as the widest of all.
    connect(m_forms, &QStackedWidget::currentChanged, m_forms, [forms = m_forms](int shown) {
        for (int i = 0; i < forms->count(); ++i)
            forms->widget(i)->setSizePolicy(i == shown ? QSizePolicy::Preferred : QSizePolicy::Ignored,
                                            QSizePolicy::Preferred);
    });
    auto* inner = new QWidget(this);
    auto* column = new QVBoxLayout(inner);
    column->setContentsMargins(theme::space::l, theme::space::m, theme::space::l, theme::space::m);
    column->addWidget(m_forms);
    auto* area = new QScrollArea(this);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidget(inner);
    area->viewport()->setAutoFillBackground(false);
    inner->setAutoFillBackground(false);
    return area;
}

QWidget* StructurePage::buildFoot()
{
    auto* foot = new QWidget(this);
    m_summary = new QLabel(foot);
    m_summary->setObjectName(u"structureSummary"_s);
    m_summary->setProperty("role", u"muted"_s);
    m_summary->setMinimumWidth(1);
    m_discard = new QPushButton(tr("Discard"), foot);
    m_discard->setObjectName(u"discardStructure"_s);
    m_discard->setToolTip(tr("Takes back all structure edits, of every table. Undo brings them back."));
    m_review = new QPushButton(tr("Review…"), foot);
    m_review->setObjectName(u"reviewStructure"_s);
    m_review->setProperty("primary", true);
    for (QPushButton* each : {m_discard, m_review})
        each->setAutoDefault(false);
    connect(m_discard, &QPushButton::clicked, this, &StructurePage::discardAll);
    connect(m_review, &QPushButton::clicked, this, &StructurePage::review);
    auto* row = new QHBoxLayout(foot);
    row->setContentsMargins(theme::space::m, theme::space::s, theme::space::m, theme::space::s);
    row->setSpacing(theme::space::s);
    row->addWidget(m_summary, 1);
    row->addWidget(m_discard);
    row->addWidget(m_review);
    return foot;
}

void StructurePage::wireForms()
{
    for (Form* form : QList<Form*>{m_table, m_column, m_constraint, m_index, m_trigger})
        connect(form, &Form::edited, this, &StructurePage::stageForm);
}

}  // namespace dewpoint::design
