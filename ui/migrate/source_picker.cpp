// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "migrate/source_picker.h"

#include "store/connections.h"
#include "theme/theme.h"

#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace dewpoint::migrate {

namespace {

using Kind = SchemaSource::Kind;

constexpr int fewest = 12;  // letters of a list that gives way in a narrow window

QHBoxLayout* rowIn(QWidget* parent)
{
    auto* row = new QHBoxLayout(parent);
    row->setContentsMargins({});
    row->setSpacing(theme::space::s);
    return row;
}

}  // namespace

SourcePicker::SourcePicker(const QString& name, const QString& title, QWidget* parent)
    : QWidget(parent)
    , m_name(name)
    , m_title(title)
    , m_kind(new QComboBox(this))
    , m_stack(new QStackedWidget(this))
    , m_problem(new QLabel(this))
{
    setObjectName(name);
    m_kind->setObjectName(name + u"Kind"_s);
    m_kind->setAccessibleName(title);
    for (const Kind kind :
         {Kind::ThisDatabase, Kind::OtherDatabase, Kind::Sql, Kind::Migrations, Kind::Empty})
        m_kind->addItem(titleOf(kind));
    m_ownName = note(u"Own"_s);
    m_stack->addWidget(m_ownName);
    m_stack->addWidget(buildOther());
    m_stack->addWidget(buildSql());
    m_stack->addWidget(buildMigrations());
    auto* nothing = note(u"Nothing"_s);
    nothing->setText(tr("no table at all"));
    m_stack->addWidget(nothing);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(theme::space::xs);
    auto* chosen = new QWidget(this);
    auto* row = rowIn(chosen);
    row->addWidget(m_kind);
    row->addWidget(m_stack, 1);
    column->addWidget(chosen);
    m_problem->setObjectName(name + u"Problem"_s);
    m_problem->setProperty("role", u"problem"_s);
    m_problem->setContentsMargins(theme::space::s, theme::space::xs, theme::space::s, theme::space::xs);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_problem->setWordWrap(true);
    m_problem->hide();
    column->addWidget(m_problem);
    setFocusProxy(m_kind);
    connect(m_kind, &QComboBox::activated, this, [this] {
        showKind();
        Q_EMIT changed();
    });
}

QLabel* SourcePicker::note(const QString& name)
{
    auto* label = new QLabel(this);
    label->setObjectName(m_name + name);
    label->setProperty("role", u"muted"_s);
    label->setTextFormat(Qt::PlainText);
    label->setMinimumWidth(1);
    return label;
}

QLineEdit* SourcePicker::field(const QString& name, const QString& spoken)
{
    auto* edit = new QLineEdit(this);
    edit->setObjectName(m_name + name);
    edit->setAccessibleName(u"%1: %2"_s.arg(m_title, spoken));
    connect(edit, &QLineEdit::textEdited, this, &SourcePicker::changed);
    connect(edit, &QLineEdit::returnPressed, this, &SourcePicker::accepted);
    return edit;
}

QWidget* SourcePicker::buildOther()
{
    auto* page = new QWidget(this);
    m_address = new QComboBox(page);
    m_address->setObjectName(m_name + u"Address"_s);
    m_address->setEditable(true);
    m_address->setInsertPolicy(QComboBox::NoInsert);
    m_address->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_address->setMinimumContentsLength(fewest);
    m_address->setLineEdit(field(u"AddressText"_s, tr("address")));
    m_address->setAccessibleName(m_address->lineEdit()->accessibleName());
    m_address->lineEdit()->setPlaceholderText(tr("A file, postgres://… or service=NAME"));
    m_password = field(u"Password"_s, tr("password"));
    m_password->setEchoMode(QLineEdit::Password);
    m_password->setPlaceholderText(tr("Password"));
    m_password->hide();
    const auto another = [this] {
        m_password->clear();
        m_password->hide();
    };
    connect(m_address, &QComboBox::activated, this, [this, another] {
        another();
        Q_EMIT changed();
    });
    connect(m_address->lineEdit(), &QLineEdit::textEdited, this, another);
    auto* row = rowIn(page);
    row->addWidget(m_address, 2);
    row->addWidget(m_password, 1);
    return page;
}

QWidget* SourcePicker::buildSql()
{
    auto* page = new QWidget(this);
    m_path = field(u"Path"_s, tr("file or folder"));
    // What goes into the empty field; there is nothing behind it that is still to be written.
    m_path->setPlaceholderText(tr("A .sql file, a folder of them, or a Drizzle snapshot.json"));
    auto* row = rowIn(page);
    row->addWidget(m_path, 1);
    for (const bool folder : {false, true}) {
        auto* button = new QPushButton(folder ? tr("Folder…") : tr("File…"), page);
        button->setObjectName(m_name + (folder ? u"Folder"_s : u"File"_s));
        button->setAccessibleName(u"%1: %2"_s.arg(m_title, button->text()));
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this, [this, folder] { chooseFile(folder); });
        row->addWidget(button);
    }
    return page;
}

