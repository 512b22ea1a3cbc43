// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "apply/convert.h"
#include "kit/command.h"
#include "migrate/desk.h"

#include <QObject>

#include <functional>

class QToolButton;

namespace dewpoint::migrate {

/// Putting the ledger right by hand: the actions, their questions and what comes of them.
class Repairs final : public QObject
{
    Q_OBJECT
public:
    Repairs(Desk& desk, QObject* parent);

    QList<kit::Command> commands();
    void repair(const apply::RepairRequest& request);

Q_SIGNALS:
    void repaired(const QString& title, const QString& copy);  ///< copy: of the database before; may be empty
    void failed();  ///< at whatever point; the ledger says what stands
    void ledgerRequested(const QString& table);
    void choiceWanted(const QList<dewpoint::apply::OtherLedger>& found);

public Q_SLOTS:
    void convertFrom(const QString& tool) { convert(tool, false); }

private:
    QList<kit::Command> ofSelected();
    QList<kit::Command> ofAll();
    void workOut(std::function<Result<apply::Repair>(drivers::Connection&)> plan);
    void consider(const Result<apply::Repair>& worked);
    void carryOut(const apply::Repair& agreed);
    void sumUp();
    void findOtherLedgers();
    void chooseLedger(const QList<apply::OtherLedger>& found);
    void convert(const QString& tool, bool ignoreUnmatched);

    Desk& m_desk;
    QString m_unmatchedFrom;  ///< the tool whose ledger is being taken over
};

}  // namespace dewpoint::migrate
