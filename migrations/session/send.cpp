// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "session/send.h"

namespace dewpoint::session {

Result<> send(drivers::Connection& connection, const project::Script& script, int first,
              const std::function<Result<>(int)>& sent)
{
    for (int i = first; i < script.pieces.size(); ++i) {
        const auto& piece = script.pieces[i];
        auto ran = connection.executeScript(script.text.sliced(piece.start, piece.length));
        if (ran && sent)
            ran = sent(i + 1);
        if (ran)
            continue;
        Error error = ran.error();
        const qsizetype before = QString::fromUtf8(script.text.first(piece.start)).size();
        if (error.position >= 0)
            error.position += static_cast<int>(before);
        else if (script.pieces.size() > 1 && error.kind != ErrorKind::Cancelled)
            error.position = static_cast<int>(before);
        return fail(std::move(error));
    }
    return {};
}

}  // namespace dewpoint::session