QWidget* SourcePicker::buildMigrations()
{
    auto* page = new QWidget(this);
    m_versions = new QComboBox(page);
    m_versions->setObjectName(m_name + u"Version"_s);
    m_versions->setAccessibleName(u"%1: %2"_s.arg(m_title, tr("up to which migration")));
    m_versions->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_versions->setMinimumContentsLength(fewest);
    m_versions->addItem(tr("all of them"), QString());
    m_place = note(u"Place"_s);
    auto* row = rowIn(page);
    row->addWidget(m_versions, 2);
    row->addWidget(m_place, 1);
    connect(m_versions, &QComboBox::activated, this, &SourcePicker::changed);
    return page;
}

/// What was open before, but for the window's own: the newest first.
void SourcePicker::fillAddresses()
{
    const QString typed = m_address->currentText();
    m_address->clear();
    for (const store::SavedConnection& connection : store::recentConnections()) {
        if (store::identityOf(connection.target) != store::identityOf(m_own))
            m_address->addItem(store::shownLocation(connection.target));
    }
    m_address->setEditText(typed);
}

void SourcePicker::setOwn(const drivers::Target& own)
{
    m_own = own;
    m_ownName->setText(own.displayName());
    m_ownName->setToolTip(store::shownLocation(own));
    fillAddresses();
}

void SourcePicker::setMigrations(const QList<project::Migration>& migrations, const QString& place)
{
    const QString version = m_versions->currentData().toString();
    while (m_versions->count() > 1)
        m_versions->removeItem(1);
    for (const project::Migration& migration : migrations)
        m_versions->addItem(
            tr("up to %1").arg(migration.folder.isEmpty() ? migration.name : migration.folder),
            migration.version);
    m_place->setText(place.isEmpty() ? tr("no project was found") : QString());
    m_place->setVisible(place.isEmpty());
    m_versions->setToolTip(place);
    showVersion(version);
}

/// One that is not listed, or not yet, stays chosen: the comparison says what is wrong with it.
void SourcePicker::showVersion(const QString& version)
{
    int index = m_versions->findData(version);
    if (index < 0) {
        m_versions->addItem(tr("up to %1").arg(version), version);
        index = m_versions->count() - 1;
    }
    m_versions->setCurrentIndex(index);
}

SchemaSource SourcePicker::source() const
{
    const auto kind = static_cast<Kind>(m_kind->currentIndex());
    switch (kind) {
    case Kind::OtherDatabase:
        return {.kind = kind, .text = m_address->currentText(), .password = m_password->text()};
    case Kind::Sql: return {.kind = kind, .text = m_path->text(), .password = {}};
    case Kind::Migrations:
        return {.kind = kind, .text = m_versions->currentData().toString(), .password = {}};
    case Kind::ThisDatabase:
    case Kind::Empty: break;
    }
    return {.kind = kind, .text = {}, .password = {}};
}

void SourcePicker::setSource(const SchemaSource& source)
{
    const QSignalBlocker quiet(this);
    m_kind->setCurrentIndex(static_cast<int>(source.kind));
    m_address->setEditText(source.kind == Kind::OtherDatabase ? source.text : QString());
    m_password->setText(source.password);
    m_password->setVisible(!source.password.isEmpty());
    m_path->setText(source.kind == Kind::Sql ? source.text : QString());
    showVersion(source.kind == Kind::Migrations ? source.text : QString());
    showKind();
}

void SourcePicker::showKind()
{
    m_stack->setCurrentIndex(m_kind->currentIndex());
    if (static_cast<Kind>(m_kind->currentIndex()) == Kind::OtherDatabase)
        fillAddresses();
}

void SourcePicker::askPassword()
{
    m_password->show();
    m_password->setFocus();
}

void SourcePicker::setProblem(const QString& problem)
{
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    m_kind->setAccessibleDescription(problem);
}

void SourcePicker::chooseFile(bool folder)
{
    auto* dialog =
        new QFileDialog(this, folder ? tr("Folder of SQL files") : tr("SQL file or Drizzle snapshot"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(folder ? QFileDialog::Directory : QFileDialog::ExistingFile);
    if (!folder)
        dialog->setNameFilters({tr("SQL files and snapshots (*.sql *.json)"), tr("SQL files (*.sql)"),
                                tr("Drizzle snapshots (*.json)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        m_path->setText(path);
        Q_EMIT changed();
    });
    dialog->open();
}

}  // namespace dewpoint::migrate
