-- SPDX-FileCopyrightText: 2026 The Dewpoint authors
-- SPDX-License-Identifier: MIT
-- What cannot be without what: pg_depend with names. Letters: r relation, a column, d default, k constraint,
-- i index, g trigger, p policy, f routine, t type, S sequence. A view's rule and columns count as the view, a
-- generated column's expression as the column, an array type as its element. CHECK constraints that a child table
-- inherits are not in pg_depend.
WITH space AS (
    SELECT oid, nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
), class AS (
    SELECT c.oid, c.relkind, n.nspname, c.relname FROM pg_class AS c JOIN space AS n ON n.oid = c.relnamespace
), typ AS (
    SELECT t.oid, CASE WHEN c.oid IS NULL OR c.relkind = 'c' THEN 't' ELSE 'r' END AS kind, n.nspname, t.typname
    FROM pg_type AS t JOIN space AS n ON n.oid = t.typnamespace LEFT JOIN pg_class AS c ON c.oid = t.typrelid
    WHERE t.typcategory <> 'A' AND t.typtype <> 'm'
), object(classid, objid, objsubid, kind, nsp, name, member) AS (
    SELECT 'pg_class'::regclass::oid, c.oid, 0,
           CASE c.relkind WHEN 'S' THEN 'S' WHEN 'c' THEN 't' ELSE 'r' END, c.nspname, c.relname, ''::name::text
    FROM class AS c WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S', 'c')
    UNION ALL
    SELECT 'pg_class'::regclass, i.indexrelid, 0, 'i', t.nspname, t.relname, c.relname::text
    FROM pg_index AS i JOIN class AS t ON t.oid = i.indrelid JOIN pg_class AS c ON c.oid = i.indexrelid
    UNION ALL
    SELECT 'pg_class'::regclass, a.attrelid, a.attnum,
           CASE c.relkind WHEN 'c' THEN 't' WHEN 'v' THEN 'r' WHEN 'm' THEN 'r' ELSE 'a' END, c.nspname, c.relname,
           CASE WHEN c.relkind IN ('c', 'v', 'm') THEN '' ELSE a.attname::text END
    FROM pg_attribute AS a JOIN class AS c ON c.oid = a.attrelid
    WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'f', 'v', 'm', 'c')
    UNION ALL
    SELECT 'pg_attrdef'::regclass, d.oid, 0, CASE WHEN a.attgenerated = '' THEN 'd' ELSE 'a' END, c.nspname, c.relname, a.attname::text
    FROM pg_attrdef AS d JOIN class AS c ON c.oid = d.adrelid JOIN pg_attribute AS a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
    UNION ALL
    SELECT 'pg_constraint'::regclass, k.oid, 0, 'k', c.nspname, c.relname, k.conname::text
    FROM pg_constraint AS k JOIN class AS c ON c.oid = k.conrelid
    UNION ALL
    SELECT 'pg_constraint'::regclass, k.oid, 0, 't', t.nspname, t.typname, ''
    FROM pg_constraint AS k JOIN typ AS t ON t.oid = k.contypid
    UNION ALL
    SELECT 'pg_trigger'::regclass, g.oid, 0, 'g', c.nspname, c.relname, g.tgname::text
    FROM pg_trigger AS g JOIN class AS c ON c.oid = g.tgrelid WHERE NOT g.tgisinternal
    UNION ALL
    SELECT 'pg_policy'::regclass, p.oid, 0, 'p', c.nspname, c.relname, p.polname::text
    FROM pg_policy AS p JOIN class AS c ON c.oid = p.polrelid
    UNION ALL
    SELECT 'pg_rewrite'::regclass, r.oid, 0, 'r', c.nspname, c.relname, ''
    FROM pg_rewrite AS r JOIN class AS c ON c.oid = r.ev_class
    UNION ALL
    SELECT 'pg_proc'::regclass, p.oid, 0, 'f', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)
    FROM pg_proc AS p JOIN space AS n ON n.oid = p.pronamespace
    UNION ALL
    SELECT 'pg_type'::regclass, t.oid, 0, t.kind, t.nspname, t.typname, '' FROM typ AS t
    UNION ALL
    SELECT 'pg_type'::regclass, a.oid, 0, t.kind, t.nspname, t.typname, ''
    FROM pg_type AS a JOIN typ AS t ON t.oid = a.typelem WHERE a.typcategory = 'A'
    UNION ALL
    SELECT 'pg_type'::regclass, r.rngmultitypid, 0, t.kind, t.nspname, t.typname, ''
    FROM (SELECT rngtypid, (to_jsonb(g) ->> 'rngmultitypid')::oid AS rngmultitypid FROM pg_range AS g) AS r
    JOIN typ AS t ON t.oid = r.rngtypid WHERE r.rngmultitypid IS NOT NULL
)
SELECT DISTINCT o.kind, o.nsp, o.name, o.member, r.kind, r.nsp, r.name, r.member, d.deptype = 'P'
FROM pg_depend AS d
JOIN object AS o ON o.classid = d.classid AND o.objid = d.objid AND o.objsubid = d.objsubid
JOIN object AS r ON r.classid = d.refclassid AND r.objid = d.refobjid AND r.objsubid = d.refobjsubid
WHERE d.deptype <> 'e' AND (o.kind, o.nsp, o.name, o.member) IS DISTINCT FROM (r.kind, r.nsp, r.name, r.member)
UNION
SELECT 'k', c.nspname, c.relname, k.conname::text, 'k', p.nspname, p.relname, k.conname::text, true
FROM pg_constraint AS k JOIN class AS c ON c.oid = k.conrelid JOIN pg_inherits AS i ON i.inhrelid = k.conrelid
JOIN class AS p ON p.oid = i.inhparent JOIN pg_constraint AS pk ON pk.conrelid = p.oid AND pk.conname = k.conname AND pk.contype = 'c'
WHERE k.contype = 'c' AND NOT k.conislocal
