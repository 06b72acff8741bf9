<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>CommandLine</name>
    <message>
        <source>Write together, in one text, at the same time.</source>
        <translation>Gemeinsam schreiben, in einem Text, zur gleichen Zeit.</translation>
    </message>
    <message>
        <source>The name that others see, this time, in a program of its own.</source>
        <translation>Der Name, den andere diesmal sehen, in einem eigenen Programm.</translation>
    </message>
    <message>
        <source>name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>The server whose documents are offered.</source>
        <translation>Der Server, dessen Dokumente angeboten werden.</translation>
    </message>
    <message>
        <source>url</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Address of a document: http://server:8000/ui/plain?doc=ID, or a tandem:// link</source>
        <translation>Adresse eines Dokuments: http://server:8000/ui/plain?doc=ID, oder ein Link mit tandem://</translation>
    </message>
    <message>
        <source>--name has to have 1 to %1 characters.</source>
        <translation>--name braucht 1 bis %1 Zeichen.</translation>
    </message>
    <message>
        <source>“%1” is not the address of a server. It looks like http://server:8000.</source>
        <translation>„%1“ ist keine Adresse eines Servers. Eine solche sieht aus wie http://server:8000.</translation>
    </message>
    <message>
        <source>Only one address can be opened at a time.</source>
        <translation>Es kann nur eine Adresse auf einmal geöffnet werden.</translation>
    </message>
</context>
<context>
    <name>FailureWords</name>
    <message>
        <source>There is no server called %1. Is the address right, and are you online?</source>
        <translation>Es gibt keinen Server namens %1. Stimmt die Adresse, und sind Sie online?</translation>
    </message>
    <message>
        <source>Nothing answers at %1. The server may not be running.</source>
        <translation>Unter %1 antwortet nichts. Vielleicht läuft der Server nicht.</translation>
    </message>
    <message>
        <source>The certificate of %1 is not to be trusted, so nothing was sent: %2.</source>
        <translation>Dem Zertifikat von %1 ist nicht zu trauen, deshalb wurde nichts gesendet: %2.</translation>
    </message>
    <message>
        <source>%1 does not answer in time.</source>
        <translation>%1 antwortet nicht rechtzeitig.</translation>
    </message>
    <message>
        <source>%1 cannot be reached: %2.</source>
        <translation>%1 ist nicht erreichbar: %2.</translation>
    </message>
    <message>
        <source>%1 does not answer like a Tandem server.</source>
        <translation>%1 antwortet nicht wie ein Tandem-Server.</translation>
    </message>
    <message>
        <source>%1 does not allow this. It takes a link that does; documents there open with their links only.</source>
        <translation>%1 erlaubt das nicht. Es braucht einen Link, der es erlaubt; Dokumente öffnen sich dort nur mit ihren Links.</translation>
    </message>
    <message>
        <source>%1 does not have this document any more.</source>
        <translation>%1 hat dieses Dokument nicht mehr.</translation>
    </message>
    <message>
        <source>%1 has been asked too often. Try again in a minute.</source>
        <translation>%1 wurde zu oft gefragt. Versuchen Sie es in einer Minute wieder.</translation>
    </message>
    <message>
        <source>%1 refused: %2</source>
        <translation>%1 hat abgelehnt: %2</translation>
    </message>
    <message>
        <source>status %1</source>
        <translation>Status %1</translation>
    </message>
    <message>
        <source>%1 runs a newer Tandem than this program. Update the program.</source>
        <translation>Auf %1 läuft ein neueres Tandem als dieses Programm. Aktualisieren Sie das Programm.</translation>
    </message>
    <message>
        <source>%1 runs an older Tandem than this program, which does not know this call. Ask for an update of the server.</source>
        <translation>Auf %1 läuft ein älteres Tandem als dieses Programm; es kennt diese Anfrage nicht. Bitten Sie um eine Aktualisierung des Servers.</translation>
    </message>
    <message>
        <source>That is not the address of a document. It looks like %1, and “Copy Link” gives it.</source>
        <translation>Das ist keine Adresse eines Dokuments. Eine solche sieht aus wie %1; „Link kopieren“ liefert sie.</translation>
    </message>
    <message>
        <source>This link names a server, %1, but no document. Was its end cut off?</source>
        <translation>Dieser Link nennt einen Server, %1, aber kein Dokument. Fehlt sein Ende?</translation>
    </message>
    <message>
        <source>This link is broken: “%1” cannot be the name of a document. Copy it once more, whole.</source>
        <translation>Dieser Link ist beschädigt: „%1“ kann kein Dokument bezeichnen. Kopieren Sie ihn noch einmal ganz.</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>&amp;Gehe zu</translation>
    </message>
    <message>
        <source>&amp;People</source>
        <translation>&amp;Personen</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
</context>
<context>
    <name>StateWords</name>
    <message>
        <source>The server asks for a sign-in.</source>
        <translation>Der Server verlangt eine Anmeldung.</translation>
    </message>
    <message>
        <source>The server does not let you into this document.</source>
        <translation>Der Server lässt Sie nicht in dieses Dokument.</translation>
    </message>
    <message>
        <source>The document does not exist on this server.</source>
        <translation>Das Dokument gibt es auf diesem Server nicht.</translation>
    </message>
    <message>
        <source>The server has not answered for a while.</source>
        <translation>Der Server hat eine Weile nicht geantwortet.</translation>
    </message>
    <message>
        <source>The server left out a version.</source>
        <translation>Der Server hat eine Version ausgelassen.</translation>
    </message>
    <message>
        <source>The server sent a snapshot out of order.</source>
        <translation>Der Server hat einen Stand in falscher Folge gesendet.</translation>
    </message>
    <message>
        <source>The server still has the document as it was before it was restored.</source>
        <translation>Der Server hat das Dokument noch, wie es vor der Wiederherstellung war.</translation>
    </message>
    <message>
        <source>The server sent something that is not understood: </source>
        <translation>Der Server hat etwas Unverständliches gesendet: </translation>
    </message>
    <message>
        <source>The server&apos;s changes do not fit: </source>
        <translation>Die Änderungen des Servers passen nicht: </translation>
    </message>
    <message>
        <source>The server&apos;s copy of the document cannot be read: </source>
        <translation>Das Dokument des Servers ist nicht lesbar: </translation>
    </message>
    <message>
        <source>The server cannot take edits now; they stay here and are sent again: </source>
        <translation>Der Server kann jetzt keine Änderungen annehmen; sie bleiben hier und werden wieder gesendet: </translation>
    </message>
    <message>
        <source>The server did not take an edit: </source>
        <translation>Der Server hat eine Änderung nicht angenommen: </translation>
    </message>
    <message>
        <source>1 edit kept on this computer</source>
        <translation>1 Änderung auf diesem Computer aufgehoben</translation>
    </message>
    <message>
        <source>1 edit only in this window</source>
        <translation>1 Änderung nur in diesem Fenster</translation>
    </message>
    <message>
        <source>%1 edits kept on this computer</source>
        <translation>%1 Änderungen auf diesem Computer aufgehoben</translation>
    </message>
    <message>
        <source>%1 edits only in this window</source>
        <translation>%1 Änderungen nur in diesem Fenster</translation>
    </message>
    <message>
        <source>Kept on this computer</source>
        <translation>Auf diesem Computer aufgehoben</translation>
    </message>
    <message>
        <source>Only in this window</source>
        <translation>Nur in diesem Fenster</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>Offline, %1</source>
        <translation>Offline, %1</translation>
    </message>
    <message>
        <source>Reconnecting in %1 s</source>
        <translation>Neuer Versuch in %1 s</translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation>Noch nicht gespeichert</translation>
    </message>
    <message>
        <source>Saving %1</source>
        <translation>Speichert %1</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Gespeichert</translation>
    </message>
    <message>
        <source>Up to date, for reading only</source>
        <translation>Aktuell, nur zum Lesen</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>Verbindet</translation>
    </message>
    <message>
        <source>Disconnected</source>
        <translation>Getrennt</translation>
    </message>
    <message>
        <source>Sharing has ended</source>
        <translation>Nicht mehr geteilt</translation>
    </message>
