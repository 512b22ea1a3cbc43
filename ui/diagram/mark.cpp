// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "diagram/mark.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::diagram {

QString signOf(Mark mark)
{
    switch (mark) {
    case Mark::None: return {};
    case Mark::Added: return u"+"_s;
    case Mark::Removed: return u"−"_s;
    case Mark::Changed: return u"~"_s;
    }
    std::unreachable();
}

theme::Role strongOf(Mark mark)
{
    switch (mark) {
    case Mark::None: return theme::Role::BorderStrong;
    case Mark::Added: return theme::Role::Added;
    case Mark::Removed: return theme::Role::Removed;
    case Mark::Changed: return theme::Role::Changed;
    }
    std::unreachable();
}

theme::Role softOf(Mark mark)
{
    switch (mark) {
    case Mark::None: return theme::Role::Surface;
    case Mark::Added: return theme::Role::AddedSoft;
    case Mark::Removed: return theme::Role::RemovedSoft;
    case Mark::Changed: return theme::Role::ChangedSoft;
    }
    std::unreachable();
}

}  // namespace dewpoint::diagram
