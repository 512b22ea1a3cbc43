#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Dewpoint authors
# SPDX-License-Identifier: MIT
"""Checks that every text with %n has its English forms: without them a person reads "1 row(s)".

usage: check_plurals.py PROJECT
"""

import re
import sys
import xml.etree.ElementTree as xml
from pathlib import Path

LITERALS = re.compile(r'"(?:[^"\\\n]|\\.)*"(?:\s*"(?:[^"\\\n]|\\.)*")*')
LAYERS = ("app", "ui", "migrations", "models")


def counted_texts(project):
    for layer in LAYERS:
        for file in sorted((project / layer).rglob("*.cpp")):
            for literals in LITERALS.findall(file.read_text()):
                text = re.sub(r'"\s*"', "", literals)[1:-1]
                if "%n" in text:
                    yield file.relative_to(project), text


def main(project):
    forms = {}
    for message in xml.parse(project / "resources/translations/dewpoint_en.ts").iter("message"):
        forms[message.findtext("source")] = [form.text or "" for form in message.iter("numerusform")]
    found = list(counted_texts(project))
    missing = [f"{file}: no English forms for: {text}" for file, text in found if not all(forms.get(text, [""]))]
    print(*missing, sep="\n")
    if not found:
        sys.exit("no text with %n was found at all")
    sys.exit(1 if missing else 0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