</context>
<context>
    <name>WhenWords</name>
    <message>
        <source>just now</source>
        <translation>gerade eben</translation>
    </message>
    <message>
        <source>1 minute ago</source>
        <translation>vor 1 Minute</translation>
    </message>
    <message>
        <source>%1 minutes ago</source>
        <translation>vor %1 Minuten</translation>
    </message>
    <message>
        <source>today %1</source>
        <translation>heute %1</translation>
    </message>
    <message>
        <source>yesterday %1</source>
        <translation>gestern %1</translation>
    </message>
</context>
<context>
    <name>tandem</name>
    <message>
        <source>“%1” is a folder. Drop the files in it.</source>
        <translation>„%1“ ist ein Ordner. Ziehen Sie die Dateien darin hierher.</translation>
    </message>
    <message>
        <source>“%1” is larger than %2 MB and was not inserted.</source>
        <translation>„%1“ ist größer als %2 MB und wurde nicht eingefügt.</translation>
    </message>
    <message>
        <source>“%1” cannot be read: %2.</source>
        <translation>„%1“ kann nicht gelesen werden: %2.</translation>
    </message>
    <message>
        <source>“%1” is no text in UTF-8 and was not inserted.</source>
        <translation>„%1“ ist kein Text in UTF-8 und wurde nicht eingefügt.</translation>
    </message>
    <message>
        <source>“%1” cannot be imported: %2</source>
        <translation>„%1“ kann nicht importiert werden: %2</translation>
    </message>
    <message>
        <source>it is not an OpenDocument text, or it is damaged.</source>
        <translation>Das ist kein OpenDocument-Text, oder er ist beschädigt.</translation>
    </message>
    <message>
        <source>it is not text. Tandem takes plain text, Markdown, web pages, OpenDocument texts and its own archives.</source>
        <translation>Das ist kein Text. Tandem nimmt reinen Text, Markdown, Webseiten, OpenDocument-Texte und eigene Archive.</translation>
    </message>
    <message>
        <source>it says that it is UTF-16, but it is damaged.</source>
        <translation>Die Datei gibt sich als UTF-16 aus, ist aber beschädigt.</translation>
    </message>
    <message>
        <source>it is a folder.</source>
        <translation>Das ist ein Ordner.</translation>
    </message>
    <message>
        <source>it has %1, and a file may have %2 at most.</source>
        <translation>Die Datei hat %1, erlaubt sind höchstens %2.</translation>
    </message>
    <message>
        <source>it has more than %1.</source>
        <translation>Die Datei hat mehr als %1.</translation>
    </message>
    <message>
        <source>its text has more than %1.</source>
        <translation>Der Text darin hat mehr als %1.</translation>
    </message>
</context>
<context>
    <name>tandem::Arrivals</name>
    <message>
        <source>%1 and %2 others</source>
        <translation>%1 und %2 andere</translation>
    </message>
    <message>
        <source>%1 is here.</source>
        <translation>%1 ist da.</translation>
    </message>
    <message>
        <source>%1 are here.</source>
        <translation>%1 sind da.</translation>
    </message>
    <message>
        <source>%1 has left.</source>
        <translation>%1 ist gegangen.</translation>
    </message>
    <message>
        <source>%1 have left.</source>
        <translation>%1 sind gegangen.</translation>
    </message>
</context>
<context>
    <name>tandem::AuthorLegend</name>
    <message>
        <source>Authors</source>
        <translation>Verfasser</translation>
    </message>
</context>
<context>
    <name>tandem::AuthorTints</name>
    <message>
        <source>%1 wrote this</source>
        <translation>%1 hat das geschrieben</translation>
    </message>
</context>
<context>
    <name>tandem::CommandPalette</name>
    <message>
        <source>Type what you want to do</source>
        <translation>Was möchten Sie tun?</translation>
    </message>
    <message>
        <source>No command is called so.</source>
        <translation>So heißt kein Befehl.</translation>
    </message>
    <message>
        <source>%1 · on</source>
        <translation>%1 · an</translation>
    </message>
</context>
<context>
    <name>tandem::DocumentList</name>
    <message>
        <source>Documents</source>
        <translation>Dokumente</translation>
    </message>
</context>
<context>
    <name>tandem::DocumentPage</name>
    <message>
        <source>&amp;Rename…</source>
        <translation>&amp;Umbenennen …</translation>
    </message>
    <message>
        <source>Copy &amp;Link</source>
        <translation>&amp;Link kopieren</translation>
    </message>
    <message>
        <source>&amp;Publish to a Server…</source>
        <translation>Auf einem Server &amp;veröffentlichen …</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>&amp;Ausschneiden</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>&amp;Einfügen</translation>
    </message>
    <message>
        <source>Select &amp;All</source>
        <translation>A&amp;lles auswählen</translation>
    </message>
    <message>
        <source>&amp;People</source>
        <translation>&amp;Personen</translation>
    </message>
    <message>
        <source>Zoom &amp;In</source>
        <translation>Ver&amp;größern</translation>
    </message>
    <message>
        <source>Zoom &amp;Out</source>
        <translation>Ver&amp;kleinern</translation>
    </message>
    <message>
        <source>&amp;Actual Size</source>
        <translation>Normal&amp;größe</translation>
    </message>
    <message>
        <source>&amp;Follow the Next Person</source>
        <translation>Der nächsten Person &amp;folgen</translation>
    </message>
    <message>
        <source>&amp;Jump to the Next Person</source>
        <translation>Zur nächsten Person &amp;springen</translation>
    </message>
    <message>
        <source>That edit was taken back: %1</source>
        <translation>Diese Änderung wurde zurückgenommen: %1</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>Ohne Titel</translation>
    </message>
    <message>
        <source>On this computer only</source>
        <translation>Nur auf diesem Computer</translation>
    </message>
    <message>
        <source>With this link you may only read.</source>
        <translation>Mit diesem Link dürfen Sie nur lesen.</translation>
    </message>
    <message>
        <source>You may edit this document now.</source>
        <translation>Sie dürfen dieses Dokument jetzt bearbeiten.</translation>
    </message>
    <message>
        <source>Nobody else is here.</source>
        <translation>Sonst ist niemand hier.</translation>
    </message>
    <message>
        <source>Line %1, column %2</source>
        <translation>Zeile %1, Spalte %2</translation>
    </message>
    <message>
        <source>The link is on the clipboard. Whoever has it can open this document.</source>
        <translation>Der Link ist in der Zwischenablage. Wer ihn hat, kann dieses Dokument öffnen.</translation>
    </message>
    <message>
        <source>Save a Copy</source>
        <translation>Kopie speichern</translation>
    </message>
    <message>
        <source>The text is in %1.</source>
        <translation>Der Text steht in %1.</translation>
    </message>
    <message>
        <source>1 edit of “%1” is kept on this computer, and goes to the server when it can be reached.</source>
        <translation>1 Änderung an „%1“ ist auf diesem Computer aufgehoben und geht an den Server, sobald er erreichbar ist.</translation>
    </message>
    <message>
        <source>%2 edits of “%1” are kept on this computer, and go to the server when it can be reached.</source>
        <translation>%2 Änderungen an „%1“ sind auf diesem Computer aufgehoben und gehen an den Server, sobald er erreichbar ist.</translation>
    </message>
    <message>
        <source>Not everything is saved</source>
        <translation>Nicht alles ist gespeichert</translation>
    </message>
    <message>
        <source>1 edit has not reached the server.</source>
        <translation>1 Änderung ist noch nicht beim Server.</translation>
    </message>
    <message>
        <source>%1 edits have not reached the server.</source>
        <translation>%1 Änderungen sind noch nicht beim Server.</translation>
    </message>
    <message>
        <source>What the server does not have is only in this window, and is lost if it closes now. It can close by itself as soon as everything is saved.</source>
        <translation>Was der Server nicht hat, steht nur in diesem Fenster und geht verloren, wenn es jetzt geschlossen wird. Es kann sich von selbst schließen, sobald alles gespeichert ist.</translation>
    </message>
    <message>
        <source>Close when saved</source>
        <translation>Schließen, wenn gespeichert</translation>
    </message>
    <message>
        <source>Close anyway</source>
        <translation>Trotzdem schließen</translation>
    </message>
    <message>
        <source>It is on this computer only. Publish it first.</source>
        <translation>Es liegt nur auf diesem Rechner. Veröffentlichen Sie es zuerst.</translation>
    </message>
    <message>
        <source>You can go on writing. Others see it when you share this document again.</source>
        <translation>Sie können weiterschreiben. Andere sehen es, sobald Sie dieses Dokument wieder teilen.</translation>
    </message>
    <message>
        <source>On this computer, shared on the network</source>
        <translation>Auf diesem Computer, im Netzwerk geteilt</translation>
    </message>
    <message>
        <source>On this computer, not shared now</source>
        <translation>Auf diesem Computer, zurzeit nicht geteilt</translation>
    </message>
    <message>
        <source>It is not shared now. Share it again first.</source>
        <translation>Es ist zurzeit nicht geteilt. Teilen Sie es zuerst wieder.</translation>
    </message>
    <message>
        <source>Move to &amp;Bin</source>
        <translation>In den &amp;Papierkorb legen</translation>
    </message>
    <message>
        <source>Is It Saved?</source>
        <translation>Ist es gespeichert?</translation>
    </message>
    <message>
        <source>Nothing needs to be saved by hand: all is kept as you type it.</source>
        <translation>Von Hand muss nichts gespeichert werden: alles wird schon beim Tippen gesichert.</translation>
    </message>
    <message>
        <source>Nobody is followed any more.</source>
        <translation>Niemandem wird mehr gefolgt.</translation>
    </message>
