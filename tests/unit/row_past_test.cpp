// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "store/past.h"

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace dewpoint;
using namespace Qt::StringLiterals;

namespace {

using rows::RowChange;
using rows::RowImage;
using rows::TableChanges;

rows::Relation relation(const QStringList& keys = {u"id"_s}, rows::KeyKind kind = rows::KeyKind::PrimaryKey)
{
    rows::Relation made;
    made.schema = u"main"_s;
    made.name = u"shop"_s;
    made.keyKind = kind;
    made.keyColumns = keys;
    for (const QString& name : {u"id"_s, u"part"_s, u"name"_s})
        made.columns += {.name = name};
    return made;
}

RowImage image(qint64 id, const char* name, qint64 part = 0)
{
    return {{u"id"_s, Value(id)}, {u"part"_s, Value(part)}, {u"name"_s, Value(Text{name})}};
}

rows::RowKey keyOf(const rows::Relation& table, const RowImage& row)
{
    rows::RowKey key;
    for (const QString& column : table.keyColumns)
        key.values.push_back(row.contains(column) ? row.at(column) : row.at(u"id"_s));
    return key;
}

TableChanges commit(const rows::Relation& table, const QList<RowChange>& rows)
{
    TableChanges changes{.schema = table.schema, .name = table.name, .keyKind = table.keyKind};
    changes.keyColumns = table.keyColumns;
    changes.columns = {u"id"_s, u"part"_s, u"name"_s};
    changes.rows = rows;
    for (RowChange& row : changes.rows)
        row.key = keyOf(table, row.after ? *row.after : *row.before);
    return changes;
}

RowChange changed(const RowImage& before, const RowImage& after)
{
    return {.key = {}, .before = before, .after = after};
}
RowChange made(const RowImage& after)
{
    return {.key = {}, .before = {}, .after = after};
}
RowChange gone(const RowImage& before)
{
    return {.key = {}, .before = before, .after = {}};
}

/// "~ name a → b": each value that a step is about.
QString outline(const Result<QList<store::PastStep>>& steps)
{
    QStringList lines;
    if (!steps)
        return steps.error().message;
    for (const store::PastStep& step : *steps) {
        for (const store::PastCell& cell : step.cells) {
            const auto text = [](const std::optional<Value>& value) {
                return value ? displayText(*value) : u"?"_s;
            };
            using Kind = store::PastStep::Kind;
            lines += (step.kind == Kind::Made      ? u"+ "_s
                      : step.kind == Kind::Deleted ? u"- "_s
                                                   : u"~ "_s)
                     + cell.column + u' ' + text(cell.before) + u" → "_s + text(cell.after);
        }
    }
    return lines.join(u'\n');
}

}  // namespace

