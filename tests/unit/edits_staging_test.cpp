// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rows/cell_input.h"
#include "rows/draft.h"
#include "rows/staged_edits.h"
#include "rows/statement_writer.h"

#include <QJsonDocument>
#include <QTest>

#include <limits>

using namespace Qt::StringLiterals;
using namespace dewpoint;
using rows::Default;
using rows::EditValue;
using rows::RowKey;
using rows::StagedEdits;

namespace {

EditValue text(const char* words)
{
    return Value(Text{words});
}

rows::Relation people(Engine engine)
{
    rows::Relation relation{.engine = engine, .schema = u"s"_s, .name = u"people"_s};
    relation.columns = {{.name = u"id"_s},
                        {.name = u"name"_s},
                        {.name = u"note"_s, .type = u"json"_s, .comparable = engine == Engine::Sqlite}};
    relation.keyKind = rows::KeyKind::PrimaryKey;
    relation.keyColumns = {u"id"_s};
    relation.editable = true;
    return relation;
}

}  // namespace

class EditsStagingTest final : public QObject
{
    Q_OBJECT

    const RowKey m_one{{Value(qint64(1))}};
    const RowKey m_two{{Value(qint64(2))}};
    const rows::RowImage m_row{{u"id"_s, qint64(1)}, {u"name"_s, Text{"Ada"}}, {u"note"_s, Null{}}};

private Q_SLOTS:
    void init() { QTest::failOnWarning(); }

    void anEditThatChangesNothingIsNotRecorded()
    {
        StagedEdits edits;
        edits.setCell(m_one, m_row, u"name"_s, text("Ada"));
        QVERIFY(edits.isEmpty());
        QVERIFY(!edits.canUndo());
        edits.setCell(m_one, m_row, u"name"_s, text("Bea"));
        edits.setCell(m_one, m_row, u"name"_s, text("Ada"));
        QVERIFY(edits.isEmpty());
    }

    void nullEmptyAndDefaultAreThreeThings()
    {
        StagedEdits edits;
        for (const EditValue& value : {EditValue(Value(Null{})), text(""), EditValue(Default{})}) {
            edits.setCell(m_one, m_row, u"name"_s, value);
            QCOMPARE(edits.row(m_one)->cells.at(u"name"_s).after == value, true);
        }
        edits.setCell(m_one, m_row, u"note"_s, Value(Null{}));
        QVERIFY(!edits.row(m_one)->cells.contains(u"note"_s));
        edits.setCell(m_one, m_row, u"note"_s, text(""));
        QVERIFY(edits.row(m_one)->cells.contains(u"note"_s));
    }

    void undoTakesBackEveryStepAndRedoBringsItAgain()
    {
        StagedEdits edits;
        QList<StagedEdits> states{edits};
        const auto keep = [&] { states += edits; };
        edits.setCell(m_one, m_row, u"name"_s, text("Bea")), keep();
        edits.insertRow({{u"name"_s, text("Cy")}}), keep();
        edits.setNewCell(1, u"name"_s, text("Di")), keep();
        edits.deleteRow(m_two, m_row), keep();
        edits.removeNew(1), keep();
        edits.clear(), keep();
        for (qsizetype i = states.size() - 2; i >= 0; --i) {
            edits.undo();
            QVERIFY(edits == states[i]);
        }
        QVERIFY(!edits.canUndo());
        for (qsizetype i = 1; i < states.size(); ++i) {
            edits.redo();
            QVERIFY(edits == states[i]);
        }
        QVERIFY(!edits.canRedo());
    }

    void aGroupIsOneStep()
    {
        StagedEdits edits;
        edits.beginGroup();
        edits.setCell(m_one, m_row, u"name"_s, text("x"));
        edits.setCell(m_two, m_row, u"name"_s, text("x"));
        edits.endGroup();
        QCOMPARE(edits.counts().updates, 2);
        edits.undo();
        QVERIFY(edits.isEmpty());
    }

    void aDraftSurvivesAsJson()
    {
        StagedEdits edits;
        const RowKey odd{{Value(Text{"k\xff"}), Value(Blob{QByteArray("\0\1", 2)}), Value(0.1),
                          Value(std::numeric_limits<qint64>::max())}};
        edits.setCell(odd, {{u"a"_s, Text{"\xc3\x28"}}}, u"a"_s,
                      Value(std::numeric_limits<double>::infinity()));
        edits.setCell(m_one, m_row, u"name"_s, Default{});
        edits.deleteRow(m_two, m_row);
        edits.insertRow({{u"a"_s, Value(Null{})}, {u"b"_s, text("")}});
        const QByteArray bytes = QJsonDocument(edits.toJson()).toJson();
        QVERIFY(StagedEdits::fromJson(QJsonDocument::fromJson(bytes).object()) == edits);
    }

