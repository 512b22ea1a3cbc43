// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "window_bench.h"

#include "cells/grid_view.h"
#include "data.h"
#include "exchange/export_page.h"
#include "exchange/import_page.h"
#include "migrate/compare_page.h"
#include "migrate/migrate_page.h"
#include "search/search_page.h"
#include "support/heartbeat.h"
#include "support/window_scratch.h"
#include "until.h"

#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QLocale>
#include <QProgressBar>
#include <QScrollBar>

#include <optional>

using namespace Qt::StringLiterals;

namespace dewpoint::bench {

namespace {

constexpr double frame = 16;
constexpr double prompt = 100;
constexpr int frames = 600;
constexpr int migrations = 100;

class WindowBench final
{
public:
    WindowBench(Board& board, const WindowData& data) : m_board(board), m_data(data) {}

    void run()
    {
        m_scratch.emplace();
        opens(m_data.rows);
        grid();
        searches();
        goesOut();
        comesIn();
        m_scratch.emplace();
        opens(m_data.tables);
        compares();
        m_scratch.emplace();
        migrates();
    }

private:
    QString name(const QString& what) const { return u"%1, window: %2"_s.arg(m_data.engine, what); }
    shell::Workspace* workspace() const { return m_scratch->workspace(); }
    grid::TablePage* table() const { return qobject_cast<grid::TablePage*>(workspace()->currentPage()); }
    template <class Page>
    Page* page() const
    {
        auto* found = m_scratch->window()->findChild<Page*>();
        if (!found)
            qFatal("the page is not there");
        return found;
    }
    void settle() const
    {
        until([this] { return m_scratch->window()->isSettled(); });
    }
    void opens(const drivers::Target& target, const QString& project = {}) const
    {
        store::SavedConnection connection{.target = target, .projectFolder = project, .lastUsed = {}};
        connection.target.create = false;
        m_scratch->window()->openConnection(connection);
        settle();
    }
    /// The longest time without an answer, as the median of some rounds.
    void blocks(const QString& what, const Board::Work& work, const Board::Work& before = {}) const
    {
        if (!m_board.wants(name(what)))
            return work();
        QList<double> longest;
        for (int i = 0; i < m_board.options().rounds; ++i) {
            if (before)
                before();
            const test::Heartbeat beat;
            work();
            longest += beat.longest();
        }
        m_board.limit(name(what), median(longest), u"ms"_s, frame);
    }
    /// From the key to the first sign of it, and from Cancel to the end.
    void isPrompt(const QString& what, const Board::Work& begin, const QWidget& page,
                  const Board::Work& cancel, const std::function<bool()>& runs) const
    {
        QList<double> shown;
        QList<double> ended;
        for (int i = 0; i < m_board.options().rounds; ++i) {
            shown += milliseconds([&] {
                begin();
                until([&] { return showsProgress(page) || !runs(); });
            });
            QElapsedTimer clock;
            clock.start();
            until([&] { return clock.elapsed() > 150 || !runs(); });
            if (!runs())
                qFatal("%s was over before it could be cancelled", qUtf8Printable(what));
            ended += milliseconds([&] {
                cancel();
                until([&] { return !runs(); });
            });
        }
        m_board.limit(name(what + u": first sign of progress"_s), median(shown), u"ms"_s, prompt);
        m_board.limit(name(what + u": cancelled"_s), median(ended), u"ms"_s, prompt);
    }
    static bool showsProgress(const QWidget& page)
    {
        return std::ranges::any_of(page.findChildren<QProgressBar*>(),
                                   [](const QProgressBar* bar) { return bar->isVisible(); });
    }

    void grid() const
    {
        blocks(u"open a table"_s, [this] {
            workspace()->openNamed(m_data.large.table);
            settle();
        });
        auto* view = table()->grid();
        const auto isThere = [this](int row) { return table()->model().isLoaded(row); };
        blocks(
            u"jump to the last row"_s,
            [&] {
                view->scrollToBottom();
                until([&] { return isThere(table()->model().rowCount() - 1); });
            },
            [&] { view->scrollToTop(); });
        view->scrollToTop();
        frameOf(*view);
        blocks(
            u"filter"_s,
            [this] {
                table()->filterBy(
                    {{.column = u"note"_s, .op = rows::FilterOperator::Contains, .value = u"99998"_s}});
                settle();
            },
            [this] {
                table()->clearFilters();
                settle();
            });
        table()->clearFilters();
        settle();
        blocks(u"sort"_s, [this] {
            table()->sortBy(4, false);
            settle();
        });
    }
    /// A page of rows further with each frame, drawn at once.
    void frameOf(cells::GridView& view) const
    {
        QScrollBar* bar = view.verticalScrollBar();
        QList<double> times;
        for (int i = 1; i <= frames; ++i) {
            times += milliseconds([&] {
                bar->setValue(i * 3);
                view.viewport()->repaint();
            });
            until([] { return true; });  // pages that were asked for arrive between the frames
        }
        m_board.limit(name(u"a frame of scrolling, p99"_s), percentile(times, 0.99), u"ms"_s, frame);
    }

