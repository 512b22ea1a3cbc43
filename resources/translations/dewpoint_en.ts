<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>dewpoint::browse::Sidebar</name>
    <message numerus="yes">
        <source>%n pending migration(s)</source>
        <translation>
            <numerusform>%n pending migration</numerusform>
            <numerusform>%n pending migrations</numerusform>
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
    <name>dewpoint::grid::ConflictPanel</name>
    <message numerus="yes">
        <source>%n row(s) changed since they were read. Nothing was written.</source>
        <translation>
            <numerusform>%n row changed since it was read. Nothing was written.</numerusform>
            <numerusform>%n rows changed since they were read. Nothing was written.</numerusform>
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
    <name>dewpoint::grid::PreviewSheet</name>
    <message numerus="yes">
        <source>%n statement(s) in one transaction</source>
        <translation>
            <numerusform>%n statement in one transaction</numerusform>
            <numerusform>%n statements in one transaction</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dewpoint::grid::RefusalList</name>
    <message numerus="yes">
        <source>Nothing was written: the database refused %n change(s). Your edits are kept.</source>
        <translation>
            <numerusform>Nothing was written: the database refused %n change. Your edits are kept.</numerusform>
            <numerusform>Nothing was written: the database refused %n changes. Your edits are kept.</numerusform>
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
        <source>Staged backwards, but for %n row(s) of which too little is known.</source>
        <translation>
            <numerusform>Staged backwards, but for %n row of which too little is known.</numerusform>
            <numerusform>Staged backwards, but for %n rows of which too little is known.</numerusform>
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
</TS>
