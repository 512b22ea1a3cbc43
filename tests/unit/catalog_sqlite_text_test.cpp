// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "catalog/sqlite_table_text.h"
#include "catalog/sqlite_tokens.h"
#include "support/schema_text.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace dewpoint;

/// Reading the CREATE texts that SQLite stores.
class CatalogSqliteTextTest final : public QObject
{
    Q_OBJECT

private:
    static QString constraints(const QString& sql)
    {
        QStringList lines;
        const catalog::TableText text = catalog::readCreateTable(sql);
        for (const schema::Constraint& constraint : text.constraints)
            lines.append(test::describe(constraint));
        return lines.join(u'\n');
    }

    static QString columns(const QString& sql)
    {
        QStringList names;
        const catalog::TableText text = catalog::readCreateTable(sql);
        for (const catalog::ColumnText& column : text.columns)
            names.append(column.name);
        return names.join(u'|');
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(); }

    void readsNamesQuotedInAllFourWays()
    {
        QCOMPARE(columns(u"CREATE TABLE t(\"a \"\"b\" INT, `c``d` TEXT, [e f], 'g''h' REAL, plain)"_s),
                 u"a \"b|c`d|e f|g'h|plain"_s);
    }

    void ignoresCommentsAndNestedParentheses()
    {
        const QString sql =
            u"CREATE TABLE t(a INT /* , x INT */ CHECK (a IN (1, (2)) AND ')' <> a), -- b INT,\n c DECIMAL(10, 2))"_s;
        QCOMPARE(columns(sql), u"a|c"_s);
        QCOMPARE(constraints(sql), u"check {a IN (1, (2)) AND ')' <> a}"_s);
    }

    void readsColumnConstraints()
    {
        QCOMPARE(
            constraints(u"CREATE TABLE t(id INTEGER CONSTRAINT pk PRIMARY KEY AUTOINCREMENT NOT NULL, "
                        "email TEXT NOT NULL ON CONFLICT IGNORE UNIQUE ON CONFLICT REPLACE COLLATE NOCASE, "
                        "n INT DEFAULT (1 + (2)) CONSTRAINT positive CHECK (n > 0))"_s),
            u"primary key pk (id) autoincrement\n"
            "not null (email) {ON CONFLICT IGNORE}\n"
            "unique (email) {ON CONFLICT REPLACE}\n"
            "check positive {n > 0}"_s);
    }

    void readsForeignKeysWithActionsMatchAndDeferral()
    {
        QCOMPARE(
            constraints(
                u"CREATE TABLE t(a REFERENCES p ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED, "
                "b REFERENCES p(x) ON UPDATE CASCADE ON DELETE NO ACTION MATCH FULL NOT DEFERRABLE, c INT, "
                "CONSTRAINT two FOREIGN KEY (b, c) REFERENCES \"q r\"(d, e) DEFERRABLE)"_s),
            u"foreign key (a) -> p () on delete SET NULL match NONE deferrable deferred\n"
            "foreign key (b) -> p (x) on update CASCADE match FULL\n"
            "foreign key two (b, c) -> q r (d, e) match NONE deferrable"_s);
    }

    void readsTableConstraintsWithAndWithoutCommas()
    {
        QCOMPARE(
            constraints(
                u"CREATE TABLE t(a, b, PRIMARY KEY (a, b DESC) CHECK (a > b), CONSTRAINT u UNIQUE (b COLLATE nocase), UNIQUE(a))"_s),
            u"primary key (a, b) {(a, b DESC)}\ncheck {a > b}\nunique u (b) {(b COLLATE nocase)}\nunique (a)"_s);
    }

