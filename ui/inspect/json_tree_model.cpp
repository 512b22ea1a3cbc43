// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "inspect/json_tree_model.h"

#include "base/words.h"
#include "json/text.h"
#include "theme/theme.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::inspect {

namespace {

constexpr qsizetype longestLine = 400;  ///< bytes of a value that one line shows

theme::Role roleOf(json::Kind kind)
{
    switch (kind) {
    case json::Kind::Object:
    case json::Kind::Array:
    case json::Kind::Null: return theme::Role::TextFaint;
    case json::Kind::String: return theme::Role::Text;
    case json::Kind::Number: return theme::Role::Link;
    case json::Kind::Boolean: return theme::Role::Accent;
    }
    std::unreachable();
}

QString oneLine(QByteArrayView text)
{
    const bool cut = text.size() > longestLine;
    return QString::fromUtf8(text.first(std::min(text.size(), longestLine))).simplified()
           + (cut ? u"…"_s : QString());
}

/// What stands between the brackets, or its values without their names.
QByteArray listed(const json::Document& document, const json::Node& node, json::Kind kind)
{
    const QByteArrayView text(document.text());
    QByteArray out;
    int number = 0;
    for (const json::Item& item : json::itemsIn(text, node.place.begin)) {
        out += out.isEmpty() ? "" : ", ";
        if (kind == json::Kind::Object)
            out += '"' + QByteArray::number(number++) + "\": ";
        out += text.sliced(item.begin, item.end - item.begin);
    }
    return kind == json::Kind::Object ? '{' + out + '}' : '[' + out + ']';
}

}  // namespace

QString typeName(json::Kind kind)
{
    switch (kind) {
    case json::Kind::Object: return Words::tr("object");
    case json::Kind::Array: return Words::tr("array");
    case json::Kind::String: return Words::tr("text");
    case json::Kind::Number: return Words::tr("number");
    case json::Kind::Boolean: return Words::tr("boolean");
    case json::Kind::Null: return Words::tr("null");
    }
    std::unreachable();
}

QByteArray converted(const json::Document& document, const json::Node& node, json::Kind kind)
{
    const QByteArray raw = document.valueText(node).toByteArray();
    const QString text = node.kind == json::Kind::String ? json::readable(raw)
                         : node.kind == json::Kind::Null ? QString()
                                                         : QString::fromUtf8(raw);
    const QByteArray bare = text.trimmed().toUtf8();
    switch (kind) {
    case json::Kind::Object: return json::isContainer(node.kind) ? listed(document, node, kind) : "{}";
    case json::Kind::Array:
        return json::isContainer(node.kind)    ? listed(document, node, kind)
               : node.kind == json::Kind::Null ? QByteArray("[]")
                                               : '[' + raw + ']';
    case json::Kind::String: return json::quoted(text);
    case json::Kind::Number: return json::isNumber(bare) ? bare : bare == "true" ? "1" : "0";
    case json::Kind::Boolean:
        return bare == "true" || (json::isNumber(bare) && bare != "0") ? "true" : "false";
    case json::Kind::Null: return "null";
    }
    std::unreachable();
}

void JsonTreeModel::setDocument(json::Document document)
{
    beginResetModel();
    m_document = std::move(document);
    endResetModel();
}

void JsonTreeModel::setEditable(bool editable)
{
    m_editable = editable;
}

const json::Node* JsonTreeModel::node(const QModelIndex& index) const
{
    return index.isValid() ? static_cast<const json::Node*>(index.constInternalPointer()) : nullptr;
}

QModelIndex JsonTreeModel::indexFor(const json::Node* node, int column) const
{
    return node ? createIndex(node->row, column, node) : QModelIndex();
}

QModelIndex JsonTreeModel::indexOf(const json::Path& path, int column)
{
    const json::Node* found = m_document.root();
    for (const int row : path) {
        if (!found)
            return {};
        fetchMore(indexFor(found));
        while (found->hasMore && std::cmp_less_equal(found->children.size(), row))
            listMore(indexFor(found));
        if (row < 0 || static_cast<size_t>(row) >= found->children.size())
            return {};
        found = found->children[static_cast<size_t>(row)].get();
    }
    return indexFor(found, column);
}

QModelIndex JsonTreeModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    const json::Node* above = node(parent);
    return indexFor(above ? above->children[static_cast<size_t>(row)].get() : m_document.root(), column);
}

QModelIndex JsonTreeModel::parent(const QModelIndex& index) const
{
    const json::Node* shown = node(index);
    return shown ? indexFor(shown->parent) : QModelIndex();
}

int JsonTreeModel::rowCount(const QModelIndex& parent) const
{
    if (!parent.isValid())
        return m_document.root() ? 1 : 0;
    return parent.column() == Name ? static_cast<int>(node(parent)->children.size()) : 0;
}

int JsonTreeModel::columnCount(const QModelIndex&) const
{
    return Type + 1;
}

bool JsonTreeModel::hasChildren(const QModelIndex& parent) const
{
    const json::Node* shown = node(parent);
    if (!shown)
        return rowCount() > 0;
    if (parent.column() != Name)
        return false;
    return shown->isScanned ? !shown->children.empty() : m_document.hasItems(*shown);
}

