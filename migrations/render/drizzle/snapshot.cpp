// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "render/drizzle/snapshot.h"

#include <QHash>

using namespace Qt::StringLiterals;

namespace dewpoint::render::drizzle {

Json snapshotOf(const schema::Database& database, DrizzleRelease release, bool usualOpclasses)
{
    return database.engine == Engine::Sqlite ? sqliteSnapshot(database, release)
                                             : postgresSnapshot(database, release, usualOpclasses);
}

QString rowKey(const Json& row)
{
    static const QHash<QString, QStringList> others{
        {u"indexes"_s, {u"schema"_s, u"name"_s}},
        {u"privileges"_s, {u"schema"_s, u"table"_s, u"grantor"_s, u"grantee"_s, u"type"_s}}};
    const QString kind = row.value(u"entityType"_s);
    QStringList parts;
    for (const QString& name : others.value(kind, {u"schema"_s, u"table"_s, u"name"_s})) {
        if (const Json* part = row.member(name); part && part->kind == Json::Kind::Text)
            parts << part->text;
    }
    return kind + QChar(u'\0') + compact(Json::of(parts));
}

Row& Row::set(const QString& name, Json value)
{
    m_json.set(name, std::move(value));
    return *this;
}

void Row::addTo(Json& rows)
{
    m_json.set(u"entityType"_s, Json::of(m_entity));
    rows.set(rowKey(m_json), m_json);
}

QString sqlLiteral(const QString& value)
{
    return u'\'' + QString(value).replace(u'\'', u"''"_s) + u'\'';
}

}  // namespace dewpoint::render::drizzle
