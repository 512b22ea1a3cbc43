// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "kit/command.h"
#include "migrate/desk.h"

#include <QObject>

#include <utility>

namespace dewpoint::migrate {

class Risks;

/// The picture of more than one migration, and the review of what it shows as a file.
class Reviews final : public QObject
{
    Q_OBJECT
public:
    Reviews(Desk& desk, const Risks& risks, QObject* parent);

    kit::Command command();
    void save(const QString& path);
    void forget() { m_spanJob.cancel(); }

Q_SIGNALS:
    void oneRequested();  ///< the picture of the selected migration alone

private:
    std::pair<QString, QString> shownSpan() const;  ///< first and last version; empty where there is none
    void showSpan();
    void askWhere();

    Desk& m_desk;
    const Risks& m_risks;
    runtime::Job m_spanJob;
};

}  // namespace dewpoint::migrate
