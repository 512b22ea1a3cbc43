-- SPDX-FileCopyrightText: 2026 The Dewpoint authors
-- SPDX-License-Identifier: MIT
-- Columns of real tables. Views and virtual tables are asked for apart: a broken one fails the query.
SELECT m.name, c.name, c.type, c."notnull", c.dflt_value, c.pk, c.hidden
FROM main.sqlite_schema AS m, pragma_table_xinfo(m.name, 'main') AS c
WHERE m.type = 'table' AND m.rootpage > 0
