// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "browse/sidebar.h"

#include "browse/schema_model.h"
#include "theme/theme.h"

#include <QAction>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSortFilterProxyModel>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace dewpoint::browse {

namespace {

constexpr int noHit = 4;

/// A table by its whole name, by how it begins, by a part of it; then whatever of a table has the text.
int hitRank(const SchemaNode& line, const QString& text)
{
    if (line.object.isEmpty() || !line.name.contains(text, Qt::CaseInsensitive))
        return noHit;
    if (line.kind != NodeKind::Table && line.kind != NodeKind::View)
        return 3;
    if (!line.name.startsWith(text, Qt::CaseInsensitive))
        return 2;
    return line.name.size() == text.size() ? 0 : 1;
}

}  // namespace

Sidebar::Sidebar(QWidget* parent)
    : QFrame(parent)
    , m_name(new QLabel)
    , m_note(new QLabel)
    , m_badge(new QLabel)
    , m_drift(new QToolButton)
    , m_filter(new QLineEdit)
    , m_tree(new QTreeView)
    , m_structure(new QAction(tr("Structure"), m_tree))
    , m_model(new SchemaModel(this))
    , m_proxy(new QSortFilterProxyModel(this))
{
    setObjectName(QStringLiteral("sidebar"));
    setProperty("role", QStringLiteral("sidebar"));
    m_name->setProperty("role", QStringLiteral("heading"));
    m_note->setProperty("role", QStringLiteral("muted"));
    m_badge->setProperty("role", QStringLiteral("badge"));
    m_badge->setObjectName(QStringLiteral("pendingBadge"));
    m_badge->hide();
    m_drift->setObjectName(QStringLiteral("driftBadge"));
    m_drift->setProperty("role", QStringLiteral("driftBadge"));
    m_drift->hide();
    connect(m_drift, &QToolButton::clicked, this, &Sidebar::driftActivated);
    m_filter->setObjectName(QStringLiteral("schemaFilter"));
    m_filter->setPlaceholderText(tr("Filter tables and columns"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setAccessibleName(tr("Filter tables and columns"));
    m_filter->setToolTip(
        tr("Return opens the best match, Down goes to the tree, Esc takes the filter away."));
    m_filter->installEventFilter(this);

    buildTree();

    auto* migrations = new QHBoxLayout;
    migrations->addWidget(
        entry(QStringLiteral("openMigrations"), QStringLiteral("view-history"), tr("Migrations")), 1);
    migrations->addWidget(m_drift);
    migrations->addWidget(m_badge);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::space::m, theme::space::m, theme::space::s, theme::space::s);
    layout->setSpacing(theme::space::xs);
    layout->addWidget(m_name);
    layout->addWidget(m_note);
    layout->addSpacing(theme::space::s);
    layout->addLayout(migrations);
    layout->addWidget(
        entry(QStringLiteral("openDiagram"), QStringLiteral("distribute-graph-directed"), tr("Diagram")));
    layout->addWidget(entry(QStringLiteral("newQuery"), QStringLiteral("document-edit"), tr("New query")));
    layout->addSpacing(theme::space::s);
    layout->addWidget(m_filter);
    layout->addWidget(m_tree, 1);

    connect(m_filter, &QLineEdit::textChanged, this, &Sidebar::filter);
    connect(m_filter, &QLineEdit::returnPressed, this, [this] {
        if (m_filter->text().trimmed().isEmpty())
            m_tree->setFocus();
        else if (const QModelIndex hit = m_tree->currentIndex(); hit.isValid())
            activate(hit, true);
    });
}

void Sidebar::buildTree()
{
    m_proxy->setSourceModel(m_model);
    m_proxy->setRecursiveFilteringEnabled(true);
    m_proxy->setAutoAcceptChildRows(true);
    m_proxy->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_tree->setModel(m_proxy);
    m_tree->setObjectName(QStringLiteral("schemaTree"));
    m_tree->setAccessibleName(tr("Tables, views and other objects"));
    m_tree->setHeaderHidden(true);
    m_tree->setTextElideMode(Qt::ElideMiddle);  // the names of one subject begin alike
    m_tree->setUniformRowHeights(true);
    m_tree->setIndentation(theme::space::l);
    m_tree->setExpandsOnDoubleClick(false);
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_tree->header()->setSectionResizeMode(1, QHeaderView::Fixed);
    connect(m_tree, &QTreeView::expanded, this, &Sidebar::fitNotes);
    connect(m_tree, &QTreeView::clicked, this, [this](const QModelIndex& index) { activate(index, false); });
    connect(m_tree, &QTreeView::activated, this, [this](const QModelIndex& index) { activate(index, true); });
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_tree, &QWidget::customContextMenuRequested, this, &Sidebar::popUpMenu);
    // As in a table's tab, which does not have the focus here.
    m_structure->setShortcut(Qt::CTRL | Qt::ALT | Qt::Key_E);
    m_structure->setShortcutContext(Qt::WidgetShortcut);
    m_tree->addAction(m_structure);
    connect(m_structure, &QAction::triggered, this, [this] {
        const SchemaNode* line = m_model->node(m_proxy->mapToSource(m_tree->currentIndex()));
        if (line && !line->object.isEmpty())
            Q_EMIT structureRequested(line->schema, line->object);
    });
    connect(&theme::Watch::instance(), &theme::Watch::changed, m_tree->viewport(),
            qOverload<>(&QWidget::update));
}

