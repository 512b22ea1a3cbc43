// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "lint/lint.h"

#include <QDirIterator>
#include <QRegularExpression>
#include <QTest>

using namespace dewpoint;
using namespace Qt::StringLiterals;

/// Lint over every SQL file that comes with the project: what real tools wrote (tests/samples), the sample
/// shop and the golden plans. All of it runs on its engine, so none of it may be strange to lint.
class LintSamplesTest final : public QObject
{
    Q_OBJECT

    static QString source() { return qEnvironmentVariable("DEWPOINT_SOURCE", u"."_s); }
    static QString textOf(const QString& path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }
    /// Some folders of samples do not say it; PostgreSQL knows no such quotes.
    static Engine engineOf(const QString& path)
    {
        return path.contains(u"sqlite"_s) || textOf(path).contains(u'`') ? Engine::Sqlite : Engine::Postgres;
    }
    static QStringList files(const QString& folder, const QString& pattern)
    {
        QStringList paths;
        for (QDirIterator each(source() + u'/' + folder, {pattern}, QDir::Files,
                               QDirIterator::Subdirectories);
             each.hasNext();)
            paths << each.next();
        paths.sort();
        return paths;
    }

    /// A golden plan's scripts: what leads there and back.
    static QMap<QString, QString> sections(const QString& path)
    {
        QMap<QString, QString> all;
        QString section;
        const QStringList lines = textOf(path).split(u'\n');
        static const QRegularExpression title(
            u"^-- (from|to|answers|questions|rows|keeps|up|down|refused|refusal)$"_s);
        for (const QString& line : lines) {
            if (const auto match = title.match(line); match.hasMatch())
                section = match.captured(1);
            else
                all[section] += line + u'\n';
        }
        return all;
    }

    static QStringList told(const lint::Report& report)
    {
        QStringList lines;
        for (const lint::Finding& finding : report.findings)
            lines << u"%1 %2 %3"_s.arg(QString::number(finding.statement), finding.code, finding.subject);
        return lines.replaceInStrings(u"\r\n"_s, u"\n"_s);
    }

    /// What every finding has to have, whatever it is about.
    static void check(const lint::Report& report, const QString& script, const QString& name)
    {
        const auto lineCount = script.count(u'\n') + 1;
        for (const lint::Judged& statement : report.statements) {
            QVERIFY2(statement.place.start >= 0 && statement.place.length > 0
                         && statement.place.start + statement.place.length <= script.size(),
                     qUtf8Printable(name));
            QCOMPARE(statement.text, script.mid(statement.place.start, statement.place.length));
        }
        for (const lint::Finding& finding : report.findings) {
            const QString at = name + u": "_s + finding.code + u": "_s + finding.text;
            QVERIFY2(finding.code != u"not-understood"_s, qUtf8Printable(at));
            const lint::Code* code = lint::findCode(finding.code);
            QVERIFY2(code, qUtf8Printable(at));
            QVERIFY2(!code->what.isEmpty() && !code->why.isEmpty() && !code->instead.isEmpty(),
                     qUtf8Printable(at));
            QVERIFY2(lint::classNamed(lint::className(code->level)) == code->level, qUtf8Printable(at));
            QVERIFY2(!finding.text.isEmpty() && (!finding.text.contains(u'%') || script.contains(u'%')),
                     qUtf8Printable(at));
            QVERIFY2(finding.statement >= -1 && finding.statement < report.statements.size(),
                     qUtf8Printable(at));
            QVERIFY2(report.line(finding) >= 1 && report.line(finding) <= lineCount, qUtf8Printable(at));
            if (finding.rewrite)
                QVERIFY2(!finding.rewrite->statement.isEmpty() && !finding.rewrite->title.isEmpty(),
                         qUtf8Printable(at));
        }
    }

    /// In each way that a tool may run it, knowing of the schema what `before` made, or nothing.
    static void lint(const QString& before, const QString& script, Engine engine, const QString& name)
    {
        for (const bool inTransaction : {true, false}) {
            for (const bool isKnown : {true, false}) {
                const lint::Setting setting{.engine = engine, .inTransaction = inTransaction};
                const auto judged = [&](const QString& text) {
                    lint::Known known;
                    known.whole = isKnown;
                    if (isKnown)
                        (void)lint::judge(before, {.engine = engine}, known);
                    return lint::judge(text, setting, known);
                };
                const lint::Report report = judged(script);
                check(report, script, name);
                // How its lines end makes no difference, nor to SQLite how the file begins.
                QString other = script;
                other.replace(u'\n', u"\r\n"_s);
                const lint::Report same = judged(other);
                check(same, other, name);
                QCOMPARE(told(same), told(report));
                other = QChar(QChar::ByteOrderMark) + script;
                if (engine == Engine::Sqlite)
                    QCOMPARE(told(judged(other)), told(report));
            }
        }
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(); }

    void readsWhatToolsWrote_data()
    {
        QTest::addColumn<QString>("path");
        for (const QString& folder : {u"tests/samples"_s, u"resources/demo"_s}) {
            const QStringList paths = files(folder, u"*.sql"_s);
            QVERIFY(!paths.isEmpty());
            for (const QString& path : paths)
                QTest::newRow(qUtf8Printable(path.sliced(source().size() + 1))) << path;
        }
    }
    void readsWhatToolsWrote()
    {
        QFETCH(const QString, path);
        const QString script = textOf(path);
        // What the same project has before it.
        QString before;
        const bool isFolder = QFileInfo(path).fileName() == u"migration.sql"_s
                              || QFileInfo(path).fileName() == u"up.sql"_s
                              || QFileInfo(path).fileName() == u"down.sql"_s;
        QDir project = QFileInfo(path).dir();
        if (isFolder)
            project.cdUp();
        for (const QString& other : files(project.path().sliced(source().size() + 1),
                                          isFolder ? QFileInfo(path).fileName() : u"*.sql"_s)) {
            if (other < path && !path.endsWith(u"down.sql"_s))
                before += textOf(other) + u";\n"_s;
        }
        lint(before, script, engineOf(path), path);
    }

    void readsTheGoldenPlans_data()
    {
        QTest::addColumn<QString>("path");
        for (const QString& path : files(u"tests/scripts/plan"_s, u"*.script"_s))
            QTest::newRow(qUtf8Printable(path.sliced(source().size() + 1))) << path;
    }
    void readsTheGoldenPlans()
    {
        QFETCH(const QString, path);
        const QMap<QString, QString> all = sections(path);
        const Engine engine = engineOf(path);
        lint({}, all.value(u"from"_s), engine, path + u" from"_s);
        lint({}, all.value(u"to"_s), engine, path + u" to"_s);
        lint(all.value(u"from"_s), all.value(u"up"_s), engine, path + u" up"_s);
        lint(all.value(u"to"_s), all.value(u"down"_s), engine, path + u" down"_s);
    }
};

QTEST_GUILESS_MAIN(LintSamplesTest)
#include "lint_samples_test.moc"
