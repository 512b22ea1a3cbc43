// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "inspect/record_model.h"

#include "base/words.h"

#include <QLocale>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::inspect {

namespace {

constexpr qsizetype longestLine = 400;

bool sameRow(const Record& one, const Record& other)
{
    return !one.place.isEmpty() && one.place == other.place && one.relation == other.relation
           && one.fields.size() == other.fields.size();
}

/// Still there, and the same ways for each of several keys.
bool leadsTo(const RecordNode& node, const QList<rows::Link>& links)
{
    if (links.isEmpty() || links.first() != node.link)
        return false;
    const bool several = node.children.front()->kind == RecordNode::Kind::Link;
    if (several != (links.size() > 1))
        return false;
    return !several
           || std::ranges::equal(node.children, links, {}, [](const auto& way) { return way->link; });
}

void adopt(RecordNode& parent, std::vector<std::unique_ptr<RecordNode>> children)
{
    parent.children = std::move(children);
    for (size_t i = 0; i < parent.children.size(); ++i) {
        parent.children[i]->parent = &parent;
        parent.children[i]->row = static_cast<int>(i);
    }
}

}  // namespace

QString absenceOf(const Field& field)
{
    if (field.isDefault)
        return u"DEFAULT"_s;
    return isNull(field.value) ? u"NULL"_s : QString();
}

QString oneLine(const Value& value)
{
    if (const auto* blob = std::get_if<Blob>(&value))
        return Words::tr("Binary, %1").arg(QLocale().formattedDataSize(blob->bytes.size()));
    if (const auto* text = std::get_if<Text>(&value)) {
        // Four bytes hold any character, so no more than these can be shown.
        const QString start = QString::fromUtf8(text->utf8.first(qMin(longestLine * 4, text->utf8.size())));
        return start.first(qMin(longestLine, start.size())).simplified();
    }
    return displayText(value);
}

QString countText(qint64 count)
{
    return count < 0                   ? u"?"_s
           : count > rows::mostCounted ? Words::tr("more than %1").arg(QLocale().toString(rows::mostCounted))
                                       : QLocale().toString(count);
}

void RecordModel::setRecord(const Record& record)
{
    const bool same =
        sameRow(m_record, record) && m_root.children.size() == static_cast<size_t>(record.fields.size());
    if (!same)
        beginResetModel();
    m_record = record;
    m_root.relation = record.relation;
    if (!same) {
        Nodes fields;
        for (const Field& field : record.fields) {
            fields.push_back(std::make_unique<RecordNode>());
            fields.back()->field = field;
        }
        adopt(m_root, std::move(fields));
    }
    for (qsizetype i = 0; same && i < record.fields.size(); ++i)
        m_root.children[static_cast<size_t>(i)]->field = record.fields[i];
    m_root.identity = rows::identityOf(record.relation, valuesBeside(m_root));
    if (!same)
        return endResetModel();
    for (const auto& node : m_root.children) {
        const QModelIndex index = indexFor(node.get());
        const QList<rows::Link> links =
            node->children.empty() ? QList<rows::Link>()
                                   : m_source.links(m_root.relation, node->field.name, valuesBeside(m_root));
        // What is unfolded has to be what the field points to now.
        if (!node->children.empty() && !leadsTo(*node, links))
            close(*node);
        Q_EMIT dataChanged(index, index);
    }
}

void RecordModel::setReferrers(const QList<Referrer>& referrers)
{
    const auto isSame = [](const std::unique_ptr<RecordNode>& node, const Referrer& referrer) {
        return node->link == referrer.link && node->title == referrer.title;
    };
    const bool same = std::ranges::equal(m_root.children, referrers, isSame);
    if (!same) {
        beginResetModel();
        Nodes nodes;
        for (const Referrer& referrer : referrers) {
            nodes.push_back(std::make_unique<RecordNode>());
            nodes.back()->kind = RecordNode::Kind::Link;
            nodes.back()->title = referrer.title;
            nodes.back()->link = referrer.link;
        }
        adopt(m_root, std::move(nodes));
    }
    for (qsizetype i = 0; i < referrers.size(); ++i)
        m_root.children[static_cast<size_t>(i)]->detail =
            referrers[i].count.isEmpty() ? u"…"_s : referrers[i].count;
    if (!same)
        endResetModel();
    else if (!referrers.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, 0));
}

RecordNode* RecordModel::nodeAt(const QModelIndex& index) const
{
    return index.isValid()
               ? static_cast<RecordNode*>(index.internalPointer())
               : const_cast<RecordNode*>(&m_root);  // NOLINT(cppcoreguidelines-pro-type-const-cast)
}

const RecordNode* RecordModel::node(const QModelIndex& index) const
{
    return index.isValid() ? nodeAt(index) : nullptr;
}

const Field* RecordModel::field(const QModelIndex& index) const
{
    const RecordNode* shown = node(index);
    return shown && shown->kind == RecordNode::Kind::Field ? &shown->field : nullptr;
}

