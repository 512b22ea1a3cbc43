// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "schema_bench.h"

#include "catalog/cells.h"
#include "catalog/inspect.h"
#include "data.h"
#include "diagram/layout.h"
#include "diff/compare.h"
#include "floor.h"
#include "plan/plan.h"
#include "query/sql_editor.h"
#include "until.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QLocale>

#include <gvc.h>

using namespace Qt::StringLiterals;

namespace dewpoint::bench {

namespace {

QStringList queriesOf(Engine engine)
{
    if (engine == Engine::Sqlite)
        return {u"sqlite_tables"_s, u"sqlite_objects"_s, u"sqlite_columns"_s, u"sqlite_indexes"_s};
    return {u"postgres_schemas"_s,     u"postgres_relations"_s,  u"postgres_columns"_s,
            u"postgres_constraints"_s, u"postgres_indexes"_s,    u"postgres_triggers"_s,
            u"postgres_policies"_s,    u"postgres_sequences"_s,  u"postgres_routines"_s,
            u"postgres_types"_s,       u"postgres_extensions"_s, u"postgres_others"_s,
            u"postgres_dependencies"_s};
}

/// Some tables have one more column, and all others are as they were.
schema::Database withChanges(schema::Database database)
{
    for (qsizetype i = 0; i < database.tables.size(); i += 100)
        database.tables[i].columns.append({.name = u"added"_s, .type = u"text"_s});
    return database;
}

/// The same boxes and lines, placed by Graphviz alone as it is done for so many.
void drawByGraphviz(const diagram::Layout& collected, const diagram::Metrics& metrics)
{
    QByteArray text = "digraph G { layout=sfdp; overlap=prism; sep=\"+"
                      + QByteArray::number(qRound(metrics.spacing / 2))
                      + "\"; splines=none; start=7; node [shape=box, fixedsize=true, label=\"\"]; edge "
                        "[dir=none];\n";
    for (qsizetype i = 0; i < collected.cards.size(); ++i) {
        const QSizeF size = (collected.cards[i].rect.size() + QSizeF(2 * metrics.gutter, 0)) / 72;
        text += 'n' + QByteArray::number(i) + " [width=" + QByteArray::number(size.width(), 'f', 3)
                + ", height=" + QByteArray::number(size.height(), 'f', 3) + "];\n";
    }
    for (const diagram::Relation& relation : collected.relations)
        text +=
            'n' + QByteArray::number(relation.parent) + " -> n" + QByteArray::number(relation.child) + ";\n";
    GVC_t* context = gvContext();
    graph_t* graph = agmemread((text + "}\n").constData());
    if (!graph || gvLayout(context, graph, "sfdp") != 0)
        qFatal("Graphviz did not draw it");
    gvFreeLayout(context, graph);
    agclose(graph);
    gvFreeContext(context);
}

class SchemaBench final
{
public:
    SchemaBench(Board& board, QString engine, const drivers::Target& target, int tables)
        : m_board(board)
        , m_name(u"%1, %2 tables: "_s.arg(engine, QLocale(QLocale::English).toString(tables)))
        , m_target(target)
        , m_tables(tables)
        , m_connection(connect(target))
        , m_database(catalog::inspect(*m_connection).value())
    {}

    void run()
    {
        const auto floor = Floor::open(m_target);
        m_board.compare(
            m_name + u"catalog"_s,
            [&] {
                if (!catalog::inspect(*m_connection))
                    qFatal("no catalog");
            },
            [&] {
                for (const QString& query : queriesOf(m_target.engine))
                    floor->run(catalog::catalogQuery(query).toUtf8());
            },
            1.5);
        differences();
    }

    void runInWindow()
    {
        diagrams();
        completions();
    }

private:
    /// Against what may be spent on each thousand unchanged tables.
    void differences()
    {
        const double goal = 5.0 * m_tables / 1000;
        const schema::Database same = catalog::inspect(*m_connection).value();
        const schema::Database other = withChanges(same);
        m_board.median(
            m_name + u"diff of two equal ones"_s,
            [&] {
                if (!diff::compare(m_database, same).isEmpty())
                    qFatal("equal schemas differ");
            },
            goal);
        m_board.median(
            m_name + u"diff, one table in 100 changed"_s,
            [&] {
                if (diff::compare(m_database, other).isEmpty())
                    qFatal("different schemas are equal");
            },
            goal);
        m_board.median(
            m_name + u"plan, one table in 100 changed"_s,
            [&] {
                const auto plan = plan::plan(m_database, other);
                if (!plan || plan->isEmpty())
                    qFatal("no plan");
            },
            goal);
    }

    void diagrams()
    {
        const diagram::LayoutOptions options;
        if (m_tables <= options.rankedLimit)
            return;  // small ones are ranked, and routed around each other
        const diagram::Layout collected = diagram::collectDiagram(m_database, options);
        m_board.compare(
            m_name + u"diagram"_s, [&] { (void)diagram::layoutDiagram(m_database, options); },
            [&] { drawByGraphviz(collected, options.metrics); }, 1.2);
    }

    /// From the key to the list, in the middle of a script of 5,000 lines.
    void completions()
    {
        query::SqlEditor editor(m_target.engine);
        editor.setSchema(m_database);
        editor.resize(800, 600);
        editor.setPlainText(u"SELECT name, code\n  FROM t1\n WHERE id = 1;\n"_s.repeated(1667));
        editor.show();
        QTextCursor cursor = editor.textCursor();
        cursor.setPosition(static_cast<int>(editor.document()->characterCount() / 2));
        cursor.movePosition(QTextCursor::StartOfBlock);
        cursor.insertText(u";\nSELECT * FROM t5 JOIN \n"_s);
        cursor.movePosition(QTextCursor::Left);
        editor.setTextCursor(cursor);
        until([&editor] { return editor.isVisible(); });
        m_board.median(
            m_name + u"completion in 5,000 lines, a key to the list"_s,
            [&] {
                QKeyEvent key(QEvent::KeyPress, Qt::Key_T, Qt::NoModifier, u"t"_s);
                QCoreApplication::sendEvent(&editor, &key);
                editor.offerCompletions(true);
            },
            16);
    }

    Board& m_board;
    QString m_name;
    drivers::Target m_target;
    int m_tables;
    std::unique_ptr<drivers::Connection> m_connection;
    schema::Database m_database;
};

}  // namespace

void benchSchema(Board& board, const QString& engine, const drivers::Target& target, int tables,
                 bool inWindow)
{
    SchemaBench bench(board, engine, target, tables);
    bench.run();
    if (inWindow)
        bench.runInWindow();
}

}  // namespace dewpoint::bench