    void readsCollationsGeneratedColumnsAndWordDefaults()
    {
        const catalog::TableText text = catalog::readCreateTable(
            u"CREATE TABLE t(a TEXT COLLATE rtrim DEFAULT hello, b AS (a || ')') STORED, c INT GENERATED "
            u"ALWAYS AS (length(a)) VIRTUAL, "
            "d DEFAULT CURRENT_TIMESTAMP, e BLOB DEFAULT x'00' NOT NULL, f DEFAULT -1.5e+3 UNIQUE, g VARYING CHARACTER(10) DEFAULT 'x')"_s);
        QCOMPARE(text.columns.size(), 7);
        QCOMPARE(text.columns.at(0).collation, u"rtrim"_s);
        QCOMPARE(text.columns.at(0).defaultWord, u"hello"_s);
        QCOMPARE(text.columns.at(1).generatedSql, u"a || ')'"_s);
        QCOMPARE(text.columns.at(2).generatedSql, u"length(a)"_s);
        for (int i = 1; i < 7; ++i)
            QVERIFY(!text.columns.at(i).defaultWord);
        QCOMPARE(text.constraints.size(), 1);
        QCOMPARE(text.constraints.at(0).columns, QStringList{u"f"_s});
    }

    void readsIndexParts()
    {
        const catalog::IndexText text = catalog::readCreateIndex(
            u"CREATE UNIQUE INDEX i ON t(a COLLATE NOCASE DESC, lower(b, ','), c ASC) WHERE c IS NOT NULL AND (b <> '')"_s);
        QCOMPARE(text.parts.size(), 3);
        QCOMPARE(text.parts.at(0), (catalog::IndexPartText{u"a"_s, u"NOCASE"_s}));
        QCOMPARE(text.parts.at(1).expression, u"lower(b, ',')"_s);
        QCOMPARE(text.parts.at(2).expression, u"c"_s);
        QCOMPARE(text.predicate, u"c IS NOT NULL AND (b <> '')"_s);
    }

    void readsTheModuleOfAVirtualTable()
    {
        QCOMPARE(catalog::readModule(u"CREATE VIRTUAL TABLE \"using\" USING fts5(a, b)"_s), u"fts5"_s);
        QCOMPARE(catalog::readModule(u"CREATE TABLE t(a)"_s), QString());
    }

    void survivesUnfinishedText_data()
    {
        QTest::addColumn<QString>("sql");
        for (const char* text :
             {"", "CREATE", "CREATE TABLE t(", "CREATE TABLE t(a DEFAULT", "CREATE TABLE t(a CHECK (((",
              "CREATE TABLE t('", "CREATE TABLE t(a REFERENCES", "CREATE TABLE t(CONSTRAINT",
              "CREATE TABLE t(a,,)", "CREATE TABLE t(FOREIGN KEY", "/* -- [ \" `"})
            QTest::newRow(text) << QString::fromUtf8(text);
    }

    void survivesUnfinishedText()
    {
        QFETCH(QString, sql);
        catalog::readCreateTable(sql);
        catalog::readCreateIndex(sql);
        catalog::readModule(sql);
        catalog::normalised(sql);
    }

    void readsAnyPrefixOfARealTable()
    {
        const QString sql =
            u"CREATE TABLE t(a TEXT COLLATE rtrim DEFAULT hello REFERENCES p(x) ON DELETE SET NULL NOT "
            u"DEFERRABLE INITIALLY DEFERRED, "
            "CONSTRAINT k PRIMARY KEY (a DESC, \"b\") ON CONFLICT FAIL, CHECK (a > (1)), FOREIGN KEY (a) REFERENCES q)"_s;
        for (qsizetype length = 0; length <= sql.size(); ++length)
            catalog::readCreateTable(sql.left(length));
    }

    void normalisesSpelling()
    {
        QCOMPARE(catalog::normalised(u"SELECT  \"Name\" -- who\n FROM [t] WHERE x='A''b' ORDER BY a ASC;"_s),
                 catalog::normalised(u"select name from `T` where X = 'A''b' order by A"_s));
        QVERIFY(catalog::normalised(u"x = 'A'"_s) != catalog::normalised(u"x = 'a'"_s));
    }
};

QTEST_GUILESS_MAIN(CatalogSqliteTextTest)
#include "catalog_sqlite_text_test.moc"
