// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "base/error.h"

#include <QTest>

using namespace Qt::StringLiterals;
using dewpoint::Error;

class ErrorTest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void joinsToSentences_data()
    {
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("detail");
        QTest::addColumn<QString>("hint");
        QTest::addColumn<QString>("line");
        QTest::newRow("only a message") << u"disk full"_s << QString() << QString() << u"disk full"_s;
        QTest::newRow("a server's words")
            << uR"(duplicate key "a_key")"_s << u"Key (a)=(1) already exists."_s << u"Choose another."_s
            << uR"(duplicate key "a_key". Key (a)=(1) already exists. Choose another.)"_s;
        QTest::newRow("whole sentences") << u"It is locked."_s << QString() << u"Close it elsewhere."_s
                                         << u"It is locked. Close it elsewhere."_s;
        QTest::newRow("a colon") << u"Nothing was begun:"_s << u"no\n  such table"_s << QString()
                                 << u"Nothing was begun: no such table"_s;
    }

    void joinsToSentences()
    {
        QFETCH(QString, message);
        QFETCH(QString, detail);
        QFETCH(QString, hint);
        const Error error{.message = message, .detail = detail, .hint = hint};
        QTEST(error.oneLine(), "line");
    }
};

QTEST_GUILESS_MAIN(ErrorTest)
#include "error_test.moc"
