// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "grid/delete_consequences.h"

#include "items/table_model.h"
#include "theme/theme.h"

using namespace Qt::StringLiterals;

namespace dewpoint::grid {

DeleteConsequences::DeleteConsequences(runtime::Session& session, const items::TableModel& model)
    : m_session(session), m_model(model)
{
    setObjectName(u"consequences"_s);
    setProperty("role", u"consequence"_s);
    setWordWrap(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse);
    setMargin(theme::space::s);
    hide();
}

void DeleteConsequences::consider()
{
    std::vector<rows::RowKey> keys;
    if (!m_dependants.isEmpty()) {
        for (const auto& [bytes, edit] : m_model.edits().rows()) {
            if (edit.deleted)
                keys.push_back(edit.key);
        }
    }
    if (keys == m_considered)
        return;
    m_considered = keys;
    m_job = {};
    if (keys.empty())
        return say({});
    say({tr("Counting the rows that refer to the deleted ones…")});  // what was counted was of others
    m_job = m_session.run(
        runtime::Session::Lane::Read, this,
        [relation = m_model.relation(), dependants = m_dependants, keys](drivers::Connection& connection,
                                                                         const runtime::StopToken&) {
            return rows::countDependants(connection, relation, dependants, keys);
        },
        [this](const Result<QList<rows::DependantCount>>& counts) {
            if (!counts)
                return say({tr("The rows that refer to the deleted ones could not be counted: %1")
                                .arg(counts.error().oneLine())});
            QStringList lines;
            for (const rows::DependantCount& count : *counts)
                lines += rows::sentence(count);
            say(lines);
        });
}

void DeleteConsequences::say(const QStringList& lines)
{
    const QString before = text();
    setText(lines.isEmpty() ? QString() : u"⚠ "_s + lines.join(u'\n'));
    setVisible(!lines.isEmpty());
    Q_EMIT told(before);
}

}  // namespace dewpoint::grid