/// What a value was before: told from the commits that are kept.
class RowPastTest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".?"_s));
        m_folder.emplace();
        m_history.emplace(m_folder->path(), store::HistoryBudget{.commits = 100'000});
    }

    void stepsComeFromNewToOldBackToWhereTheRowWasMade()
    {
        const rows::Relation table = relation();
        keep(commit(table, {made(image(1, "a")), made(image(2, "x"))}));
        keep(commit(table, {changed(image(2, "x"), image(2, "y"))}));
        keep(commit(table, {changed(image(1, "a"), image(1, "a", 7))}));
        keep(commit(table, {changed(image(1, "a", 7), image(1, "b", 7))}));
        store::Past past(*m_history, table, {{Value(qint64(1))}}, u"name"_s);
        QCOMPARE(outline(past.read()), u"~ name a → b\n+ name ? → a"_s);
        QVERIFY(past.isAtEnd());
        store::Past row(*m_history, table, {{Value(qint64(1))}});
        QCOMPARE(outline(row.read()),
                 u"~ name a → b\n~ part 0 → 7\n+ id ? → 1\n+ part ? → 0\n+ name ? → a"_s);
    }

    void aRowIsFollowedOverChangesOfItsKey()
    {
        const rows::Relation table = relation({u"id"_s, u"part"_s});
        keep(commit(table, {changed(image(1, "a", 5), image(1, "b", 5))}));
        // Two rows change their keys with each other in one commit.
        keep(commit(table, {changed(image(1, "b", 5), image(9, "b", 5)),
                            changed(image(9, "other", 5), image(1, "other", 5))}));
        keep(commit(table, {changed(image(9, "b", 5), image(9, "c", 6))}));
        store::Past past(*m_history, table, {{Value(qint64(9)), Value(qint64(6))}}, u"name"_s);
        QCOMPARE(outline(past.read()), u"~ name b → c\n~ name a → b"_s);
        store::Past key(*m_history, table, {{Value(qint64(9)), Value(qint64(6))}}, u"id"_s);
        QCOMPARE(outline(key.read()), u"~ id 1 → 9"_s);
    }

    void whoHadTheKeyBeforeIsAnotherRow()
    {
        const rows::Relation table = relation();
        keep(commit(table, {changed(image(5, "old"), image(5, "older"))}));
        keep(commit(table, {changed(image(5, "older"), image(6, "older"))}));
        keep(commit(table, {made(image(5, "new"))}));
        store::Past past(*m_history, table, {{Value(qint64(5))}}, u"name"_s);
        QCOMPARE(outline(past.read()), u"+ name ? → new"_s);
        QVERIFY(past.isAtEnd());
    }

    void aRowThatWasDeletedAndMadeAgainGoesOn()
    {
        const rows::Relation table = relation();
        keep(commit(table, {made(image(5, "first"))}));
        keep(commit(table, {gone(image(5, "first"))}));
        keep(commit(table, {made(image(5, "again"))}));
        store::Past past(*m_history, table, {{Value(qint64(5))}}, u"name"_s);
        QCOMPARE(outline(past.read()), u"+ name ? → again\n- name first → ?\n+ name ? → first"_s);
        // Both in one commit.
        keep(commit(table, {gone(image(5, "again")), made(image(5, "third"))}));
        store::Past both(*m_history, table, {{Value(qint64(5))}}, u"name"_s);
        QVERIFY(outline(both.read()).startsWith(u"+ name ? → third\n- name again → ?\n+ name ? → again"_s));
    }

    void hiddenKeysAndTextsWithQuotesAreFound()
    {
        const rows::Relation hidden = relation({u"rowid"_s}, rows::KeyKind::RowId);
        keep(commit(hidden, {changed(image(3, "a"), image(3, "b"))}));
        store::Past past(*m_history, hidden, {{Value(qint64(3))}}, u"name"_s);
        QCOMPARE(outline(past.read()), u"~ name a → b"_s);
        const rows::Relation byName = relation({u"name"_s});
        RowImage odd = image(1, "");
        odd.insert_or_assign(u"name"_s, Text{"say \"hi\"\\\n\xc3\xa4"});
        RowImage after = odd;
        after.insert_or_assign(u"part"_s, Value(qint64(8)));
        keep(commit(byName, {changed(odd, after)}));
        store::Past text(*m_history, byName, {{odd.at(u"name"_s)}}, u"part"_s);
        QCOMPARE(outline(text.read()), u"~ part 0 → 8"_s);
    }

    void withoutAKeyThatLastsNothingIsClaimed()
    {
        const rows::Relation table = relation({u"ctid"_s}, rows::KeyKind::Ctid);
        QVERIFY(store::Past(*m_history, table, {{Value(Text{"(0,1)"})}}).isAtEnd());
    }

    void whatWasTooLargeToBeKeptIsSaidToBeUnknown()
    {
        const rows::Relation table = relation();
        RowImage after;
        for (const auto& [column, value] : image(1, "b")) {
            if (column != u"name")
                after.emplace(column, value);
        }
        keep(commit(table, {changed(image(1, "a"), after)}));
        store::Past past(*m_history, table, {{Value(qint64(1))}}, u"name"_s);
        QCOMPARE(outline(past.read()), u"~ name a → ?"_s);
    }

    void manyStepsAreReadPieceByPiece()
    {
        const rows::Relation table = relation();
        for (int i = 0; i < 7; ++i)
            keep(commit(table, {changed(image(1, QByteArray::number(i).constData()),
                                        image(1, QByteArray::number(i + 1).constData()))}));
        store::Past past(*m_history, table, {{Value(qint64(1))}}, u"name"_s);
        QCOMPARE(outline(past.read({}, {.steps = 3})), u"~ name 6 → 7\n~ name 5 → 6\n~ name 4 → 5"_s);
        QVERIFY(!past.isAtEnd());
        const store::Past here = past;
        QCOMPARE(past.read([] { return true; }).error().kind, ErrorKind::Cancelled);
        past = here;
        QCOMPARE(past.read()->size(), 4);
        QVERIFY(past.isAtEnd());
    }

private:
    void keep(const TableChanges& changes) { QVERIFY(m_history->keep({changes})); }

    std::optional<QTemporaryDir> m_folder;
    std::optional<store::History> m_history;
};

QTEST_GUILESS_MAIN(RowPastTest)
#include "row_past_test.moc"
