// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "drivers/connection.h"
#include "support/pg.h"
#include "values/array_text.h"

#include <QRandomGenerator>
#include <QTest>

#include <memory>
#include <optional>

using namespace dewpoint;
using namespace Qt::StringLiterals;

namespace {

constexpr int tries = 600;

/// "a|NULL|" with lower bounds and the shape before it, where there are any.
QByteArray told(const ArrayText& array)
{
    QByteArray out;
    for (const int lower : array.lowers)
        out += QByteArray::number(lower) + (lower == array.lowers.last() ? "> " : ",");
    for (const ArrayElement& element : array.elements)
        out += (element ? '<' + *element + '>' : QByteArray("NULL")) + ' ';
    return out.trimmed();
}

template <class T>
T oneOf(QRandomGenerator& dice, std::initializer_list<T> list)
{
    return *(list.begin() + dice.bounded(static_cast<int>(list.size())));
}

ArrayElement anyElement(QRandomGenerator& dice)
{
    if (dice.bounded(8) == 0)
        return std::nullopt;
    if (dice.bounded(6) == 0)
        return oneOf<QByteArray>(dice, {"", "NULL", "null", "nUlL", "NULLS", "{}", "\\", "\"", " "});
    QByteArray text;
    const int length = dice.bounded(9);
    for (int i = 0; i < length; ++i)
        text += oneOf<QByteArray>(dice, {"a", "Z", "1", " ", "\t", "\n", "\v", "\"", "\\", "{", "}", ",",
                                         ";", "[", "]", "=", ":",  "'",  "ü",  "你", "🙂", "-", "."});
    return text;
}

}  // namespace

