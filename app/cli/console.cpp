// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "cli/console.h"

#include "base/words.h"

#include <QFileDevice>

namespace dewpoint::cli {

void Console::hush(bool answersToo)
{
    m_notes = false;
    m_answers = !answersToo;
}

void Console::write(const QByteArray& bytes)
{
    if (!m_answers)
        return;
    m_broken = m_broken || m_out.write(bytes) != bytes.size();
}

void Console::line(const QString& text)
{
    write(text.toUtf8() + '\n');
    if (auto* file = qobject_cast<QFileDevice*>(&m_out))
        m_broken = !file->flush() || m_broken;
}

void Console::note(const QString& text)
{
    if (m_notes)
        m_err.write(text.toUtf8() + '\n');
}

int Console::fail(const Error& error, ExitCode code)
{
    m_err.write("dewpoint: " + error.oneLine().toUtf8() + '\n');
    return code;
}

int Console::usage(const QString& message)
{
    return fail({.message = message, .hint = Words::tr("Add --help to see how it is used.")}, Usage);
}

std::optional<bool> Console::confirm(const QString& question)
{
    if (!m_terminal)
        return std::nullopt;
    m_err.write(question.toUtf8() + " [y/N] ");
    const QByteArray answer = m_terminal->readLine().trimmed().toLower();
    return answer == "y" || answer == "yes";
}

}  // namespace dewpoint::cli
