// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "support/code_scratch.h"

using namespace Qt::StringLiterals;

namespace dewpoint::test {

CodeScratch::CodeScratch(Engine engine) : ProjectScratch(engine)
{
    QFile program(qEnvironmentVariable("DEWPOINT_SOURCE") + u"/tests/support/scripted_tool.py"_s);
    if (!program.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(program.fileName()));
    write(u"tool.py"_s, program.readAll());
    settings(usualSettings());
    migration(u"0001_users"_s, "CREATE TABLE users (id integer PRIMARY KEY, name text NOT NULL)",
              "DROP TABLE users");
    migration(u"0002_email"_s, "ALTER TABLE users ADD COLUMN email text",
              "ALTER TABLE users DROP COLUMN email");
    migration(u"0003_orders"_s, "CREATE TABLE orders (id integer PRIMARY KEY)", "DROP TABLE orders");
}

void CodeScratch::migration(const QString& name, const QByteArray& up, const QByteArray& down) const
{
    write(u"migrations/%1.mig"_s.arg(name), up + "\n--\n" + down + '\n');
}

void CodeScratch::settings(const QByteArray& toml) const
{
    write(u"dewpoint.toml"_s, toml);
}

QByteArray CodeScratch::usualSettings()
{
    return R"([migrations]
files = "{version}_{name}.mig"

[ledger]
table = "tool_ledger"
version = "version"
applied_at = "applied_at"

[commands]
up = ["python3", "tool.py", "up", "{count}", "{url}"]
down = ["python3", "tool.py", "down", "{count}", "{url}"]
new = ["python3", "tool.py", "new", "{name}"]
)";
}

project::Project CodeScratch::agreed() const
{
    project::Project found = project();
    found.agreedCode = project::codeOf(found).value_or(project::Code{}).hash;
    return found;
}

QStringList CodeScratch::calls() const
{
    if (!QFileInfo::exists(path(u"calls"_s)))
        return {};
    return QString::fromUtf8(read(u"calls"_s)).split(u'\n', Qt::SkipEmptyParts);
}

}  // namespace dewpoint::test
