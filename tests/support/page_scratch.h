// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "cells/grid_view.h"
#include "grid/table_page.h"
#include "support/rows_fixture.h"
#include "support/rows_of.h"

#include <QTest>

namespace dewpoint::test {

/// A table's page on a scratch database, in a window of its own.
class PageScratch final
{
public:
    PageScratch(Engine engine, const QByteArray& script) : m_fixture(engine, script) {}
    /// Of the engine that the running row of test::engines() is about; SQLite where there is none.
    PageScratch(const QByteArray& sqliteScript, const QByteArray& postgresScript)
        : PageScratch(isForPostgres() ? Engine::Postgres : Engine::Sqlite,
                      isForPostgres() ? postgresScript : sqliteScript)
    {}

    [[nodiscard]] bool opens(const QString& name, QSize size = QSize(1100, 600))
    {
        const auto connection = m_fixture.connect();
        const auto database = catalog::inspect(*connection);
        if (!database)
            return false;
        const rows::Relation relation = rows::relationIn(*database, m_fixture.table(name));
        m_page.reset();
        m_session = std::make_unique<runtime::Session>(m_fixture.target());
        m_page =
            std::make_unique<grid::TablePage>(*m_session, relation, rows::referencesOf(relation, *database));
        m_page->resize(size);
        m_page->show();
        return QTest::qWaitForWindowActive(m_page.get()) && QTest::qWaitFor([this] {
                   return model().phase() == items::TableModel::Phase::Ready && model().total().exact
                          && (model().rowCount() == 0 || model().rowState(0) != items::RowState::Loading);
               });
    }

    RowsFixture& fixture() { return m_fixture; }
    grid::TablePage& page() const { return *m_page; }
    items::TableModel& model() const { return m_page->model(); }
    cells::GridView* grid() const { return m_page->grid(); }
    QModelIndex at(int row, const QString& column) const
    {
        return model().index(row, m_page->relation().indexOf(column));
    }
    QString cell(int row, const QString& column) const { return at(row, column).data().toString(); }
    items::CellState state(int row, const QString& column) const
    {
        return model().cellState(at(row, column));
    }
    /// The view itself would go by the modifiers of the key before.
    void focus(int row, const QString& column) const
    {
        grid()->selectionModel()->setCurrentIndex(at(row, column), QItemSelectionModel::ClearAndSelect);
        grid()->setFocus();
    }
    QString stored(const QString& sql) const
    {
        return displayText(m_fixture.connect()->scalar(sql).value_or(Text{"failed"}));
    }
    template <class Widget>
    Widget* child(const QString& name) const
    {
        return m_page->findChild<Widget*>(name);
    }

private:
    static bool isForPostgres() { return QByteArray(QTest::currentDataTag()).startsWith("PostgreSQL"); }

    RowsFixture m_fixture;
    std::unique_ptr<runtime::Session> m_session;
    std::unique_ptr<grid::TablePage> m_page;
};

}  // namespace dewpoint::test