</context>
<context>
    <name>tandem::DocumentsClient</name>
    <message>
        <source>The server&apos;s answer does not name the new document.</source>
        <translation>Die Antwort des Servers nennt das neue Dokument nicht.</translation>
    </message>
</context>
<context>
    <name>tandem::EditAnnouncer</name>
    <message>
        <source>Someone</source>
        <translation>Jemand</translation>
    </message>
    <message>
        <source>%1 and someone else</source>
        <translation>%1 und noch jemand</translation>
    </message>
    <message>
        <source>%1 and %2 others</source>
        <translation>%1 und %2 andere</translation>
    </message>
    <message>
        <source>%1 edited line %2</source>
        <translation>%1 hat Zeile %2 bearbeitet</translation>
    </message>
    <message>
        <source>%1 edited %2 places</source>
        <translation>%1 haben %2 Stellen bearbeitet</translation>
    </message>
</context>
<context>
    <name>tandem::EditorTools</name>
    <message>
        <source>To the Matching &amp;Bracket</source>
        <translation>Zur passenden &amp;Klammer</translation>
    </message>
    <message>
        <source>Next &amp;Misspelled Word</source>
        <translation>Nächstes &amp;falsch geschriebenes Wort</translation>
    </message>
    <message>
        <source>&amp;Wrap Long Lines</source>
        <translation>Lange Zeilen &amp;umbrechen</translation>
    </message>
    <message>
        <source>Check &amp;Spelling</source>
        <translation>&amp;Rechtschreibung prüfen</translation>
    </message>
    <message>
        <source>Show Who &amp;Wrote What</source>
        <translation>Zeigen, &amp;wer was schrieb</translation>
    </message>
    <message>
        <source>Pre&amp;view</source>
        <translation>&amp;Vorschau</translation>
    </message>
    <message>
        <source>Tab Key Types Spaces</source>
        <translation>Tabulatortaste schreibt Leerzeichen</translation>
    </message>
    <message>
        <source>New Lines Keep the Indentation</source>
        <translation>Neue Zeilen behalten die Einrückung</translation>
    </message>
    <message>
        <source>Tab Width: %1</source>
        <translation>Tabulatorbreite: %1</translation>
    </message>
    <message>
        <source>Check Spelling in %1</source>
        <translation>Rechtschreibung prüfen: %1</translation>
    </message>
    <message>
        <source>Text Direction by Its Letters</source>
        <translation>Schreibrichtung nach den Buchstaben</translation>
    </message>
    <message>
        <source>Text from Left to Right</source>
        <translation>Text von links nach rechts</translation>
    </message>
    <message>
        <source>Text from Right to Left</source>
        <translation>Text von rechts nach links</translation>
    </message>
    <message>
        <source>Language: %1</source>
        <translation>Sprache: %1</translation>
    </message>
    <message>
        <source>By the title</source>
        <translation>Nach dem Titel</translation>
    </message>
    <message>
        <source>Plain text</source>
        <translation>Reiner Text</translation>
    </message>
    <message>
        <source>The language by which the text is coloured, on this computer</source>
        <translation>Die Sprache, nach der der Text auf diesem Rechner gefärbt wird</translation>
    </message>
    <message>
        <source>Language of the text</source>
        <translation>Sprache des Textes</translation>
    </message>
</context>
<context>
    <name>tandem::EditorView</name>
    <message>
        <source>Text of the document</source>
        <translation>Text des Dokuments</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>&amp;Ausschneiden</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>&amp;Einfügen</translation>
    </message>
    <message>
        <source>Select &amp;All</source>
        <translation>A&amp;lles auswählen</translation>
    </message>
</context>
<context>
    <name>tandem::ExpiryChoice</name>
    <message>
        <source>Never ends</source>
        <translation>Gilt unbegrenzt</translation>
    </message>
    <message>
        <source>For a day</source>
        <translation>Für einen Tag</translation>
    </message>
    <message>
        <source>For a week</source>
        <translation>Für eine Woche</translation>
    </message>
    <message>
        <source>Until a date…</source>
        <translation>Bis zu einem Tag…</translation>
    </message>
    <message>
        <source>Until when the link works</source>
        <translation>Bis wann der Link gilt</translation>
    </message>
    <message>
        <source>The last day on which the link works</source>
        <translation>Der letzte Tag, an dem der Link gilt</translation>
    </message>
    <message>
        <source>Ended %1</source>
        <translation>Endete %1</translation>
    </message>
    <message>
        <source>Until %1</source>
        <translation>Bis %1</translation>
    </message>
