// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "inspect/record_model.h"
#include "rows/element_column.h"
#include "rows/input_check.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

// What is below a line: rows that are read when it is unfolded.
namespace dewpoint::inspect {

namespace {

/// "12 · Ada": a row by its key and what it is called.
QString rowTitle(const rows::Relation& relation, const rows::ValueOf& valueOf)
{
    QStringList parts;
    for (const QString& column : relation.keyColumns)
        parts += displayText(valueOf(column).value_or(Null{}));
    const auto text = std::ranges::find_if(relation.columns, [&](const rows::RelationColumn& column) {
        return column.family == rows::ColumnFamily::Text && !relation.keyColumns.contains(column.name);
    });
    if (text != relation.columns.end())
        parts += oneLine(valueOf(text->name).value_or(Null{}));
    parts.removeAll(QString());
    return parts.isEmpty() ? relation.name : parts.join(u" · "_s);
}

}  // namespace

void RecordModel::replace(RecordNode& node, Nodes children)
{
    const QModelIndex index = indexFor(&node);
    if (!node.children.empty()) {
        beginRemoveRows(index, 0, static_cast<int>(node.children.size()) - 1);
        node.children.clear();
        endRemoveRows();
    }
    if (children.empty())
        return;
    beginInsertRows(index, 0, static_cast<int>(children.size()) - 1);
    for (size_t i = 0; i < children.size(); ++i) {
        children[i]->parent = &node;
        children[i]->row = static_cast<int>(i);
    }
    node.children = std::move(children);
    endInsertRows();
}

RecordModel::Nodes RecordModel::note(const QString& title)
{
    Nodes notes;
    notes.push_back(std::make_unique<RecordNode>());
    notes.back()->kind = RecordNode::Kind::Note;
    notes.back()->title = title;
    return notes;
}

void RecordModel::close(RecordNode& node)
{
    node.job.cancel();
    replace(node, {});
    node.state = RecordNode::State::Closed;
}

void RecordModel::open(RecordNode& node)
{
    if (node.kind == RecordNode::Kind::Pointing)
        return openPointing(node);
    if (node.kind != RecordNode::Kind::Field)
        return read(node);
    const QList<rows::Link> links =
        m_source.links(node.parent->relation, node.field.name, valuesBeside(*node.parent));
    if (links.isEmpty()) {
        node.state = RecordNode::State::Ready;
        return replace(node, note(tr("A part of the key is NULL: it points nowhere.")));
    }
    node.link = links.first();
    if (links.size() == 1)
        return read(node);
    // Several keys on one column: each of them is unfolded for itself.
    Nodes ways;
    for (const rows::Link& link : links) {
        ways.push_back(std::make_unique<RecordNode>());
        ways.back()->kind = RecordNode::Kind::Link;
        ways.back()->link = link;
        ways.back()->title = u"→ "_s + link.title + u" ("_s + link.columns.join(u", "_s) + u')';
    }
    node.state = RecordNode::State::Ready;
    replace(node, std::move(ways));
}

/// The ways at once, how many rows each of them leads to when that is counted.
void RecordModel::openPointing(RecordNode& node)
{
    node.state = RecordNode::State::Ready;
    Nodes ways;
    for (const rows::Link& link : m_source.pointing(node.parent->relation, valuesBeside(*node.parent))) {
        ways.push_back(std::make_unique<RecordNode>());
        ways.back()->kind = RecordNode::Kind::Link;
        ways.back()->link = link;
        ways.back()->title = link.title;
        ways.back()->detail = u"…"_s;
    }
    if (ways.empty())
        return replace(node, note(tr("No rows.")));
    replace(node, std::move(ways));
    count(node, 0);
}

void RecordModel::count(RecordNode& node, int tries)
{
    constexpr int mostTries = 20;
    QList<rows::Link> links;
    for (const auto& way : node.children)
        links += way->link;
    node.job = m_source.count(links, [this, &node, tries](const Result<QList<qint64>>& counts) {
        if (!counts && counts.error().kind == ErrorKind::Cancelled && tries < mostTries)
            return count(node, tries + 1);
        for (const auto& way : node.children)
            way->detail = countText(counts ? counts->value(way->row, -1) : -1);
        Q_EMIT dataChanged(indexFor(node.children.front().get()), indexFor(node.children.back().get()));
    });
}

/// A line below the fields of a row that others point to; the row in front has its own list.
void RecordModel::addPointing(Nodes& fields, const rows::Relation& relation) const
{
    if (!m_source.count || !m_source.isPointedAt(relation))
        return;
    fields.push_back(std::make_unique<RecordNode>());
    fields.back()->kind = RecordNode::Kind::Pointing;
    fields.back()->title = tr("Rows that point here");
}

void RecordModel::read(RecordNode& node)
{
    node.state = RecordNode::State::Loading;
    replace(node, note(tr("Loading…")));
    // The job is the node's: where that is gone, no answer comes.
    node.job = m_source.read(node.link, node.link.several ? mostRows + 1 : 1,
                             [this, &node](const Result<RowBatch>& rows) { arrived(node, rows); });
}

void RecordModel::arrived(RecordNode& node, const Result<RowBatch>& rows)
{
    node.state = rows ? RecordNode::State::Ready : RecordNode::State::Failed;
    if (!rows)
        return replace(node, note(tr("%1 Return tries again.").arg(rows.error().oneLine())));
    if (rows->rowCount() == 0)
        return replace(node, note(node.link.several ? tr("No rows.") : tr("There is no such row.")));
    if (node.link.several)
        return replace(node, rowsBelow(node, *rows));
    Nodes fields = fieldsOf(node.link.relation, *rows, 0);
    RecordNode row;
    row.children = std::move(fields);
    const QString identity = rows::identityOf(node.link.relation, valuesBeside(row));
    if (isAbove(node, identity))
        return replace(node, note(tr("The same row as above.")));
    node.relation = node.link.relation;
    node.identity = identity;
    addPointing(row.children, node.relation);
    replace(node, std::move(row.children));
}

bool RecordModel::isAbove(const RecordNode& node, const QString& identity)
{
    for (const RecordNode* above = node.parent; above && !identity.isEmpty(); above = above->parent) {
        if (above->identity == identity)
            return true;
    }
    return false;
}

RecordModel::Nodes RecordModel::fieldsOf(const rows::Relation& relation, const RowBatch& rows, int row) const
{
    Nodes fields;
    for (int column = 0; column < relation.columns.size(); ++column) {
        const rows::RelationColumn& info = relation.columns[column];
        fields.push_back(std::make_unique<RecordNode>());
        Field& field = fields.back()->field;
        field.name = info.name;
        field.type = info.type;
        field.value = rows.at(row, column);
        field.isKey = relation.keyColumns.contains(info.name);
        field.isOwn = false;
        field.isJson = rows::isJson(info);
        field.element = rows::elementColumn(info, relation.engine);
        field.truncatedSize = rows.truncated.value(qsizetype(row) * rows.columnCount() + column, -1);
        for (const rows::RelationForeignKey& key : relation.foreignKeys) {
            if (const qsizetype at = key.columns.indexOf(info.name); at >= 0 && field.foreignTarget.isEmpty())
                field.foreignTarget = key.targetTable + u'.' + key.targetColumns.value(at);
        }
    }
    return fields;
}

/// The first rows, each of them with its fields below, and a word where there are more.
RecordModel::Nodes RecordModel::rowsBelow(RecordNode& node, const RowBatch& rows) const
{
    Nodes found;
    const rows::Relation& relation = node.link.relation;
    for (int row = 0; row < std::min(rows.rowCount(), mostRows); ++row) {
        auto made = std::make_unique<RecordNode>();
        made->kind = RecordNode::Kind::Row;
        made->state = RecordNode::State::Ready;
        made->children = fieldsOf(relation, rows, row);
        addPointing(made->children, relation);
        for (size_t i = 0; i < made->children.size(); ++i) {
            made->children[i]->parent = made.get();
            made->children[i]->row = static_cast<int>(i);
        }
        const rows::ValueOf valueOf = valuesBeside(*made);
        made->relation = relation;
        made->identity = rows::identityOf(relation, valueOf);
        made->title = rowTitle(relation, valueOf);
        made->link = node.link;
        if (!made->identity.isEmpty() && !relation.hasHiddenKey()) {
            made->link.columns = relation.keyColumns;
            made->link.values.clear();
            for (const QString& column : relation.keyColumns)
                made->link.values.push_back(valueOf(column).value_or(Null{}));
        }
        found.push_back(std::move(made));
    }
    if (rows.rowCount() > mostRows)
        found.push_back(std::move(
            note(tr("The first %1 rows. Return on the line above shows all.").arg(mostRows)).front()));
    return found;
}

}  // namespace dewpoint::inspect
