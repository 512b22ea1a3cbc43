// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "plan/postgres_other.h"

#include <QMap>

using namespace Qt::StringLiterals;

namespace dewpoint::plan::postgres {

using schema::OtherObject;

namespace {

/// How a kind's settings are added, changed and taken away: what stands between the object and the setting's name,
/// and behind the name of one that goes.
struct Form {
    QString add, change, drop, end;
};

/// The name that a text begins with, in quotes or not.
QString leadingName(const QString& text)
{
    if (!text.startsWith(u'"'))
        return text.section(u' ', 0, 0);
    qsizetype end = 1;
    while (end < text.size() && (text.at(end) != u'"' || text.sliced(end).startsWith(u"\"\"")))
        end += text.at(end) == u'"' ? 2 : 1;
    return text.first(std::min(end + 1, text.size()));
}

/// What follows "ALTER … ADD", by the setting's name.
QMap<QString, QString> settings(const OtherObject& object, const QString& head)
{
    QMap<QString, QString> found;
    for (const QString& statement : object.definition.sliced(1)) {
        const QString setting = statement.sliced(head.size());
        found.insert(leadingName(setting), setting);
    }
    return found;
}

QStringList alterSettings(const OtherObject& from, const OtherObject& to, const Form& form)
{
    const QString alter = u"ALTER "_s + to.kind + u' ' + to.name;
    const QMap<QString, QString> before = settings(from, alter + form.add);
    const QMap<QString, QString> after = settings(to, alter + form.add);
    QStringList sql;
    for (const auto& [name, setting] : before.asKeyValueRange()) {
        if (!after.contains(name))
            sql << alter + form.drop + name + form.end;
    }
    for (const auto& [name, setting] : after.asKeyValueRange()) {
        if (const auto known = before.constFind(name); known == before.constEnd())
            sql << alter + form.add + setting;
        else if (*known != setting)
            sql << alter + form.change + setting;
    }
    return sql;
}

/// What undoes the statement that follows the one which makes a rule, an event trigger or statistics.
QString asUsual(const OtherObject& object, QString changed)
{
    if (object.kind == u"EVENT TRIGGER")
        return u"ALTER EVENT TRIGGER %1 ENABLE"_s.arg(object.name);
    if (object.kind == u"STATISTICS")
        return u"ALTER STATISTICS %1 SET STATISTICS -1"_s.arg(object.name);
    for (const QString& word : {u" DISABLE RULE "_s, u" ENABLE ALWAYS RULE "_s, u" ENABLE REPLICA RULE "_s})
        changed.replace(word, u" ENABLE RULE "_s);
    return changed;
}

}  // namespace

std::optional<QStringList> alterOther(const OtherObject& from, const OtherObject& to)
{
    if (to.isSetting())
        return to.definition;
    if (from.definition.value(0) != to.definition.value(0))
        return std::nullopt;
    if (to.kind == u"SERVER" || to.kind == u"FOREIGN DATA WRAPPER")
        return alterSettings(from, to,
                             {u" OPTIONS (ADD "_s, u" OPTIONS (SET "_s, u" OPTIONS (DROP "_s, u")"_s});
    if (to.kind == u"TEXT SEARCH CONFIGURATION")
        return alterSettings(
            from, to, {u" ADD MAPPING FOR "_s, u" ALTER MAPPING FOR "_s, u" DROP MAPPING FOR "_s, QString()});
    if (to.definition.size() > 1)
        return to.definition.sliced(1);
    return from.definition.size() > 1 ? std::optional(QStringList{asUsual(from, from.definition.at(1))})
                                      : std::nullopt;
}

}  // namespace dewpoint::plan::postgres