</context>
<context>
    <name>tandem::Exporting</name>
    <message>
        <source>%1 could not be written: %2. %3</source>
        <translation>%1 konnte nicht geschrieben werden: %2. %3</translation>
    </message>
    <message>
        <source>The file that is there is as it was before.</source>
        <translation>Die vorhandene Datei ist, wie sie war.</translation>
    </message>
    <message>
        <source>The document itself is safe.</source>
        <translation>Dem Dokument selbst ist nichts geschehen.</translation>
    </message>
    <message>
        <source>Plain text</source>
        <translation>Reiner Text</translation>
    </message>
    <message>
        <source>Markdown</source>
        <translation>Markdown</translation>
    </message>
    <message>
        <source>Web page</source>
        <translation>Webseite</translation>
    </message>
    <message>
        <source>OpenDocument text</source>
        <translation>OpenDocument-Text</translation>
    </message>
    <message>
        <source>PDF</source>
        <translation>PDF</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Dokument</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Exportieren…</translation>
    </message>
    <message>
        <source>Export as P&amp;DF…</source>
        <translation>Als P&amp;DF exportieren…</translation>
    </message>
    <message>
        <source>Print Pre&amp;view…</source>
        <translation>Druck&amp;vorschau…</translation>
    </message>
    <message>
        <source>&amp;Print…</source>
        <translation>&amp;Drucken…</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>The document could not be exported: %1.</source>
        <translation>Das Dokument konnte nicht exportiert werden: %1.</translation>
    </message>
    <message>
        <source>Exported to %1.</source>
        <translation>Nach %1 exportiert.</translation>
    </message>
    <message>
        <source>The printer took no page. Is it on, and connected?</source>
        <translation>Der Drucker hat keine Seite angenommen. Ist er eingeschaltet und verbunden?</translation>
    </message>
</context>
<context>
    <name>tandem::FindBar</name>
    <message>
        <source>Find and replace</source>
        <translation>Suchen und ersetzen</translation>
    </message>
    <message>
        <source>&amp;Find…</source>
        <translation>&amp;Suchen …</translation>
    </message>
    <message>
        <source>&amp;Replace…</source>
        <translation>&amp;Ersetzen …</translation>
    </message>
    <message>
        <source>Find &amp;Next</source>
        <translation>&amp;Weitersuchen</translation>
    </message>
    <message>
        <source>Find Pre&amp;vious</source>
        <translation>&amp;Rückwärts suchen</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Replace with</source>
        <translation>Ersetzen durch</translation>
    </message>
    <message>
        <source>Regular expression</source>
        <translation>Regulärer Ausdruck</translation>
    </message>
    <message>
        <source>Match case</source>
        <translation>Groß- und Kleinschreibung</translation>
    </message>
    <message>
        <source>Whole words</source>
        <translation>Ganze Wörter</translation>
    </message>
    <message>
        <source>Only in what is selected</source>
        <translation>Nur im Ausgewählten</translation>
    </message>
    <message>
        <source>Previous (Shift+F3)</source>
        <translation>Voriges (Umschalt+F3)</translation>
    </message>
    <message>
        <source>Next (F3)</source>
        <translation>Nächstes (F3)</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>Schließen (Esc)</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Replace this one</source>
        <translation>Dieses ersetzen</translation>
    </message>
    <message>
        <source>Replace all</source>
        <translation>Alle ersetzen</translation>
    </message>
    <message>
        <source>Replace all that were found</source>
        <translation>Alle gefundenen ersetzen</translation>
    </message>
    <message>
        <source>1 replaced</source>
        <translation>1 ersetzt</translation>
    </message>
    <message>
        <source>%1 replaced</source>
        <translation>%1 ersetzt</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Nichts gefunden</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Suche läuft …</translation>
    </message>
    <message>
        <source>%1…</source>
        <translation>%1 …</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1 found</source>
        <translation>%1 gefunden</translation>
    </message>
</context>
<context>
    <name>tandem::Finder</name>
    <message>
        <source>What matches</source>
        <translation>Was passt</translation>
    </message>
</context>
<context>
    <name>tandem::Following</name>
    <message>
        <source>Following %1 · Esc</source>
        <translation>Sie folgen %1 · Esc</translation>
    </message>
</context>
<context>
    <name>tandem::GoToLine</name>
    <message>
        <source>&amp;Go to Line…</source>
        <translation>&amp;Gehe zu Zeile …</translation>
    </message>
    <message>
        <source>Go to line</source>
        <translation>Gehe zu Zeile</translation>
    </message>
    <message>
        <source>Line, or line:column</source>
        <translation>Zeile, oder Zeile:Spalte</translation>
    </message>
    <message>
        <source>A line is a number from 1 to %1.</source>
        <translation>Eine Zeile ist eine Zahl von 1 bis %1.</translation>
    </message>
    <message>
        <source>of %1</source>
        <translation>von %1</translation>
    </message>
</context>
<context>
    <name>tandem::HistoryPage</name>
    <message>
        <source>&amp;Differences to now</source>
        <translation>&amp;Unterschiede zu jetzt</translation>
    </message>
    <message>
        <source>&amp;Name This Version…</source>
        <translation>Version be&amp;nennen…</translation>
    </message>
    <message>
        <source>&amp;Restore</source>
        <translation>&amp;Wiederherstellen</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Versions with a name</source>
        <translation>Versionen mit Namen</translation>
    </message>
    <message>
        <source>No version has a name</source>
        <translation>Keine Version hat einen Namen</translation>
    </message>
    <message>
        <source>Go to…</source>
        <translation>Gehe zu…</translation>
    </message>
    <message>
        <source>Someone</source>
        <translation>Jemand</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1, not after %2</source>
        <translation>%1, nicht nach %2</translation>
    </message>
    <message>
        <source>Version %1 of %2</source>
        <translation>Version %1 von %2</translation>
    </message>
    <message>
        <source>Name This Version</source>
        <translation>Version benennen</translation>
    </message>
    <message>
        <source>Name of version %1</source>
        <translation>Name der Version %1</translation>
    </message>
    <message>
        <source>History of %1</source>
        <translation>Verlauf von %1</translation>
    </message>
    <message>
        <source>Change %1 of %2</source>
        <translation>Änderung %1 von %2</translation>
    </message>
</context>
<context>
    <name>tandem::HostedServer</name>
    <message>
        <source>%1 cannot be started: %2</source>
        <translation>%1 kann nicht gestartet werden: %2</translation>
    </message>
    <message>
        <source>The server of this computer has ended, and begins again: %1</source>
        <translation>Der Server dieses Rechners wurde beendet und startet neu: %1</translation>
    </message>
    <message>
        <source>Another program has the port that this computer shares documents on. They are shared again as soon as it is free.</source>
        <translation>Ein anderes Programm hat den Port, auf dem dieser Computer Dokumente teilt. Sobald er frei ist, werden sie wieder geteilt.</translation>
    </message>
    <message>
        <source>This computer cannot share documents: no port is free, or %1 cannot be written.</source>
        <translation>Dieser Computer kann keine Dokumente teilen: Kein Port ist frei, oder %1 ist nicht beschreibbar.</translation>
    </message>
</context>
<context>
    <name>tandem::Importing</name>
    <message>
        <source>&amp;Import…</source>
        <translation>&amp;Importieren…</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>Documents (*.txt *.md *.markdown *.html *.htm *.odt *.tandem);;All files (*)</source>
        <translation>Dokumente (*.txt *.md *.markdown *.html *.htm *.odt *.tandem);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>“%1” is not in UTF-8. Read it as Latin-1?</source>
        <translation>„%1“ ist nicht in UTF-8. Als Latin-1 lesen?</translation>
    </message>
    <message>
        <source>It would begin with: %1</source>
        <translation>Es finge so an: %1</translation>
    </message>
    <message>
        <source>Read as Latin-1</source>
        <translation>Als Latin-1 lesen</translation>
    </message>
    <message>
        <source>%1 The file is as it was; import it again when the server is there.</source>
        <translation>%1 Die Datei ist, wie sie war; importieren Sie sie noch einmal, wenn der Server da ist.</translation>
    </message>
    <message>
        <source>The server&apos;s answer does not name the new document.</source>
        <translation>Die Antwort des Servers nennt das neue Dokument nicht.</translation>
    </message>
    <message>
        <source>This kind of file is read by a server. Add one, or open a document of one, and import the file again.</source>
        <translation>Diese Art von Dateien liest ein Server. Fügen Sie einen hinzu, oder öffnen Sie ein Dokument eines Servers, und importieren Sie die Datei noch einmal.</translation>
    </message>
