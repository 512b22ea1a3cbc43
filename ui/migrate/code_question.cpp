// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "migrate/code_question.h"

#include "base/words.h"
#include "kit/ask_bar.h"
#include "migrate/texts.h"
#include "project/code.h"
#include "store/agreements.h"

namespace dewpoint::migrate {

bool wantCode(kit::AskBar& ask, const project::Project& project,
              std::function<void(const QString& hash)> agreed)
{
    const auto code = project::codeOf(project);
    if (!code || project::mayRunCode(project))
        return true;
    ask.ask(kit::AskBar::Tone::Warning, texts::codeQuestion(), texts::codeConsequences(*code),
            Words::tr("Let it run"), [&ask, code = *code, agreed = std::move(agreed)] {
                if (const auto kept = store::rememberAgreement(code.folder, code.hash); !kept)
                    ask.tell(kit::AskBar::Tone::Danger, kept.error().message, kept.error().detail);
                else
                    agreed(code.hash);
            });
    return false;
}

}  // namespace dewpoint::migrate
