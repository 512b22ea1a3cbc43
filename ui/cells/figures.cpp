// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "cells/figures.h"

#include "base/words.h"
#include "items/table_model.h"
#include "values/decimal.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace dewpoint::cells {

namespace {

constexpr qint64 mostCells = 50'000;  ///< more would be felt while dragging
constexpr int averageDigits = 6;

struct Sums {
    qint64 cells = 0;
    qint64 loaded = 0;
    qint64 values = 0;
    qint64 numbers = 0;
    Decimal sum;
    Decimal least;
    Decimal most;
};

std::optional<Decimal> numberOf(const Value& value, const rows::RelationColumn& column, Engine engine)
{
    const bool native = std::holds_alternative<qint64>(value) || std::holds_alternative<double>(value);
    if (!native && (engine != Engine::Postgres || !rows::isNumber(column.family)))
        return {};
    return Decimal::parse(displayText(value).toUtf8());
}

void add(Sums& sums, const Decimal& number)
{
    sums.sum = sums.sum + number;
    if (sums.numbers == 0 || number < sums.least)
        sums.least = number;
    if (sums.numbers == 0 || sums.most < number)
        sums.most = number;
    ++sums.numbers;
}

void add(Sums& sums, const items::TableModel& model, const QModelIndex& cell)
{
    if (!model.isLoaded(cell.row()))
        return;
    ++sums.loaded;
    const auto value = model.valueAt(cell);
    if (!value || isNull(*value))
        return;
    ++sums.values;
    if (const auto number =
            numberOf(*value, model.relation().columns[cell.column()], model.relation().engine))
        add(sums, *number);
}

}  // namespace

QString figuresOf(const items::TableModel& model, const QItemSelection& selection)
{
    Sums sums;
    for (const QItemSelectionRange& range : selection)
        sums.cells += qint64(range.width()) * range.height();
    if (sums.cells < 2)
        return {};
    const QLocale locale;
    if (sums.cells > mostCells)
        return Words::tr("%1 cells selected").arg(locale.toString(sums.cells));
    for (const QItemSelectionRange& range : selection) {
        for (int row = range.top(); row <= range.bottom(); ++row) {
            for (int column = range.left(); column <= range.right(); ++column)
                add(sums, model, model.index(row, column));
        }
    }
    QStringList parts{Words::tr("Count %1").arg(locale.toString(sums.values))};
    if (sums.numbers > 0) {
        const auto text = [](const Decimal& number) { return QString::fromLatin1(number.toText()); };
        parts += Words::tr("Sum %1").arg(text(sums.sum));
        parts += Words::tr("Average %1").arg(text(sums.sum.dividedBy(sums.numbers, averageDigits)));
        parts += Words::tr("Min %1").arg(text(sums.least));
        parts += Words::tr("Max %1").arg(text(sums.most));
    }
    if (sums.loaded < sums.cells)
        parts +=
            Words::tr("%1 of %2 cells loaded").arg(locale.toString(sums.loaded), locale.toString(sums.cells));
    return parts.join(u" · "_s);
}

}  // namespace dewpoint::cells