</context>
<context>
    <name>tandem::InvitationDialog</name>
    <message>
        <source>Invitation</source>
        <translation>Einladung</translation>
    </message>
    <message>
        <source>Link to this document</source>
        <translation>Link zu diesem Dokument</translation>
    </message>
    <message>
        <source>The link as a QR code</source>
        <translation>Der Link als QR-Code</translation>
    </message>
    <message>
        <source>&amp;Copy Link</source>
        <translation>Link &amp;kopieren</translation>
    </message>
    <message>
        <source>The link is on the clipboard.</source>
        <translation>Der Link ist in der Zwischenablage.</translation>
    </message>
</context>
<context>
    <name>tandem::Library</name>
    <message>
        <source>Only here</source>
        <translation>Nur hier</translation>
    </message>
    <message>
        <source>Shared from here</source>
        <translation>Von hier aus geteilt</translation>
    </message>
</context>
<context>
    <name>tandem::LineCommands</name>
    <message>
        <source>&amp;Indent Lines</source>
        <translation>Zeilen &amp;einrücken</translation>
    </message>
    <message>
        <source>&amp;Unindent Lines</source>
        <translation>Zeilen &amp;ausrücken</translation>
    </message>
    <message>
        <source>&amp;Duplicate Lines</source>
        <translation>Zeilen &amp;verdoppeln</translation>
    </message>
    <message>
        <source>Move Lines U&amp;p</source>
        <translation>Zeilen nach &amp;oben</translation>
    </message>
    <message>
        <source>Move Lines Do&amp;wn</source>
        <translation>Zeilen nach &amp;unten</translation>
    </message>
    <message>
        <source>&amp;Join Lines</source>
        <translation>Zeilen ver&amp;binden</translation>
    </message>
    <message>
        <source>D&amp;elete Lines</source>
        <translation>Zeilen &amp;löschen</translation>
    </message>
    <message>
        <source>Toggle &amp;Comment</source>
        <translation>&amp;Kommentar umschalten</translation>
    </message>
</context>
<context>
    <name>tandem::LocalStore</name>
    <message>
        <source>The folder %1 cannot be made, so nothing is kept on this computer.</source>
        <translation>Der Ordner %1 kann nicht angelegt werden, deshalb wird auf diesem Computer nichts aufgehoben.</translation>
    </message>
    <message>
        <source>Another Tandem is running and keeps the documents on this computer. What you type in this one is kept by the server only.</source>
        <translation>Ein anderes Tandem läuft und hebt die Dokumente auf diesem Computer auf. Was Sie in diesem schreiben, hebt nur der Server auf.</translation>
    </message>
    <message>
        <source>The folder %1 cannot be written, so nothing is kept on this computer.</source>
        <translation>In den Ordner %1 kann nicht geschrieben werden, deshalb wird auf diesem Computer nichts aufgehoben.</translation>
    </message>
    <message>
        <source>The documents on this computer were kept by a newer Tandem. This one leaves them as they are, and what you type is kept by the server only. Use the newer one again, or update this one.</source>
        <translation>Die Dokumente auf diesem Computer hat ein neueres Tandem aufgehoben. Dieses lässt sie, wie sie sind; was Sie schreiben, hebt nur der Server auf. Nehmen Sie wieder das neuere, oder aktualisieren Sie dieses.</translation>
    </message>
    <message>
        <source>The documents on this computer cannot be opened, and what you type is kept by the server only: %1</source>
        <translation>Die Dokumente auf diesem Computer können nicht geöffnet werden; was Sie schreiben, hebt nur der Server auf: %1</translation>
    </message>
    <message>
        <source>This computer&apos;s disk is full. What you type is in this window, and goes to the disk as soon as there is room.</source>
        <translation>Die Festplatte dieses Computers ist voll. Was Sie schreiben, steht in diesem Fenster und kommt auf die Festplatte, sobald Platz ist.</translation>
    </message>
    <message>
        <source>This computer&apos;s disk cannot be written. What you type is in this window, and goes to the disk as soon as that works again: %1</source>
        <translation>Auf die Festplatte dieses Computers kann nicht geschrieben werden. Was Sie schreiben, steht in diesem Fenster und kommt auf die Festplatte, sobald das wieder geht: %1</translation>
    </message>
    <message>
        <source>The file %1 is damaged and cannot be put aside. What you type is kept by the server only.</source>
        <translation>Die Datei %1 ist beschädigt und kann nicht beiseitegelegt werden. Was Sie schreiben, hebt nur der Server auf.</translation>
    </message>
    <message>
        <source>The file with the documents on this computer was damaged. It is kept as %1. %2 documents were read from it, and %3 edits of others; all else comes from the servers.</source>
        <translation>Die Datei mit den Dokumenten auf diesem Computer war beschädigt. Sie ist als %1 aufgehoben. %2 Dokumente wurden daraus gelesen und %3 Änderungen an anderen; alles Übrige kommt von den Servern.</translation>
    </message>
</context>
<context>
    <name>tandem::MainWindow</name>
    <message>
        <source>Open documents</source>
        <translation>Offene Dokumente</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Dokument</translation>
    </message>
    <message>
        <source>&amp;Close Tab</source>
        <translation>Tab &amp;schließen</translation>
    </message>
    <message>
        <source>Close &amp;Window</source>
        <translation>&amp;Fenster schließen</translation>
    </message>
    <message>
        <source>&amp;Commands…</source>
        <translation>&amp;Befehle …</translation>
    </message>
    <message>
        <source>&amp;Next Tab</source>
        <translation>&amp;Nächster Tab</translation>
    </message>
    <message>
        <source>&amp;Previous Tab</source>
        <translation>&amp;Voriger Tab</translation>
    </message>
    <message>
        <source>&amp;Full Screen</source>
        <translation>&amp;Vollbild</translation>
    </message>
    <message>
        <source>&amp;Keyboard Shortcuts</source>
        <translation>&amp;Tastenkürzel</translation>
    </message>
    <message>
        <source>%1 – Tandem</source>
        <translation>%1 – Tandem</translation>
    </message>
</context>
<context>
    <name>tandem::MarkdownPreview</name>
    <message>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
    <message>
        <source>Open this address?</source>
        <translation>Diese Adresse öffnen?</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
</context>
<context>
    <name>tandem::Menus</name>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Farben</translation>
    </message>
</context>
<context>
    <name>tandem::NetworkSharing</name>
    <message>
        <source>Tandem on %1</source>
        <translation>Tandem auf %1</translation>
    </message>
    <message>
        <source>The server of this computer begins…</source>
        <translation>Der Server dieses Rechners startet…</translation>
    </message>
    <message>
        <source>This document is at %1. Others open it there, with its link.</source>
        <translation>Dieses Dokument liegt bei %1. Andere öffnen es dort mit seinem Link.</translation>
    </message>
    <message>
        <source>Whoever is on this network and has the link can write in this document, for as long as Tandem runs here.</source>
        <translation>Wer in diesem Netz ist und den Link hat, kann in diesem Dokument schreiben, solange Tandem hier läuft.</translation>
    </message>
    <message>
        <source>This computer is on no network now: only programs on it can use the link.</source>
        <translation>Dieser Rechner ist gerade in keinem Netz: Nur Programme auf ihm können den Link benutzen.</translation>
    </message>
    <message>
        <source>People on this network</source>
        <translation>Leute in diesem Netz</translation>
    </message>
    <message>
        <source>This document is shared on this network.</source>
        <translation>Dieses Dokument ist in diesem Netzwerk geteilt.</translation>
    </message>
