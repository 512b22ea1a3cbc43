// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "store/agreements.h"

#include "store/json_file.h"

namespace dewpoint::store {

namespace {

QString file()
{
    return stateFolder() + QStringLiteral("/agreements.json");
}

}  // namespace

QString agreedCode(const QString& folder)
{
    return readJson(file()).value_or(QJsonObject())[canonicalFolder(folder)].toString();
}

Result<> rememberAgreement(const QString& folder, const QString& hash)
{
    QJsonObject object = readJson(file()).value_or(QJsonObject());
    object.insert(canonicalFolder(folder), hash);
    return writeJson(file(), object);
}

Result<> revokeAgreement(const QString& folder)
{
    QJsonObject object = readJson(file()).value_or(QJsonObject());
    object.remove(canonicalFolder(folder));
    return writeJson(file(), object);
}

}  // namespace dewpoint::store
