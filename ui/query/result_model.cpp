// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "query/result_model.h"

#include "theme/theme.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace dewpoint::query {

namespace {

constexpr qsizetype shownCharacters = 400;
constexpr qsizetype shownBytes = 32;

// Oids from pg_type.dat: int8, int2, int4, oid, float4, float8, money, numeric.
bool isNumber(const ColumnInfo& column, const Value& value)
{
    if (std::holds_alternative<qint64>(value) || std::holds_alternative<double>(value))
        return true;
    static const QList<quint32> oids{20, 21, 23, 26, 700, 701, 790, 1700};
    return column.typeOid != 0 && oids.contains(column.typeOid);
}

bool isEmptyText(const Value& value)
{
    const auto* text = std::get_if<Text>(&value);
    return text && text->utf8.isEmpty();
}

// One line, as long as a cell can show; line breaks stay visible as a sign.
QString oneLine(QString text)
{
    if (text.size() > shownCharacters)
        text = text.first(shownCharacters) + u'…';
    return text.replace(u"\r\n"_s, u"⏎"_s).replace(u'\n', u'⏎').replace(u'\t', u'⇥');
}

}  // namespace

ResultModel::ResultModel(std::shared_ptr<const RowBatch> batch, QObject* parent)
    : QAbstractTableModel(parent), m_batch(std::move(batch))
{}

int ResultModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_batch->rowCount();
}

int ResultModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_batch->columnCount();
}

QVariant ResultModel::data(const QModelIndex& index, int role) const
{
    const Value& value = m_batch->at(index.row(), index.column());
    const bool faint = isNull(value) || isEmptyText(value);
    switch (role) {
    case Qt::DisplayRole: return shownText(index.row(), index.column());
    case Qt::ToolTipRole: return toolTip(index.row(), index.column());
    case Qt::ForegroundRole: return faint ? QVariant(theme::color(theme::Role::TextFaint)) : QVariant();
    case Qt::FontRole: {
        QFont font = theme::monoFont();
        font.setItalic(faint);
        return font;
    }
    case Qt::TextAlignmentRole: {
        const bool right = !isNull(value) && isNumber(m_batch->columns.at(index.column()), value);
        return QVariant::fromValue((right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    default: return {};
    }
}

QVariant ResultModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical)
        return role == Qt::DisplayRole ? QVariant(section + 1) : QVariant();
    const ColumnInfo& column = m_batch->columns.at(section);
    if (role == Qt::DisplayRole)
        return column.name;
    if (role == Qt::ToolTipRole)
        return column.type.isEmpty() ? column.name : column.name + u" · "_s + column.type;
    if (role == Qt::TextAlignmentRole) {
        const bool right = m_batch->rowCount() > 0 && isNumber(column, m_batch->at(0, section));
        return QVariant::fromValue((right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    return {};
}

QString ResultModel::shownText(int row, int column) const
{
    const Value& value = m_batch->at(row, column);
    if (isNull(value))
        return u"NULL"_s;
    if (isEmptyText(value))
        return tr("(empty)");
    if (const auto* blob = std::get_if<Blob>(&value); blob && blob->bytes.size() > shownBytes) {
        const QString start = QString::fromLatin1(blob->bytes.first(shownBytes).toHex());
        return u"X'%1…' · %2"_s.arg(start, QLocale().formattedDataSize(blob->bytes.size()));
    }
    return oneLine(displayText(value));
}

QString ResultModel::toolTip(int row, int column) const
{
    const auto full =
        m_batch->truncated.constFind(static_cast<qsizetype>(row) * m_batch->columnCount() + column);
    if (full != m_batch->truncated.cend())
        return tr("Only the first part was read; the whole value has %1.")
            .arg(QLocale().formattedDataSize(*full));
    const QString text = displayText(m_batch->at(row, column));
    if (text.size() <= shownCharacters / 8)
        return {};
    return text.size() > shownCharacters * 4 ? text.first(shownCharacters * 4) + u'…' : text;
}

QString ResultModel::copyText(const QModelIndex& index) const
{
    return displayText(m_batch->at(index.row(), index.column()));
}

}  // namespace dewpoint::query
