// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "testdata/dice.h"

#include <QString>

namespace dewpoint::testdata {

/// A made-up person; what is derived from one is of the same person in all columns of a row.
struct Person {
    QString first;
    QString last;
};

Person person(Dice& dice);
/// "ada.lind@example.org"; at an address that nobody can have. `number` tells namesakes apart; -1: none.
QString email(const Person& person, qint64 number, Dice& dice);
QString userName(const Person& person, qint64 number);
QString company(Dice& dice);
QString street(Dice& dice);  ///< with its number
QString city(Dice& dice);
QString country(Dice& dice, bool code);
QString product(Dice& dice);
QString word(Dice& dice);
QString sentence(Dice& dice);
QString paragraph(Dice& dice);
QString uuid(Dice& dice);
/// "#" is a digit, "@" a capital letter; the rest is itself.
QString patterned(const QString& pattern, Dice& dice);

}  // namespace dewpoint::testdata
