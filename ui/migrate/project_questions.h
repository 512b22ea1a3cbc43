// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "project/answers.h"

#include <QWidget>

class QLineEdit;
class QVBoxLayout;

namespace dewpoint::migrate {

/// Asks for settings that the project's configuration computes: it is read, and never run.
class ProjectQuestions final : public QWidget
{
    Q_OBJECT
public:
    explicit ProjectQuestions(QWidget* parent = nullptr);

    void ask(const QList<project::Unknown>& unknowns);

Q_SIGNALS:
    void answered(const dewpoint::project::Answers& answers);

private:
    void finish();

    QVBoxLayout* m_fields;
    QWidget* m_asked = nullptr;
    QList<std::pair<QString, QLineEdit*>> m_edits;
};

}  // namespace dewpoint::migrate
