// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "sql/dialect.h"

#include <QFrame>

class QLabel;
class QPlainTextEdit;

namespace dewpoint::rows {
struct Relation;
class StagedEdits;
}  // namespace dewpoint::rows

namespace dewpoint::grid {

/// The exact SQL that a commit would run, below the grid; never modal.
class PreviewSheet final : public QFrame
{
    Q_OBJECT
public:
    explicit PreviewSheet(Engine engine, QWidget* parent = nullptr);
    /// Of many, the first. `along`: what the database does by itself, and in the title `tail` how much.
    void show(const rows::Relation& relation, const rows::StagedEdits& edits, const QStringList& along = {},
              const QString& tail = {});
    QString text() const;

private:
    QLabel* m_title;
    QPlainTextEdit* m_text;
};

}  // namespace dewpoint::grid
