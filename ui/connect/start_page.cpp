// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "connect/start_page.h"

#include "connect/recent_delegate.h"
#include "kit/plain_tip.h"
#include "theme/theme.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

namespace dewpoint::connect {

namespace {

QPushButton* choice(const QString& objectName, const QString& icon, const QString& title,
                    theme::Role role = theme::Role::TextMuted)
{
    auto* button = new QPushButton(theme::icon(icon, role), title);
    button->setObjectName(objectName);
    QObject::connect(&theme::Watch::instance(), &theme::Watch::changed, button,
                     [button, icon, role] { button->setIcon(theme::icon(icon, role)); });
    return button;
}

QLabel* label(const QString& text, const char* role)
{
    auto* made = new QLabel(text);
    made->setProperty("role", QString::fromLatin1(role));
    made->setWordWrap(true);
    return made;
}

}  // namespace

StartPage::StartPage(QWidget* parent)
    : QWidget(parent)
    , m_address(new QLineEdit)
    , m_guard(new QComboBox)
    , m_environment(new QComboBox)
    , m_problem(label({}, "danger"))
    , m_recent(new QListWidget)
{
    setObjectName(QStringLiteral("startPage"));
    auto* columns = new QHBoxLayout;
    columns->setSpacing(theme::space::xxl);
    columns->addWidget(buildOpen(), 1);
    columns->addWidget(buildRecent(), 1);
    auto* centre = new QWidget;
    centre->setMaximumWidth(theme::space::startWidth);
    auto* inner = new QVBoxLayout(centre);
    inner->addWidget(label(tr("Dewpoint"), "title"));
    inner->addWidget(label(tr("Change anything, see exactly what will happen, and take it back."), "muted"));
    inner->addSpacing(theme::space::xl);
    inner->addLayout(columns);
    auto* layout = new QGridLayout(this);
    layout->setContentsMargins(theme::space::xl, theme::space::xxl, theme::space::xl, theme::space::xl);
    layout->addWidget(centre, 0, 1);
    layout->setColumnStretch(0, 1);
    layout->setColumnStretch(1, 100);
    layout->setColumnStretch(2, 1);
    layout->setRowStretch(1, 1);
    reload();
}

QWidget* StartPage::buildOpen()
{
    auto* open = choice(QStringLiteral("openFile"), QStringLiteral("document-open"), tr("Open SQLite file…"));
    auto* create = choice(QStringLiteral("newFile"), QStringLiteral("document-new"), tr("New SQLite file…"));
    auto* folder =
        choice(QStringLiteral("openFolder"), QStringLiteral("folder-open"), tr("Open project folder…"));
    auto* demo =
        choice(QStringLiteral("openDemo"), QStringLiteral("help-hint"), tr("Look at the sample shop"));
    auto* go = choice(QStringLiteral("connect"), QStringLiteral("network-connect"), tr("Connect"),
                      theme::Role::AccentText);
    go->setProperty("primary", true);
    m_address->setObjectName(QStringLiteral("address"));
    m_address->setPlaceholderText(QStringLiteral("postgres://user@localhost:5432/database"));
    m_address->setAccessibleName(tr("Database address"));
    m_guard->setObjectName(QStringLiteral("guard"));
    m_guard->addItems({tr("Write freely"), tr("Confirm writes"), tr("Read only")});
    m_environment->addItems(
        {tr("No environment"), tr("Development"), tr("Test"), tr("Staging"), tr("Production")});
    m_problem->hide();

    auto* form = new QFormLayout;
    form->addRow(tr("Address"), m_address);
    form->addRow(tr("Guard"), m_guard);
    form->addRow(tr("Environment"), m_environment);
    auto* widget = new QWidget;
    auto* layout = new QVBoxLayout(widget);
    layout->setContentsMargins({});
    layout->setSpacing(theme::space::s);
    layout->addWidget(label(tr("Open"), "heading"));
    for (QPushButton* button : {open, create, folder, demo})
        layout->addWidget(button);
    layout->addSpacing(theme::space::l);
    layout->addWidget(label(tr("Connect to PostgreSQL, or by path"), "heading"));
    layout->addLayout(form);
    layout->addWidget(m_problem);
    layout->addWidget(go, 0, Qt::AlignRight);
    layout->addStretch(1);

    QObject::connect(m_guard, &QComboBox::activated, this, [this] { m_guardChosen = true; });
    QObject::connect(m_environment, &QComboBox::activated, this, [this] { m_environmentChosen = true; });
    QObject::connect(open, &QPushButton::clicked, this, &StartPage::askForFile);
    QObject::connect(create, &QPushButton::clicked, this, &StartPage::askForNewFile);
    QObject::connect(demo, &QPushButton::clicked, this, &StartPage::demoRequested);
    QObject::connect(go, &QPushButton::clicked, this, &StartPage::chooseAddress);
    QObject::connect(m_address, &QLineEdit::returnPressed, this, &StartPage::chooseAddress);
    QObject::connect(m_address, &QLineEdit::editingFinished, this, &StartPage::hidePassword);
    QObject::connect(folder, &QPushButton::clicked, this, [this] {
        auto* dialog = new QFileDialog(this, tr("Open project folder"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::Directory);
        QObject::connect(dialog, &QFileDialog::fileSelected, this, &StartPage::folderChosen);
        dialog->open();
    });
    return widget;
}

QWidget* StartPage::buildRecent()
{
    m_recent->setObjectName(QStringLiteral("recent"));
    m_recent->setAccessibleName(tr("Recent databases"));
    m_recent->setFrameShape(QFrame::NoFrame);
    m_recent->setItemDelegate(new RecentDelegate(m_recent));
    m_recent->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* widget = new QWidget;
    auto* layout = new QVBoxLayout(widget);
    layout->setContentsMargins({});
    layout->addWidget(label(tr("Recent"), "heading"));
    layout->addWidget(m_recent, 1);
    const auto choose = [this](QListWidgetItem* item) {
        const QJsonObject shown = item->data(Qt::UserRole).toJsonObject();
        if (shown.isEmpty())
            return;
        // Another window may have changed its guard since, or the list.
        const store::SavedConnection connection = store::connectionFromJson(shown);
        Q_EMIT connectionChosen(store::rememberedConnection(connection.target).value_or(connection));
    };
    QObject::connect(m_recent, &QListWidget::itemActivated, this, choose);
    return widget;
}

void StartPage::reload()
{
    m_recent->clear();
    const QList<store::SavedConnection> known = store::recentConnections();
    for (const store::SavedConnection& connection : known) {
        const drivers::Target& target = connection.target;
        const bool file = target.engine == Engine::Sqlite;
        auto* item = new QListWidgetItem(
            theme::icon(file ? QStringLiteral("view-list-text") : QStringLiteral("network-server-database")),
            target.displayName(), m_recent);
        const QString place = store::shownLocation(target);
        item->setToolTip(kit::plainTip(place));
        item->setData(Qt::UserRole, store::toJson(connection));
        item->setData(RecentDelegate::placeRole, place);
    }
    if (known.isEmpty()) {
        auto* item = new QListWidgetItem(tr("Databases you open appear here."), m_recent);
        item->setFlags(Qt::NoItemFlags);
    }
}

void StartPage::focusAddress()
{
    m_address->setFocus(Qt::ShortcutFocusReason);
}

/// A database that is known keeps its guard and its environment, unless others were chosen for it now.
store::SavedConnection StartPage::withChoices(const drivers::Target& target)
{
    const bool known = !target.isInMemory() && store::rememberedConnection(target);
    store::SavedConnection connection = store::knownConnection(target);
    if (std::exchange(m_guardChosen, false) || (!known && target.guard == drivers::Guard::Silent)) {
        connection.target.guard = static_cast<drivers::Guard>(m_guard->currentIndex());
        connection.usualGuard.reset();
    }
    if (std::exchange(m_environmentChosen, false) || !known)
        connection.environment = static_cast<store::Environment>(m_environment->currentIndex());
    return connection;
}

/// Once an address is whole, its password is kept aside for this one connection and shown no more.
void StartPage::hidePassword()
{
    const QString address = typedAddress();
    const auto target = drivers::parseTarget(address);
    if (!target)
        return;
    const QString shown = store::shownLocation(*target);
    if (target->engine == Engine::Sqlite || shown == target->location)
        return;
    m_wholeAddress = address;
    m_address->setText(shown);
    m_address->setToolTip(tr("The password is used for this connection and not stored."));
}

/// With its password, as long as nothing else was typed since.
QString StartPage::typedAddress() const
{
    const QString text = m_address->text();
    const auto whole = drivers::parseTarget(m_wholeAddress);
    return whole && !m_wholeAddress.isEmpty() && store::shownLocation(*whole) == text ? m_wholeAddress : text;
}

void StartPage::chooseAddress()
{
    const auto target = drivers::parseTarget(typedAddress());
    hidePassword();
    m_problem->setVisible(!target);
    if (!target) {
        m_problem->setText(target.error().oneLine());
        return;
    }
    Q_EMIT connectionChosen(withChoices(*target));
}

void StartPage::chooseFile(const QString& path, bool create)
{
    drivers::Target target{.engine = Engine::Sqlite, .location = path, .password = {}};
    // The one name that a file is remembered by, whatever links lead to it; an address has no space at its end.
    if (const auto parsed = drivers::parseTarget(path); parsed && path == path.trimmed())
        target.location = parsed->location;
    target.create = create;
    Q_EMIT connectionChosen(withChoices(target));
}

void StartPage::askForFile()
{
    auto* dialog = new QFileDialog(this, tr("Open SQLite file"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("SQLite files (*.sqlite *.sqlite3 *.db *.db3)"), tr("All files (*)")});
    QObject::connect(dialog, &QFileDialog::fileSelected, this,
                     [this](const QString& path) { chooseFile(path, false); });
    dialog->open();
}

void StartPage::askForNewFile()
{
    auto* dialog = new QFileDialog(this, tr("New SQLite file"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("sqlite"));
    QObject::connect(dialog, &QFileDialog::fileSelected, this,
                     [this](const QString& path) { chooseFile(path, true); });
    dialog->open();
}

}  // namespace dewpoint::connect
