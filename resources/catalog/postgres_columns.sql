-- SPDX-FileCopyrightText: 2026 The Dewpoint authors
-- SPDX-License-Identifier: MIT
-- Columns of relations and composite types; dropped ones leave gaps in attnum.
SELECT a.attrelid, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attgenerated,
       pg_get_expr(v.adbin, v.adrelid),
       CASE WHEN k.collname IS NOT NULL
            THEN CASE WHEN kn.nspname = 'pg_catalog' THEN '' ELSE quote_ident(kn.nspname) || '.' END || quote_ident(k.collname) END,
       d.description, a.attcollation
FROM pg_attribute AS a
JOIN pg_class AS c ON c.oid = a.attrelid
JOIN pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_type AS t ON t.oid = a.atttypid
LEFT JOIN pg_attrdef AS v ON v.adrelid = a.attrelid AND v.adnum = a.attnum
LEFT JOIN pg_collation AS k ON k.oid = a.attcollation AND a.attcollation <> t.typcollation
LEFT JOIN pg_namespace AS kn ON kn.oid = k.collnamespace
LEFT JOIN pg_description AS d ON d.classoid = 'pg_class'::regclass AND d.objoid = a.attrelid AND d.objsubid = a.attnum
WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'f', 'v', 'm', 'c')
  AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
ORDER BY a.attrelid, a.attnum
