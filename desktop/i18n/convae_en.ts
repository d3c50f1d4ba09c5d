<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>convae</name>
    <message numerus="yes">
        <source> · extrapolated from {n:,} good pictures</source>
        <translation>
            <numerusform> · extrapolated from {n:,} good picture</numerusform>
            <numerusform> · extrapolated from {n:,} good pictures</numerusform>
        </translation>
    </message>
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
        <source>Saving {name}, and {n:,} more after it</source>
        <translation>
            <numerusform>Saving {name}, and {n:,} more after it</numerusform>
            <numerusform>Saving {name}, and {n:,} more after it</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The first {most} of {n:,} pictures were added.</source>
        <translation>
            <numerusform>The first {most} of {n:,} picture was added.</numerusform>
            <numerusform>The first {most} of {n:,} pictures were added.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Training of {run}: {n:,} steps, the last with a loss of {loss:.4g}.</source>
        <translation>
            <numerusform>Training of {run}: {n:,} step, the last with a loss of {loss:.4g}.</numerusform>
            <numerusform>Training of {run}: {n:,} steps, the last with a loss of {loss:.4g}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{done:,} of {n:,} pictures</source>
        <translation>
            <numerusform>{done:,} of {n:,} picture</numerusform>
            <numerusform>{done:,} of {n:,} pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} bytes</source>
        <translation>
            <numerusform>{n:,} byte</numerusform>
            <numerusform>{n:,} bytes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} changed</source>
        <translation>
            <numerusform>{n:,} changed</numerusform>
            <numerusform>{n:,} changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} entries are passed over</source>
        <translation>
            <numerusform>{n:,} entry is passed over</numerusform>
            <numerusform>{n:,} entries are passed over</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} epochs</source>
        <translation>
            <numerusform>{n:,} epoch</numerusform>
            <numerusform>{n:,} epochs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} failed</source>
        <translation>
            <numerusform>{n:,} failed</numerusform>
            <numerusform>{n:,} failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} gone</source>
        <translation>
            <numerusform>{n:,} gone</numerusform>
            <numerusform>{n:,} gone</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} groups of copies</source>
        <translation>
            <numerusform>{n:,} group of copies</numerusform>
            <numerusform>{n:,} groups of copies</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} held-out pictures</source>
        <translation>
            <numerusform>{n:,} held-out picture</numerusform>
            <numerusform>{n:,} held-out pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} held-out pictures have near-duplicates that are trained on</source>
        <translation>
            <numerusform>{n:,} held-out picture has a near-duplicate that is trained on</numerusform>
            <numerusform>{n:,} held-out pictures have near-duplicates that are trained on</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} hours</source>
        <translation>
            <numerusform>{n:,} hour</numerusform>
            <numerusform>{n:,} hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} lines of Python are on the clipboard.</source>
        <translation>
            <numerusform>{n:,} line of Python is on the clipboard.</numerusform>
            <numerusform>{n:,} lines of Python are on the clipboard.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} minutes</source>
        <translation>
            <numerusform>{n:,} minute</numerusform>
            <numerusform>{n:,} minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} new</source>
        <translation>
            <numerusform>{n:,} new</numerusform>
            <numerusform>{n:,} new</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} not known</source>
        <translation>
            <numerusform>{n:,} not known</numerusform>
            <numerusform>{n:,} not known</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} not readable</source>
        <translation>
            <numerusform>{n:,} not readable</numerusform>
            <numerusform>{n:,} not readable</numerusform>
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
        <source>{n:,} pairs are alike, but of two moments</source>
        <translation>
            <numerusform>{n:,} pair is alike, but of two moments</numerusform>
            <numerusform>{n:,} pairs are alike, but of two moments</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} pairs told apart</source>
        <translation>
            <numerusform>{n:,} pair told apart</numerusform>
            <numerusform>{n:,} pairs told apart</numerusform>
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
        <source>{n:,} pictures are still to be saved. The window closes once they are.</source>
        <translation>
            <numerusform>{n:,} picture is still to be saved. The window closes once it is.</numerusform>
            <numerusform>{n:,} pictures are still to be saved. The window closes once they are.</numerusform>
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
        <source>{n:,} pictures selected</source>
        <translation>
            <numerusform>{n:,} picture selected</numerusform>
            <numerusform>{n:,} pictures selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} pictures stay where they are, such as {name}: {reason}.</source>
        <translation>
            <numerusform>{n:,} picture stays where it is, {name}: {reason}.</numerusform>
            <numerusform>{n:,} pictures stay where they are, such as {name}: {reason}.</numerusform>
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
    <message numerus="yes">
        <source>{n:,} pictures, about {time}</source>
        <translation>
            <numerusform>{n:,} picture, about {time}</numerusform>
            <numerusform>{n:,} pictures, about {time}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} seconds</source>
        <translation>
            <numerusform>{n:,} second</numerusform>
            <numerusform>{n:,} seconds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} selected:</source>
        <translation>
            <numerusform>{n:,} selected:</numerusform>
            <numerusform>{n:,} selected:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} shown</source>
        <translation>
            <numerusform>{n:,} shown</numerusform>
            <numerusform>{n:,} shown</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} tiles</source>
        <translation>
            <numerusform>{n:,} tile</numerusform>
            <numerusform>{n:,} tiles</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} units are off</source>
        <translation>
            <numerusform>{n:,} unit is off</numerusform>
            <numerusform>{n:,} units are off</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} were done before</source>
        <translation>
            <numerusform>{n:,} was done before</numerusform>
            <numerusform>{n:,} were done before</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{place}, {here:,} of {n:,} nodes</source>
        <translation>
            <numerusform>{place}, {here:,} of {n:,} node</numerusform>
            <numerusform>{place}, {here:,} of {n:,} nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{psnr} dB PSNR, {ssim} SSIM on {n:,} held-out pictures</source>
        <translation>
            <numerusform>{psnr} dB PSNR, {ssim} SSIM on {n:,} held-out picture</numerusform>
            <numerusform>{psnr} dB PSNR, {ssim} SSIM on {n:,} held-out pictures</numerusform>
        </translation>
    </message>
</context>
</TS>
