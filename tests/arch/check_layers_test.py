#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Dewpoint authors
# SPDX-License-Identifier: MIT
"""The check is known to fail: each rule against a sample that breaks it, and one that does not."""

import tempfile
import unittest
from pathlib import Path

import check_layers

LICENCE = "// SPDX-FileCopyrightText: 2026 The Dewpoint authors\n// SPDX-License-Identifier: MIT\n"
RULES = check_layers.read_rules((Path(__file__).parent / "layers.txt").read_text())


class CheckLayersTest(unittest.TestCase):
    def check(self, path, text, licence=LICENCE):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, path)
            file.parent.mkdir(parents=True)
            file.write_text(licence + text)
            return check_layers.check(Path(folder), RULES)

    def refuses(self, path, text, why):
        violations, _ = self.check(path, text)
        self.assertEqual(len(violations), 1, violations)
        self.assertIn(why, violations[0])
        self.assertTrue(violations[0].startswith(f"{path}:3: "), violations[0])

    def accepts(self, path, text):
        self.assertEqual(self.check(path, text), ([], []))

    def test_folders_point_down(self):
        self.refuses("models/rows/page.h", '#include "diff/differ.h"\n', "models is below migrations")
        self.refuses("models/rows/page.h", "#include <diff/differ.h>\n", "models is below migrations")
        self.accepts("migrations/diff/differ.h", '#include "schema/table.h"\n')

    def test_subfolders_point_down(self):
        self.refuses("models/schema/table.h", '#include "catalog/reader.h"\n', "schema is below catalog")
        self.accepts("models/catalog/reader.h", '#include "schema/table.h"\n#include "catalog/other.h"\n')

    def test_features_are_strangers(self):
        self.refuses("ui/grid/grid.cpp", '#include "query/query.h"\n', "never include each other")
        self.accepts("ui/shell/main_window.cpp", '#include "grid/grid.h"\n#include "query/query.h"\n')

    def test_ui_never_includes_drivers(self):
        self.refuses("ui/grid/grid.cpp", '#include "drivers/connection.h"\n', "ui never includes drivers")
        self.accepts("migrations/apply/executor.cpp", '#include "drivers/connection.h"\n')

    def test_unknown_places(self):
        self.refuses("models/rows/page.h", '#include "page_cache.h"\n', "no such layer")
        violations, _ = self.check("models/misc/misc.h", "")
        self.assertIn("has no place in layers.txt", violations[0])

    def test_parent_folders_are_not_named(self):
        self.refuses("models/rows/page.h", '#include "../schema/table.h"\n', "not by '..'")
        self.refuses("tests/unit/page_test.cpp", '#include "../support/pg.h"\n', "not by '..'")

    def test_client_libraries_stay_in_drivers(self):
        for header in ("<sqlite3.h>", "<libpq-fe.h>", "<QSqlQuery>", '"sqlite3.h"'):
            self.refuses("models/catalog/reader.cpp", f"#include {header}\n", "only in models/drivers")
            self.accepts("models/drivers/sqlite.cpp", f"#include {header}\n")

    def test_widgets_stay_in_the_ui(self):
        self.refuses("models/items/rows_model.cpp", "#include <QTableWidget>\n", "only in ui")
        self.accepts("ui/grid/grid.cpp", "#include <QTableWidget>\n")

    def test_modules_are_not_named(self):
        self.refuses("ui/grid/grid.cpp", "#include <QtWidgets/QMessageBox>\n", "write <QMessageBox>")

    def test_colours_come_from_the_theme(self):
        for line in ("QColor(1, 2, 3)", "QColor c{0x10, 0, 0}", 'QColor(u"red"_s)', "qRgb(1, 2, 3)", "Qt::red",
                     "Qt::darkGray", 'setStyleSheet(u"color: #ff0080"_s)', 'named("#abc")', 'QColor("tomato")'):
            self.refuses("ui/grid/cell.cpp", f"auto x = {line};\n", "a colour outside ui/theme")
            self.accepts("ui/theme/palette.cpp", f"auto x = {line};\n")
        for line in ('u"ticket #12"_s', "QColor(token.red, 0, 0)", "Qt::transparent", "x; // was Qt::red",
                     "Qt::RightButton"):
            self.accepts("ui/grid/cell.cpp", f"auto x = {line};\n")

    def test_licence_lines(self):
        for path in ("models/base/error.h", "tests/support/run.sh", "models/CMakeLists.txt"):
            violations, _ = self.check(path, "", licence="")
            self.assertIn("no SPDX", violations[0])

    def test_sizes_are_only_printed(self):
        violations, sizes = self.check("ui/kit/long.cpp", "void f()\n{\n" + "    x();\n" * 61 + "}\n")
        self.assertEqual(violations, [])
        self.assertEqual(sizes, ["ui/kit/long.cpp:3: a function of 61 lines, the aim is 60"])
        _, sizes = self.check("ui/kit/long.h", "\n" * 200)
        self.assertIn("202 lines, the aim is 200", sizes[0])


if __name__ == "__main__":
    unittest.main()