QModelIndex RecordModel::indexFor(const RecordNode* node) const
{
    return node == &m_root ? QModelIndex() : createIndex(node->row, 0, node);
}

QModelIndex RecordModel::index(int row, int column, const QModelIndex& parent) const
{
    return hasIndex(row, column, parent)
               ? createIndex(row, column, nodeAt(parent)->children[static_cast<size_t>(row)].get())
               : QModelIndex();
}

QModelIndex RecordModel::parent(const QModelIndex& index) const
{
    return index.isValid() ? indexFor(nodeAt(index)->parent) : QModelIndex();
}

int RecordModel::rowCount(const QModelIndex& parent) const
{
    return parent.column() > 0 ? 0 : static_cast<int>(nodeAt(parent)->children.size());
}

int RecordModel::columnCount(const QModelIndex&) const
{
    return 1;
}

bool RecordModel::mayOpen(const RecordNode& node)
{
    switch (node.kind) {
    case RecordNode::Kind::Field:
        return !node.field.foreignTarget.isEmpty() && absenceOf(node.field).isEmpty();
    case RecordNode::Kind::Link:
    case RecordNode::Kind::Row:
    case RecordNode::Kind::Pointing: return true;
    case RecordNode::Kind::Note: return false;
    }
    std::unreachable();
}

bool RecordModel::hasChildren(const QModelIndex& parent) const
{
    const RecordNode* shown = nodeAt(parent);
    return !shown->children.empty()
           || (shown != &m_root && mayOpen(*shown) && m_source.read
               && shown->state == RecordNode::State::Closed);
}

bool RecordModel::canFetchMore(const QModelIndex& parent) const
{
    return parent.isValid() && m_source.read && mayOpen(*nodeAt(parent))
           && nodeAt(parent)->state == RecordNode::State::Closed;
}

void RecordModel::fetchMore(const QModelIndex& parent)
{
    if (canFetchMore(parent))
        open(*nodeAt(parent));
}

QVariant RecordModel::data(const QModelIndex& index, int role) const
{
    const RecordNode* shown = node(index);
    if (!shown)
        return {};
    const Field& field = shown->field;
    const bool isField = shown->kind == RecordNode::Kind::Field;
    switch (role) {
    case Qt::DisplayRole:
        return !isField ? shown->title : absenceOf(field).isEmpty() ? oneLine(field.value) : absenceOf(field);
    case Qt::AccessibleTextRole:
        if (!isField)
            return shown->detail.isEmpty() ? shown->title : u"%1: %2"_s.arg(shown->title, shown->detail);
        return u"%1: %2"_s.arg(field.name, data(index, Qt::DisplayRole).toString());
    case Qt::ToolTipRole: {
        if (!isField)
            return shown->title.toHtmlEscaped();
        QString tip = u"<b>"_s + field.name.toHtmlEscaped() + u"</b> "_s + field.type.toHtmlEscaped();
        if (!field.foreignTarget.isEmpty())
            tip += u"<br>→ "_s + field.foreignTarget.toHtmlEscaped();
        return tip;
    }
    default: return {};
    }
}

QString RecordModel::pathOf(const QModelIndex& index) const
{
    QStringList names;
    for (QModelIndex each = index; each.isValid(); each = each.parent()) {
        const RecordNode* shown = node(each);
        names.prepend(shown->kind == RecordNode::Kind::Field ? shown->field.name : shown->title);
    }
    return names.join(u'/');
}

/// Of the row that a field belongs to, or whose fields stand below the node.
rows::ValueOf RecordModel::valuesBeside(const RecordNode& node) const
{
    return [&node](const QString& column) -> std::optional<Value> {
        const auto field = std::ranges::find_if(node.children, [&](const auto& child) {
            return child->kind == RecordNode::Kind::Field && child->field.name == column;
        });
        return field == node.children.end() ? std::nullopt : std::optional((*field)->field.value);
    };
}

std::optional<rows::Link> RecordModel::linkAt(const QModelIndex& index) const
{
    const RecordNode* shown = node(index);
    if (!shown || !mayOpen(*shown))
        return {};
    if (shown->kind == RecordNode::Kind::Pointing)
        return {};
    if (shown->kind != RecordNode::Kind::Field)
        return shown->link;
    const QList<rows::Link> links =
        m_source.links
            ? m_source.links(shown->parent->relation, shown->field.name, valuesBeside(*shown->parent))
            : QList<rows::Link>();
    return links.isEmpty() ? std::nullopt : std::optional(links.first());
}

void RecordModel::retry(const QModelIndex& index)
{
    RecordNode* failed = nodeAt(index);
    if (failed->kind == RecordNode::Kind::Note && failed->parent)
        failed = failed->parent;
    if (failed->state == RecordNode::State::Failed)
        read(*failed);
}

}  // namespace dewpoint::inspect
