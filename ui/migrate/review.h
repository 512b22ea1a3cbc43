// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "apply/lint_project.h"
#include "diagram/difference.h"
#include "runtime/job.h"

#include <QList>

#include <memory>

/// What a migration, or several in a row, come to: to be shown, and to be sent to somebody.
namespace dewpoint::migrate {

struct Review {
    struct Part {
        QString name;
        QString up, down;
        QStringList risks;  ///< what lint found, in words
    };

    QString database;
    QList<Part> parts;
    std::shared_ptr<const diagram::States> states;
    QStringList sentences;  ///< one for each change of the schema
    QString textDiff;       ///< of the whole schema as SQL, equal runs folded
};

/// From the one version to the other, replayed on a scratch database. Blocking: for a lane.
Result<Review> readReview(drivers::Connection& live, const project::Project& project, const QString& from,
                          const QString& to, const runtime::StopToken& stop);

/// One schema against the other as SQL, equal runs folded.
QString textDiffOf(const schema::Database& before, const schema::Database& after);

/// "May lock (line 3): …"
QString riskText(const apply::Linted& linted, const lint::Finding& finding);

/// Puts what lint says to the parts, by version.
void addRisks(Review& review, const QList<apply::Linted>& linted);

/// One file that needs no other and runs nothing: what it shows is escaped, and its rules of style are its
/// own. `svg`: the picture, empty for none.
QString reviewHtml(const Review& review, const QByteArray& svg);

/// A review with its picture, laid out: on a lane.
struct DrawnReview {
    Review review;
    diagram::Layout layout;
};
DrawnReview drawnReview(Review review, const diagram::LayoutOptions& options);

/// On the GUI thread: the picture's fonts belong to it.
Result<> writeReview(const QString& path, const DrawnReview& drawn);

}  // namespace dewpoint::migrate
