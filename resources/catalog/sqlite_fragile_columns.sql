-- SPDX-FileCopyrightText: 2026 The Dewpoint authors
-- SPDX-License-Identifier: MIT
-- Columns of all views and virtual tables at once; fails when one of them is broken.
SELECT m.name, c.name, c.type, c."notnull", c.dflt_value, c.pk, c.hidden
FROM main.sqlite_schema AS m, pragma_table_xinfo(m.name, 'main') AS c
WHERE m.type = 'view' OR (m.type = 'table' AND m.rootpage = 0)
