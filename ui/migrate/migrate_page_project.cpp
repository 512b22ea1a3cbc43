// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
// Which project it is: none yet, another tool's, or one that has questions.
#include "kit/ask_bar.h"
#include "migrate/creations.h"
#include "migrate/migrate_page.h"
#include "migrate/project_questions.h"
#include "project/format.h"
#include "store/project_answers.h"
#include "theme/theme.h"

#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace dewpoint::migrate {

QWidget* MigratePage::buildEmpty()
{
    auto* page = new QWidget(this);
    m_emptyText = new QLabel(page);
    m_emptyText->setObjectName(u"noProject"_s);
    m_emptyText->setAlignment(Qt::AlignCenter);
    m_emptyText->setWordWrap(true);
    m_emptyText->setTextFormat(Qt::PlainText);
    auto* choose = new QPushButton(tr("Choose folder…"), page);
    choose->setObjectName(u"chooseFolder"_s);
    connect(choose, &QPushButton::clicked, this, &MigratePage::chooseFolder);
    m_begin = new QPushButton(tr("Begin here with ▾"), page);
    m_begin->setObjectName(u"beginProject"_s);
    connect(m_begin, &QPushButton::clicked, this,
            [this] { chooseTool(m_begin->mapToGlobal(QPoint(0, m_begin->height()))); });
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(theme::space::s);
    buttons->addStretch(1);
    buttons->addWidget(choose);
    buttons->addWidget(m_begin);
    buttons->addStretch(1);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(theme::space::xxl, theme::space::xxl, theme::space::xxl, theme::space::xxl);
    column->setSpacing(theme::space::l);
    column->addStretch(1);
    column->addWidget(m_emptyText);
    column->addLayout(buttons);
    column->addStretch(2);
    return page;
}

void MigratePage::renderEmpty()
{
    const QString where =
        m_searched.isEmpty()
            ? tr("No folder was searched, because this database is not a file.")
            : tr("Searched: %1 and the folders above it.").arg(QDir::toNativeSeparators(m_searched));
    const QString waiting = m_creations->waits()
                                ? u"\n\n"_s + tr("The new migration waits until there is a place for it.")
                                : QString();
    m_emptyText->setText(
        tr("No migrations were found.") + u"\n\n"_s + where + u'\n'
        + (m_searched.isEmpty()
               ? tr("Choose the folder of a project, or of its migrations.")
               : tr("Choose the folder of a project or of its migrations, or begin one here."))
        + waiting);
    m_begin->setVisible(!m_searched.isEmpty());
}

QWidget* MigratePage::buildQuestions()
{
    m_questions = new ProjectQuestions(this);
    connect(m_questions, &ProjectQuestions::answered, this, [this](const project::Answers& answers) {
        if (!m_desk.project)
            return;
        if (const auto kept = store::rememberProjectAnswers(m_desk.project->root, answers); !kept)
            Q_EMIT statusText(kept.error().oneLine());
        else
            Q_EMIT projectAnswered();
    });
    return m_questions;
}

kit::Command MigratePage::toolCommand()
{
    return {u"migrate.tool"_s,
            tr("Use the folder as another tool's project…"),
            {},
            [this] { return !m_desk.busy && !m_searched.isEmpty(); },
            [this] { chooseTool(mapToGlobal(rect().center())); }};
}

kit::Command MigratePage::forgetAnswersCommand()
{
    return {u"migrate.forgetAnswers"_s,
            tr("Ask again for the settings that the configuration computes"),
            {},
            [this] {
                return !m_desk.busy && m_desk.project
                       && !store::projectAnswers(m_desk.project->root).isEmpty();
            },
            [this] {
                if (const auto done = store::forgetProjectAnswers(m_desk.project->root); !done)
                    m_desk.ask->tell(kit::AskBar::Tone::Danger, done.error().message, done.error().hint);
                else
                    Q_EMIT projectAnswered();
            }};
}

void MigratePage::chooseTool(const QPoint& place)
{
    auto* menu = new QMenu(this);
    menu->setObjectName(u"toolMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const project::Format* format : project::formats()) {
        if (format->usualPlace.isEmpty())
            continue;
        const QString tool = format->id;
        QAction* action = menu->addAction(format->title);
        action->setObjectName(tool);
        action->setCheckable(true);
        action->setChecked(m_desk.project && m_desk.project->tool == tool);
        connect(action, &QAction::triggered, this, [this, tool] { takeAs(tool); });
    }
    menu->popup(place);
}

void MigratePage::takeAs(const QString& tool)
{
    const auto taken = project::detectAs(tool, m_desk.project ? m_desk.project->root : m_searched);
    if (!taken || !*taken) {
        Q_EMIT statusText(taken ? tr("There is no such project here.") : taken.error().oneLine());
        return;
    }
    setProject(*taken);
    Q_EMIT projectPicked(**taken);
}

void MigratePage::chooseFolder()
{
    auto* dialog = new QFileDialog(this, tr("Folder of a project or of its migrations"), m_searched);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, &MigratePage::projectChosen);
    dialog->open();
}

}  // namespace dewpoint::migrate
