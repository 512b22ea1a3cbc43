-- SPDX-FileCopyrightText: 2026 The Dewpoint authors
-- SPDX-License-Identifier: MIT
-- What cannot be without what: pg_depend with names. Letters: r relation, a column, d default, k constraint,
-- i index, g trigger, p policy, f routine, t type, S sequence, o what postgres_others.sql lists. A view's rule and columns count as the view, a
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
), other(classid, objid, kind, nsp) AS (
    SELECT 'pg_collation'::regclass, o.oid, 'COLLATION', NULL FROM pg_collation AS o JOIN space AS n ON n.oid = o.collnamespace
    UNION ALL
    SELECT 'pg_statistic_ext'::regclass, o.oid, 'STATISTICS', NULL FROM pg_statistic_ext AS o JOIN space AS n ON n.oid = o.stxnamespace
    UNION ALL
    SELECT 'pg_rewrite'::regclass, o.oid, 'RULE', c.nspname FROM pg_rewrite AS o JOIN class AS c ON c.oid = o.ev_class WHERE o.rulename <> '_RETURN'
    UNION ALL
    SELECT 'pg_operator'::regclass, o.oid, 'OPERATOR', NULL FROM pg_operator AS o JOIN space AS n ON n.oid = o.oprnamespace
    UNION ALL
    SELECT 'pg_cast'::regclass, o.oid, 'CAST', NULL FROM pg_cast AS o WHERE o.oid >= 16384
    UNION ALL
    SELECT 'pg_ts_dict'::regclass, o.oid, 'TEXT SEARCH DICTIONARY', NULL FROM pg_ts_dict AS o JOIN space AS n ON n.oid = o.dictnamespace
    UNION ALL
    SELECT 'pg_ts_config'::regclass, o.oid, 'TEXT SEARCH CONFIGURATION', NULL FROM pg_ts_config AS o JOIN space AS n ON n.oid = o.cfgnamespace
    UNION ALL
    SELECT 'pg_foreign_data_wrapper'::regclass, o.oid, 'FOREIGN DATA WRAPPER', NULL FROM pg_foreign_data_wrapper AS o
    UNION ALL
    SELECT 'pg_foreign_server'::regclass, o.oid, 'SERVER', NULL FROM pg_foreign_server AS o
    UNION ALL
    SELECT 'pg_event_trigger'::regclass, o.oid, 'EVENT TRIGGER', NULL FROM pg_event_trigger AS o
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
    FROM pg_rewrite AS r JOIN class AS c ON c.oid = r.ev_class WHERE r.rulename = '_RETURN'
    UNION ALL
    SELECT o.classid, o.objid, 0, 'o', coalesce(i.schema, o.nsp, ''), i.identity, o.kind
    FROM other AS o CROSS JOIN LATERAL pg_identify_object(o.classid, o.objid, 0) AS i
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
UNION
SELECT 'o', a.nspname, format('%I.%I.%I', a.nspname, a.relname, a.attname), v.kind, 'a', a.nspname, a.relname, a.attname::text, false
FROM (
    SELECT c.nspname, c.relname, a.attname, a.attstorage <> t.typstorage AS is_stored,
           (SELECT attcompression::text FROM (SELECT a.*) AS own) IN ('p', 'l') AS is_compressed,
           a.attstattarget >= 0 AS has_target, a.attoptions::text LIKE '%n_distinct%' AS has_option
    FROM pg_attribute AS a JOIN class AS c ON c.oid = a.attrelid JOIN pg_type AS t ON t.oid = a.atttypid
    CROSS JOIN (SELECT '' AS attcompression) AS none
    WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'f')
) AS a
CROSS JOIN LATERAL (VALUES ('STORAGE OF', is_stored), ('COMPRESSION OF', is_compressed), ('STATISTICS TARGET OF', has_target), ('OPTION OF', has_option)) AS v(kind, is_set)
WHERE (is_stored OR is_compressed OR has_target OR has_option) AND v.is_set
UNION
SELECT 'o', c.nspname, format('%I.%I', c.nspname, c.relname), 'REPLICA IDENTITY OF', 'r', c.nspname, c.relname, '', false
FROM class AS c JOIN pg_class AS t ON t.oid = c.oid WHERE c.relkind IN ('r', 'p') AND t.relreplident <> 'd'
UNION
SELECT 'o', c.nspname, format('%I.%I', c.nspname, c.relname), v.kind, 'i', c.nspname, c.relname, x.relname::text, false
FROM pg_index AS i JOIN class AS c ON c.oid = i.indrelid JOIN pg_class AS x ON x.oid = i.indexrelid
CROSS JOIN LATERAL (SELECT 'REPLICA IDENTITY OF' WHERE i.indisreplident UNION ALL SELECT 'CLUSTERING OF' WHERE i.indisclustered) AS v(kind)
UNION
SELECT 'o', c.nspname, format('%I.%I', c.nspname, c.relname), 'CLUSTERING OF', 'r', c.nspname, c.relname, '', false
FROM pg_index AS i JOIN class AS c ON c.oid = i.indrelid WHERE i.indisclustered
UNION
SELECT 'o', c.nspname, format('%I.%I', c.nspname, c.relname), 'COMMENT ON SEQUENCE', 'S', c.nspname, c.relname, '', false
FROM class AS c JOIN pg_description AS d ON d.classoid = 'pg_class'::regclass AND d.objoid = c.oid WHERE c.relkind = 'S'
UNION
SELECT 'o', c.nspname, format('%I ON %I.%I', p.polname, c.nspname, c.relname), 'COMMENT ON POLICY', 'p', c.nspname, c.relname, p.polname::text, false
FROM pg_policy AS p JOIN class AS c ON c.oid = p.polrelid JOIN pg_description AS d ON d.classoid = 'pg_policy'::regclass AND d.objoid = p.oid
UNION
SELECT 'o', t.nspname, format('%I ON DOMAIN %I.%I', k.conname, t.nspname, t.typname), 'COMMENT ON CONSTRAINT', 't', t.nspname, t.typname, '', false
FROM pg_constraint AS k JOIN typ AS t ON t.oid = k.contypid
JOIN pg_description AS d ON d.classoid = 'pg_constraint'::regclass AND d.objoid = k.oid
