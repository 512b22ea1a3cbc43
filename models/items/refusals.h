// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/relation.h"
#include "rows/staged_edits.h"
#include "runtime/session.h"

#include <QHash>
#include <QMap>
#include <QObject>

#include <functional>
#include <optional>
#include <tuple>

namespace dewpoint::items {

/// Why staged cells cannot be stored. Much is known at once; whether a text is an array, a range, an
/// address, a domain's value … only PostgreSQL can tell: it is asked as soon as the text is staged, so that
/// nobody has to wait for the commit. What a commit refused is known until the next one says what it
/// refuses; either holds only while that is staged which it was said of. Rows go by their encoded key, new
/// ones by their id's digits.
class Refusals final : public QObject
{
    Q_OBJECT
public:
    /// What is staged in a row's column.
    using Staged =
        std::function<std::optional<rows::EditValue>(const QByteArray& row, const QString& column)>;
    using IsRowStaged = std::function<bool(const QByteArray& row)>;
    Refusals(runtime::Session& session, const rows::Relation& relation, Staged staged,
             IsRowStaged isRowStaged);

    QString at(const QByteArray& row, const QString& column) const;
    QString inRow(const QByteArray& row) const;  ///< of all its columns, one a line
    bool isEmpty() const { return m_known.isEmpty() && m_refused.isEmpty(); }
    void set(const QByteArray& row, const QString& column, const QString& reason);
    void remove(const QByteArray& row, const QString& column);
    void clear();
    /// What the last commit said; `column` is empty where it is about the row.
    void setRefused(const QByteArray& row, const QString& column, const QString& reason);
    void clearRefused() { m_refused.clear(); }
    /// Rows and columns with what is known of their values, whatever a commit said.
    QList<std::tuple<QByteArray, QString, QString>> known() const;
    /// On the server, where only it reads texts of such a column.
    void check(const QByteArray& row, const rows::RelationColumn& column, const rows::EditValue& value);

Q_SIGNALS:
    void found(const QString& first);  ///< the server refuses some that were to be checked: "column: why"

private:
    struct Check {
        QByteArray row;
        QString column;
        QString type;
        Value value;
    };
    struct Reason {
        QString text;
        std::optional<rows::EditValue> about;  ///< what was staged
        bool ofStagedRow = false;
    };
    using Reasons = QHash<QByteArray, QMap<QString, Reason>>;
    void sendChecks();
    Reason reasonFor(const QByteArray& row, const QString& column, const QString& text) const;
    QString textOf(const Reasons& reasons, const QByteArray& row, const QString& column) const;

    runtime::Session& m_session;
    Engine m_engine;
    Staged m_staged;
    IsRowStaged m_isRowStaged;
    Reasons m_known;        ///< of the value alone
    Reasons m_refused;      ///< by the last commit
    QList<Check> m_checks;  ///< not sent yet
    runtime::Job m_job;
    bool m_checking = false;
};

}  // namespace dewpoint::items
