// What else can be done with a document.
import { openShareDialog } from "../documents/share_dialog.ts";
import { openExportDialog } from "../documents/exports.ts";
import { noteBinned } from "../documents/recent.ts";
import { tr } from "../words/words.ts";
import { copyText } from "./clipboard.ts";
import { openDialog, sentenceOf } from "./dialog.ts";
import { element } from "./elements.ts";
import type { MenuEntry } from "./menu.ts";
import type { OpenDocument } from "./open_document.ts";
import { openCommandPalette, openDocumentPalette } from "./palette.ts";
import { openPersonDialog } from "./person_dialog.ts";
import { toggleTheme } from "./theme.ts";

function askForBin(window: OpenDocument): void {
    const problem = element("p", { class: "problem", role: "alert" });
    const path = `/v1/docs/${window.address.id}`;
    const move = async () => {
        try {
            await window.rest.send("DELETE", path);
            noteBinned(window.address.id, true);
            dialog.close();
            await window.leave("/ui/");
        } catch (error) {
            problem.textContent = sentenceOf(error);
        }
    };
    const dialog = openDialog(
        tr("Move to the bin?"),
        "bin",
        element("p", {}, tr("Everyone who has it open loses it. You can bring it back from the list of documents within 30 days.")),
        problem,
        element(
            "div",
            { class: "dialog-foot" },
            element("button", { type: "button", class: "bordered", onclick: () => dialog.close() }, tr("Keep it")),
            element("button", { type: "button", class: "bordered danger", onclick: () => void move() }, tr("Move to the bin")),
        ),
    );
}

// What the menu shows and does by the frame around the text.
interface MenuFrame {
    readonly link: string;
    readonly titleText: string;
    readonly panel: { toggle(name: string): void };
    undoOwn(): void;
    redoOwn(): void;
    openHistory(): Promise<void>;
}

export function documentMenu(window: OpenDocument, frame: MenuFrame): MenuEntry[] {
    const { address, rest, self } = window;
    const { canUndo, canRedo, mayEdit } = window.client.engine.status();
    return [
        {
            words: tr("Copy link"),
            act: () => void copyText(frame.link).then(() => window.notices.show(tr("The link is copied."))),
        },
        { words: tr("Undo"), keys: "Mod-z", disabled: !canUndo || !mayEdit, act: () => frame.undoOwn() },
        { words: tr("Redo"), keys: "Mod-y", disabled: !canRedo || !mayEdit, act: () => frame.redoOwn() },
        { words: tr("Find…"), keys: "Mod-f", act: () => void window.editor.find() },
        { words: tr("Open a document…"), keys: "Mod-p", act: () => openDocumentPalette(window) },
        { words: tr("Run a command…"), keys: "Mod-Shift-p", act: () => openCommandPalette(documentMenu(window, frame)) },
        { words: tr("Share…"), act: () => openShareDialog(address, rest) },
        { words: tr("People"), act: () => frame.panel.toggle("people") },
        { words: tr("Preview"), act: () => frame.panel.toggle("preview") },
        { words: tr("History"), act: () => void frame.openHistory() },
        {
            words: tr("Export…"),
            act: () => openExportDialog(rest, address.id, frame.titleText),
        },
        {
            words: tr("Show who wrote what"),
            checked: window.authorColors.shown,
            act: () => window.authorColors.toggle(),
        },
        { words: tr("Light or dark"), act: toggleTheme },
        {
            words: tr("Your name and colour…"),
            act: () => openPersonDialog(self, () => void window.reload()),
        },
        { words: tr("Move to the bin…"), act: () => askForBin(window) },
    ];
}