    void searches() const
    {
        workspace()->openSearch();
        auto* search = page<search::SearchPage>();
        search->findChild<QLineEdit*>(u"valueField"_s)->setText(u"no such value"_s);
        const auto runs = [search] { return search->isRunning(); };
        const auto stop = [search] { search->stop(); };
        isPrompt(u"search of the database"_s, [search] { search->start(); }, *search, stop, runs);
        blocks(u"search of the database"_s, [&] {
            search->start();
            QElapsedTimer clock;
            clock.start();
            until([&] { return clock.elapsed() > 1000 || !runs(); });
            stop();
            until([&] { return !runs(); });
        });
    }

    void goesOut() const
    {
        workspace()->openNamed(m_data.middle.table);
        settle();
        workspace()->openExport(*table());
        auto* out = page<exchange::ExportPage>();
        auto* format = out->findChild<QComboBox*>(u"exportFormat"_s);
        format->setCurrentIndex(format->findData(u"csv"_s));
        auto* path = out->findChild<QLineEdit*>(u"exportPath"_s);
        int times = 0;
        const auto start = [&] {
            path->setText(m_folder.filePath(u"cut%1.csv"_s.arg(++times)));
            out->start();
        };
        const auto runs = [out] { return out->isRunning(); };
        isPrompt(u"export"_s, start, *out, [out] { out->cancel(); }, runs);
        blocks(u"export"_s, [&] {
            start();
            until([&] { return !runs(); });
        });
        if (!QFile::copy(path->text(), csv()))
            qFatal("nothing was exported");
    }
    QString csv() const { return m_folder.filePath(u"rows.csv"_s); }

    void comesIn() const
    {
        const auto connection = connect(m_data.rows);
        const auto emptied = [&] {
            (void)connection->execute(u"DROP TABLE copied"_s);
            if (!connection->execute(
                    u"CREATE TABLE copied AS SELECT * FROM %1 WHERE false"_s.arg(m_data.middle.table)))
                qFatal("no table");
        };
        emptied();
        workspace()->reloadCatalog();
        until([this] {
            workspace()->openNamed(u"copied"_s);
            return table()->relation().name == u"copied"_s;
        });
        settle();
        workspace()->openImport(*table(), csv());
        auto* in = page<exchange::ImportPage>();
        const auto runs = [in] { return in->isBusy(); };
        const auto ready = [&] { until([&] { return !runs(); }); };
        ready();
        isPrompt(u"import"_s, [in] { in->start(); }, *in, [in] { in->cancel(); }, runs);
        blocks(
            u"import"_s,
            [&] {
                in->start();
                ready();
            },
            [&] {
                if (!connection->execute(u"DELETE FROM copied"_s))
                    qFatal("not emptied");
            });
        (void)connection->execute(u"DROP TABLE copied"_s);
    }

    /// All tables against none, both ways planned and proven.
    void compares() const
    {
        workspace()->openCompare();
        auto* page = this->page<migrate::ComparePage>();
        using Kind = migrate::SchemaSource::Kind;
        page->setSources({.kind = Kind::Empty}, {.kind = Kind::ThisDatabase});
        const auto runs = [page] { return page->isBusy(); };
        isPrompt(u"schema diff"_s, [page] { page->compare(); }, *page, [page] { page->cancel(); }, runs);
        blocks(u"schema diff of %1 new tables"_s.arg(m_board.options().tables), [&] {
            page->compare();
            until([&] { return !runs(); });
        });
        if (!page->comparison())
            qFatal("nothing was compared");
    }

    QString project() const
    {
        const QString folder = m_folder.filePath(u"project/db/migrations"_s);
        QDir().mkpath(folder);
        for (int i = 0; i < migrations; ++i) {
            QFile file(u"%1/%2_made.sql"_s.arg(folder).arg(20250101000000LL + i));
            if (!file.open(QIODevice::WriteOnly))
                qFatal("no file");
            file.write(u"-- migrate:up\nCREATE TABLE made_%1 (id integer PRIMARY KEY, name text);\n"
                       "-- migrate:down\nDROP TABLE made_%1;\n"_s.arg(i)
                           .toUtf8());
        }
        return m_folder.filePath(u"project"_s);
    }
    void migrates() const
    {
        opens(m_data.empty, project());
        workspace()->openMigrations();
        auto* page = this->page<migrate::MigratePage>();
        const auto runs = [page] { return page->isBusy(); };
        const auto command = [page](const QString& id) {
            for (const kit::Command& each : page->commands()) {
                if (each.id == id)
                    return each.run();
            }
            qFatal("no command %s", qUtf8Printable(id));
        };
        const auto idle = [&] { until([&] { return page->status() && !runs(); }); };
        const auto rehearse = [&] { command(u"migrate.rehearse"_s); };
        idle();
        isPrompt(u"rehearsal"_s, rehearse, *page, [page] { page->cancel(); }, runs);
        blocks(u"rehearsal"_s, [&] {
            rehearse();
            until([&] { return !runs(); });
        });
        const test::Heartbeat beat;
        command(u"migrate.run"_s);
        until([&] { return page->status()->pendingCount() == 0 && !runs(); });
        m_board.limit(name(u"%1 migrations run"_s.arg(migrations)), beat.longest(), u"ms"_s, frame);
    }

    Board& m_board;
    WindowData m_data;
    QTemporaryDir m_folder;
    std::optional<test::WindowScratch> m_scratch;
};

}  // namespace

void benchWindow(Board& board, const WindowData& data)
{
    WindowBench(board, data).run();
}

}  // namespace dewpoint::bench
