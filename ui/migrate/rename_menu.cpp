// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "migrate/rename_menu.h"

#include "base/words.h"
#include "kit/ask_bar.h"

#include <QMenu>

using namespace Qt::StringLiterals;

namespace dewpoint::migrate {

namespace {

void popUpAnswers(kit::AskBar* bar, const shadow::Answers& answers, const QList<plan::Question>& open,
                  const std::function<void(const shadow::Answers&)>& again)
{
    auto* menu = new QMenu(bar);
    menu->setObjectName(u"renameMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const plan::Question& question : open) {
        shadow::Answers more = answers;
        more.renames << plan::argument(question.rename);
        const QAction* action =
            menu->addAction(Words::tr("Renamed: %1").arg(plan::argument(question.rename)));
        QObject::connect(action, &QAction::triggered, bar, [again, more] { again(more); });
    }
    menu->addSeparator();
    shadow::Answers rest = answers;
    rest.dropAndAdd = true;
    const QAction* none =
        menu->addAction(Words::tr("Nothing is renamed: it goes, and the other comes empty"));
    QObject::connect(none, &QAction::triggered, bar, [again, rest] { again(rest); });
    menu->popup(bar->mapToGlobal(QPoint(0, bar->height())));
}

}  // namespace

void askRenames(kit::AskBar* bar, const shadow::Answers& answers, const QList<plan::Question>& open,
                std::function<void(const shadow::Answers&)> again)
{
    QStringList sentences;
    for (const plan::Question& question : open)
        sentences << plan::sentence(question);
    bar->tell(kit::AskBar::Tone::Warning, Words::tr("Something may have been renamed."),
              sentences.join(u'\n'), Words::tr("Answer…"),
              [bar, answers, open, again = std::move(again)] { popUpAnswers(bar, answers, open, again); });
}

}  // namespace dewpoint::migrate