bool JsonTreeModel::canFetchMore(const QModelIndex& parent) const
{
    const json::Node* shown = node(parent);
    return shown && parent.column() == Name && !shown->isScanned && m_document.hasItems(*shown);
}

void JsonTreeModel::fetchMore(const QModelIndex& parent)
{
    const json::Node* shown = node(parent);
    if (shown && !shown->isScanned)
        append(parent, *shown);
}

void JsonTreeModel::append(const QModelIndex& parent, const json::Node& shown)
{
    const std::vector<json::Item> items = m_document.unread(shown);
    const auto before = static_cast<int>(shown.children.size());
    if (!items.empty())
        beginInsertRows(parent, before, before + static_cast<int>(items.size()) - 1);
    m_document.add(shown, items);
    if (!items.empty())
        endInsertRows();
}

void JsonTreeModel::listMore(const QModelIndex& parent)
{
    const json::Node* shown = node(parent);
    if (shown && shown->hasMore)
        append(parent, *shown);
}

bool JsonTreeModel::isNear(const json::Path& path)
{
    constexpr int mostListed = 50'000;
    return std::ranges::all_of(path, [](int row) { return row < mostListed; });
}

QVariant JsonTreeModel::shown(const json::Node& node, int column) const
{
    if (column == Type)
        return typeName(node.kind);
    if (column == Name) {
        if (!node.parent)
            return u"$"_s;
        return node.hasKey() ? json::readable(m_document.keyText(node))
                             : u"[%1]"_s.arg(QString::number(node.row));
    }
    const QByteArrayView text = m_document.valueText(node);
    if (node.kind != json::Kind::String)
        return oneLine(text);
    // An escape that is cut in two would be shown as it is written.
    const QByteArray start =
        text.size() > longestLine ? text.first(longestLine).toByteArray() + '"' : text.toByteArray();
    return u'"' + json::readable(start).replace(u'\n', u'⏎') + u'"';
}

QVariant JsonTreeModel::data(const QModelIndex& index, int role) const
{
    const json::Node* shown = node(index);
    if (!shown)
        return {};
    switch (role) {
    case Qt::DisplayRole: return this->shown(*shown, index.column());
    case Qt::EditRole:
        if (index.column() == Name)
            return shown->hasKey() ? json::readable(m_document.keyText(*shown)) : QString();
        if (shown->kind == json::Kind::String && json::isDecodable(m_document.valueText(*shown)))
            return json::readable(m_document.valueText(*shown));
        return QString::fromUtf8(m_document.valueText(*shown));
    case Qt::AccessibleTextRole:
        return index.column() == Name
                   ? u"%1: %2, %3"_s.arg(this->shown(*shown, Name).toString(),
                                         this->shown(*shown, Value).toString(), typeName(shown->kind))
                   : this->shown(*shown, index.column());
    case Qt::ForegroundRole:
        return theme::color(index.column() == Value  ? roleOf(shown->kind)
                            : index.column() == Type ? theme::Role::TextFaint
                                                     : theme::Role::TextMuted);
    case Qt::FontRole: return index.column() == Type ? theme::smallFont() : theme::textFont();
    case Qt::ToolTipRole: return index.column() == Value ? this->shown(*shown, Value) : QVariant();
    default: return {};
    }
}

QVariant JsonTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == Name ? tr("Name") : section == Value ? tr("Value") : tr("Type");
}

Qt::ItemFlags JsonTreeModel::flags(const QModelIndex& index) const
{
    const json::Node* shown = node(index);
    if (!shown)
        return Qt::NoItemFlags;
    const Qt::ItemFlags base = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    const bool typed = index.column() == Name    ? shown->hasKey()
                       : index.column() == Value ? !json::isContainer(shown->kind)
                                                 : false;
    return m_editable && typed ? base | Qt::ItemIsEditable : base;
}

bool JsonTreeModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    const json::Node* shown = node(index);
    if (!shown || role != Qt::EditRole || !flags(index).testFlag(Qt::ItemIsEditable)
        || data(index, Qt::EditRole) == value)
        return false;
    return index.column() == Name ? rename(*shown, value.toString()) : setValue(*shown, value.toString());
}

bool JsonTreeModel::rename(const json::Node& node, const QString& name)
{
    apply(m_document.renamed(node, json::quoted(name)));
    return true;
}

/// What is typed over a text is a text; over anything else it is JSON.
bool JsonTreeModel::setValue(const json::Node& node, const QString& text)
{
    const bool isText = node.kind == json::Kind::String && json::isDecodable(m_document.valueText(node));
    const QByteArray value = isText ? json::quoted(text) : text.trimmed().toUtf8();
    if (json::problemOf(value)) {
        Q_EMIT refused(tr("“%1” is no JSON value. A text stands in double quotes.").arg(oneLine(value)));
        return false;
    }
    apply(m_document.valued(node, value));
    return true;
}

}  // namespace dewpoint::inspect
