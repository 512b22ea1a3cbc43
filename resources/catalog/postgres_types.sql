-- SPDX-FileCopyrightText: 2026 The Dewpoint authors
-- SPDX-License-Identifier: MIT
-- Enum, domain, composite and range types; a table's own row type is not one of them.
SELECT n.nspname, t.typname, t.typtype, t.typrelid,
       (SELECT json_agg(e.enumlabel ORDER BY e.enumsortorder) FROM pg_enum AS e WHERE e.enumtypid = t.oid),
       CASE t.typtype
           WHEN 'd' THEN format_type(t.typbasetype, t.typtypmod)
               || coalesce((SELECT ' COLLATE ' || quote_ident(k.collname) FROM pg_collation AS k, pg_type AS b
                            WHERE k.oid = t.typcollation AND b.oid = t.typbasetype AND b.typcollation <> t.typcollation), '')
               || coalesce(' DEFAULT ' || t.typdefault, '') || CASE WHEN t.typnotnull THEN ' NOT NULL' ELSE '' END
               || coalesce((SELECT string_agg(' CONSTRAINT ' || quote_ident(c.conname) || ' ' || pg_get_constraintdef(c.oid), '' ORDER BY c.conname)
                            FROM pg_constraint AS c WHERE c.contypid = t.oid AND c.contype = 'c'), '')
           WHEN 'r' THEN (SELECT 'SUBTYPE = ' || format_type(r.rngsubtype, NULL)
                              || CASE WHEN o.opcdefault THEN '' ELSE ', SUBTYPE_OPCLASS = ' || quote_ident(o.opcname) END
                              || CASE WHEN r.rngcollation IN (0, b.typcollation) THEN '' ELSE
                                     ', COLLATION = ' || (SELECT quote_ident(k.collname) FROM pg_collation AS k WHERE k.oid = r.rngcollation) END
                              || CASE WHEN r.rngcanonical = 0 THEN '' ELSE ', CANONICAL = ' || r.rngcanonical::text END
                              || CASE WHEN r.rngsubdiff = 0 THEN '' ELSE ', SUBTYPE_DIFF = ' || r.rngsubdiff::text END
                          FROM pg_range AS r JOIN pg_opclass AS o ON o.oid = r.rngsubopc JOIN pg_type AS b ON b.oid = r.rngsubtype
                          WHERE r.rngtypid = t.oid)
       END,
       d.description
FROM pg_type AS t
JOIN pg_namespace AS n ON n.oid = t.typnamespace
LEFT JOIN pg_class AS c ON c.oid = t.typrelid
LEFT JOIN pg_description AS d ON d.classoid = 'pg_type'::regclass AND d.objoid = t.oid AND d.objsubid = 0
WHERE (t.typtype IN ('e', 'd', 'r') OR (t.typtype = 'c' AND c.relkind = 'c'))
  AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT 1 FROM pg_depend AS x WHERE x.classid = 'pg_type'::regclass AND x.objid = t.oid AND x.deptype = 'e')
