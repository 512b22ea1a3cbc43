// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "store/agreements.h"

#include "store/json_file.h"

#include <QFileInfo>

namespace dewpoint::store {

namespace {

QString file()
{
    return stateFolder() + QStringLiteral("/agreements.json");
}

/// One folder has one name, whatever links lead to it.
QString nameOf(const QString& folder)
{
    const QString canonical = QFileInfo(folder).canonicalFilePath();
    return canonical.isEmpty() ? QFileInfo(folder).absoluteFilePath() : canonical;
}

}  // namespace

QString agreedCode(const QString& folder)
{
    return readJson(file()).value_or(QJsonObject())[nameOf(folder)].toString();
}

Result<> rememberAgreement(const QString& folder, const QString& hash)
{
    QJsonObject object = readJson(file()).value_or(QJsonObject());
    object.insert(nameOf(folder), hash);
    return writeJson(file(), object);
}

Result<> revokeAgreement(const QString& folder)
{
    QJsonObject object = readJson(file()).value_or(QJsonObject());
    object.remove(nameOf(folder));
    return writeJson(file(), object);
}

}  // namespace dewpoint::store
