// The document's title; whoever may edit renames it there.
import { tr } from "../words/words.ts";
import { element } from "./elements.ts";
import type { OpenDocument } from "./open_document.ts";

export class TitleField {
    readonly root = element("input", {
        type: "text",
        class: "title",
        maxlength: 200,
        dir: "auto",
        "aria-label": tr("Title"),
        autocomplete: "off",
        spellcheck: "false",
    });
    private title = "";

    constructor(private readonly window: OpenDocument) {
        this.root.addEventListener("change", () => void this.rename());
        this.root.addEventListener("keydown", (event) => {
            if (event.key !== "Enter" && event.key !== "Escape") return;
            if (event.key === "Escape") this.root.value = this.title;
            event.preventDefault(); // the key is not for the text
            window.editor.view.focus();
        });
    }

    // Whoever is typing another one keeps what they typed.
    show(title: string): void {
        const isTyping = document.activeElement === this.root && this.root.value !== this.title;
        this.title = title;
        if (!isTyping) this.root.value = title;
    }

    setMayRename(may: boolean): void {
        this.root.readOnly = !may;
    }

    private async rename(): Promise<void> {
        const wanted = this.root.value.trim();
        if (!wanted || wanted === this.title) {
            this.root.value = this.title;
            return;
        }
        try {
            const path = `/v1/docs/${this.window.address.id}`;
            const { title } = await this.window.rest.json<{ title: string }>("PATCH", path, { title: wanted });
            this.window.noteRenamed(title);
        } catch (error) {
            this.root.value = this.title;
            this.window.notices.show(error instanceof Error ? error.message : String(error));
        }
    }
}
