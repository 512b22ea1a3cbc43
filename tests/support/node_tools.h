// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QStringList>

namespace dewpoint::test {

/// What a program answered.
struct Answer {
    int code = -1;  ///< -1: it did not start or was killed
    QString text;   ///< both outputs

    bool operator==(const Answer&) const = default;
};

/// Runs a program in `folder`; `environment` has NAME=value, on top of the test's own.
Answer run(const QString& program, const QStringList& arguments, const QString& folder,
           const QStringList& environment = {});

/// Real migration tools from npm, installed once below build/interop and kept there.
class NodeTools final
{
public:
    /// `name` is the folder below build/interop; packages as npm wants them: "drizzle-kit@0.31.11".
    NodeTools(const QString& name, const QStringList& packages);

    /// Why the tools cannot be used here; empty when they can.
    QString problem() const { return m_problem; }

    QString modules() const { return m_folder + QStringLiteral("/node_modules"); }

    /// A script of the tools' own, e.g. "drizzle-kit/bin.cjs", or an absolute one.
    Answer node(const QString& script, const QStringList& arguments, const QString& folder) const;

    static QString nodeProgram();  ///< DEWPOINT_NODE, the PATH's, or build/interop/bin/node; empty: none

private:
    QString m_folder;
    QString m_problem;
};

}  // namespace dewpoint::test
