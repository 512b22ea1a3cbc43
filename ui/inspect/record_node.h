// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "inspect/record.h"
#include "runtime/job.h"

#include <memory>
#include <vector>

namespace dewpoint::inspect {

/// A line of the form: a field of the row, and below it what it points to.
struct RecordNode {
    enum class Kind {
        Field,
        Link,  ///< one of several keys on a column, or a way in which other rows point here
        Row,
        Pointing,  ///< the ways in which other rows point to the row that it stands in
        Note,      ///< that rows are being read, could not be read, or are not there
    };
    enum class State { Closed, Loading, Ready, Failed };

    Kind kind = Kind::Field;
    State state = State::Closed;
    RecordNode* parent = nullptr;
    int row = 0;
    Field field;
    rows::Link link;          ///< of a link; of a row or a field what leads to the row below it
    rows::Relation relation;  ///< of the row whose fields are below
    QString identity;         ///< of that row
    QString title;
    QString detail;
    runtime::Job job;
    std::vector<std::unique_ptr<RecordNode>> children;
};

}  // namespace dewpoint::inspect
