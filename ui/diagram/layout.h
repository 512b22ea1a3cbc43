// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "diagram/card.h"
#include "diagram/metrics.h"
#include "diagram/relation.h"
#include "schema/database.h"

#include <QStringList>

namespace dewpoint::diagram {

enum class ColumnsShown { All, Keys, None };

/// Tracking tables of the migration tools: part of the machinery, not of the model.
QStringList ledgerTables();

struct LayoutOptions {
    Metrics metrics;
    QStringList leftOut = ledgerTables();
    ColumnsShown columns = ColumnsShown::All;
    bool views = true;
    QString focusSchema;  ///< with depth > 0: only what is that many relations away from this table
    QString focusTable;
    int depth = 0;
    int routedLimit = 300;  ///< a connected group with more tables gets plain curves instead of routed ones
    int rankedLimit = 500;  ///< a connected group with more tables is laid out by forces instead of ranks
};

/// A finished drawing as values: cards with their places, relations with their curves.
struct Layout {
    QList<Card> cards;
    QList<Relation> relations;
    QRectF bounds;
};

/// Cards and relations of a schema, sized but not placed. A pure function.
Layout collectDiagram(const schema::Database& database, const LayoutOptions& options);

/// How large the card has to be for what it says.
void sizeCard(Card& card, const Metrics& metrics);

/// Places and routes what was collected.
Layout arranged(Layout collected, const LayoutOptions& options);

/// Places and routes everything with Graphviz. It may take seconds for thousands of tables and runs on
/// any thread; calls wait for each other, as Graphviz is not thread-safe.
Layout layoutDiagram(const schema::Database& database, const LayoutOptions& options);

}  // namespace dewpoint::diagram
