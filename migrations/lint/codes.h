// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QString>

#include <optional>

namespace dewpoint::lint {

/// How a statement may hurt, the least first.
enum class Class {
    Safe,
    NotTransactional,  ///< does not come or go as a whole
    Irreversible,      ///< no down script brings back what was
    Breaking,          ///< programs that run now stop working
    MayFail,           ///< on the rows that are there
    Lock,              ///< others wait, for as long as the table is large
    Rewrite,           ///< the whole table is written anew, and others wait
    DataLoss,
};

QString className(Class level);  ///< "data-loss": JSON and options
std::optional<Class> classNamed(const QString& name);
QStringList classNames();
QString classTitle(Class level);  ///< for people

/// One rule of lint. The name is stable: comments in files and scripts rely on it.
struct Code {
    QString name;
    Class level = Class::Safe;
    QString what;     ///< what happens
    QString why;      ///< why that hurts
    QString instead;  ///< what to do
};

/// All of them, by class and name.
const QList<Code>& codes();

/// The code of that name; null when there is none.
const Code* findCode(const QString& name);
const Code& codeNamed(const QString& name);  ///< of one that is there

}  // namespace dewpoint::lint
