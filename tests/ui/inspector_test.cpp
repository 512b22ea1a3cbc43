// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "inspect/content.h"
#include "inspect/inspector.h"
#include "inspect/record_model.h"

#include <QAbstractItemModelTester>
#include <QBuffer>
#include <QClipboard>
#include <QElapsedTimer>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace dewpoint;
using namespace dewpoint::inspect;

namespace {

Field field(const QString& name, Value value)
{
    Field made;
    made.name = name;
    made.type = u"text"_s;
    made.value = std::move(value);
    return made;
}

Record row(int current)
{
    Record record;
    record.tableTitle = u"orders"_s;
    record.fields = {field(u"id"_s, qint64(9007199254740993)),
                     field(u"note"_s, Null{}),
                     field(u"empty"_s, Text{}),
                     field(u"user_id"_s, Text{"7"}),
                     field(u"raw"_s, Blob{"Hi\x01"}),
                     field(u"json"_s, Text{R"({"b": 12345678901234567890, "a": ["x\n", null]})"})};
    record.fields[0].isKey = true;
    record.fields[3].foreignTarget = u"users.id"_s;
    record.fields[3].editable = true;
    record.current = current;
    return record;
}

QByteArray picture(const char* format)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QImage image(30, 20, QImage::Format_RGB32);
    image.fill(Qt::red);
    image.save(&buffer, format);
    return bytes;
}

template <class T>
T* part(const QWidget& parent, const QString& name)
{
    return parent.findChild<T*>(name);
}

}  // namespace

class InspectorTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void invitesToSelectACellWhenThereIsNone()
    {
        Inspector inspector;
        inspector.show();
        QVERIFY(part<QLabel>(inspector, u"inspectorEmpty"_s)->isVisible());
        inspector.setRecord(row(0));
        QVERIFY(!part<QLabel>(inspector, u"inspectorEmpty"_s)->isVisible());
        inspector.clear();
        QVERIFY(part<QLabel>(inspector, u"inspectorEmpty"_s)->isVisible());
    }

    void showsTheWholeRowAndTheFocusedCell()
    {
        Inspector inspector;
        inspector.show();
        inspector.setRecord(row(0));
        auto* form = part<QTreeView>(inspector, u"inspectorForm"_s);
        QCOMPARE(form->model()->rowCount(), 6);
        QCOMPARE(form->currentIndex().row(), 0);
        QCOMPARE(part<QPlainTextEdit>(inspector, u"inspectorText"_s)->toPlainText(), u"9007199254740993"_s);
        QCOMPARE(part<QLabel>(inspector, u"inspectorTitle"_s)->text(), u"orders"_s);
    }

    void tellsNullFromEmptyText()
    {
        Inspector inspector;
        inspector.show();
        auto* blank = part<QLabel>(inspector, u"inspectorBlank"_s);
        inspector.setRecord(row(1));
        QVERIFY(blank->isVisible());
        QCOMPARE(blank->text(), u"NULL"_s);
        inspector.setRecord(row(2));
        QVERIFY(blank->isVisible());
        QVERIFY(blank->text() != u"NULL"_s);
    }

    void arrowsInTheFormChooseTheCellShownBelow()
    {
        Inspector inspector;
        inspector.show();
        inspector.setRecord(row(0));
        auto* form = part<QTreeView>(inspector, u"inspectorForm"_s);
        QTest::keyClick(form, Qt::Key_Down);
        QCOMPARE(part<QLabel>(inspector, u"inspectorCellName"_s)->text(), u"note"_s);
    }

    void asksForEditingAndForTheReferencedRow()
    {
        Inspector inspector;
        inspector.show();
        inspector.setRecord(row(3));
        QSignalSpy edits(&inspector, &Inspector::editRequested);
        QSignalSpy jumps(&inspector, &Inspector::openReference);
        part<QToolButton>(inspector, u"inspectorEdit"_s)->click();
        part<QToolButton>(inspector, u"inspectorOpen"_s)->click();
        QCOMPARE(edits.value(0).value(0).toInt(), 3);
        QCOMPARE(jumps.value(0).value(0).toInt(), 3);
        inspector.setRecord(row(0));
        QVERIFY(!part<QToolButton>(inspector, u"inspectorOpen"_s)->isVisible());
        QVERIFY(!part<QToolButton>(inspector, u"inspectorEdit"_s)->isVisible());
    }

    void copiesTheServersOwnText()
    {
        Inspector inspector;
        inspector.setRecord(row(5));
        part<QToolButton>(inspector, u"inspectorCopy"_s)->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), displayText(row(5).fields.at(5).value));
        const QAbstractItemModel* tree = part<QTreeView>(inspector, u"inspectorTree"_s)->model();
        const QModelIndex root = tree->index(0, 0);
        QCOMPARE(tree->index(0, 0, root).data().toString(), u"b"_s);
        QCOMPARE(tree->index(0, 1, root).data().toString(), u"12345678901234567890"_s);
        part<QToolButton>(inspector, u"jsonTextView"_s)->click();
        QCOMPARE(part<QPlainTextEdit>(inspector, u"inspectorJsonText"_s)->toPlainText(),
                 displayText(row(5).fields.at(5).value));
    }

    void placesInATextAreCountedAndGoneThroughByKeys()
    {
        Inspector inspector;
        inspector.resize(320, 600);
        inspector.show();
        (void)QTest::qWaitForWindowActive(&inspector);
        Record record = row(0);
        record.fields[0].value = Text{"one Two three two\nfour TWO five " + QByteArray(80, 'x')};
        inspector.setRecord(record);
        auto* text = part<QPlainTextEdit>(inspector, u"inspectorText"_s);
        auto* find = part<QLineEdit>(inspector, u"inspectorFind"_s);
        auto* state = part<QLabel>(inspector, u"inspectorFindState"_s);
        text->setFocus();
        QTest::keyClick(text, Qt::Key_F, Qt::ControlModifier);
        QTRY_VERIFY(find->hasFocus());
        QTest::keyClicks(find, u"two"_s);
        QCOMPARE(state->text(), u"1 of 3"_s);
        QCOMPARE(text->textCursor().selectedText(), u"Two"_s);
        QCOMPARE(text->extraSelections().size(), 3);
        QTest::keyClick(find, Qt::Key_Return);
        QCOMPARE(state->text(), u"2 of 3"_s);
        QTest::keyClick(find, Qt::Key_F3);
        QCOMPARE(text->textCursor().selectedText(), u"TWO"_s);
        QTest::keyClick(find, Qt::Key_Return);  // behind the last one it begins anew
        QCOMPARE(state->text(), u"1 of 3"_s);
        QTest::keyClick(find, Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(state->text(), u"3 of 3"_s);
        QTest::mouseClick(part<QToolButton>(inspector, u"inspectorFindPrevious"_s), Qt::LeftButton);
        QCOMPARE(state->text(), u"2 of 3"_s);
        // News of the same cell leaves the place alone.
        inspector.setRecord(record);
        QCOMPARE(text->textCursor().selectedText(), u"two"_s);
        QTest::keyClicks(find, u"!"_s);
        QCOMPARE(state->text(), u"not found"_s);
        QTest::keyClick(find, Qt::Key_Escape);
        QVERIFY(find->text().isEmpty() && text->hasFocus() && text->extraSelections().isEmpty());
        // Long lines are broken, or not.
        auto* wrap = part<QToolButton>(inspector, u"inspectorWrap"_s);
        QCOMPARE(text->lineWrapMode(), QPlainTextEdit::WidgetWidth);
        QTest::mouseClick(wrap, Qt::LeftButton);
        QCOMPARE(text->lineWrapMode(), QPlainTextEdit::NoWrap);
    }

    void aVeryLongTextSaysThatOnlyItsBeginningIsShown()
    {
        Inspector inspector;
        inspector.show();
        Record record = row(0);
        record.fields[0].value = Text{QByteArray("a needle\n") + QByteArray(300, 'y') + '\n'
                                      + QByteArray(20 * 1024 * 1024, 'x') + "needle"};
        QElapsedTimer clock;
        clock.start();
        inspector.setRecord(record);
        QVERIFY(part<QPlainTextEdit>(inspector, u"inspectorText"_s)->toPlainText().size() <= 256 * 1024);
        QVERIFY(part<QLabel>(inspector, u"inspectorNote"_s)->text().startsWith(u"Only the beginning"_s));
        part<QLineEdit>(inspector, u"inspectorFind"_s)->setText(u"needle"_s);
        QCOMPARE(part<QLabel>(inspector, u"inspectorFindState"_s)->text(), u"1 of 1"_s);
        QVERIFY2(clock.elapsed() < 3000,
                 qPrintable(QString::number(clock.elapsed())));  // it was half a minute
        qInfo("a text of 20 MB is shown and searched in %lld ms", clock.elapsed());
    }

    void everyControlHasAnAccessibleName()
    {
        Inspector inspector;
        for (const QToolButton* button : inspector.findChildren<QToolButton*>()) {
            if (button->objectName().startsWith("inspector"_L1))
                QVERIFY2(!button->accessibleName().isEmpty(), qPrintable(button->objectName()));
        }
        QVERIFY(!part<QTreeView>(inspector, u"inspectorForm"_s)->accessibleName().isEmpty());
    }

    void whatIsNotAJsonContainerStaysText_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("a number") << QByteArray("12");
        QTest::newRow("cut off") << QByteArray("{\"a\": [1, 2");
        QTest::newRow("an array literal of PostgreSQL") << QByteArray("{1,2,3}");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("endless depth") << QByteArray(100'000, '[');
        QTest::newRow("broken string") << QByteArray("[\"\\");
    }

    void whatIsNotAJsonContainerStaysText()
    {
        QFETCH(const QByteArray, text);
        QVERIFY(std::holds_alternative<TextContent>(contentOf(Text{text})));
        QVERIFY(std::holds_alternative<JsonContent>(contentOf(Text{text}, true)));
        QVERIFY(std::holds_alternative<JsonContent>(contentOf(Text{"[1, {}]"})));
    }

    void showsPicturesByTheirFirstBytes_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("format");
        QTest::newRow("png") << picture("PNG") << u"PNG"_s;
        QTest::newRow("jpeg") << picture("JPG") << u"JPEG"_s;
        QTest::newRow("svg") << QByteArray("<svg xmlns='http://www.w3.org/2000/svg' width='30' height='20'/>")
                             << u"SVG"_s;
    }

    void showsPicturesByTheirFirstBytes()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const QString, format);
        const Content content = contentOf(Blob{bytes});
        const auto* image = std::get_if<ImageContent>(&content);
        QVERIFY(image);
        QCOMPARE(image->format, format);
        QCOMPARE(image->size, QSize(30, 20));
    }

    void aBrokenPictureIsShownAsBytes()
    {
        const Content content = contentOf(Blob{picture("PNG").first(20)});
        const auto* binary = std::get_if<BinaryContent>(&content);
        QVERIFY(binary);
        QCOMPARE(binary->format, u"PNG"_s);
    }

    void otherBytesAreAHexDump()
    {
        QCOMPARE(hexDump(QByteArray("Hello \x00\xff bytes!", 15)),
                 u"0000  48 65 6c 6c 6f 20 00 ff  Hello ··\n0008  20 62 79 74 65 73 21      bytes!"_s);
        QCOMPARE(hexDump(QByteArray(9, 'a')).count(u'\n'), 1);
        QVERIFY(hexDump({}).isEmpty());
    }

    void theModelKeepsItsPromises()
    {
        RecordModel model;
        const QAbstractItemModelTester tester(&model);
        model.setRecord(row(0));
        QCOMPARE(model.data(model.index(1, 0)).toString(), u"NULL"_s);
        QCOMPARE(oneLine(Text{"a\nb"}), u"a b"_s);
        model.setRecord({});
        QCOMPARE(model.rowCount(), 0);
    }
};

QTEST_MAIN(InspectorTest)
#include "inspector_test.moc"
