// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "timeline/identities.h"

using namespace Qt::StringLiterals;

namespace dewpoint::timeline {

namespace {

/// The kinds of pg_class, pg_type, pg_proc, pg_constraint and pg_trigger that partsOf() has as well.
constexpr auto identitiesSql = R"(
SELECT 'r' || c.oid, c.relkind::text, n.nspname, c.relname, ''
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm') AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'
UNION ALL
SELECT 's' || c.oid, 'sequence', n.nspname, c.relname, ''
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind = 'S' AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'
UNION ALL
SELECT 'y' || y.oid, 'type', n.nspname, y.typname, ''
  FROM pg_catalog.pg_type y JOIN pg_catalog.pg_namespace n ON n.oid = y.typnamespace
  LEFT JOIN pg_catalog.pg_class c ON c.oid = y.typrelid
 WHERE (y.typtype IN ('e', 'd', 'r') OR c.relkind = 'c')
   AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'
UNION ALL
SELECT 'p' || p.oid, 'routine', n.nspname, p.proname, pg_catalog.pg_get_function_identity_arguments(p.oid)
  FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
 WHERE n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d
                    WHERE d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND d.objid = p.oid
                      AND d.deptype IN ('e', 'i'))
UNION ALL
SELECT 'r' || c.oid || '.' || a.attnum, 'column', n.nspname, c.relname, a.attname
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
 WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm') AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'
UNION ALL
SELECT 'r' || i.indexrelid, 'index', n.nspname, c.relname, x.relname
  FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
  JOIN pg_catalog.pg_class c ON c.oid = i.indrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'
UNION ALL
SELECT 'c' || k.oid, 'constraint', n.nspname, c.relname, k.conname
  FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'
UNION ALL
SELECT 't' || t.oid, 'trigger', n.nspname, c.relname, t.tgname
  FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE NOT t.tgisinternal AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema')";

Part::Kind kindOf(const QString& word)
{
    if (word == "column"_L1)
        return Part::Kind::Column;
    if (word == "index"_L1)
        return Part::Kind::Index;
    if (word == "constraint"_L1)
        return Part::Kind::Constraint;
    if (word == "trigger"_L1)
        return Part::Kind::Trigger;
    if (word == "type"_L1)
        return Part::Kind::Type;
    if (word == "sequence"_L1)
        return Part::Kind::Sequence;
    if (word == "routine"_L1)
        return Part::Kind::Routine;
    return word == "v"_L1 || word == "m"_L1 ? Part::Kind::View : Part::Kind::Table;
}

/// What routines take is told with every type's schema, as the catalog has it (catalog::inspect).
Result<RowBatch> queried(drivers::Connection& connection)
{
    const auto set = [&](const Value& path) {
        return connection.scalar(u"SELECT pg_catalog.set_config('search_path', $1, false)"_s, {path});
    };
    const auto before = connection.scalar(u"SELECT pg_catalog.current_setting('search_path')"_s);
    if (!before)
        return fail(before.error());
    if (const auto emptied = set(textValue(QString())); !emptied)
        return fail(emptied.error());
    auto rows = connection.query(QString::fromLatin1(identitiesSql));
    const auto restored = set(*before);
    if (rows && !restored)
        return fail(restored.error());
    return rows;
}

}  // namespace

Result<Identities> identitiesIn(drivers::Connection& connection)
{
    if (connection.engine() == Engine::Sqlite)
        return Identities();
    return queried(connection).transform([](const RowBatch& rows) {
        Identities found;
        for (int row = 0; row < rows.rowCount(); ++row)
            found.insert(displayText(rows.at(row, 0)).toLatin1(),
                         Part{.kind = kindOf(displayText(rows.at(row, 1))),
                              .owner = {displayText(rows.at(row, 2)), displayText(rows.at(row, 3))},
                              .member = displayText(rows.at(row, 4))});
        return found;
    });
}

}  // namespace dewpoint::timeline
