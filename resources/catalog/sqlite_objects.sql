-- SPDX-FileCopyrightText: 2026 The Dewpoint authors
-- SPDX-License-Identifier: MIT
-- Everything with a name, with the text it was made by.
SELECT type, name, tbl_name, sql FROM main.sqlite_schema ORDER BY name
