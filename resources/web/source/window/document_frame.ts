// What is around the text: the title and the buttons above, the panel beside, the status below.
import laterFile from "given:later";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { pageOf } from "../connection/address.ts";
import type { Binding } from "../editor/binding.ts";
import type { Status } from "../engine/engine.ts";
import { tr } from "../words/words.ts";
import { button, element, icon, type IconName } from "./elements.ts";
import { showMenu } from "./menu.ts";
import type { OpenDocument } from "./open_document.ts";
import { PeopleList } from "./people_list.ts";
import { SidePanel } from "./side_panel.ts";
import { StatusItem } from "./status_item.ts";
import { TitleField } from "./title_field.ts";

export const later = (): Promise<typeof import("./later.ts")> => import(laterFile);

export class DocumentFrame {
    readonly editorPlace = element("div", { class: "editor-place" });
    readonly people: PeopleList;
    readonly status: StatusItem;
    readonly panel: SidePanel;
    private readonly title: TitleField;
    private readonly place = element("span", { class: "caret-place" });
    private readonly followed: HTMLElement;
    private readonly undo: HTMLButtonElement;
    private readonly redo: HTMLButtonElement;
    private binding: Binding | null = null;
    private readonly root: HTMLElement;

    constructor(private readonly window: OpenDocument) {
        this.people = new PeopleList(
            window.self,
            (session) => window.follow(session),
            () => void this.openPerson(),
        );
        this.status = new StatusItem(() => window.client.retryNow());
        this.panel = new SidePanel(() => window.editor.view.focus());
        this.panel.add("people", tr("People"), () => this.people.root);
        this.panel.add("preview", tr("Preview"), () => this.preview());
        this.title = new TitleField(window);
        this.undo = button(tr("Undo"), "undo", () => this.undoOwn(), { class: "icon-button" });
        this.redo = button(tr("Redo"), "redo", () => this.redoOwn(), { class: "icon-button" });
        this.followed = element("div", { class: "followed", role: "status", hidden: true });
        this.root = element(
            "div",
            { class: "window" },
            this.header(),
            element("main", { class: "middle" }, this.editorPlace, this.panel.root),
            this.followed,
            element("footer", { class: "status-bar" }, this.status.root, this.place),
        );
        if (matchMedia("(min-width: 900px)").matches) this.panel.open("people");
    }

    // When all is in it, so that it is laid out once.
    showIn(place: HTMLElement): void {
        place.replaceChildren(this.root, this.window.notices.root);
    }

    private header(): HTMLElement {
        const home = element(
            "a",
            {
                class: "icon-button home-link",
                href: "/ui/",
                title: tr("All documents"),
                "aria-label": tr("All documents"),
            },
            icon("back"),
        );
        return element(
            "header",
            { class: "top" },
            home,
            this.title.root,
            element(
                "div",
                { class: "actions", role: "toolbar", "aria-label": tr("Document") },
                this.undo,
                this.redo,
                this.action("preview", tr("Preview"), () => this.panel.toggle("preview")),
                this.action("history", tr("History"), () => void this.openHistory()),
                this.action("link", tr("Share"), () => void this.openShare()),
                this.action("people", tr("People"), () => this.panel.toggle("people")),
                button(tr("More"), "more", (event) => this.openMenu(event), {
                    class: "icon-button",
                    "aria-haspopup": "menu",
                }),
            ),
        );
    }

    private action(picture: IconName, words: string, act: () => void): HTMLButtonElement {
        return button(words, picture, act, { class: "action", "data-action": picture });
    }

    private async openPerson(): Promise<void> {
        const { openPersonDialog } = await later();
        openPersonDialog(this.window.self, () => void this.window.reload());
    }

    private async openShare(): Promise<void> {
        const { openShareDialog } = await later();
        openShareDialog(this.window.address, this.window.rest);
    }

    async openHistory(): Promise<void> {
        const { HistoryView } = await later();
        await HistoryView.open(this.window);
    }

    private openMenu(event: Event): void {
        const below = event.currentTarget as HTMLElement;
        void later().then(({ documentMenu }) => showMenu(below, documentMenu(this.window, this)));
        event.preventDefault();
    }

    bindUndo(binding: Binding): void {
        this.binding = binding;
    }

    undoOwn(): void {
        this.binding?.undo();
    }

    redoOwn(): void {
        this.binding?.redo();
    }

    private preview(): HTMLElement {
        const place = element("article", { class: "preview", dir: "auto" });
        void later().then(({ Preview }) => new Preview(place, this.window));
        return place;
    }

    showTitle(title: string): void {
        document.title = `${title} · Tandem`;
        this.title.show(title);
    }

    showStatus(status: Status): void {
        this.undo.disabled = !status.canUndo || !status.mayEdit;
        this.redo.disabled = !status.canRedo || !status.mayEdit;
        this.title.setMayRename(status.mayEdit && status.state !== "stopped");
        this.root.dataset["state"] = status.state;
        this.root.dataset["role"] = status.mayEdit ? "editor" : "viewer";
    }

    showFollowed(followed: { name: string; color: number } | null): void {
        this.followed.hidden = followed === null;
        this.root.classList.toggle("follows", followed !== null);
        for (const name of [...this.root.classList]) if (name.startsWith("person-")) this.root.classList.remove(name);
        if (!followed) return;
        this.root.classList.add(`person-${followed.color}`);
        this.followed.textContent = tr("Following %1 · Esc", followed.name);
    }

    // Line and column of the caret.
    caretPlace(): Extension {
        const show = (view: EditorView) => {
            const { head } = view.state.selection.main;
            const line = view.state.doc.lineAt(head);
            const column = Array.from(line.text.slice(0, head - line.from)).length + 1;
            this.place.textContent = tr("Line %1, column %2", line.number, column);
        };
        return EditorView.updateListener.of((update) => {
            if (update.selectionSet || update.docChanged || !this.place.textContent) show(update.view);
        });
    }

    get titleText(): string {
        return this.title.root.value;
    }

    get link(): string {
        return new URL(pageOf(this.window.address), location.href).href;
    }
}