</context>
<context>
    <name>tandem::PastView</name>
    <message>
        <source>The text as it was</source>
        <translation>Der Text, wie er war</translation>
    </message>
</context>
<context>
    <name>tandem::PeopleList</name>
    <message>
        <source>People in this document</source>
        <translation>Personen in diesem Dokument</translation>
    </message>
    <message>
        <source>you</source>
        <translation>Sie</translation>
    </message>
    <message>
        <source>Change your name and colour</source>
        <translation>Ihren Namen und Ihre Farbe ändern</translation>
    </message>
    <message>
        <source>followed</source>
        <translation>gefolgt</translation>
    </message>
    <message>
        <source>away</source>
        <translation>abwesend</translation>
    </message>
    <message>
        <source>Stop following</source>
        <translation>Nicht mehr folgen</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>Folgen</translation>
    </message>
    <message>
        <source>Stop &amp;Following</source>
        <translation>Nicht mehr &amp;folgen</translation>
    </message>
    <message>
        <source>&amp;Follow %1</source>
        <translation>%1 &amp;folgen</translation>
    </message>
    <message>
        <source>&amp;Jump to %1</source>
        <translation>Zu %1 &amp;springen</translation>
    </message>
</context>
<context>
    <name>tandem::PeopleOutOfSight</name>
    <message>
        <source>%1 is above. Go there</source>
        <translation>%1 ist weiter oben. Dorthin gehen</translation>
    </message>
    <message>
        <source>%1 is below. Go there</source>
        <translation>%1 ist weiter unten. Dorthin gehen</translation>
    </message>
</context>
<context>
    <name>tandem::PersonDialog</name>
    <message>
        <source>Your name and colour</source>
        <translation>Ihr Name und Ihre Farbe</translation>
    </message>
    <message>
        <source>Others see you &amp;as</source>
        <translation>Andere &amp;sehen Sie als</translation>
    </message>
    <message>
        <source>Colour %1</source>
        <translation>Farbe %1</translation>
    </message>
</context>
<context>
    <name>tandem::PublishDialog</name>
    <message>
        <source>Publish to a Server</source>
        <translation>Auf einem Server veröffentlichen</translation>
    </message>
    <message>
        <source>&amp;Publish</source>
        <translation>&amp;Veröffentlichen</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>&amp;Titel</translation>
    </message>
    <message>
        <source>&amp;Server</source>
        <translation>&amp;Server</translation>
    </message>
    <message>
        <source>That is not the address of a server. It looks like http://server:8000.</source>
        <translation>Das ist keine Adresse eines Servers. Eine solche sieht aus wie http://server:8000.</translation>
    </message>
    <message>
        <source>On a server a document needs a title.</source>
        <translation>Auf einem Server braucht ein Dokument einen Titel.</translation>
    </message>
</context>
<context>
    <name>tandem::QrCode</name>
    <message>
        <source>The link as a QR code</source>
        <translation>Der Link als QR-Code</translation>
    </message>
    <message>
        <source>Scan it with the camera of a phone or tablet.</source>
        <translation>Mit der Kamera eines Telefons oder Tablets aufnehmen.</translation>
    </message>
</context>
<context>
    <name>tandem::QuickOpen</name>
    <message>
        <source>Type the title of a document</source>
        <translation>Titel eines Dokuments</translation>
    </message>
    <message>
        <source>No document is called so. A link can be pasted here as well.</source>
        <translation>So heißt kein Dokument. Auch ein Link kann hier eingefügt werden.</translation>
    </message>
    <message>
        <source>Open this link</source>
        <translation>Diesen Link öffnen</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>Ohne Titel</translation>
    </message>
</context>
<context>
    <name>tandem::RefusedBar</name>
    <message>
        <source>&amp;Save a Copy…</source>
        <translation>Kopie &amp;speichern …</translation>
    </message>
    <message>
        <source>&amp;Make It a New Document</source>
        <translation>Ein &amp;neues Dokument daraus machen</translation>
    </message>
    <message>
        <source>%1 What you see is kept on this computer, with all that you typed.</source>
        <translation>%1 Was Sie sehen, ist auf diesem Computer aufgehoben, mit allem, was Sie geschrieben haben.</translation>
    </message>
    <message>
        <source>%1 What you see is only in this window, with all that you typed.</source>
        <translation>%1 Was Sie sehen, steht nur in diesem Fenster, mit allem, was Sie geschrieben haben.</translation>
    </message>
</context>
<context>
    <name>tandem::SearchPattern</name>
    <message>
        <source>Not a regular expression: %1, at character %2.</source>
        <translation>Kein regulärer Ausdruck: %1, bei Zeichen %2.</translation>
    </message>
    <message>
        <source>“Replace with” cannot be read: %1.</source>
        <translation>„Ersetzen durch“ ist nicht lesbar: %1.</translation>
    </message>
