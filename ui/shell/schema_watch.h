// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "runtime/own_session.h"
#include "schema/database.h"

#include <QElapsedTimer>
#include <QObject>

namespace dewpoint::shell {

/// Other programs change a schema, too: when the person comes back to the window, it is read in the background,
/// in a session of its own, and compared with what is shown.
class SchemaWatch final : public QObject
{
    Q_OBJECT
public:
    explicit SchemaWatch(runtime::Session& session, QObject* parent = nullptr);

    void setShown(const schema::Database& database);

Q_SIGNALS:
    void changed();

private:
    void look();

    runtime::Session& m_session;
    runtime::OwnSession m_own{m_session, runtime::OwnSession::Use::Read};
    runtime::Job m_job;
    schema::Database m_shown;
    QElapsedTimer m_read;  ///< since that was read
};

}  // namespace dewpoint::shell
