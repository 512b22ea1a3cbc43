// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "inspect/record_model.h"

#include "base/words.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace dewpoint::inspect {

namespace {

constexpr qsizetype longestLine = 400;

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

void RecordModel::setRecord(const Record& record)
{
    beginResetModel();
    m_record = record;
    endResetModel();
}

const Field* RecordModel::field(const QModelIndex& index) const
{
    return index.isValid() && index.row() < m_record.fields.size() ? &m_record.fields.at(index.row())
                                                                   : nullptr;
}

int RecordModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_record.fields.size());
}

QVariant RecordModel::data(const QModelIndex& index, int role) const
{
    const Field* shown = field(index);
    if (!shown)
        return {};
    switch (role) {
    case Qt::DisplayRole: return absenceOf(*shown).isEmpty() ? oneLine(shown->value) : absenceOf(*shown);
    case Qt::AccessibleTextRole: return u"%1: %2"_s.arg(shown->name, data(index, Qt::DisplayRole).toString());
    case Qt::ToolTipRole: {
        QString tip = u"<b>"_s + shown->name.toHtmlEscaped() + u"</b> "_s + shown->type.toHtmlEscaped();
        if (!shown->foreignTarget.isEmpty())
            tip += u"<br>→ "_s + shown->foreignTarget.toHtmlEscaped();
        return tip;
    }
    default: return {};
    }
}

}  // namespace dewpoint::inspect
