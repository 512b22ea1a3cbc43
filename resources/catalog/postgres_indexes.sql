-- SPDX-FileCopyrightText: 2026 The Dewpoint authors
-- SPDX-License-Identifier: MIT
-- Indexes of tables and materialised views; one that a constraint makes needs no definition of its own,
-- and reading definitions is most of the time. The lists at the end are only made where an index
-- has expressions, operator classes or collations other than the default ones.
SELECT i.indrelid, c.relname, i.indisunique, i.indisvalid, m.amname, i.indkey::text, i.indoption::text, i.indnkeyatts,
       pg_get_expr(i.indpred, i.indrelid), CASE WHEN o.oid IS NULL THEN pg_get_indexdef(i.indexrelid) END, o.conname, o.oid IS NOT NULL, d.description,
       CASE WHEN i.indexprs IS NOT NULL THEN
           (SELECT json_agg(pg_get_indexdef(i.indexrelid, k, false) ORDER BY k) FROM generate_series(1, i.indnkeyatts::int) AS k) END,
       CASE WHEN i.indclass::oid[] && ARRAY(SELECT oid FROM pg_opclass WHERE NOT opcdefault) THEN
           (SELECT json_agg(CASE WHEN p.opcdefault THEN NULL ELSE p.opcname END ORDER BY u.place)
            FROM unnest(i.indclass::oid[]) WITH ORDINALITY AS u(class, place) JOIN pg_opclass AS p ON p.oid = u.class) END,
       i.indcollation::text,
       CASE WHEN NOT i.indcollation::oid[] <@ '{0,100}'::oid[] THEN
           (SELECT json_agg(CASE WHEN l.collname = 'default' THEN NULL ELSE quote_ident(l.collname) END ORDER BY u.place)
            FROM unnest(i.indcollation::oid[]) WITH ORDINALITY AS u(collation_oid, place) LEFT JOIN pg_collation AS l ON l.oid = u.collation_oid) END
FROM pg_index AS i
JOIN pg_class AS c ON c.oid = i.indexrelid
JOIN pg_class AS t ON t.oid = i.indrelid
JOIN pg_namespace AS n ON n.oid = t.relnamespace
JOIN pg_am AS m ON m.oid = c.relam
LEFT JOIN pg_constraint AS o ON o.conindid = i.indexrelid AND o.conrelid = i.indrelid AND o.contype IN ('p', 'u', 'x')
LEFT JOIN pg_description AS d ON d.classoid = 'pg_class'::regclass AND d.objoid = i.indexrelid AND d.objsubid = 0
WHERE t.relkind IN ('r', 'p', 'm') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
