// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "migrate/new_migration.h"

#include "migrate/script_view.h"
#include "theme/theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace dewpoint::migrate {

namespace {

constexpr int shownLines = 8;

}  // namespace

NewMigration::NewMigration(Engine engine, QWidget* parent)
    : QWidget(parent)
    , m_name(new QLineEdit(this))
    , m_create(new QPushButton(tr("Create"), this))
    , m_discard(new QPushButton(tr("Discard"), this))
    , m_problem(new QLabel(this))
    , m_up(new ScriptView(engine, this))
    , m_down(new ScriptView(engine, this))
    , m_difference(new QPushButton(tr("From the database"), this))
    , m_wayBack(new QPushButton(tr("Work out"), this))
    , m_scripts(buildScripts(engine))
{
    setObjectName(u"newMigration"_s);
    auto* label = new QLabel(tr("&Name of the new migration"), this);
    label->setBuddy(m_name);
    m_name->setObjectName(u"migrationName"_s);
    m_name->setPlaceholderText(tr("add_weight_to_products"));
    m_create->setObjectName(u"createMigration"_s);
    auto* close = new QPushButton(tr("Close"), this);
    close->setObjectName(u"closeNewMigration"_s);
    close->setToolTip(tr("What is typed here stays. (Esc)"));
    m_discard->setObjectName(u"discardNewMigration"_s);
    m_problem->setObjectName(u"migrationNameProblem"_s);
    m_problem->setText(tr("The name becomes a file's name, so it cannot contain “/” or “\\”."));
    m_problem->setWordWrap(true);
    m_problem->hide();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(theme::space::m, theme::space::s, theme::space::m, theme::space::s);
    column->setSpacing(theme::space::s);
    auto* row = new QHBoxLayout;
    for (QWidget* widget : QList<QWidget*>{label, m_name, m_create, m_discard, close})
        row->addWidget(widget, widget == m_name ? 1 : 0);
    column->addLayout(row);
    column->addWidget(m_problem);
    column->addWidget(m_scripts);
    connect(m_name, &QLineEdit::textChanged, this, &NewMigration::refresh);
    connect(m_up, &ScriptView::textChanged, this, &NewMigration::refresh);
    connect(m_down, &ScriptView::textChanged, this, &NewMigration::refresh);
    connect(m_name, &QLineEdit::returnPressed, m_create, &QPushButton::click);
    connect(m_create, &QPushButton::clicked, this, &NewMigration::wanted);
    connect(m_difference, &QPushButton::clicked, this, &NewMigration::differenceWanted);
    connect(m_wayBack, &QPushButton::clicked, this, &NewMigration::wayBackWanted);
    connect(close, &QPushButton::clicked, this, &QWidget::hide);
    connect(m_discard, &QPushButton::clicked, this, &NewMigration::finish);
    connect(m_discard, &QPushButton::clicked, this, &NewMigration::discarded);
    refresh();
    hide();
}

// A script's highlighter changes its text once more when it goes, which is after this class's part.
NewMigration::~NewMigration()
{
    m_up->disconnect(this);
    m_down->disconnect(this);
}

QWidget* NewMigration::buildScripts(Engine engine)
{
    const QString server = sql::engineName(engine);
    m_up->setObjectName(u"newUp"_s);
    m_up->setPlaceholderText(tr("SQL for %1. Empty: the file as the project's tool makes it.").arg(server));
    m_down->setObjectName(u"newDown"_s);
    m_down->setPlaceholderText(tr("SQL that takes it back."));
    m_difference->setObjectName(u"fillFromDatabase"_s);
    m_difference->setToolTip(
        tr("Fills in what this database has and the migrations do not make, and the way back."));
    m_wayBack->setObjectName(u"workOutDown"_s);
    m_wayBack->setToolTip(tr("Tries the up SQL on a scratch database behind the migrations, and fills in "
                             "what takes the schema back."));
    auto* scripts = new QWidget(this);
    auto* row = new QHBoxLayout(scripts);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(theme::space::m);
    row->addWidget(buildScript(m_up, tr("&Up"), m_difference));
    row->addWidget(buildScript(m_down, tr("D&own"), m_wayBack));
    return scripts;
}

QWidget* NewMigration::buildScript(ScriptView* script, const QString& title, QPushButton* fill)
{
    auto* part = new QWidget(this);
    auto* label = new QLabel(title, part);
    label->setBuddy(script);
    script->setWritable();
    script->setFixedHeight(script->fontMetrics().lineSpacing() * shownLines);
    script->setAccessibleName(QString(title).remove(u'&'));
    auto* head = new QHBoxLayout;
    head->addWidget(label);
    head->addStretch(1);
    head->addWidget(fill);
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(theme::space::xs);
    column->addLayout(head);
    column->addWidget(script);
    return part;
}

void NewMigration::begin()
{
    show();
    m_name->setFocus();
}

void NewMigration::finish()
{
    restoreState({});
    hide();
}

void NewMigration::setTakesSql(bool yes)
{
    m_scripts->setVisible(yes);
}

void NewMigration::setWaiting(bool yes)
{
    m_waiting = yes;
    refresh();
}

QString NewMigration::name() const
{
    return m_name->text().trimmed().replace(u' ', u'_');
}

QString NewMigration::up() const
{
    return m_up->text();
}

QString NewMigration::down() const
{
    return m_down->text();
}

void NewMigration::fill(const QString& up, const QString& down)
{
    m_up->replaceText(up);
    m_down->replaceText(down);
    m_up->setFocus();
}

void NewMigration::fillDown(const QString& down)
{
    m_down->replaceText(down);
    m_down->setFocus();
}

void NewMigration::suggestName(const QString& name)
{
    if (m_name->text().trimmed().isEmpty())
        m_name->setText(name);
    m_name->selectAll();
}

bool NewMigration::isBlank() const
{
    return m_name->text().trimmed().isEmpty() && up().trimmed().isEmpty() && down().trimmed().isEmpty();
}

QJsonObject NewMigration::saveState() const
{
    if (isBlank())
        return {};
    return {{u"name"_s, m_name->text()}, {u"up"_s, up()}, {u"down"_s, down()}, {u"stands"_s, m_stands}};
}

void NewMigration::restoreState(const QJsonObject& state)
{
    m_name->setText(state[u"name"_s].toString());
    m_up->showScript(state[u"up"_s].toString());
    m_down->showScript(state[u"down"_s].toString());
    m_stands = state[u"stands"_s].toBool();
    setVisible(!isBlank());
}

void NewMigration::refresh()
{
    const QString text = m_name->text();
    const bool isPath = text.contains(u'/') || text.contains(u'\\');
    m_problem->setVisible(isPath);
    m_create->setEnabled(!m_waiting && !text.trimmed().isEmpty() && !isPath);
    m_discard->setEnabled(!isBlank());
    m_difference->setEnabled(!m_waiting);
    m_wayBack->setEnabled(!m_waiting && !up().trimmed().isEmpty());
    Q_EMIT edited();
}

void NewMigration::keyPressEvent(QKeyEvent* event)
{
    if (event->key() != Qt::Key_Escape)
        return QWidget::keyPressEvent(event);
    hide();
    Q_EMIT left();
}

}  // namespace dewpoint::migrate
