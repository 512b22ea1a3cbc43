-- SPDX-FileCopyrightText: 2026 The Dewpoint authors
-- SPDX-License-Identifier: MIT
-- Every index with its key columns; cid -2 is an expression, whose text only the CREATE INDEX has.
SELECT m.name, i.name, i."unique", i.origin, x.cid, x.name, x."desc", x.coll
FROM main.sqlite_schema AS m, pragma_index_list(m.name, 'main') AS i, pragma_index_xinfo(i.name, 'main') AS x
WHERE m.type = 'table' AND m.rootpage > 0 AND x.key
