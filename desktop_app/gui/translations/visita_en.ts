<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en">
<context>
    <name>Counted</name>
    <message numerus="yes">
        <source>%Ln photo(s)</source>
        <translation>
            <numerusform>%Ln photo</numerusform>
            <numerusform>%Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln result(s)</source>
        <translation>
            <numerusform>%Ln result</numerusform>
            <numerusform>%Ln results</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln problem(s)</source>
        <translation>
            <numerusform>%Ln problem</numerusform>
            <numerusform>%Ln problems</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) are no photos</source>
        <translation>
            <numerusform>%Ln file is no photo</numerusform>
            <numerusform>%Ln files are no photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Its %Ln photo(s) stay in the library and on your disk.</source>
        <translation>
            <numerusform>Its %Ln photo stays in the library and on your disk.</numerusform>
            <numerusform>Its %Ln photos stay in the library and on your disk.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Forget %Ln missing file(s)? Of these, {photos} can be found nowhere else.</source>
        <translation>
            <numerusform>Forget %Ln missing file? Of these, {photos} can be found nowhere else.</numerusform>
            <numerusform>Forget %Ln missing files? Of these, {photos} can be found nowhere else.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln missing file(s) forgotten, {photos}</source>
        <translation>
            <numerusform>%Ln missing file forgotten, {photos}</numerusform>
            <numerusform>%Ln missing files forgotten, {photos}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln missing file(s) are kept: their folder is not connected.</source>
        <translation>
            <numerusform>%Ln missing file is kept: its folder is not connected.</numerusform>
            <numerusform>%Ln missing files are kept: their folder is not connected.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more are kept: their folder is not connected.</source>
        <translation>
            <numerusform>%Ln more is kept: its folder is not connected.</numerusform>
            <numerusform>%Ln more are kept: their folder is not connected.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) from all over were tried out just now, as the indexer goes about them: {seconds} s. The library will take about {size} beside your photos.</source>
        <translation>
            <numerusform>%Ln photo was tried out just now, as the indexer goes about it: {seconds} s. The library will take about {size} beside your photos.</numerusform>
            <numerusform>%Ln photos from all over were tried out just now, as the indexer goes about them: {seconds} s. The library will take about {size} beside your photos.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LibraryPage</name>
    <message numerus="yes">
        <source>Catalogue {catalogue}, search index {index}, %Ln thumbnail(s) {thumbnails}</source>
        <translation>
            <numerusform>Catalogue {catalogue}, search index {index}, %Ln thumbnail {thumbnails}</numerusform>
            <numerusform>Catalogue {catalogue}, search index {index}, %Ln thumbnails {thumbnails}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NearDialog</name>
    <message numerus="yes">
        <source>{done} of %Ln photo(s) compared</source>
        <translation>
            <numerusform>{done} of %Ln photo compared</numerusform>
            <numerusform>{done} of %Ln photos compared</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln group(s).</source>
        <translation>
            <numerusform>%Ln group.</numerusform>
            <numerusform>%Ln groups.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The first {n} of %Ln group(s).</source>
        <translation>
            <numerusform>The first {n} of %Ln group.</numerusform>
            <numerusform>The first {n} of %Ln groups.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProgressCard</name>
    <message numerus="yes">
        <source>%Ln file(s) found</source>
        <translation>
            <numerusform>%Ln file found</numerusform>
            <numerusform>%Ln files found</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{done} of %Ln photo(s)</source>
        <translation>
            <numerusform>{done} of %Ln photo</numerusform>
            <numerusform>{done} of %Ln photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TransferCard</name>
    <message numerus="yes">
        <source>{done} of %Ln file(s)</source>
        <translation>
            <numerusform>{done} of %Ln file</numerusform>
            <numerusform>{done} of %Ln files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TrayIcon</name>
    <message numerus="yes">
        <source>VisITA: {done} of %Ln photo(s) read</source>
        <translation>
            <numerusform>VisITA: {done} of %Ln photo read</numerusform>
            <numerusform>VisITA: {done} of %Ln photos read</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UpkeepTools</name>
    <message numerus="yes">
        <source>%Ln file(s) are tried again</source>
        <translation>
            <numerusform>%Ln file is tried again</numerusform>
            <numerusform>%Ln files are tried again</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) are left out from now on</source>
        <translation>
            <numerusform>%Ln file is left out from now on</numerusform>
            <numerusform>%Ln files are left out from now on</numerusform>
        </translation>
    </message>
</context>
</TS>