QToolButton* Sidebar::entry(const QString& objectName, const QString& icon, const QString& title)
{
    auto* button = new QToolButton;
    button->setObjectName(objectName);
    button->setText(title);
    button->setIcon(theme::icon(icon));
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    button->setAutoRaise(true);
    connect(&theme::Watch::instance(), &theme::Watch::changed, button,
            [button, icon] { button->setIcon(theme::icon(icon)); });
    if (objectName == QLatin1String("openMigrations"))
        connect(button, &QToolButton::clicked, this, &Sidebar::migrationsActivated);
    else if (objectName == QLatin1String("openDiagram"))
        connect(button, &QToolButton::clicked, this, &Sidebar::diagramActivated);
    else
        connect(button, &QToolButton::clicked, this, &Sidebar::queryActivated);
    return button;
}

void Sidebar::setConnection(const QString& name, const QString& engine, const QString& note)
{
    m_name->setText(name);
    m_note->setText(note.isEmpty() ? engine : engine + QStringLiteral(" · ") + note);
}

/// Types and counts are as wide as they want while the names keep most of the room.
void Sidebar::fitNotes()
{
    constexpr double most = 0.35;
    m_tree->resizeColumnToContents(1);
    const int limit = static_cast<int>(most * m_tree->width());
    m_tree->header()->resizeSection(1, std::min(m_tree->columnWidth(1), limit));
}

void Sidebar::resizeEvent(QResizeEvent* event)
{
    QFrame::resizeEvent(event);
    fitNotes();
}

void Sidebar::setDatabase(const schema::Database& database, const QHash<QString, qint64>& counts)
{
    // The lines are rebuilt, so what was open is remembered by name.
    const QSet<QString> open = openTables();
    m_model->setTree(buildSchemaTree(database, counts));
    expandSchemas();
    fitNotes();
    openTables(open);
}

QSet<QString> Sidebar::openTables() const
{
    QSet<QString> names;
    for (int s = 0; s < m_proxy->rowCount(); ++s) {
        const QModelIndex schemaIndex = m_proxy->index(s, 0);
        for (int t = 0; t < m_proxy->rowCount(schemaIndex); ++t) {
            const QModelIndex table = m_proxy->index(t, 0, schemaIndex);
            if (m_tree->isExpanded(table))
                names.insert(schemaIndex.data().toString() + QLatin1Char('.') + table.data().toString());
        }
    }
    return names;
}

void Sidebar::openTables(const QSet<QString>& names)
{
    for (int s = 0; s < m_proxy->rowCount(); ++s) {
        const QModelIndex schemaIndex = m_proxy->index(s, 0);
        for (int t = 0; t < m_proxy->rowCount(schemaIndex); ++t) {
            const QModelIndex table = m_proxy->index(t, 0, schemaIndex);
            m_tree->setExpanded(table, names.contains(schemaIndex.data().toString() + QLatin1Char('.')
                                                      + table.data().toString()));
        }
    }
}

void Sidebar::expandSchemas()
{
    for (int row = 0; row < m_proxy->rowCount(); ++row)
        m_tree->expand(m_proxy->index(row, 0));
}

void Sidebar::setPendingCount(int count)
{
    m_badge->setVisible(count > 0);
    m_badge->setText(QString::number(count));
    m_badge->setToolTip(tr("%n pending migration(s)", nullptr, count));
}

void Sidebar::setDriftCount(int count)
{
    m_drift->setVisible(count > 0);
    m_drift->setText(QStringLiteral("≠ %1").arg(count));
    const QString text =
        tr("Drift: %n difference(s) between the database and its migrations", nullptr, count);
    m_drift->setToolTip(text);
    m_drift->setAccessibleName(text);
}

