// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "catalog/inspect.h"
#include "diff/compare.h"
#include "diff/table_diff.h"
#include "support/pg.h"

#include <QDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace dewpoint;

/// Runs tests/scripts/<engine>/*.script: two schemas, and what turns the first into the second.
/// "-- tables" is optional and tells the visual diff.
class DiffScriptsTest final : public QObject
{
    Q_OBJECT

private:
    static QHash<QString, QString> sections(const QString& path)
    {
        QHash<QString, QString> result;
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            return result;
        QString section;
        const QStringList lines = QString::fromUtf8(file.readAll()).split(u'\n');
        for (const QString& line : lines) {
            if (line.startsWith(u"-- from") || line.startsWith(u"-- to") || line.startsWith(u"-- changes")
                || line.startsWith(u"-- tables"))
                section = line.sliced(3);
            else if (!section.isEmpty() && !(line.isEmpty() && section != u"from" && section != u"to"))
                result[section] += line + u'\n';
        }
        return result;
    }

    static Result<schema::Database> build(const drivers::Target& target, const QString& script)
    {
        auto connection = drivers::Connection::open(target);
        if (!connection)
            return fail(connection.error());
        if (const auto done = (*connection)->executeScript(script.toUtf8()); !done)
            return fail(done.error());
        return catalog::inspect(**connection);
    }

    static Result<schema::Database> build(Engine engine, const QString& script)
    {
        if (engine == Engine::Sqlite)
            return build({.engine = Engine::Sqlite, .location = u":memory:"_s}, script);
        const test::ScratchPostgres scratch;
        return build(scratch.target(), script);
    }

    static QString stateName(diff::State state)
    {
        static const QString names[] = {u"same"_s, u"added"_s, u"removed"_s, u"changed"_s};
        return names[static_cast<int>(state)];
    }

    static QString picture(const QList<diff::TableDiff>& tables)
    {
        QString text;
        for (const diff::TableDiff& table : tables) {
            text += stateName(table.state) + u' ' + table.name + u'\n';
            for (const diff::ColumnDiff& column : table.columns)
                text += u"  %1 %2\n"_s.arg(stateName(column.state),
                                           column.after ? column.after->name : column.before->name);
            for (const diff::TableDiff::Line& line : table.lines)
                text += u"  %1: %2\n"_s.arg(stateName(line.state), line.text);
        }
        return text;
    }

    static QString sentences(const QList<change::Change>& changes)
    {
        QString text;
        for (const change::Change& change : changes)
            text += change::sentence(change) + u'\n';
        return text;
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(); }

    void turnsOneSchemaIntoTheOther_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<bool>("postgres");
        const QString root =
            qEnvironmentVariable("DEWPOINT_SOURCE", QStringLiteral(".")) + u"/tests/scripts/"_s;
        for (const QString& engine : {u"sqlite"_s, u"postgres"_s}) {
            const QFileInfoList files =
                QDir(root + engine).entryInfoList({u"*.script"_s}, QDir::Files, QDir::Name);
            for (const QFileInfo& file : files)
                QTest::newRow(qUtf8Printable(engine + u'/' + file.baseName()))
                    << file.filePath() << (engine == u"postgres");
        }
    }

    void turnsOneSchemaIntoTheOther()
    {
        QFETCH(QString, path);
        QFETCH(bool, postgres);
        const Engine engine = postgres ? Engine::Postgres : Engine::Sqlite;
        const QHash<QString, QString> script = sections(path);
        const auto from = build(engine, script.value(u"from"_s));
        QVERIFY2(from, from ? "" : qUtf8Printable(from.error().oneLine()));
        const auto to = build(engine, script.value(u"to"_s));
        QVERIFY2(to, to ? "" : qUtf8Printable(to.error().oneLine()));
        const QList<change::Change> changes = diff::compare(*from, *to);
        QCOMPARE(sentences(changes), script.value(u"changes"_s));
        if (script.contains(u"tables"_s))
            QCOMPARE(picture(diff::byTable(changes, *from, *to)), script.value(u"tables"_s));
        QCOMPARE(sentences(diff::compare(*to, *to)), QString());
        QCOMPARE(sentences(diff::compare(*from, *from)), QString());
        QCOMPARE(diff::compare(*to, *from).isEmpty(), changes.isEmpty());
    }
};

QTEST_GUILESS_MAIN(DiffScriptsTest)
#include "diff_scripts_test.moc"
