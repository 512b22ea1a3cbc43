// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "json/document.h"
#include "json/find.h"
#include "json/text.h"

#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace dewpoint;
using json::Change;
using json::Document;
using json::Node;
using json::Path;

namespace {

/// Every value with its name, a line each: what the tree knows, read through the places it keeps.
QString outline(Document& document, const Node& node, int depth = 0)
{
    const QByteArrayView value = document.valueText(node);
    QString text = QString(qsizetype(2) * depth, u' ') + QString::fromUtf8(document.keyText(node)) + u'=';
    document.scan(node);
    text += json::isContainer(node.kind) ? QString(QLatin1Char(value.front())) : QString::fromUtf8(value);
    text += u'\n';
    for (const auto& child : node.children)
        text += outline(document, *child, depth + 1);
    return text;
}

QString outline(Document& document)
{
    return document.root() ? outline(document, *document.root()) : u"none"_s;
}

const Node& node(Document& document, const Path& path)
{
    const Node* found = document.root();
    for (const int row : path) {
        document.scan(*found);
        found = found->children.at(static_cast<size_t>(row)).get();
    }
    document.scan(*found);
    return *found;
}

/// A random valid text, with odd spaces and spellings.
class Invention final
{
public:
    explicit Invention(quint32 seed) : m_dice(seed) {}

    QByteArray text() { return space() + value(4) + space(); }
    QByteArray value(int depth)
    {
        switch (m_dice.bounded(depth > 0 ? 8 : 5)) {
        case 0: return "null";
        case 1: return m_dice.bounded(2) ? "true" : "false";
        case 2: return pick({"0", "-0", "1.10", "12345678901234567890", "1e400", "-1.5E-7", "42"});
        case 3:
        case 4: return key();
        case 5:
        case 6: return container('{', depth);
        default: return container('[', depth);
        }
    }
    QByteArray key()
    {
        return pick({R"("a")", R"("b")", R"("")", R"("\u00e9\n")", R"("\ud83d\ude00")", R"("{[,:]}")",
                     R"("\\\"")", "\"é 😀\"", R"("\ud800")"});
    }
    int bounded(int most) { return m_dice.bounded(most); }

private:
    QByteArray pick(const QList<QByteArray>& choices)
    {
        return choices[m_dice.bounded(static_cast<int>(choices.size()))];
    }
    QByteArray space() { return pick({"", "", " ", "\n", "\r\n\t", "  "}); }
    QByteArray container(char opening, int depth)
    {
        QByteArray text(1, opening);
        text += space();
        for (int left = m_dice.bounded(4); left > 0; --left) {
            if (opening == '{')
                text += key() + space() + ':' + space();
            text += value(depth - 1) + space();
            if (left > 1)
                text += ',' + space();
        }
        return text + static_cast<char>(opening + 2);
    }

    QRandomGenerator m_dice;
};

/// Some node of the document, all of it read.
const Node& someNode(Document& document, Invention& dice)
{
    const Node* found = document.root();
    document.scan(*found);
    while (!found->children.empty() && dice.bounded(4) > 0) {
        found = found->children[static_cast<size_t>(dice.bounded(static_cast<int>(found->children.size())))]
                    .get();
        document.scan(*found);
    }
    return *found;
}

std::optional<Change> someChange(Document& document, Invention& dice)
{
    const Node& chosen = someNode(document, dice);
    const int count = static_cast<int>(chosen.children.size());
    switch (dice.bounded(6)) {
    case 0: return document.valued(chosen, dice.value(2));
    case 1: return chosen.hasKey() ? std::optional(document.renamed(chosen, dice.key())) : std::nullopt;
    case 2:
    case 3:
        return json::isContainer(chosen.kind)
                   ? std::optional(
                         document.inserted(chosen, dice.bounded(count + 1), dice.key(), dice.value(2)))
                   : std::nullopt;
    case 4: return count > 0 ? std::optional(document.removed(chosen, dice.bounded(count))) : std::nullopt;
    default:
        return count > 1 ? std::optional(document.swapped(chosen, dice.bounded(count - 1))) : std::nullopt;
    }
}

}  // namespace