</context>
<context>
    <name>tandem::ShareDialog</name>
    <message>
        <source>What the link allows</source>
        <translation>Was der Link erlaubt</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>Eigentümer</translation>
    </message>
    <message>
        <source>Editor</source>
        <translation>Bearbeiter</translation>
    </message>
    <message>
        <source>Viewer</source>
        <translation>Leser</translation>
    </message>
    <message>
        <source>Writes, gives out links, and may delete the document.</source>
        <translation>Schreibt, vergibt Links und darf das Dokument löschen.</translation>
    </message>
    <message>
        <source>Reads and writes.</source>
        <translation>Liest und schreibt.</translation>
    </message>
    <message>
        <source>Reads, and sees the history.</source>
        <translation>Liest und sieht den Verlauf.</translation>
    </message>
    <message>
        <source>&amp;Make Link</source>
        <translation>Link &amp;anlegen</translation>
    </message>
    <message>
        <source>Try &amp;Again</source>
        <translation>&amp;Noch einmal</translation>
    </message>
    <message>
        <source>Share “%1”</source>
        <translation>„%1“ teilen</translation>
    </message>
    <message>
        <source>Address of the link</source>
        <translation>Adresse des Links</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>For whom (optional)</source>
        <translation>Für wen (freiwillig)</translation>
    </message>
    <message>
        <source>For whom the link is</source>
        <translation>Für wen der Link ist</translation>
    </message>
    <message>
        <source>A new link</source>
        <translation>Ein neuer Link</translation>
    </message>
    <message>
        <source>Links given out</source>
        <translation>Vergebene Links</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Made %1</source>
        <translation>Angelegt %1</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Shows its address and QR code above</source>
        <translation>Zeigt oben Adresse und QR-Code</translation>
    </message>
    <message>
        <source>Its secret was shown when it was made, and is kept nowhere. Make a new link instead.</source>
        <translation>Sein Geheimnis wurde beim Anlegen gezeigt und ist nirgends aufbewahrt. Legen Sie stattdessen einen neuen Link an.</translation>
    </message>
    <message>
        <source>Revoke…</source>
        <translation>Widerrufen…</translation>
    </message>
    <message>
        <source>Revoke the link</source>
        <translation>Den Link widerrufen</translation>
    </message>
    <message>
        <source>Revoke this link for a %1?</source>
        <translation>Diesen Link widerrufen (%1)?</translation>
    </message>
    <message>
        <source>Revoke the link of “%1”?</source>
        <translation>Den Link von „%1“ widerrufen?</translation>
    </message>
    <message>
        <source>Whoever is in the document by it is sent out now, and it opens nothing any more. The text stays as it is.</source>
        <translation>Wer durch ihn im Dokument ist, muss jetzt hinaus, und er öffnet nichts mehr. Der Text bleibt, wie er ist.</translation>
    </message>
    <message>
        <source>Revoke</source>
        <translation>Widerrufen</translation>
    </message>
    <message>
        <source>Asking the server which links there are…</source>
        <translation>Der Server wird gefragt, welche Links es gibt…</translation>
    </message>
    <message>
        <source>You own this document. A link opens it for whoever has it, as far as its role goes; you can change or revoke it at any time.</source>
        <translation>Dieses Dokument gehört Ihnen. Ein Link öffnet es für jeden, der ihn hat, so weit seine Rolle reicht; Sie können ihn jederzeit ändern oder widerrufen.</translation>
    </message>
    <message>
        <source>This server is open: whoever reaches it may read and write every document. The plain link is all that others need.</source>
        <translation>Dieser Server ist offen: Wer ihn erreicht, darf jedes Dokument lesen und schreiben. Andere brauchen nur die einfache Adresse.</translation>
    </message>
    <message>
        <source>Only an owner can make, change and revoke links, and yours does not make you one. You can pass on your own link.</source>
        <translation>Nur Eigentümer können Links anlegen, ändern und widerrufen, und Ihrer macht Sie nicht dazu. Sie können Ihren eigenen Link weitergeben.</translation>
    </message>
    <message>
        <source>This server opens documents by links only, and this one was opened without.</source>
        <translation>Dieser Server öffnet Dokumente nur durch Links, und dieses wurde ohne geöffnet.</translation>
    </message>
    <message>
        <source>%1: %2 Copy it now: its secret cannot be shown again once this document is closed.</source>
        <translation>%1: %2 Kopieren Sie ihn jetzt: Ist das Dokument geschlossen, kann sein Geheimnis nicht mehr gezeigt werden.</translation>
    </message>
    <message>
        <source>The plain link. Whoever has it, and reaches the server, can read and write.</source>
        <translation>Die einfache Adresse. Wer sie hat und den Server erreicht, kann lesen und schreiben.</translation>
    </message>
    <message>
        <source>The link that you have. Whoever gets it can do what you can.</source>
        <translation>Der Link, den Sie haben. Wer ihn bekommt, kann, was Sie können.</translation>
    </message>
    <message>
        <source>None yet.</source>
        <translation>Noch keine.</translation>
    </message>
</context>
<context>
    <name>tandem::ShareLinks</name>
    <message>
        <source>%1 Nothing was changed; the links that are given out go on as they are.</source>
        <translation>%1 Nichts wurde geändert; vergebene Links gelten weiter wie bisher.</translation>
    </message>
</context>
<context>
    <name>tandem::Sharing</name>
    <message>
        <source>&amp;Share…</source>
        <translation>&amp;Teilen…</translation>
    </message>
</context>
<context>
    <name>tandem::ShortcutsOverview</name>
    <message>
        <source> or </source>
        <translation> oder </translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Elsewhere</source>
        <translation>Sonstige</translation>
    </message>
</context>
<context>
    <name>tandem::SidePanel</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close the panel</source>
        <translation>Leiste schließen</translation>
    </message>
</context>
<context>
    <name>tandem::SpellCheck</name>
    <message>
        <source>No suggestions</source>
        <translation>Keine Vorschläge</translation>
    </message>
    <message>
        <source>&amp;Add “%1” to Your Words</source>
        <translation>„%1“ zu eigenen Wörtern &amp;hinzufügen</translation>
    </message>
    <message>
        <source>&amp;Ignore “%1”</source>
        <translation>„%1“ &amp;ignorieren</translation>
    </message>
</context>
<context>
    <name>tandem::StartPage</name>
    <message>
        <source>Recent</source>
        <translation>Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>On This Computer</source>
        <translation>Auf diesem Computer</translation>
    </message>
    <message>
        <source>“%1” is not the address of a server. It looks like http://server:8000.</source>
        <translation>„%1“ ist keine Adresse eines Servers. Eine solche sieht aus wie http://server:8000.</translation>
    </message>
    <message>
        <source>Add a server</source>
        <translation>Server hinzufügen</translation>
    </message>
    <message>
        <source>Address of the server, such as http://server:8000</source>
        <translation>Adresse des Servers, etwa http://server:8000</translation>
    </message>
    <message>
        <source>No server is shown.</source>
        <translation>Es wird kein Server gezeigt.</translation>
    </message>
    <message>
        <source>Asking %1 …</source>
        <translation>Frage %1 …</translation>
    </message>
    <message>
        <source>No document is called so.</source>
        <translation>So heißt kein Dokument.</translation>
    </message>
    <message>
        <source>The bin is empty.</source>
        <translation>Der Papierkorb ist leer.</translation>
    </message>
    <message>
        <source>No documents yet. Ctrl+N makes the first one.</source>
        <translation>Noch keine Dokumente. Strg+N legt das erste an.</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>Ohne Titel</translation>
    </message>
    <message>
        <source>What you open stands here.
Paste a link above, or make a new document.</source>
        <translation>Was Sie öffnen, steht hier.
Fügen Sie oben einen Link ein, oder legen Sie ein neues Dokument an.</translation>
    </message>
    <message>
        <source>%1 · %2 not sent yet</source>
        <translation>%1 · %2 noch nicht gesendet</translation>
    </message>
    <message>
        <source>No document is chosen.</source>
        <translation>Kein Dokument ist ausgewählt.</translation>
    </message>
    <message>
        <source>It is in the bin.</source>
        <translation>Es ist im Papierkorb.</translation>
    </message>
    <message>
        <source>Only recent documents can be left out.</source>
        <translation>Nur zuletzt geöffnete Dokumente können weggelassen werden.</translation>
    </message>
    <message>
        <source>New document</source>
        <translation>Neues Dokument</translation>
    </message>
    <message>
        <source>Title of the document on %1</source>
        <translation>Titel des Dokuments auf %1</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Title of the document</source>
        <translation>Titel des Dokuments</translation>
    </message>
    <message>
        <source>“%1” is in the bin, for 30 days.</source>
        <translation>„%1“ ist im Papierkorb, für 30 Tage.</translation>
    </message>
    <message>
        <source>“%1” is back.</source>
        <translation>„%1“ ist wieder da.</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Dokumente</translation>
    </message>
    <message>
        <source>Recent documents and servers</source>
        <translation>Zuletzt geöffnete Dokumente und Server</translation>
    </message>
    <message>
        <source>Add Server…</source>
        <translation>Server hinzufügen …</translation>
    </message>
    <message>
        <source>Find a document, or paste a link</source>
        <translation>Dokument suchen, oder Link einfügen</translation>
    </message>
    <message>
        <source>New Document</source>
        <translation>Neues Dokument</translation>
    </message>
    <message>
        <source>Bin</source>
        <translation>Papierkorb</translation>
    </message>
    <message>
        <source>&amp;Rename…</source>
        <translation>&amp;Umbenennen …</translation>
    </message>
    <message>
        <source>Move to &amp;Bin</source>
        <translation>In den &amp;Papierkorb legen</translation>
    </message>
    <message>
        <source>Restore from the Bin</source>
        <translation>Aus dem Papierkorb holen</translation>
    </message>
    <message>
        <source>&amp;Leave Out of Recent</source>
        <translation>Aus „Zuletzt geöffnet“ &amp;entfernen</translation>
    </message>
    <message>
        <source>Re&amp;fresh</source>
        <translation>&amp;Aktualisieren</translation>
    </message>
    <message>
        <source>Add a &amp;Server…</source>
        <translation>&amp;Server hinzufügen …</translation>
    </message>
    <message>
        <source>Remove This Server from the List</source>
        <translation>Diesen Server aus der Liste entfernen</translation>
    </message>
    <message>
        <source>Write on this computer</source>
        <translation>Auf diesem Computer schreiben</translation>
    </message>
    <message>
        <source>“New Document” begins one here, without any server.
