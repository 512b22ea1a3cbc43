// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "sql/dialect.h"

#include "sql/keywords.h"

#include <QRegularExpression>

namespace dewpoint::sql {

QString quoted(const QString& name)
{
    QString inner = name;
    inner.replace(QLatin1Char('"'), QLatin1String("\"\""));
    return QLatin1Char('"') + inner + QLatin1Char('"');
}

QString quoted(const QString& schema, const QString& name)
{
    return schema.isEmpty() ? quoted(name) : quoted(schema) + QLatin1Char('.') + quoted(name);
}

QString quotedIfNeeded(const QString& name, Engine engine)
{
    static const QRegularExpression plain(QStringLiteral("^[a-z_][a-z0-9_]*$"));
    static const QRegularExpression plainMixed(QStringLiteral("^[A-Za-z_][A-Za-z0-9_]*$"));
    const QRegularExpression& shape = engine == Engine::Sqlite ? plainMixed : plain;
    const bool bare = shape.match(name).hasMatch() && !isKeyword(name);
    return bare ? name : quoted(name);
}

QString literal(const Value& value, Engine engine)
{
    if (engine == Engine::Postgres) {
        if (const auto* blob = std::get_if<Blob>(&value))
            return QStringLiteral("'\\x%1'::bytea").arg(QString::fromLatin1(blob->bytes.toHex()));
        if (const auto* number = std::get_if<double>(&value)) {
            const QString text = displayText(value);
            const bool finite = *number - *number == 0;
            return finite ? text : QStringLiteral("'%1'::float8").arg(text);
        }
    }
    return sqlLiteral(value);
}

QString engineName(Engine engine)
{
    return engine == Engine::Sqlite ? QStringLiteral("SQLite") : QStringLiteral("PostgreSQL");
}

}  // namespace dewpoint::sql
