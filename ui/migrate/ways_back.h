// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "apply/down.h"
#include "kit/command.h"
#include "migrate/desk.h"

#include <QObject>

namespace dewpoint::migrate {

/// The missing down SQL of a migration, worked out from what it does to the schema.
class WaysBack final : public QObject
{
    Q_OBJECT
public:
    WaysBack(Desk& desk, QObject* parent) : QObject(parent), m_desk(desk) {}

    kit::Command command();
    /// The selected migration has none, and there is a place for it.
    void setLacking(bool lacks) { m_lacking = lacks; }

private:
    void workOut(const project::Migration& migration, const shadow::Answers& answers);
    void ask(const project::Migration& migration, const apply::WayBack& way);

    Desk& m_desk;
    bool m_lacking = false;
};

}  // namespace dewpoint::migrate