/// The text of a PostgreSQL array, read and written as the server does it.
class ArrayTextTest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(); }

    void readsElements_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("elements");
        QTest::newRow("none") << "{}"_ba << ""_ba;
        QTest::newRow("bare") << "{a,b c,1.5}"_ba << "<a> <b c> <1.5>"_ba;
        QTest::newRow("quoted") << "{\"a,b\",\"{}\",\"say \\\"x\\\"\",\"c:\\\\d\"}"_ba
                                << "<a,b> <{}> <say \"x\"> <c:\\d>"_ba;
        QTest::newRow("NULL is no text") << "{NULL,null,\"NULL\",\\NULL,NULLS}"_ba
                                         << "NULL NULL <NULL> <NULL> <NULLS>"_ba;
        QTest::newRow("an empty text") << "{\"\"}"_ba << "<>"_ba;
        QTest::newRow("spaces") << " { a  b , \" c \" ,d\\  } "_ba << "<a  b> < c > <d >"_ba;
        QTest::newRow("lower bound") << "[2:3]={1,2}"_ba << "2> <1> <2>"_ba;
        QTest::newRow("a bound that is usual") << "[1:2]={1,2}"_ba << "<1> <2>"_ba;
        QTest::newRow("upper bound only") << "[2]={1,2}"_ba << "<1> <2>"_ba;
        QTest::newRow("below nothing") << "[-1:0]={1,2}"_ba << "-1> <1> <2>"_ba;
        QTest::newRow("two dimensions")
            << "{{a, \"b c\"},{NULL,\"\"}}"_ba << "<{a,\"b c\"}> <{NULL,\"\"}>"_ba;
        QTest::newRow("three dimensions") << "{{{1},{2}},{{3},{4}}}"_ba << "<{{1},{2}}> <{{3},{4}}>"_ba;
        QTest::newRow("nothing in two dimensions") << "{{},{}}"_ba << ""_ba;
    }
    void readsElements()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QByteArray, elements);
        const auto array = ArrayText::parse(text);
        QVERIFY2(array, qPrintable(array ? QString() : sentence(array.error())));
        QCOMPARE(told(*array), elements);
    }

    void writesAsTheServerDoes_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("written");
        for (const char* kept : {"{}", "{a,b}", "{\"b c\",\"d\\\"q\",\"\",NULL,\"null\",\"a\\\\b\"}",
                                 "[2:3]={1,2}", "{{1,2},{3,4}}", "[0:1][5:5]={{a},{b}}", "{'ü',你}"})
            QTest::newRow(kept) << QByteArray(kept) << QByteArray(kept);
        QTest::newRow("spaces go") << "{ a , b }"_ba << "{a,b}"_ba;
        QTest::newRow("quotes that are not needed go") << "{\"a\"}"_ba << "{a}"_ba;
        QTest::newRow("the usual bound goes") << "[1:2]={1,2}"_ba << "{1,2}"_ba;
    }
    void writesAsTheServerDoes()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QByteArray, written);
        const auto array = ArrayText::parse(text);
        QVERIFY(array);
        QCOMPARE(array->write(), written);
    }

    void tellsWhereATextIsNoArray_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("character");
        QTest::newRow("nothing") << ""_ba << 1;
        QTest::newRow("no brace") << "a,b"_ba << 1;
        QTest::newRow("not closed") << "{a,b"_ba << 5;
        QTest::newRow("a quote that is not closed") << "{a,\"b}"_ba << 4;
        QTest::newRow("a quote within") << "{ü,b\"c\"}"_ba << 5;
        QTest::newRow("behind a quote") << "{\"a\"b}"_ba << 5;
        QTest::newRow("nothing between commas") << "{a,,b}"_ba << 4;
        QTest::newRow("a comma at the end") << "{a,}"_ba << 4;
        QTest::newRow("behind the end") << "{a}b"_ba << 4;
        QTest::newRow("parts of different lengths") << "{{a},{b,c}}"_ba << 10;
        QTest::newRow("an element beside a part") << "{{a},b}"_ba << 6;
        QTest::newRow("a part behind an element") << "{a,{b}}"_ba << 4;
        QTest::newRow("wrong bounds") << "[1:3]={a}"_ba << 1;
        QTest::newRow("no bounds") << "[a]={a}"_ba << 1;
        QTest::newRow("bounds without an array") << "[1:1]{a}"_ba << 6;
        QTest::newRow("too deep") << "{{{{{{{1}}}}}}}"_ba << 7;
        QTest::newRow("a backslash at the end") << "{a\\"_ba << 4;
    }
    void tellsWhereATextIsNoArray()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const int, character);
        const auto array = ArrayText::parse(text);
        QVERIFY(!array);
        QCOMPARE(array.error().character, character);
        QVERIFY(!array.error().text.isEmpty());
    }

    void boxesArePartedBySemicolons()
    {
        QCOMPARE(arrayDelimiter(u"box"_s), ';');
        QCOMPARE(arrayDelimiter(u"public.geometry(Point,4326)"_s), ':');
        QCOMPARE(arrayDelimiter(u"character varying(10)"_s), ',');
        const auto boxes = ArrayText::parse("{(1,1),(0,0);(2,2),(1,1)}", ';');
        QVERIFY(boxes);
        QCOMPARE(told(*boxes), "<(1,1),(0,0)> <(2,2),(1,1)>"_ba);
        QCOMPARE(boxes->write(), "{(1,1),(0,0);(2,2),(1,1)}"_ba);
    }

    void partsKeepTheShapeOfTheOthers()
    {
        auto grid = ArrayText::parse("[1:2][0:1]={{a,b},{c,d}}").value();
        QVERIFY(!grid.partFor(0, "{a}"));
        QVERIFY(!grid.partFor(0, "a"));
        QVERIFY(!grid.partFor(0, "{}"));
        QVERIFY(!grid.partFor(0, "{{a,b}}"));
        QCOMPARE(grid.blank(), ArrayElement("{NULL,NULL}"));
        grid.setPart(0, grid.partFor(0, "{ \"x\" ,NULL}").value());
        QCOMPARE(grid.write(), "[1:2][0:1]={{x,NULL},{c,d}}"_ba);
        // The only one says what shape it has.
        grid.elements.pop_back();
        grid.setPart(0, grid.partFor(0, "{{1},{2},{3}}").value());
        QCOMPARE(grid.write(), "[1:1][0:2][1:1]={{{1},{2},{3}}}"_ba);
    }

    void oneDimensionIsWhatTheServerReadsAndWrites()
    {
        QRandomGenerator dice(1);
        for (int i = 0; i < tries; ++i) {
            ArrayText array;
            for (int left = dice.bounded(7); left > 0; --left)
                array.elements.push_back(anyElement(dice));
            if (!array.elements.empty() && dice.bounded(5) == 0)
                array.lowers = {dice.bounded(9) - 4};
            const QByteArray text = array.write();
            QCOMPARE(server(u"SELECT $1::text[]::text"_s, text), text);
            const auto back = ArrayText::parse(text);
            QVERIFY(back);
            QCOMPARE(told(*back).replace("1> ", ""), told(array).replace("1> ", ""));
            // Not only the same text: the same elements.
            const auto rows = m_db->query(u"SELECT unnest($1::text[])"_s, {Text{text}});
            QVERIFY(rows);
            QCOMPARE(rows->rowCount(), static_cast<int>(array.elements.size()));
            for (int row = 0; row < rows->rowCount(); ++row) {
                const ArrayElement& element = array.elements[static_cast<size_t>(row)];
                QCOMPARE(rows->at(row, 0), element ? Value(Text{*element}) : Value(Null{}));
            }
        }
    }

    void numbersAreWhatTheServerReadsAndWrites()
    {
        QRandomGenerator dice(2);
        for (int i = 0; i < tries / 4; ++i) {
            ArrayText array;
            for (int left = dice.bounded(9); left > 0; --left)
                array.elements.push_back(dice.bounded(5) == 0
                                             ? ArrayElement()
                                             : ArrayElement(QByteArray::number(dice.bounded(-999, 999))));
            const QByteArray text = array.write();
            QCOMPARE(server(u"SELECT $1::integer[]::text"_s, text), text);
            QCOMPARE(told(ArrayText::parse(text).value()), told(array));
        }
    }

    void severalDimensionsAreWhatTheServerReadsAndWrites()
    {
        QRandomGenerator dice(3);
        for (int i = 0; i < tries; ++i) {
            ArrayText array;
            const int across = 1 + dice.bounded(4);
            array.inner = {across};
            for (int left = 1 + dice.bounded(4); left > 0; --left) {
                ArrayText part;
                for (int each = 0; each < across; ++each)
                    part.elements.push_back(anyElement(dice));
                array.elements.emplace_back(part.write());
            }
            if (dice.bounded(4) == 0)
                array.lowers = {dice.bounded(5) - 2, dice.bounded(5) - 2};
            const QByteArray text = array.write();
            QCOMPARE(server(u"SELECT $1::text[][]::text"_s, text), text);
            const auto back = ArrayText::parse(text);
            QVERIFY(back);
            QCOMPARE(back->write(), text);
            QCOMPARE(back->inner, array.inner);
            QCOMPARE(back->elements, array.elements);
        }
    }

    /// Whatever is typed: what is read here is read there, with the same result, and the other way round.
    void anyTextIsTakenOrRefusedAsTheServerDoes()
    {
        QRandomGenerator dice(4);
        int taken = 0;
        for (int i = 0; i < tries * 4; ++i) {
            QByteArray text = oneOf<QByteArray>(dice, {"{", "{", "{{", " {", "[2:2]={", "[1:2]={", ""});
            for (int left = dice.bounded(9); left > 0; --left)
                text += oneOf<QByteArray>(dice, {"{", "}", "},{", ",", ",", "a", "b", " ", "\"", "\\", "NULL",
                                                 "\"x y\"", "\"\"", "\t", "=", "ü", "a,b"});
            text += oneOf<QByteArray>(dice, {"}", "}", "}}", "} ", ""});
            // Before 17 it took parts that are empty beside others that are not.
            const bool hasEmptyPart = text.contains("{}") || text.contains("{ }") || text.contains("{\t}");
            if (hasEmptyPart && m_db->serverVersionNumber() < 170000)
                continue;
            const auto array = ArrayText::parse(text);
            const auto answer = m_db->query(u"SELECT $1::text[]::text"_s, {Text{text}});
            QVERIFY2(array.has_value() == answer.has_value(), text.constData());
            if (!array)
                continue;
            ++taken;
            QCOMPARE(Value(Text{array->write()}), answer->at(0, 0));
        }
        QVERIFY2(taken > 100, qPrintable(QString::number(taken)));
    }

    void initTestCase()
    {
        m_server.emplace();
        auto db = drivers::Connection::open(m_server->target());
        QVERIFY(db);
        m_db = std::move(*db);
    }
    void cleanupTestCase()
    {
        m_db.reset();
        m_server.reset();
    }

private:
    QByteArray server(const QString& sql, const QByteArray& text) const
    {
        const auto answer = m_db->query(sql, {Text{text}});
        if (!answer)
            return answer.error().oneLine().toUtf8();
        const Value value = answer->at(0, 0);
        return std::holds_alternative<Text>(value) ? std::get<Text>(value).utf8 : "none"_ba;
    }

    std::optional<test::ScratchPostgres> m_server;
    std::unique_ptr<drivers::Connection> m_db;
};

QTEST_MAIN(ArrayTextTest)
#include "array_text_test.moc"
