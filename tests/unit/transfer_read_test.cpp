// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "support/transfer_files.h"
#include "transfer/cell_text.h"
#include "transfer/sniff.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace dewpoint;
using transfer::Encoding;
using transfer::Format;
using transfer::ReadOptions;

namespace {

QString told(const ReadOptions& options)
{
    QString text = transfer::infoOf(options.format).id + u' ' + transfer::nameOf(options.encoding);
    if (!options.isText())
        return text;
    const QString delimiter =
        options.delimiter == '\t' ? u"tab"_s : QString(QChar::fromLatin1(options.delimiter));
    return text
           + u" %1 %2%3"_s.arg(delimiter, QString(QChar::fromLatin1(options.quote)),
                               options.header ? u" header"_s : QString());
}

QByteArray utf16(const QString& text, bool big)
{
    QByteArray bytes = big ? "\xFE\xFF"_ba : "\xFF\xFE"_ba;
    for (const QChar c : text) {
        bytes += static_cast<char>(big ? c.row() : c.cell());
        bytes += static_cast<char>(big ? c.cell() : c.row());
    }
    return bytes;
}

}  // namespace

/// Files of all makes are understood, and what is wrong with a row is told with its line.
class TransferReadTest final : public QObject
{
    Q_OBJECT
    test::TransferFiles m_files;

private Q_SLOTS:
    void guessesHowAFileIsMade_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("expected");
        QTest::newRow("commas") << u"a.csv"_s << "id,name\n1,a\n2,b\n"_ba << u"csv UTF-8 , \" header"_s;
        QTest::newRow("semicolons, decimal commas")
            << u"a.csv"_s << "id;price\n1;1,50\n2;2,75\n"_ba << u"csv UTF-8 ; \" header"_s;
        QTest::newRow("tabs in a .csv")
            << u"a.csv"_s << "id\tname\n1\ta, b\n2\tc, d\n"_ba << u"csv UTF-8 tab \" header"_s;
        QTest::newRow("pipes") << u"a.txt"_s << "id|name\n1|a\n"_ba << u"csv UTF-8 | \" header"_s;
        QTest::newRow("tsv") << u"a.tsv"_s << "id\tname\n1\ta\n"_ba << u"tsv UTF-8 tab \" header"_s;
        QTest::newRow("commas inside quotes")
            << u"a.csv"_s << "a;b\n\"1,2,3\";x\n\"4,5,6\";y\n"_ba << u"csv UTF-8 ; \" header"_s;
        QTest::newRow("single quotes")
            << u"a.csv"_s << "a,b\n'x, y',1\n'z',2\n"_ba << u"csv UTF-8 , ' header"_s;
        QTest::newRow("no header") << u"a.csv"_s << "1,2024-01-01\n2,2024-01-02\n"_ba << u"csv UTF-8 , \""_s;
        QTest::newRow("a header of the table's names")
            << u"a.csv"_s << "ID,Kind\n1,2\n"_ba << u"csv UTF-8 , \" header"_s;
        QTest::newRow("byte order mark")
            << u"a.csv"_s << "\xEF\xBB\xBFid,name\n1,a\n"_ba << u"csv UTF-8 , \" header"_s;
        QTest::newRow("UTF-16 LE") << u"a.csv"_s << utf16(u"id,name\n1,ä\n"_s, false)
                                   << u"csv UTF-16 LE , \" header"_s;
        QTest::newRow("UTF-16 BE") << u"a.csv"_s << utf16(u"id,name\n1,ä\n"_s, true)
                                   << u"csv UTF-16 BE , \" header"_s;
        QTest::newRow("Windows-1252")
            << u"a.csv"_s << "id,name\n1,M\xFCller \x80\n"_ba << u"csv Windows-1252 , \" header"_s;
        QTest::newRow("an array") << u"a.json"_s << "[{\"id\":1}]"_ba << u"json UTF-8"_s;
        QTest::newRow("objects a line in .json")
            << u"a.json"_s << "{\"id\":1}\n{\"id\":2}\n"_ba << u"ndjson UTF-8"_s;
        QTest::newRow("pretty objects") << u"a.json"_s << "{\n\"id\":1\n}\n{\"id\":2}"_ba << u"json UTF-8"_s;
        QTest::newRow("jsonl") << u"a.jsonl"_s << "{\"id\":1}\n"_ba << u"ndjson UTF-8"_s;
        QTest::newRow("an array without a name") << u"a"_s << " [ {\"id\":1} ]"_ba << u"json UTF-8"_s;
    }
    void guessesHowAFileIsMade()
    {
        QFETCH(const QString, name);
        QFETCH(const QByteArray, bytes);
        const auto sniffed = transfer::sniff(m_files.write(name, bytes), {}, {u"id"_s, u"kind"_s});
        QVERIFY2(sniffed, sniffed ? "" : qPrintable(sniffed.error().oneLine()));
        QTEST(told(sniffed->options), "expected");
    }

    void readsLettersOfOtherEncodings()
    {
        const auto windows = transfer::sniff(m_files.write(u"w.csv"_s, "name\nM\xFCller \x80\n"));
        QVERIFY(windows);
        QCOMPARE(test::shown(windows->sample.at(0)), u"2: [Müller €]"_s);
        const auto wide = transfer::sniff(m_files.write(u"u.csv"_s, utf16(u"name\nMüller 𝄞\n"_s, false)));
        QVERIFY(wide);
        QCOMPARE(test::shown(wide->sample.at(0)), u"2: [Müller 𝄞]"_s);
    }

    void readsCsv_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QStringList>("expected");
        QTest::newRow("plain") << "a,b\n1,2\n3,4\n"_ba << QStringList{u"2: [1] [2]"_s, u"3: [3] [4]"_s};
        QTest::newRow("no last line end") << "a,b\n1,2"_ba << QStringList{u"2: [1] [2]"_s};
        QTest::newRow("CRLF and CR") << "a,b\r\n1,2\r3,4\r\n"_ba
                                     << QStringList{u"2: [1] [2]"_s, u"3: [3] [4]"_s};
        QTest::newRow("empty is not \"\"") << "a,b\n,\"\"\n"_ba << QStringList{u"2: - []"_s};
        QTest::newRow("quotes and lines inside") << "a,b\n\"x\"\"y\",\"l1\nl2\"\n3,4\n"_ba
                                                 << QStringList{u"2: [x\"y] [l1\nl2]"_s, u"4: [3] [4]"_s};
        QTest::newRow("a quote in the middle")
            << "a,b\n5\" pipe,2\n"_ba << QStringList{u"2: [5\" pipe] [2]"_s};
        QTest::newRow("blank lines") << "a,b\n\n1,2\n\r\n3,4\n\n"_ba
                                     << QStringList{u"3: [1] [2]"_s, u"5: [3] [4]"_s};
        QTest::newRow("one column keeps its blank lines")
            << "a\n1\n\n2\n"_ba << QStringList{u"2: [1]"_s, u"3: -"_s, u"4: [2]"_s};
        QTest::newRow("too few and too many")
            << "a,b\n1\n1,2,3\n4,5\n"_ba
            << QStringList{u"2: [1] ! It has 1 fields, the first row has 2."_s,
                           u"3: [1] [2] [3] ! It has 3 fields, the first row has 2."_s, u"4: [4] [5]"_s};
        QTest::newRow("text behind a quote")
            << "a,b\n\"x\"y,2\n3,4\n"_ba
            << QStringList{u"2: [xy] [2] ! There is text behind a closing quote."_s, u"3: [3] [4]"_s};
        QTest::newRow("a quote that does not close")
            << "a,b\n1,2\n3,\"4\n5,6\n"_ba
            << QStringList{u"2: [1] [2]"_s, u"3: [3] [4\n5,6\n] ! A quote is opened and never closed."_s};
        QTest::newRow("NUL bytes stay")
            << "a,b\nx\0y,2\n"_ba << QStringList{u"2: ["_s + u"x"_s + QChar(u'\0') + u"y] [2]"_s};
    }
    void readsCsv()
    {
        QFETCH(const QByteArray, bytes);
        QTEST(test::allOf(m_files.write(u"a.csv"_s, bytes), {}), "expected");
    }

    void readsJson_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QStringList>("expected");
        QTest::newRow("kinds of values")
            << u"a.json"_s
            // No raw literal: moc loses count of its quotes at a backslash and then misses the class.
            << "[{\"t\":\"x\\\"\\\"\\u00e4\\ud834\\udd1e\\n\",\"n\":12345678901234567890.50,\"b\":true,\"z\":null,\"o\":{\"k\": [1, \"]\"]}}]"_ba
            << QStringList{u"1: [x\"\"ä𝄞\n] 12345678901234567890.50 true NULL {\"k\": [1, \"]\"]}"_s};
        QTest::newRow("other orders, absent members")
            << u"a.ndjson"_s << "{\"a\":1,\"b\":2}\n{\"b\":3,\"a\":4}\n{\"c\":5}\n"_ba
            << QStringList{u"1: 1 2 NULL"_s, u"2: 4 3 NULL"_s, u"3: NULL NULL 5"_s};
        QTest::newRow("a broken line among others")
            << u"a.ndjson"_s << "{\"a\":1}\n{\"a\":\n\n{\"a\":3}\n"_ba
            << QStringList{u"1: 1"_s, u"2: NULL ! It is no JSON object."_s, u"4: 3"_s};
        QTest::newRow("a member twice")
            << u"a.ndjson"_s << "{\"a\":1,\"a\":2}\n"_ba << QStringList{u"1: 2 ! It has “a” twice."_s};
        QTest::newRow("no value") << u"a.json"_s << "[{\"a\":01},{\"a\":2}]"_ba
                                  << QStringList{u"1: 01 ! “01” is no JSON value."_s, u"1: 2"_s};
        QTest::newRow("objects one behind another")
            << u"a.json"_s << "{\n\"a\":1\n}\n{\"a\":2}"_ba << QStringList{u"1: 1"_s, u"4: 2"_s};
        QTest::newRow("an array that does not end")
            << u"a.json"_s << "[{\"a\":1},\n"_ba
            << QStringList{
                   u"1: 1"_s,
                   u"! The file is no JSON from line 2 on: the closing “]” is missing. Mend it there, and try again."_s};
        QTest::newRow("no objects")
            << u"a.json"_s << "[1, 2]"_ba
            << QStringList{
                   u"! The file is no JSON from line 1 on: each row has to be an object, “{…}”. Mend it there, and try again."_s};
        QTest::newRow("an empty array") << u"a.json"_s << "[]"_ba << QStringList();
    }
    void readsJson()
    {
        QFETCH(const QString, name);
        QFETCH(const QByteArray, bytes);
        const QString path = m_files.write(name, bytes);
        ReadOptions options{.format = *transfer::formatOfFile(name)};
        if (const auto sniffed = transfer::sniff(path))
            options = sniffed->options;
        QTEST(test::allOf(path, options), "expected");
    }

    void aMemberThatNoRowHadBeforeIsTold()
    {
        const QString path = m_files.write(u"late.ndjson"_s, "{\"a\":1}\n{\"b\":2}\n");
        QCOMPARE(test::allOf(path, {.format = Format::Ndjson, .columns = {u"a"_s}}),
                 (QStringList{u"1: 1"_s, u"2: NULL ! It has “b”, which the rows before it do not have."_s}));
    }

    void aQuoteThatSwallowsEverythingEndsTheReading()
    {
        QByteArray bytes = "a,b\n1,\"";
        bytes += QByteArray(transfer::largestRecord + transfer::largestRecord / 2, 'x');
        const QStringList told = test::allOf(m_files.write(u"huge.csv"_s, bytes), {});
        QCOMPARE(told.size(), 1);
        QVERIFY2(told.first().contains(u"more than 64 MiB"_s), qPrintable(told.first().left(200)));
    }

    void aFileWithoutRowsSaysSo()
    {
        for (const QByteArray& bytes : {""_ba, "\n\n"_ba}) {
            const auto sniffed = transfer::sniff(m_files.write(u"empty.csv"_s, bytes));
            QVERIFY(!sniffed);
            QVERIFY(sniffed.error().message.contains(u"has no rows"_s));
        }
        QVERIFY(!transfer::sniff(m_files.path(u"nowhere.csv"_s)));
    }

    /// Records that cross the pieces the file is read in, whatever is in them.
    void readsBackWhatRandomRowsWereWrittenAs()
    {
        QRandomGenerator random(20261122);
        const QByteArrayList bits{"a", "\"", ",", "\n", "\r", "\r\n", "ü", " ", "'", ";", "\\", "0", "\t"};
        QStringList expected;
        QByteArray csv = "c0,c1,c2\r\n";
        QByteArray json = "[";
        qint64 line = 2;
        for (int row = 0; csv.size() < 3 * transfer::pieceBytes; ++row) {
            transfer::Record record{.line = line};
            json += row ? ",\n{" : "{";
            for (int i = 0; i < 3; ++i) {
                QByteArray text;
                for (quint32 n = random.bounded(30); n > 0; --n)
                    text += bits[random.bounded(bits.size())];
                record.fields.push_back({transfer::Field::Kind::Text, text});
                csv += (i ? ",\"" : "\"") + QByteArray(text).replace("\"", "\"\"") + '"';
                json += (i ? ",\"c" : "\"c") + QByteArray::number(i)
                        + "\":" + transfer::jsonText(QString::fromUtf8(text));
                for (qsizetype at = 0; at < text.size(); ++at)
                    line +=
                        text[at] == '\n'
                        || (text[at] == '\r' && text.sliced(at + 1, at + 1 < text.size() ? 1 : 0) != "\n");
            }
            csv += "\r\n";
            json += '}';
            ++line;
            expected += test::shown(record);
        }
        QCOMPARE(test::allOf(m_files.write(u"random.csv"_s, csv), {}), expected);
        const QStringList objects =
            test::allOf(m_files.write(u"random.json"_s, json + "]"), {.format = Format::Json});
        QCOMPARE(objects.size(), expected.size());
        for (qsizetype i = 0; i < objects.size(); ++i)
            QCOMPARE(objects[i].section(u": "_s, 1), expected[i].section(u": "_s, 1));
    }

    /// Whatever bytes there are: an answer, and an end.
    void survivesGarbage()
    {
        QRandomGenerator random(7);
        const QByteArrayList bits{"{", "}", "[",    "]",    "\"", ":", ",", "\n", "\\", "\\u12",
                                  "a", "1", "null", "\xFF", "\0", " ", "-", "'",  ";"};
        for (int round = 0; round < 3000; ++round) {
            QByteArray bytes;
            for (quint32 n = random.bounded(60); n > 0; --n)
                bytes += bits[random.bounded(bits.size())];
            const QString path = m_files.write(u"garbage"_s, bytes);
            (void)transfer::sniff(path);
            for (const Format format : {Format::Csv, Format::Tsv, Format::Json, Format::Ndjson}) {
                const QStringList rows = test::allOf(path, {.format = format});
                QVERIFY(rows.size() <= bytes.size() + 1);
            }
        }
    }
};

QTEST_GUILESS_MAIN(TransferReadTest)
#include "transfer_read_test.moc"
