// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "store/project_answers.h"

#include "store/json_file.h"

namespace dewpoint::store {

namespace {

QString file()
{
    return stateFolder() + QStringLiteral("/answers.json");
}

}  // namespace

QMap<QString, QString> projectAnswers(const QString& folder)
{
    QMap<QString, QString> answers;
    const QJsonObject kept = readJson(file()).value_or(QJsonObject())[canonicalFolder(folder)].toObject();
    for (auto each = kept.begin(); each != kept.end(); ++each)
        answers.insert(each.key(), each.value().toString());
    return answers;
}

Result<> rememberProjectAnswers(const QString& folder, const QMap<QString, QString>& answers)
{
    QJsonObject all = readJson(file()).value_or(QJsonObject());
    QJsonObject kept = all[canonicalFolder(folder)].toObject();
    for (const auto& [key, value] : answers.asKeyValueRange())
        kept.insert(key, value);
    all.insert(canonicalFolder(folder), kept);
    return writeJson(file(), all);
}

Result<> forgetProjectAnswers(const QString& folder)
{
    QJsonObject all = readJson(file()).value_or(QJsonObject());
    all.remove(canonicalFolder(folder));
    return writeJson(file(), all);
}

}  // namespace dewpoint::store
