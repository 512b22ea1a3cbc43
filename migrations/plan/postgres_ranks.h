// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "plan/postgres_objects.h"

/// Which of the steps that may come next does come next: the one of the lowest rank. What must come before
/// what is not said here but by the edges between the steps.
namespace dewpoint::plan::rank {

constexpr int newSchema = 0;
constexpr int extension = 1;
constexpr int alterType = 2;
constexpr int disown = 5;
constexpr int alter = 45;
constexpr int attach = 54;
constexpr int own = 55;
constexpr int comment = 70;
constexpr int dropExtension = 80;
constexpr int dropSchema = 81;

int ofDrop(const PostgresObjects& objects, const schema::ObjectId& id);
int ofCreate(const PostgresObjects& objects, const schema::ObjectId& id);
/// To what it is in `objects`.
int ofAlter(const PostgresObjects& objects, const schema::ObjectId& id);

}  // namespace dewpoint::plan::rank