void Sidebar::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void Sidebar::select(const QString& schemaName, const QString& table)
{
    m_tree->selectionModel()->clear();
    for (int s = 0; s < m_proxy->rowCount(); ++s) {
        const QModelIndex schemaIndex = m_proxy->index(s, 0);
        if (schemaIndex.data().toString() != schemaName)
            continue;
        for (int t = 0; t < m_proxy->rowCount(schemaIndex); ++t) {
            const QModelIndex index = m_proxy->index(t, 0, schemaIndex);
            if (index.data().toString() == table)
                m_tree->setCurrentIndex(index);
        }
    }
}

void Sidebar::filter(const QString& given)
{
    const QString text = given.trimmed();
    if (m_proxy->filterRegularExpression().pattern().isEmpty() && !text.isEmpty())
        m_openBefore = openTables();
    m_proxy->setFilterFixedString(text);
    expandSchemas();
    if (text.isEmpty())
        return openTables(m_openBefore);
    for (int s = 0; s < m_proxy->rowCount(); ++s)
        unfoldHits(m_proxy->index(s, 0), text);
    m_tree->setCurrentIndex(bestHit(text));
}

/// The first in the tree of those that are most alike.
QModelIndex Sidebar::bestHit(const QString& text) const
{
    QModelIndex best;
    int bestRank = noHit;
    const auto look = [&](const auto& self, const QModelIndex& parent) -> void {
        for (int row = 0; row < m_proxy->rowCount(parent); ++row) {
            const QModelIndex line = m_proxy->index(row, 0, parent);
            if (const int rank = hitRank(*m_model->node(m_proxy->mapToSource(line)), text); rank < bestRank) {
                best = line;
                bestRank = rank;
            }
            self(self, line);
        }
    };
    look(look, {});
    return best;
}

/// Opens whatever has the text below it, so that every hit is in view. True when there is one.
bool Sidebar::unfoldHits(const QModelIndex& parent, const QString& text)
{
    bool any = false;
    for (int row = 0; row < m_proxy->rowCount(parent); ++row) {
        const QModelIndex line = m_proxy->index(row, 0, parent);
        const bool below = unfoldHits(line, text);
        any = any || below || line.data().toString().contains(text, Qt::CaseInsensitive);
    }
    if (parent.parent().isValid())
        m_tree->setExpanded(parent, any);
    return any;
}

/// Esc takes the filter away, and from an empty field it goes to the tree, as Down always does.
bool Sidebar::eventFilter(QObject* watched, QEvent* event)
{
    const bool pressed = event->type() == QEvent::KeyPress;
    if (watched != m_filter || (!pressed && event->type() != QEvent::ShortcutOverride))
        return QFrame::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (key != Qt::Key_Escape && key != Qt::Key_Down)
        return QFrame::eventFilter(watched, event);
    event->accept();
    if (!pressed)
        return false;
    if (key == Qt::Key_Down || m_filter->text().isEmpty())
        m_tree->setFocus();
    else
        m_filter->clear();
    return true;
}

void Sidebar::activate(const QModelIndex& index, bool pin)
{
    const SchemaNode* line = m_model->node(m_proxy->mapToSource(index));
    if (!line->object.isEmpty())
        Q_EMIT relationActivated(line->schema, line->object, pin);
}

/// By the mouse where it points, by the menu key for the current line.
void Sidebar::popUpMenu(const QPoint& place)
{
    QModelIndex index = m_tree->indexAt(place);
    if (!index.isValid())
        index = m_tree->currentIndex();
    const SchemaNode* line = index.isValid() ? m_model->node(m_proxy->mapToSource(index)) : nullptr;
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("treeMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QString schemaName;
    if (line) {
        schemaName = line->kind == NodeKind::Schema ? line->name : line->schema;
        if (const QString name = line->object; !name.isEmpty()) {
            menu->addAction(tr("Open"), this,
                            [this, schemaName, name] { Q_EMIT relationActivated(schemaName, name, true); });
            m_tree->setCurrentIndex(index);
            menu->addAction(m_structure);
            menu->addSeparator();
        }
    }
    menu->addAction(tr("New table…"), this, [this, schemaName] { Q_EMIT newTableRequested(schemaName); });
    menu->popup(m_tree->viewport()->mapToGlobal(place));
}

}  // namespace dewpoint::browse