What you open from servers is kept here as well.</source>
        <translation>„Neues Dokument“ beginnt hier eines, ganz ohne Server.
Was Sie von Servern öffnen, wird auch hier aufgehoben.</translation>
    </message>
    <message>
        <source>Only what is in a bin can be restored.</source>
        <translation>Nur was in einem Papierkorb ist, kann zurückgeholt werden.</translation>
    </message>
    <message>
        <source>Only what is in the bin of this computer can be deleted for ever.</source>
        <translation>Nur was im Papierkorb dieses Computers ist, kann endgültig gelöscht werden.</translation>
    </message>
    <message>
        <source>A new document needs a server. Add one first.</source>
        <translation>Ein neues Dokument braucht einen Server. Fügen Sie erst einen hinzu.</translation>
    </message>
    <message>
        <source>“%1” is in the bin.</source>
        <translation>„%1“ ist im Papierkorb.</translation>
    </message>
    <message>
        <source>Delete for ever</source>
        <translation>Endgültig löschen</translation>
    </message>
    <message>
        <source>Delete “%1” for ever?</source>
        <translation>„%1“ endgültig löschen?</translation>
    </message>
    <message>
        <source>It is on this computer only. Its text and its history are gone then, and nothing brings them back.</source>
        <translation>Es ist nur auf diesem Computer. Sein Text und sein Verlauf sind dann weg, und nichts bringt sie zurück.</translation>
    </message>
    <message>
        <source>&amp;Delete for Ever</source>
        <translation>Endgültig &amp;löschen</translation>
    </message>
    <message>
        <source>“%1” is deleted.</source>
        <translation>„%1“ ist gelöscht.</translation>
    </message>
    <message>
        <source>Show what is in the bin here</source>
        <translation>Zeigen, was hier im Papierkorb ist</translation>
    </message>
    <message>
        <source>&amp;Delete for Ever…</source>
        <translation>Endgültig &amp;löschen …</translation>
    </message>
</context>
<context>
    <name>tandem::StatusItem</name>
    <message>
        <source>State of the connection</source>
        <translation>Zustand der Verbindung</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Jetzt versuchen</translation>
    </message>
</context>
<context>
    <name>tandem::TextSearch</name>
    <message>
        <source>This regular expression takes too long on this text. A simpler one, without repeats within repeats, will do.</source>
        <translation>Dieser reguläre Ausdruck braucht bei diesem Text zu lange. Ein einfacherer, ohne Wiederholungen in Wiederholungen, genügt.</translation>
    </message>
</context>
<context>
    <name>tandem::WindowSet</name>
    <message>
        <source>Theme Like the &amp;System</source>
        <translation>Farben wie das &amp;System</translation>
    </message>
    <message>
        <source>&amp;Light Theme</source>
        <translation>&amp;Helle Farben</translation>
    </message>
    <message>
        <source>&amp;Dark Theme</source>
        <translation>&amp;Dunkle Farben</translation>
    </message>
    <message>
        <source>&amp;New Document…</source>
        <translation>&amp;Neues Dokument …</translation>
    </message>
    <message>
        <source>New on &amp;This Computer</source>
        <translation>Neu auf &amp;diesem Computer</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>Ö&amp;ffnen …</translation>
    </message>
    <message>
        <source>&amp;Document…</source>
        <translation>&amp;Dokument …</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>Your &amp;Name and Colour…</source>
        <translation>Ihr &amp;Name und Ihre Farbe …</translation>
    </message>
    <message>
        <source>&amp;About Tandem</source>
        <translation>&amp;Über Tandem</translation>
    </message>
    <message>
        <source>About Tandem</source>
        <translation>Über Tandem</translation>
    </message>
    <message>
        <source>&lt;b&gt;Tandem %1&lt;/b&gt;&lt;p&gt;Write together, in one text, at the same time.&lt;/p&gt;</source>
        <translation>&lt;b&gt;Tandem %1&lt;/b&gt;&lt;p&gt;Gemeinsam schreiben, in einem Text, zur gleichen Zeit.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Title of the document</source>
        <translation>Titel des Dokuments</translation>
    </message>
    <message>
        <source>Version &amp;History</source>
        <translation>Versions&amp;verlauf</translation>
    </message>
    <message>
        <source>Share on This &amp;Network…</source>
        <translation>In diesem &amp;Netz teilen…</translation>
    </message>
    <message>
        <source>S&amp;top Sharing on This Network</source>
        <translation>Teilen in diesem Netz &amp;beenden</translation>
    </message>
    <message>
        <source>Nothing is shared on this network.</source>
        <translation>In diesem Netz wird nichts geteilt.</translation>
    </message>
    <message>
        <source>Others may be writing</source>
        <translation>Vielleicht schreiben gerade andere</translation>
    </message>
    <message>
        <source>This computer shares documents on the network.</source>
        <translation>Dieser Rechner teilt Dokumente im Netz.</translation>
    </message>
    <message>
        <source>Whoever is in them cannot reach the others until Tandem shares again. What anyone has typed is kept.</source>
        <translation>Wer darin ist, erreicht die anderen erst wieder, wenn Tandem wieder teilt. Was geschrieben wurde, bleibt erhalten.</translation>
    </message>
    <message>
        <source>Stop Sharing and Close</source>
        <translation>Teilen beenden und schließen</translation>
    </message>
    <message>
        <source>The text is as it was then. Ctrl+Z takes that back.</source>
        <translation>Der Text ist wie damals. Strg+Z nimmt das zurück.</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Teilen</translation>
    </message>
    <message>
        <source>“%1” is on this computer only.</source>
        <translation>„%1“ ist nur auf diesem Computer.</translation>
    </message>
    <message>
        <source>Others can write in it while this computer shares it on the network, or at any time when it is published to a server. You keep your copy either way.</source>
        <translation>Andere können darin schreiben, solange dieser Computer es im Netzwerk teilt, oder jederzeit, wenn es auf einem Server veröffentlicht ist. Ihre Kopie behalten Sie in beiden Fällen.</translation>
    </message>
    <message>
        <source>Share on This &amp;Network</source>
        <translation>In diesem &amp;Netzwerk teilen</translation>
    </message>
    <message>
        <source>&amp;Publish to a Server…</source>
        <translation>Auf einem Server &amp;veröffentlichen …</translation>
    </message>
    <message>
        <source>All of its history is on this computer.</source>
        <translation>Sein ganzer Verlauf ist auf diesem Computer.</translation>
    </message>
    <message>
        <source>This computer has its last change; what was before comes from the server.</source>
        <translation>Dieser Computer hat die letzte Änderung; was davor war, kommt vom Server.</translation>
    </message>
    <message>
        <source>This computer has its last %1 changes; what was before comes from the server.</source>
        <translation>Dieser Computer hat die letzten %1 Änderungen; was davor war, kommt vom Server.</translation>
    </message>
    <message>
        <source>This document is not shared now.</source>
        <translation>Dieses Dokument ist zurzeit nicht geteilt.</translation>
    </message>
    <message>
        <source>The server does not answer now.</source>
        <translation>Der Server antwortet zurzeit nicht.</translation>
    </message>
</context>
</TS>
