<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>convae</name>
    <message numerus="yes">
        <source>Move {n:,} pictures to {folder}? Undo brings them back.</source>
        <translation>
            <numerusform>Move {n:,} picture to {folder}? Undo brings it back.</numerusform>
            <numerusform>Move {n:,} pictures to {folder}? Undo brings them back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move {n:,} pictures to…</source>
        <translation>
            <numerusform>Move {n:,} picture to…</numerusform>
            <numerusform>Move {n:,} pictures to…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} of the files to write exist already (the first is {name}). Replace them?</source>
        <translation>
            <numerusform>{n:,} of the files to write exists already ({name}). Replace it?</numerusform>
            <numerusform>{n:,} of the files to write exist already (the first is {name}). Replace them?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} others</source>
        <translation>
            <numerusform>{n:,} other</numerusform>
            <numerusform>{n:,} others</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} pictures</source>
        <translation>
            <numerusform>{n:,} picture</numerusform>
            <numerusform>{n:,} pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} pictures are back in their place.</source>
        <translation>
            <numerusform>{n:,} picture is back in its place.</numerusform>
            <numerusform>{n:,} pictures are back in their place.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} pictures cannot be read and will be skipped: {name}</source>
        <translation>
            <numerusform>{n:,} picture cannot be read and will be skipped: {name}</numerusform>
            <numerusform>{n:,} pictures cannot be read and will be skipped, such as {name}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} pictures were moved to {folder}.</source>
        <translation>
            <numerusform>{n:,} picture was moved to {folder}.</numerusform>
            <numerusform>{n:,} pictures were moved to {folder}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} pictures written</source>
        <translation>
            <numerusform>{n:,} picture written</numerusform>
            <numerusform>{n:,} pictures written</numerusform>
        </translation>
    </message>
</context>
</TS>
