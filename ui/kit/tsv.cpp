// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "kit/tsv.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::kit {

QString toTsv(const QList<QStringList>& rows)
{
    QString out;
    for (const QStringList& row : rows) {
        for (qsizetype i = 0; i < row.size(); ++i) {
            QString text = row[i];
            if (text.contains(u'\t') || text.contains(u'\n') || text.contains(u'\r') || text.startsWith(u'"'))
                text = u'"' + text.replace(u"\""_s, u"\"\""_s) + u'"';
            out += (i ? u"\t"_s : QString()) + text;
        }
        out += u'\n';
    }
    return out;
}

QList<QStringList> fromTsv(const QString& text)
{
    QList<QStringList> rows;
    QStringList row;
    QString field;
    bool quoted = false;
    bool begun = false;
    const auto endRow = [&] {
        row += std::exchange(field, {});
        rows += std::exchange(row, {});
        begun = false;
    };
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (quoted && c == u'"' && text.mid(i + 1, 1) == u"\""_s) {
            field += text[++i];
        } else if (c == u'"' && (quoted || field.isEmpty())) {
            quoted = !quoted;
        } else if (!quoted && c == u'\t') {
            row += std::exchange(field, {});
        } else if (!quoted && c == u'\n') {
            endRow();
            continue;
        } else if (quoted || c != u'\r') {
            field += c;
        }
        begun = true;
    }
    if (begun)
        endRow();
    return rows;
}

}  // namespace dewpoint::kit
