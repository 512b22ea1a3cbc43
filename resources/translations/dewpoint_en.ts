<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>dewpoint</name>
    <message numerus="yes">
        <source>%n row(s) of %1 get the new value (ON UPDATE CASCADE).</source>
        <translation>
            <numerusform>%n row of %1 gets the new value (ON UPDATE CASCADE).</numerusform>
            <numerusform>%n rows of %1 get the new value (ON UPDATE CASCADE).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) of %1 lose the reference (ON UPDATE SET NULL).</source>
        <translation>
            <numerusform>%n row of %1 loses the reference (ON UPDATE SET NULL).</numerusform>
            <numerusform>%n rows of %1 lose the reference (ON UPDATE SET NULL).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) of %1 take their default (ON UPDATE SET DEFAULT).</source>
        <translation>
            <numerusform>%n row of %1 takes its default (ON UPDATE SET DEFAULT).</numerusform>
            <numerusform>%n rows of %1 take their default (ON UPDATE SET DEFAULT).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) of %1 are deleted as well (ON DELETE CASCADE).</source>
        <translation>
            <numerusform>%n row of %1 is deleted as well (ON DELETE CASCADE).</numerusform>
            <numerusform>%n rows of %1 are deleted as well (ON DELETE CASCADE).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) of %1 lose the reference (ON DELETE SET NULL).</source>
        <translation>
            <numerusform>%n row of %1 loses the reference (ON DELETE SET NULL).</numerusform>
            <numerusform>%n rows of %1 lose the reference (ON DELETE SET NULL).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) of %1 take their default (ON DELETE SET DEFAULT).</source>
        <translation>
            <numerusform>%n row of %1 takes its default (ON DELETE SET DEFAULT).</numerusform>
            <numerusform>%n rows of %1 take their default (ON DELETE SET DEFAULT).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) of %1 still refer to it: the database will refuse.</source>
        <translation>
            <numerusform>%n row of %1 still refers to it: the database will refuse.</numerusform>
            <numerusform>%n rows of %1 still refer to it: the database will refuse.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dewpoint::browse::Sidebar</name>
    <message numerus="yes">
        <source>%n pending migration(s)</source>
        <translation>
            <numerusform>%n pending migration</numerusform>
            <numerusform>%n pending migrations</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Drift: %n difference(s) between the database and its migrations</source>
        <translation>
            <numerusform>Drift: %n difference between the database and its migrations</numerusform>
            <numerusform>Drift: %n differences between the database and its migrations</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dewpoint::cells::CellDelegate</name>
    <message numerus="yes">
        <source>%n cell(s) set. Ctrl+Z takes it back.</source>
        <translation>
            <numerusform>%n cell set. Ctrl+Z takes it back.</numerusform>
            <numerusform>%n cells set. Ctrl+Z takes it back.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dewpoint::cells::ChangeTree</name>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n row</numerusform>
            <numerusform>%n rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dewpoint::cells::GridView</name>
    <message numerus="yes">
        <source>%n row(s) copied</source>
        <translation>
            <numerusform>%n row copied</numerusform>
            <numerusform>%n rows copied</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cell(s) pasted</source>
        <translation>
            <numerusform>%n cell pasted</numerusform>
            <numerusform>%n cells pasted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) to be deleted by the next commit. Ctrl+Z takes it back.</source>
        <translation>
            <numerusform>%n row to be deleted by the next commit. Ctrl+Z takes it back.</numerusform>
            <numerusform>%n rows to be deleted by the next commit. Ctrl+Z takes it back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new row(s)</source>
        <translation>
            <numerusform>%n new row</numerusform>
            <numerusform>%n new rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n beyond the last column left out</source>
        <translation>
            <numerusform>%n beyond the last column left out</numerusform>
            <numerusform>%n beyond the last column left out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cell(s) left as they were: not loaded yet, or not to be edited</source>
        <translation>
            <numerusform>%n cell left as it was: not loaded yet, or not to be edited</numerusform>
            <numerusform>%n cells left as they were: not loaded yet, or not to be edited</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dewpoint::design::ReviewPanel</name>
    <message numerus="yes">
        <source>%n step(s), proven there and back on a scratch database</source>
        <translation>
            <numerusform>%n step, proven there and back on a scratch database</numerusform>
            <numerusform>%n steps, proven there and back on a scratch database</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n migration(s) are pending. This one comes behind them.</source>
        <translation>
            <numerusform>%n migration is pending. This one comes behind it.</numerusform>
            <numerusform>%n migrations are pending. This one comes behind them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dewpoint::design::StructurePage</name>
    <message numerus="yes">
        <source>%1 in %n table(s)</source>
        <translation>
            <numerusform>%1 in %n table</numerusform>
            <numerusform>%1 in %n tables</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n edit(s)</source>
        <translation>
            <numerusform>%n edit</numerusform>
            <numerusform>%n edits</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n problem(s)</source>
        <translation>
            <numerusform>%n problem</numerusform>
            <numerusform>%n problems</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dewpoint::exchange::ExportPage</name>
    <message numerus="yes">
        <source>%n row(s) written to %1.</source>
        <translation>
            <numerusform>%n row written to %1.</numerusform>
            <numerusform>%n rows written to %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Up to %n step(s) away</source>
        <translation>
            <numerusform>Up to %n step away</numerusform>
            <numerusform>Up to %n steps away</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more table(s)</source>
        <translation>
            <numerusform>%n more table</numerusform>
            <numerusform>%n more tables</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n reference(s) lead to rows that are not there</source>
        <translation>
            <numerusform>%n reference leads to a row that is not there</numerusform>
            <numerusform>%n references lead to rows that are not there</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dewpoint::exchange::FillPage</name>
    <message numerus="yes">
        <source>Add %n row(s)</source>
        <translation>
            <numerusform>Add %n row</numerusform>
            <numerusform>Add %n rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) written to %1.</source>
        <translation>
            <numerusform>%n row written to %1.</numerusform>
            <numerusform>%n rows written to %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Nothing was written: the database refuses %n row(s) however they are made.</source>
        <translation>
            <numerusform>Nothing was written: the database refuses %n row however it is made.</numerusform>
            <numerusform>Nothing was written: the database refuses %n rows however they are made.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dewpoint::exchange::ImportPage</name>
    <message numerus="yes">
        <source>%n row(s) left out.</source>
        <translation>
            <numerusform>%n row left out.</numerusform>
            <numerusform>%n rows left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n value(s) would be kept as text: they are shown before anything is written.</source>
        <translation>
            <numerusform>%n value would be kept as text: it is shown before anything is written.</numerusform>
            <numerusform>%n values would be kept as text: they are shown before anything is written.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s), and all seem to fit.</source>
        <translation>
            <numerusform>%n row, and it seems to fit.</numerusform>
            <numerusform>%n rows, and all seem to fit.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n bad row(s) left out.</source>
        <translation>
            <numerusform>%n bad row left out.</numerusform>
            <numerusform>%n bad rows left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) deleted before.</source>
        <translation>
            <numerusform>%n row deleted before.</numerusform>
            <numerusform>%n rows deleted before.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) written to %1.</source>
        <translation>
            <numerusform>%n row written to %1.</numerusform>
            <numerusform>%n rows written to %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Nothing was written: %n row(s) are bad.</source>
        <translation>
            <numerusform>Nothing was written: %n row is bad.</numerusform>
            <numerusform>Nothing was written: %n rows are bad.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dewpoint::exchange::ScenariosPage</name>
    <message numerus="yes">
        <source>%n row(s) that were added since are deleted.</source>
        <translation>
            <numerusform>%n row that was added since is deleted.</numerusform>
            <numerusform>%n rows that were added since are deleted.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changed row(s) become what they were.</source>
        <translation>
            <numerusform>%n changed row becomes what it was.</numerusform>
            <numerusform>%n changed rows become what they were.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n deleted row(s) come back.</source>
        <translation>
            <numerusform>%n deleted row comes back.</numerusform>
            <numerusform>%n deleted rows come back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %n table(s)</source>
        <translation>
            <numerusform>%1: %n table</numerusform>
            <numerusform>%1: %n tables</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Since %1: %n table(s) with other rows</source>
        <translation>
            <numerusform>Since %1: %n table with other rows</numerusform>
            <numerusform>Since %1: %n tables with other rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dewpoint::grid::CommitConsequences</name>
    <message numerus="yes">
        <source>, and %n other row(s) with them</source>
        <translation>
            <numerusform>, and %n other row with them</numerusform>
            <numerusform>, and %n other rows with them</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dewpoint::grid::ConflictPanel</name>
    <message numerus="yes">
        <source>%n more column(s) that they did not touch stay as you have them: %1</source>
        <translation>
            <numerusform>%n more column that they did not touch stays as you have it: %1</numerusform>
            <numerusform>%n more columns that they did not touch stay as you have them: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n choice(s) to make.</source>
        <translation>
            <numerusform>%n choice to make.</numerusform>
            <numerusform>%n choices to make.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) changed since they were read. Nothing was written.</source>
        <translation>
            <numerusform>%n row changed since it was read. Nothing was written.</numerusform>
            <numerusform>%n rows changed since they were read. Nothing was written.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dewpoint::grid::PendingPage</name>
    <message numerus="yes">
        <source>%1 in %n table(s)</source>
        <translation>
            <numerusform>%1 in %n table</numerusform>
            <numerusform>%1 in %n tables</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s)</source>
        <translation>
            <numerusform>%n change</numerusform>
            <numerusform>%n changes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Write %n change(s) to %1?</source>
        <translation>
            <numerusform>Write %n change to %1?</numerusform>
            <numerusform>Write %n changes to %1?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dewpoint::grid::PreviewSheet</name>
    <message numerus="yes">
        <source>%n statement(s) in one transaction</source>
        <translation>
            <numerusform>%n statement in one transaction</numerusform>
            <numerusform>%n statements in one transaction</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… and %n more statement(s), which are not shown</source>
        <translation>
            <numerusform>… and %n more statement, which is not shown</numerusform>
            <numerusform>… and %n more statements, which are not shown</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dewpoint::grid::ReferencePeek</name>
    <message numerus="yes">
        <source>%n more column(s)</source>
        <translation>
            <numerusform>%n more column</numerusform>
            <numerusform>%n more columns</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dewpoint::grid::RefusalList</name>
    <message numerus="yes">
        <source>Nothing was written: the database refused %n change(s). Your edits are kept. F8 goes to them.</source>
        <translation>
            <numerusform>Nothing was written: the database refused %n change. Your edits are kept. F8 goes to them.</numerusform>
            <numerusform>Nothing was written: the database refused %n changes. Your edits are kept. F8 goes to them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dewpoint::grid::ReplaceBar</name>
    <message numerus="yes">
        <source>%n cell(s)</source>
        <translation>
            <numerusform>%n cell</numerusform>
            <numerusform>%n cells</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n row(s)</source>
        <translation>
            <numerusform>in %n row</numerusform>
            <numerusform>in %n rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stay(s) as it is: the new text is no value of the column</source>
        <translation>
            <numerusform>%n stays as it is: the new text is no value of the column</numerusform>
            <numerusform>%n stay as they are: the new text is no value of the column</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n too long to look into</source>
        <translation>
            <numerusform>%n too long to look into</numerusform>
            <numerusform>%n too long to look into</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cell(s) staged. Undo takes all of them back.</source>
        <translation>
            <numerusform>%n cell staged. Undo takes all of them back.</numerusform>
            <numerusform>%n cells staged. Undo takes all of them back.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dewpoint::grid::TableFooter</name>
    <message numerus="yes">
        <source>%n new</source>
        <translation>
            <numerusform>%n new</numerusform>
            <numerusform>%n new</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dewpoint::grid::TablePage</name>
    <message numerus="yes">
        <source>Write %n change(s) to %1?</source>
        <translation>
            <numerusform>Write %n change to %1?</numerusform>
            <numerusform>Write %n changes to %1?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) committed</source>
        <translation>
            <numerusform>%n change committed</numerusform>
            <numerusform>%n changes committed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) were left as they are: not loaded yet.</source>
        <translation>
            <numerusform>%n row was left as it is: not loaded yet.</numerusform>
            <numerusform>%n rows were left as they are: not loaded yet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n other row(s) changed with it</source>
        <translation>
            <numerusform>%n other row changed with it</numerusform>
            <numerusform>%n other rows changed with it</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) were changed by someone else since that commit.</source>
        <translation>
            <numerusform>%n row was changed by someone else since that commit.</numerusform>
            <numerusform>%n rows were changed by someone else since that commit.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) cannot be taken back.</source>
        <translation>
            <numerusform>%n row cannot be taken back.</numerusform>
            <numerusform>%n rows cannot be taken back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 is staged backwards: %n change(s). Look at them, then commit.</source>
        <translation>
            <numerusform>%1 is staged backwards: %n change. Look at them, then commit.</numerusform>
            <numerusform>%1 is staged backwards: %n changes. Look at them, then commit.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dewpoint::history::HistoryPage</name>
    <message numerus="yes">
        <source>%n changed row(s)</source>
        <translation>
            <numerusform>%n changed row</numerusform>
            <numerusform>%n changed rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more, of which nothing is known</source>
        <translation>
            <numerusform>%n more, of which nothing is known</numerusform>
            <numerusform>%n more, of which nothing is known</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) are left out.</source>
        <translation>
            <numerusform>%n row is left out.</numerusform>
            <numerusform>%n rows are left out.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dewpoint::inspect::ArrayEditor</name>
    <message numerus="yes">
        <source>%n element(s).</source>
        <translation>
            <numerusform>%n element.</numerusform>
            <numerusform>%n elements.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dewpoint::migrate::ComparePage</name>
    <message numerus="yes">
        <source>%n difference(s)</source>
        <translation>
            <numerusform>%n difference</numerusform>
            <numerusform>%n differences</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) to be answered first</source>
        <translation>
            <numerusform>%n question to be answered first</numerusform>
            <numerusform>%n questions to be answered first</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n step(s), proven there and back on a scratch database</source>
        <translation>
            <numerusform>%n step, proven there and back on a scratch database</numerusform>
            <numerusform>%n steps, proven there and back on a scratch database</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n migration(s) are pending. This one comes behind them.</source>
        <translation>
            <numerusform>%n migration is pending. This one comes behind it.</numerusform>
            <numerusform>%n migrations are pending. This one comes behind them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… and %n more</source>
        <translation>
            <numerusform>… and %n more</numerusform>
            <numerusform>… and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dewpoint::search::SearchPage</name>
    <message numerus="yes">
        <source>%n hit(s)</source>
        <translation>
            <numerusform>%n hit</numerusform>
            <numerusform>%n hits</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dewpoint::shell::Workspace</name>
    <message numerus="yes">
        <source>Last statement %1 · %n row(s)</source>
        <translation>
            <numerusform>Last statement %1 · %n row</numerusform>
            <numerusform>Last statement %1 · %n rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s)</source>
        <translation>
            <numerusform>%n change</numerusform>
            <numerusform>%n changes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 in %n table(s)</source>
        <translation>
            <numerusform>%1 in %n table</numerusform>
            <numerusform>%1 in %n tables</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The %n selected row(s)</source>
        <translation>
            <numerusform>The selected row</numerusform>
            <numerusform>The %n selected rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The %n row(s) that are shown</source>
        <translation>
            <numerusform>The %n row that is shown</numerusform>
            <numerusform>The %n rows that are shown</numerusform>
        </translation>
    </message>
</context>
</TS>
