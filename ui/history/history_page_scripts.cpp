// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
// What is chosen of a commit becomes a script or a migration.
#include "history/history_page.h"
#include "kit/ask_bar.h"

#include <QFileDialog>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace dewpoint::history {

namespace {

Result<> write(const QString& path, const QString& text)
{
    QSaveFile file(path);
    const QByteArray utf8 = text.toUtf8();
    if (!file.open(QIODevice::WriteOnly) || file.write(utf8) != utf8.size() || !file.commit())
        return fail(ErrorKind::File,
                    HistoryPage::tr("%1 could not be written: %2").arg(path, file.errorString()),
                    HistoryPage::tr("Choose another place, or make room there."));
    return {};
}

}  // namespace

HistoryPage::Source HistoryPage::source() const
{
    Source source;
    const QList<rows::TableChanges> chosen = chosenChanges();
    for (const rows::TableChanges& table : chosen) {
        if (const auto relation = m_relationNamed(table.schema, table.name)) {
            source.changes += table;
            source.relations += *relation;
        } else {
            source.gone += table.name;
        }
    }
    return source;
}

void HistoryPage::tellLeftOut(const QStringList& gone, int leftOut)
{
    if (!gone.isEmpty())
        m_ask->tell(kit::AskBar::Tone::Warning, tr("There is no table %1 any more.").arg(gone.join(u", "_s)));
    else if (leftOut > 0)
        m_ask->tell(kit::AskBar::Tone::Warning, tr("%n row(s) are left out.", nullptr, leftOut),
                    tr("They have no key that would be the same elsewhere, or too little is known of them."));
}

void HistoryPage::askForFile()
{
    auto* dialog =
        new QFileDialog(this, tr("Save the rows as a script"), u"fixture.sql"_s, tr("SQL (*.sql)"));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"sql"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, &HistoryPage::saveScript);
    dialog->open();
}

// A commit may be of any size, so its script is made where nobody waits for it.
void HistoryPage::saveScript(const QString& path)
{
    const Source wanted = source();
    m_scriptJob = m_session.run(
        runtime::Session::Lane::Read, this,
        [wanted, path](drivers::Connection&, const runtime::StopToken&) -> Result<rows::ChangeScript> {
            rows::ChangeScript made = rows::scriptOf(wanted.changes, wanted.relations);
            if (made.fixture.isEmpty())
                return made;
            const auto written = write(path, u"BEGIN;\n"_s + made.fixture + u"COMMIT;\n"_s);
            return written ? Result<rows::ChangeScript>(std::move(made)) : fail(written.error());
        },
        [this, path, gone = wanted.gone](const Result<rows::ChangeScript>& made) {
            if (!made)
                return Q_EMIT statusText(made.error().oneLine());
            tellLeftOut(gone, made->leftOut);
            Q_EMIT statusText(made->fixture.isEmpty() ? tr("There is nothing to write.")
                                                      : tr("Saved as %1.").arg(path));
        });
}

void HistoryPage::migrate()
{
    const Source wanted = source();
    m_scriptJob = m_session.run(
        runtime::Session::Lane::Read, this,
        [wanted](drivers::Connection&, const runtime::StopToken&) {
            return Result<rows::ChangeScript>(rows::scriptOf(wanted.changes, wanted.relations));
        },
        [this, gone = wanted.gone](const Result<rows::ChangeScript>& made) {
            if (!made)
                return Q_EMIT statusText(made.error().oneLine());
            tellLeftOut(gone, made->leftOut);
            if (made->up.isEmpty())
                return Q_EMIT statusText(tr("There is nothing to write."));
            Q_EMIT migrationRequested(made->up.toUtf8(), made->down.toUtf8());
        });
}

}  // namespace dewpoint::history
