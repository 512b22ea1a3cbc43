// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/formats/plain/plain.h"
#include "project/joined.h"
#include "project/states.h"

namespace dewpoint::project::plain {

namespace {

Rules rules(const Project&)
{
    return {};
}

QList<MigrationState> states(const Project&, const QList<Migration>& files,
                             const QList<ledger::AppliedRow>& rows)
{
    return statesByVersion(files, rows, numberLess);
}

QByteArray outsideTransaction(QByteArray file)
{
    return file.prepend("-- no-transaction\n");
}

Result<QByteArray> body(const Project& project, const Migration& migration, Direction direction)
{
    return scriptOfFile(project, migration, direction).transform([](const Script& file) {
        return file.text.startsWith("-- no-transaction") ? belowFirstLine(file.text) : file.text;
    });
}

}  // namespace

const Format& format()
{
    static const Format format{.id = QLatin1StringView("sql"),
                               .title = QLatin1StringView("SQL files"),
                               .detect = detect,
                               .list = list,
                               .script = scriptOfFile,
                               .generate = generate,
                               .outsideTransaction = outsideTransaction,
                               .rules = rules,
                               .states = states,
                               .ledger = ledgerFormat(),
                               .squash = {.body = body}};
    return format;
}

}  // namespace dewpoint::project::plain
