// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "change/change.h"

namespace dewpoint::change {

namespace {

template <class... Arms>
struct Overloaded : Arms... {
    using Arms::operator()...;
};

template <class T>
Name nameOf(const T& object)
{
    return {object.schema, object.name};
}

struct KindOf {
    template <class T>
        requires requires(const T& change) { change.from; }
    Kind operator()(const T&) const
    {
        return Kind::Changed;
    }
    Kind operator()(const AddSchema&) const { return Kind::Added; }
    Kind operator()(const AddExtension&) const { return Kind::Added; }
    Kind operator()(const AddType&) const { return Kind::Added; }
    Kind operator()(const AddSequence&) const { return Kind::Added; }
    Kind operator()(const AddTable&) const { return Kind::Added; }
    Kind operator()(const AddColumn&) const { return Kind::Added; }
    Kind operator()(const AddConstraint&) const { return Kind::Added; }
    Kind operator()(const AddIndex&) const { return Kind::Added; }
    Kind operator()(const AddTrigger&) const { return Kind::Added; }
    Kind operator()(const AddPolicy&) const { return Kind::Added; }
    Kind operator()(const AddView&) const { return Kind::Added; }
    Kind operator()(const AddRoutine&) const { return Kind::Added; }
    Kind operator()(const AddOther&) const { return Kind::Added; }
    Kind operator()(const DropSchema&) const { return Kind::Removed; }
    Kind operator()(const DropExtension&) const { return Kind::Removed; }
    Kind operator()(const DropType&) const { return Kind::Removed; }
    Kind operator()(const DropSequence&) const { return Kind::Removed; }
    Kind operator()(const DropTable&) const { return Kind::Removed; }
    Kind operator()(const DropColumn&) const { return Kind::Removed; }
    Kind operator()(const DropConstraint&) const { return Kind::Removed; }
    Kind operator()(const DropIndex&) const { return Kind::Removed; }
    Kind operator()(const DropTrigger&) const { return Kind::Removed; }
    Kind operator()(const DropPolicy&) const { return Kind::Removed; }
    Kind operator()(const DropView&) const { return Kind::Removed; }
    Kind operator()(const DropRoutine&) const { return Kind::Removed; }
    Kind operator()(const DropOther&) const { return Kind::Removed; }
};

}  // namespace

Kind kind(const Change& change)
{
    return std::visit(KindOf{}, change);
}

Name relation(const Change& change)
{
    return std::visit(Overloaded{
                          [](const AddTable& c) { return nameOf(c.table); },
                          [](const DropTable& c) { return nameOf(c.table); },
                          [](const AlterTable& c) { return nameOf(c.to); },
                          [](const AddView& c) { return nameOf(c.view); },
                          [](const DropView& c) { return nameOf(c.view); },
                          [](const AlterView& c) { return nameOf(c.to); },
                          [](const AddColumn& c) { return c.table; },
                          [](const DropColumn& c) { return c.table; },
                          [](const AlterColumn& c) { return c.table; },
                          [](const AddConstraint& c) { return c.table; },
                          [](const DropConstraint& c) { return c.table; },
                          [](const AlterConstraint& c) { return c.table; },
                          [](const AddIndex& c) { return c.table; },
                          [](const DropIndex& c) { return c.table; },
                          [](const AlterIndex& c) { return c.table; },
                          [](const AddTrigger& c) { return c.table; },
                          [](const DropTrigger& c) { return c.table; },
                          [](const AlterTrigger& c) { return c.table; },
                          [](const AddPolicy& c) { return c.table; },
                          [](const DropPolicy& c) { return c.table; },
                          [](const AlterPolicy& c) { return c.table; },
                          [](const SetComment& c) {
                              const bool standsAlone = c.what == Commented::Routine
                                                       || c.what == Commented::Type
                                                       || c.what == Commented::Other;
                              return standsAlone ? Name{} : c.owner;
                          },
                          [](const SetPrivileges& c) {
                              return c.to.on == schema::GrantedOn::Relation ? nameOf(c.to) : Name{};
                          },
                          [](const AddSchema&) { return Name{}; },
                          [](const DropSchema&) { return Name{}; },
                          [](const AddExtension&) { return Name{}; },
                          [](const DropExtension&) { return Name{}; },
                          [](const AlterExtension&) { return Name{}; },
                          [](const AddType&) { return Name{}; },
                          [](const DropType&) { return Name{}; },
                          [](const AlterType&) { return Name{}; },
                          [](const AddSequence&) { return Name{}; },
                          [](const DropSequence&) { return Name{}; },
                          [](const AlterSequence&) { return Name{}; },
                          [](const AddRoutine&) { return Name{}; },
                          [](const DropRoutine&) { return Name{}; },
                          [](const AlterRoutine&) { return Name{}; },
                          [](const AddOther&) { return Name{}; },
                          [](const DropOther&) { return Name{}; },
                          [](const AlterOther&) { return Name{}; },
                      },
                      change);
}

}  // namespace dewpoint::change