/// JSON texts that are edited by their values.
class JsonDocumentTest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void digitsOrderSpellingAndDuplicatesAreKept()
    {
        Document document(R"( {"b": 12345678901234567890, "a": ["x\n", null, {}], "a": 1.10} )");
        QCOMPARE(outline(document),
                 u"={\n  \"b\"=12345678901234567890\n  \"a\"=[\n    =\"x\\n\"\n    =null\n    ={\n"
                 "  \"a\"=1.10\n"_s);
    }

    void onlyTheEditedValueChanges()
    {
        Document document("{ \"a\" :1.10 ,\r\n\t\"b\": [ 1,2 ] }\n");
        document.apply(document.valued(node(document, {1, 1}), "20"));
        QCOMPARE(document.text(), "{ \"a\" :1.10 ,\r\n\t\"b\": [ 1,20 ] }\n");
        document.apply(document.renamed(node(document, {0}), "\"long name\""));
        QCOMPARE(document.text(), "{ \"long name\" :1.10 ,\r\n\t\"b\": [ 1,20 ] }\n");
        QCOMPARE(outline(document), u"={\n  \"long name\"=1.10\n  \"b\"=[\n    =1\n    =20\n"_s);
        QVERIFY(document.isEdited());
        document.undo();
        document.undo();
        QVERIFY(!document.isEdited());
    }

    void whatIsAddedIsSetLikeItsNeighbours_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("row");
        QTest::addColumn<QByteArray>("after");
        QTest::newRow("first of a compact object")
            << QByteArray(R"({"a":1,"b":2})") << 0 << QByteArray(R"({"n":0,"a":1,"b":2})");
        QTest::newRow("last of an airy one")
            << QByteArray(R"({"a": 1, "b": 2})") << 2 << QByteArray(R"({"a": 1, "b": 2, "n": 0})");
        QTest::newRow("between lines") << QByteArray("{\n  \"a\": 1,\n  \"b\": 2\n}") << 1
                                       << QByteArray("{\n  \"a\": 1,\n  \"n\": 0,\n  \"b\": 2\n}");
        QTest::newRow("behind a lonely line")
            << QByteArray("{\n\t\"a\": 1\n}") << 1 << QByteArray("{\n\t\"a\": 1,\n\t\"n\": 0\n}");
        QTest::newRow("beside a lonely one")
            << QByteArray(R"({"a": 1})") << 1 << QByteArray(R"({"a": 1, "n": 0})");
        QTest::newRow("into an empty object") << QByteArray("{ }") << 0 << QByteArray(R"({"n":0})");
        QTest::newRow("into an empty array") << QByteArray("[]") << 0 << QByteArray("[0]");
        QTest::newRow("before an element") << QByteArray("[1, 2]") << 0 << QByteArray("[0, 1, 2]");
    }
    void whatIsAddedIsSetLikeItsNeighbours()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const int, row);
        QFETCH(const QByteArray, after);
        Document document(text);
        document.apply(document.inserted(node(document, {}), row, "\"n\"", "0"));
        QCOMPARE(document.text(), after);
        document.undo();
        QCOMPARE(document.text(), text);
        document.redo();
        QCOMPARE(document.text(), after);
    }

    void anEmptyContainerInATextOfLinesGrowsByLines()
    {
        Document document("{\n  \"a\": {},\n  \"b\": 1\n}");
        document.apply(document.inserted(node(document, {0}), 0, "\"n\"", "0"));
        QCOMPARE(document.text(), "{\n  \"a\": {\n    \"n\": 0\n  },\n  \"b\": 1\n}");
    }

    void removingTakesOneCommaAlong_data()
    {
        QTest::addColumn<int>("row");
        QTest::addColumn<QByteArray>("after");
        QTest::newRow("the first") << 0 << QByteArray("[ 2 , 3 ]");
        QTest::newRow("one between") << 1 << QByteArray("[ 1 , 3 ]");
        QTest::newRow("the last") << 2 << QByteArray("[ 1 , 2 ]");
    }
    void removingTakesOneCommaAlong()
    {
        QFETCH(const int, row);
        QFETCH(const QByteArray, after);
        Document document("[ 1 , 2 , 3 ]");
        document.apply(document.removed(node(document, {}), row));
        QCOMPARE(document.text(), after);
    }

    void swappingKeepsTheSpaces()
    {
        Document document("[ [1] ,\n  {\"a\": 2}]");
        document.apply(document.swapped(node(document, {}), 0));
        QCOMPARE(document.text(), "[ {\"a\": 2} ,\n  [1]]");
        QCOMPARE(outline(document), u"=[\n  ={\n    \"a\"=2\n  =[\n    =1\n"_s);
    }

    /// After any steps, and after taking them back, the tree is what reading the text anew gives, and
    /// outside of what each step says it replaces no byte differs.
    void anyStepsAndTheWayBack()
    {
        for (quint32 seed = 1; seed <= 400; ++seed) {
            Invention dice(seed);
            const QByteArray begin = dice.text();
            Document document(begin);
            QVERIFY2(document.root(), begin.constData());
            QList<QByteArray> texts{begin};
            for (int step = 0; step < 12; ++step) {
                const auto change = someChange(document, dice);
                if (!change)
                    continue;
                const QByteArray before = document.text();
                document.apply(*change);
                QByteArray expected = before;
                QCOMPARE(before.sliced(change->at, change->before.size()), change->before);
                expected.replace(change->at, change->before.size(), change->after);
                QCOMPARE(document.text(), expected);
                QVERIFY2(!json::problemOf(document.text()), document.text().constData());
                Document anew(document.text());
                QCOMPARE(outline(document), outline(anew));
                texts += document.text();
            }
            for (qsizetype i = texts.size() - 1; i > 0; --i) {
                QCOMPARE(document.text(), texts[i]);
                document.undo();
                Document anew(document.text());
                QCOMPARE(outline(document), outline(anew));
            }
            QCOMPARE(document.text(), begin);
            for (qsizetype i = 1; i < texts.size(); ++i)
                document.redo();
            QCOMPARE(document.text(), texts.last());
        }
    }

    /// The same verdict as a parser that was not written here, on texts with a byte changed.
    void aLongListIsReadPieceByPiece()
    {
        QByteArray text("[");
        for (int i = 0; i < 12'000; ++i)
            text += (i ? "," : "") + QByteArray::number(i);
        text += ']';
        Document document(text);
        const Node& root = *document.root();
        document.scan(root);
        QCOMPARE(root.children.size(), size_t(5000));
        QVERIFY(root.hasMore);
        // At the end of what is known, what is behind it stays.
        document.apply(document.removed(root, 4999));
        QVERIFY(!json::problemOf(document.text()));
        QVERIFY(document.text().contains(",4998,5000,5001,"));
        document.apply(document.inserted(root, 4999, {}, "\"new\""));
        QVERIFY(document.text().contains(",4998,\"new\",5000,"));
        document.add(root, document.unread(root));
        QCOMPARE(document.valueText(*root.children[5000]), QByteArrayView("5000"));
        document.apply(document.swapped(root, 4999));
        QVERIFY(document.text().contains(",4998,5000,\"new\",5001,"));
        while (document.nextUndo())
            document.undo();
        QCOMPARE(document.text(), text);
        QVERIFY(!document.isEdited());
        while (root.hasMore)
            document.add(root, document.unread(root));
        QCOMPARE(root.children.size(), size_t(12'000));
        for (const size_t row : {size_t(0), size_t(4999), size_t(5000), size_t(11'999)})
            QCOMPARE(document.valueText(*root.children[row]).toByteArray(), QByteArray::number(qint64(row)));
    }

    void whatIsLargeIsPassedOverWithoutReadingIt()
    {
        const QByteArray big = '[' + QByteArray(200'000, ' ') + ']';
        QByteArray text = "{\"a\": " + big + ", \"b\": {\"c\": " + big + "}, \"d\": 1}";
        Document document(text);
        const auto ends = [&] {
            const json::Extents found = json::extentsIn(document.text());
            return std::ranges::equal(found.list, document.extents().list,
                                      [](const auto& one, const auto& two) {
                                          return one.begin == two.begin && one.end == two.end;
                                      });
        };
        QCOMPARE(document.extents().list.size(), size_t(4));
        QVERIFY(ends());
        document.scan(*document.root());
        document.apply(document.inserted(*document.root(), 1, "\"new\"", "{}"));
        QVERIFY(ends());
        document.apply(document.renamed(*document.node({0}), "\"longer\""));
        QVERIFY(ends());
        document.scan(*document.node({2}));
        document.apply(document.inserted(*document.node({2}), 1, "\"e\"", "[]"));
        QVERIFY(ends());
        document.apply(document.removed(*document.root(), 0));
        QVERIFY(ends());
        document.apply(document.valued(*document.node({1, 0}), "2"));
        document.undo();
        document.undo();
        document.undo();
        // What came back is read when it is asked for, and nothing is where it is not.
        for (const auto& each : document.extents().list)
            QCOMPARE(json::containerEnd(document.text(), each.begin), each.end);
    }

    void brokenTextsAreFound()
    {
        int refused = 0;
        for (quint32 seed = 1; seed <= 3000; ++seed) {
            Invention dice(seed);
            QByteArray text = '[' + dice.text() + ']';
            const auto at = dice.bounded(static_cast<int>(text.size()));
            static const QByteArray bytes("{}[]\",:\\ 01.e-tn");
            text[at] = bytes[dice.bounded(static_cast<int>(bytes.size()))];
            // It takes half characters and empty elements that the standard does not.
            QJsonParseError error;
            (void)QJsonDocument::fromJson(text, &error);
            const auto problem = json::problemOf(text);
            refused += problem ? 1 : 0;
            if (error.error != QJsonParseError::NoError && error.error != QJsonParseError::IllegalNumber
                && error.error != QJsonParseError::IllegalUTF8String)
                QVERIFY2(problem, text.constData());
            if (problem)
                QVERIFY(problem->offset <= text.size() && !problem->text.isEmpty());
        }
        QVERIFY(refused > 500);
    }

    void theProblemIsSaidWithItsPlace_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("place");
        QTest::newRow("empty") << QByteArray() << u"Line 1, column 1: There is no value."_s;
        QTest::newRow("a comma too many") << QByteArray("{\n  \"é\": 1,\n}")
                                          << u"Line 3, column 1: There is a comma too many before “}”."_s;
        QTest::newRow("a comma too few")
            << QByteArray("[1\n 2]") << u"Line 2, column 2: A comma or “]” is missing here."_s;
        QTest::newRow("a word") << QByteArray("[nil]") << u"Line 1, column 2: “nil” is no JSON value."_s;
        QTest::newRow("leading zero") << QByteArray("[01]") << u"Line 1, column 2: “01” is no JSON value."_s;
        QTest::newRow("single quotes")
            << QByteArray("{'a': 1}") << u"Line 1, column 2: A name in double quotes is missing here."_s;
        QTest::newRow("no colon") << QByteArray(R"({"é" 1})")
                                  << u"Line 1, column 6: A colon is missing behind the name."_s;
        QTest::newRow("open") << QByteArray("[[1]") << u"Line 1, column 5: “]” is missing at the end."_s;
        QTest::newRow("open text") << QByteArray("[\"a]")
                                   << u"Line 1, column 2: The text that begins here has no closing quote."_s;
        QTest::newRow("escape") << QByteArray(
            R"(["\x"])") << u"Line 1, column 3: There is no such escape. A backslash is written as \\\\."_s;
        QTest::newRow("two values") << QByteArray("1 2")
                                    << u"Line 1, column 3: There is something behind the end of the value."_s;
        QTest::newRow("an array literal of PostgreSQL")
            << QByteArray("{1,2}") << u"Line 1, column 2: A name in double quotes is missing here."_s;
        QTest::newRow("not UTF-8") << QByteArray("[1,\n\"\xff\"]")
                                   << u"Line 2, column 1: This line holds bytes that are no UTF-8."_s;
    }
    void theProblemIsSaidWithItsPlace()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QString, place);
        const auto problem = json::problemOf(text);
        QVERIFY(problem);
        QCOMPARE(json::sentence(*problem), place);
    }

    void depthHasNoEnd()
    {
        constexpr qsizetype deep = 300'000;
        const QByteArray text = QByteArray(deep, '[') + QByteArray(deep, ']');
        QVERIFY(!json::problemOf(text));
        QVERIFY(json::problemOf(text.chopped(1)));
        QCOMPARE(json::minified(text), text);
        Document document(text);
        QCOMPARE(node(document, {0, 0, 0}).children.size(), 1U);
    }

    void formattingChangesNothingButSpaces()
    {
        QCOMPARE(json::formatted(R"({"a":1.10,"b":[],"c":[ {} ,"x, y:"],"d":{ }})"),
                 QByteArray("{\n  \"a\": 1.10,\n  \"b\": [],\n  \"c\": [\n    {},\n    \"x, y:\"\n  ],\n"
                            "  \"d\": {}\n}"));
        for (quint32 seed = 1; seed <= 500; ++seed) {
            Invention dice(seed);
            const QByteArray text = dice.text();
            const QByteArray small = json::minified(text);
            const QByteArray large = json::formatted(text);
            QCOMPARE(json::minified(large), small);
            QCOMPARE(json::formatted(small), large);
            Document one(text);
            Document two(large);
            QCOMPARE(outline(one), outline(two));
        }
    }

    void textsAreQuotedAndReadBack()
    {
        for (const QString& text :
             {u"plain"_s, u"é 😀"_s, u"\"\\/\b\f\n\r\t"_s, QString(QChar(1)), QString()}) {
            const QByteArray quoted = json::quoted(text);
            QVERIFY(!json::problemOf(quoted));
            QCOMPARE(json::readable(quoted), text);
        }
        QVERIFY(!json::isDecodable(R"("\ud800")"));
        QCOMPARE(json::readable(R"("\ud800")"), u"\\ud800"_s);
        QCOMPARE(json::readable(R"("\ud83d\ude00")"), u"😀"_s);
    }

    void typingIsOneStepUntilItPausesOrGoesElsewhere()
    {
        Document document("[1]");
        const auto type = [&](const QByteArray& text, bool join) {
            const auto change = document.typed(text);
            QVERIFY(change);
            document.apply(*change, join);
        };
        type("[12]", true);
        type("[123]", true);
        type("[123", true);
        QVERIFY(!document.root());
        type("[123]", false);
        QVERIFY(!document.typed("[123]"));
        document.undo();
        QCOMPARE(document.text(), "[123");
        document.undo();
        document.undo();
        QCOMPARE(document.text(), "[1]");
        QCOMPARE(outline(document), u"=[\n  =1\n"_s);
        document.redo();
        QCOMPARE(document.text(), "[123]");
    }

    void textIsFoundInNamesAndValues()
    {
        const QByteArray text = R"({"Über": "x", "n": [10, "caf\u00e9"], "y": {"überall": null}})";
        const auto at = [&](const char* part) { return text.indexOf(part); };
        QCOMPARE(json::findText(text, u"ÜBER"_s, -1), at("\"Über"));
        QCOMPARE(json::findText(text, u"über"_s, at("\"Über")), at("\"überall"));
        QCOMPARE(json::findText(text, u"über"_s, at("\"überall")), at("\"Über"));
        QCOMPARE(json::findText(text, u"über"_s, at("\"Über"), true), at("\"überall"));
        QCOMPARE(json::findText(text, u"café"_s, -1), at("\"caf"));
        QCOMPARE(json::findText(text, u"10"_s, -1), at("10"));
        QVERIFY(!json::findText(text, u"nowhere"_s, -1));
        QCOMPARE(json::pathAt(text, at("\"caf") + 2), (Path{1, 1}));
        QCOMPARE(json::pathAt(text, at("null")), (Path{2, 0}));
        QCOMPARE(json::pathAt(text, at("\"überall")), (Path{2, 0}));
    }

    void pathsAreWhatTheDatabasesRead()
    {
        Document document("{\"items\": [{\"a \\\"b\\\"\": 1}]}");
        QCOMPARE(json::pathText(document, node(document, {})), u"$"_s);
        QCOMPARE(json::pathText(document, node(document, {0, 0, 0})), u"$.items[0].\"a \\\"b\\\"\""_s);
    }

    void aNameThatStandsTwiceIsTold()
    {
        Document document(R"({"a": 1, "b": 2, "\u0061": 3})");
        QCOMPARE(json::repeatedName(document, node(document, {})), u"a"_s);
        Document other(R"({"a": 1, "b": 2})");
        QVERIFY(!json::repeatedName(other, node(other, {})));
    }
};

QTEST_GUILESS_MAIN(JsonDocumentTest)
#include "json_document_test.moc"
