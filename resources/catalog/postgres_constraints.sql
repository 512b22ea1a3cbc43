-- SPDX-FileCopyrightText: 2026 The Dewpoint authors
-- SPDX-License-Identifier: MIT
-- Table constraints. Triggers (t) are read elsewhere. PostgreSQL 18 keeps every NOT NULL here (n): an
-- ordinary one is the column's flag, so only those that say more are listed. A foreign key to a partitioned
-- table has a copy for each partition in the same table, which is the server's own affair.
SELECT c.conrelid, c.conname, c.contype, c.conkey::text, pg_get_constraintdef(c.oid),
       c.confrelid, rn.nspname, r.relname, c.confkey::text, c.confupdtype, c.confdeltype, c.confmatchtype,
       c.condeferrable, c.condeferred, c.convalidated, d.description
FROM pg_constraint AS c
JOIN pg_namespace AS n ON n.oid = c.connamespace
LEFT JOIN pg_class AS r ON r.oid = c.confrelid
LEFT JOIN pg_namespace AS rn ON rn.oid = r.relnamespace
LEFT JOIN pg_description AS d ON d.classoid = 'pg_constraint'::regclass AND d.objoid = c.oid AND d.objsubid = 0
WHERE c.conrelid <> 0 AND c.contype IN ('p', 'u', 'f', 'c', 'x', 'n')
  AND (c.contype <> 'n' OR NOT c.convalidated OR c.connoinherit)
  AND NOT EXISTS (SELECT 1 FROM pg_constraint AS p WHERE p.oid = c.conparentid AND p.conrelid = c.conrelid)
  AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
