// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "store/identity.h"

#include "drivers/conninfo.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace dewpoint::store {

QString databaseIdentity(const drivers::Target& target)
{
    if (target.engine == Engine::Sqlite) {
        const QString canonical = QFileInfo(target.location).canonicalFilePath();
        return u"sqlite "_s + (canonical.isEmpty() ? target.location : canonical);
    }
    static const QStringList counted{u"host"_s, u"hostaddr"_s, u"port"_s, u"dbname"_s, u"service"_s};
    QStringList parts;
    const auto pairs = drivers::parseConninfo(target.location);
    for (const auto& [name, value] : pairs.value_or(QList<std::pair<QString, QString>>())) {
        if (counted.contains(name) && !value.isEmpty() && !(name == u"port" && value == u"5432"))
            parts << name + u'=' + value;
    }
    parts.sort();
    return u"postgres "_s + parts.join(u' ');
}

}  // namespace dewpoint::store
