-- SPDX-FileCopyrightText: 2026 The Dewpoint authors
-- SPDX-License-Identifier: MIT
-- What kind of table each is; shadow tables belong to a virtual one.
SELECT name, type, wr, strict FROM pragma_table_list WHERE schema = 'main'