    void aDraftKnowsItsKeyAndItsColumns()
    {
        StagedEdits edits;
        edits.setCell(m_one, m_row, u"name"_s, text("Bea"));
        const rows::Relation relation = people(Engine::Sqlite);
        const QJsonObject draft =
            QJsonDocument::fromJson(QJsonDocument(rows::draftOf(edits, relation)).toJson()).object();
        QVERIFY(rows::editsOf(draft, relation) == edits);
        rows::Relation wider = relation;
        wider.keyColumns = {u"id"_s, u"name"_s};
        QVERIFY(!rows::editsOf(draft, wider));
        QVERIFY(!rows::fits(edits, wider));
        rows::Relation other = relation;
        other.keyColumns = {u"note"_s};
        QVERIFY(!rows::editsOf(draft, other));
        rows::Relation keyless = relation;
        keyless.keyKind = rows::KeyKind::RowId;
        keyless.keyColumns = {u"rowid"_s};
        QVERIFY(!rows::editsOf(draft, keyless));
        rows::Relation renamed = relation;
        renamed.columns[1].name = u"title"_s;
        QVERIFY(!rows::editsOf(draft, renamed));
        QVERIFY(rows::preview(wider, edits).first().contains(u"WHERE FALSE"_s));  // never past the key's end
        StagedEdits fresh;
        fresh.insertRow({{u"name"_s, text("Cy")}});
        QVERIFY(rows::editsOf(rows::draftOf(fresh, relation), wider) == fresh);  // a new row has no key yet
    }

    void theirsBecomesTheBaseAndMineStays()
    {
        StagedEdits edits;
        edits.setCell(m_one, m_row, u"name"_s, text("Bea"));
        edits.rebase(m_one, {{u"name"_s, Text{"Cy"}}});
        QVERIFY(edits.row(m_one)->cells.at(u"name"_s).before == Value(Text{"Cy"}));
        edits.rebase(m_one, {{u"name"_s, Text{"Bea"}}});
        QVERIFY(edits.isEmpty());
    }

    void thePreviewIsTheSqlWithItsValues()
    {
        StagedEdits edits;
        edits.setCell(m_one, m_row, u"name"_s, text("O'Hara"));
        edits.setCell(m_one, m_row, u"note"_s, text("{}"));
        edits.deleteRow(m_two, {{u"id"_s, qint64(2)}, {u"note"_s, Null{}}});
        edits.insertRow({{u"name"_s, text("")}});
        edits.insertRow();
        QCOMPARE(rows::preview(people(Engine::Postgres), edits).join(u'\n'),
                 u"DELETE FROM \"s\".\"people\" WHERE \"id\" = 2 AND "
                 u"\"note\"::text IS NOT DISTINCT FROM NULL;\n"
                 "UPDATE \"s\".\"people\" SET \"name\" = 'O''Hara', \"note\" = '{}' WHERE \"id\" = 1 AND "
                 "\"name\" IS NOT DISTINCT FROM 'Ada' AND \"note\"::text IS NOT DISTINCT FROM NULL;\n"
                 "INSERT INTO \"s\".\"people\" (\"name\") VALUES ('');\n"
                 "INSERT INTO \"s\".\"people\" DEFAULT VALUES;"_s);
    }

    void typedTextBecomesTheColumnsOwnKindOfValue_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("literal");
        QTest::newRow("integer") << u"INTEGER"_s << u"9223372036854775807"_s << u"9223372036854775807"_s;
        QTest::newRow("too large for 64 bits")
            << u"INTEGER"_s << u"9223372036854775808"_s << u"'9223372036854775808'"_s;
        QTest::newRow("digits in a text column") << u"TEXT"_s << u"007"_s << u"'007'"_s;
        QTest::newRow("leading zero in a number") << u"NUMERIC"_s << u"007"_s << u"'007'"_s;
        QTest::newRow("real") << u"REAL"_s << u"2"_s << u"2.0"_s;
        QTest::newRow("more digits than a double has")
            << u"DECIMAL(30,10)"_s << u"0.12345678901234567890"_s << u"'0.12345678901234567890'"_s;
        QTest::newRow("blob") << u"BLOB"_s << u"X'00ff'"_s << u"X'00ff'"_s;
        QTest::newRow("empty blob") << u"BLOB"_s << u"x''"_s << u"X''"_s;
        QTest::newRow("text in a blob column") << u"BLOB"_s << u"xyz"_s << u"'xyz'"_s;
        QTest::newRow("like hex in a text column") << u"TEXT"_s << u"X'0'"_s << u"'X''0'''"_s;
    }
    void typedTextBecomesTheColumnsOwnKindOfValue()
    {
        QFETCH(QString, type);
        QFETCH(QString, typed);
        QFETCH(QString, literal);
        const rows::RelationColumn column{
            .name = u"c"_s, .type = type, .family = rows::familyOf(type, Engine::Sqlite)};
        const auto value = rows::parsedInput(typed, column, Null{}, Engine::Sqlite);
        QVERIFY(value);
        QCOMPARE(sql::literal(*value, Engine::Sqlite), literal);
    }

    void whatBeginsLikeHexHasToBeHex_data()
    {
        QTest::addColumn<QString>("typed");
        for (const QString& typed :
             {u"X'0'"_s, u"X'zz'"_s, u"X'00"_s, u"x'"_s, u"\\x0"_s, u"\\x0g"_s, u"\\x00 ff"_s, u"X'é0'"_s})
            QTest::newRow(qUtf8Printable(typed)) << typed;
    }
    void whatBeginsLikeHexHasToBeHex()
    {
        QFETCH(QString, typed);
        for (const Engine engine : {Engine::Sqlite, Engine::Postgres}) {
            const QString type = engine == Engine::Sqlite ? u"BLOB"_s : u"bytea"_s;
            const rows::RelationColumn column{
                .name = u"c"_s, .type = type, .family = rows::familyOf(type, engine)};
            const auto value = rows::parsedInput(typed, column, Null{}, engine);
            QVERIFY(!value);
            QCOMPARE(value.error().kind, ErrorKind::Type);
            QVERIFY(!value.error().hint.isEmpty());
        }
    }
};

QTEST_GUILESS_MAIN(EditsStagingTest)
#include "edits_staging_test.moc"
