// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "values/decimal.h"

#include <QTest>

using namespace dewpoint;

class DecimalTest final : public QObject
{
    Q_OBJECT
private:
    static Decimal of(const char* text) { return Decimal::parse(text).value_or(Decimal()); }

private Q_SLOTS:
    void readsAndWritesItsOwnText_data()
    {
        QTest::addColumn<QByteArray>("given");
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("plain") << QByteArray("12.50") << QByteArray("12.50");
        QTest::newRow("leading zeros") << QByteArray("-0012.5") << QByteArray("-12.5");
        QTest::newRow("below one") << QByteArray(".05") << QByteArray("0.05");
        QTest::newRow("exponent") << QByteArray("1.5e3") << QByteArray("1500");
        QTest::newRow("small exponent") << QByteArray("15E-3") << QByteArray("0.015");
        QTest::newRow("minus zero") << QByteArray("-0.00") << QByteArray("0.00");
        QTest::newRow("long") << QByteArray("123456789012345678901234567890.123456789")
                              << QByteArray("123456789012345678901234567890.123456789");
        for (const char* bad : {"", "-", "NaN", "Infinity", "1x", "1e", "1.2.3", "1e999999"})
            QTest::newRow(bad) << QByteArray(bad) << QByteArray();
    }
    void readsAndWritesItsOwnText()
    {
        QFETCH(const QByteArray, given);
        QFETCH(const QByteArray, text);
        const auto number = Decimal::parse(given);
        QCOMPARE(number.has_value(), !text.isEmpty());
        if (number)
            QCOMPARE(number->toText(), text);
    }

    void addsExactly()
    {
        QCOMPARE((of("0.1") + of("0.2")).toText(), QByteArray("0.3"));
        QCOMPARE((of("99999999999999999999.99") + of("0.01")).toText(),
                 QByteArray("100000000000000000000.00"));
        QCOMPARE((of("5") + of("-7.25")).toText(), QByteArray("-2.25"));
        QCOMPARE((of("-7.25") + of("7.25")).toText(), QByteArray("0.00"));
        QCOMPARE((of("-1") + of("-2")).toText(), QByteArray("-3"));
    }

    void compares()
    {
        QVERIFY(of("-3") < of("-2.5"));
        QVERIFY(of("-1") < of("0"));
        QVERIFY(of("9.99") < of("10"));
        QVERIFY(!(of("10.0") < of("10")));
        QVERIFY(of("10.0") == of("10"));
    }

    void averagesRoundedHalfUp()
    {
        QCOMPARE(of("1").dividedBy(3, 4).toText(), QByteArray("0.3333"));
        QCOMPARE(of("2").dividedBy(3, 4).toText(), QByteArray("0.6667"));
        QCOMPARE(of("-2").dividedBy(3, 4).toText(), QByteArray("-0.6667"));
        QCOMPARE(of("10").dividedBy(4, 4).toText(), QByteArray("2.5"));
        QCOMPARE(of("99.99995").dividedBy(1, 4).toText(), QByteArray("100"));
        QCOMPARE(of("0").dividedBy(7, 4).toText(), QByteArray("0"));
        QCOMPARE(of("0.00001").dividedBy(2, 4).toText(), QByteArray("0"));
        QCOMPARE(of("12345678901234567890").dividedBy(2, 4).toText(), QByteArray("6172839450617283945"));
    }
};

QTEST_APPLESS_MAIN(DecimalTest)
#include "decimal_test.moc"
