// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

// Records that are read on another thread come as the reader has them, and so does its error.
#include "transfer/read_ahead.h"

#include <QTest>

using namespace dewpoint;
using namespace Qt::StringLiterals;
using transfer::ReadAhead;
using transfer::Record;

namespace {

/// Numbers as rows; every hundredth is long.
class Counting final : public transfer::RecordReader
{
public:
    Counting(qint64 count, bool fails) : m_count(count), m_fails(fails) {}

    static QByteArray text(qint64 number)
    {
        return QByteArray::number(number).rightJustified(number % 100 == 0 ? 50'000 : 1, '0');
    }
    QStringList columns() const override { return {u"n"_s}; }
    Result<bool> next(Record& record) override
    {
        if (m_at == m_count && m_fails)
            return fail(ErrorKind::File, u"The disk is gone."_s);
        if (m_at == m_count)
            return false;
        record.number = ++m_at;
        record.fields.resize(1);
        record.fields[0].kind = transfer::Field::Kind::Text;
        record.fields[0].text.assign(QByteArrayView(text(m_at)));
        m_bytes += record.fields[0].text.size();
        return true;
    }
    qint64 bytesRead() const override { return m_bytes; }
    qint64 size() const override { return 0; }

private:
    qint64 m_count;
    bool m_fails;
    qint64 m_at = 0;
    qint64 m_bytes = 0;
};

}  // namespace

class ReadAheadTest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyRecordComesOnceAndInOrder_data();
    void everyRecordComesOnceAndInOrder();
    void anErrorComesBehindItsRecords();
    void nobodyHasToTakeEverything();
};

void ReadAheadTest::everyRecordComesOnceAndInOrder_data()
{
    QTest::addColumn<int>("count");
    for (const int count : {0, 1, 511, 512, 513, 5000})
        QTest::addRow("%d", count) << count;
}

void ReadAheadTest::everyRecordComesOnceAndInOrder()
{
    QFETCH(int, count);
    Counting counting(count, false);
    {
        ReadAhead ahead(counting);
        Record record;
        for (qint64 number = 1; number <= count; ++number) {
            const auto some = ahead.next(record);
            QVERIFY(some && *some);
            QCOMPARE(record.number, number);
            QCOMPARE(record.fields[0].text, Counting::text(number));
        }
        for (int again = 0; again < 2; ++again) {
            const auto some = ahead.next(record);
            QVERIFY(some && !*some);
        }
        QCOMPARE(ahead.bytesRead(), counting.bytesRead());
    }
}

void ReadAheadTest::anErrorComesBehindItsRecords()
{
    Counting counting(700, true);
    ReadAhead ahead(counting);
    Record record;
    for (int i = 0; i < 700; ++i)
        QVERIFY(ahead.next(record).value_or(false));
    for (int again = 0; again < 2; ++again) {
        const auto some = ahead.next(record);
        QVERIFY(!some);
        QCOMPARE(some.error().message, u"The disk is gone."_s);
    }
}

void ReadAheadTest::nobodyHasToTakeEverything()
{
    for (const int taken : {0, 1, 600}) {
        Counting counting(100'000, false);
        ReadAhead ahead(counting);
        Record record;
        for (int i = 0; i < taken; ++i)
            QVERIFY(ahead.next(record).value_or(false));
    }
}

QTEST_GUILESS_MAIN(ReadAheadTest)
#include "read_ahead_test.moc"
