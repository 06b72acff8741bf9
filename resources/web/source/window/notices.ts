// What people must be told beside their work: a sentence that goes by itself, and the one that stays when the server
// has ended it.
import { count, tr } from "../words/words.ts";
import { element } from "./elements.ts";

const shownMs = 6_000;

export class Notices {
    readonly root = element("div", { class: "notices" });
    private readonly passing = element("div", { class: "notice-list", role: "status" });
    private readonly end = element("div", { class: "notice end", role: "alert", hidden: true });

    constructor() {
        this.root.append(this.end, this.passing);
    }

    show(sentence: string): void {
        const notice = element("div", { class: "notice" }, sentence);
        this.passing.append(notice);
        setTimeout(() => notice.remove(), shownMs);
    }

    showEnd(problem: string, unsaved: number, wasOpen: boolean): void {
        const saved = wasOpen ? tr("Everything you typed was saved.") : "";
        const safe =
            unsaved > 0
                ? count(
                      unsaved,
                      tr("%1 edit was not saved; it stays in this browser."),
                      tr("%1 edits were not saved; they stay in this browser."),
                  )
                : saved;
        const ask = tr("Ask whoever shared it for a new link.");
        const words = [problem, safe, ask].filter(Boolean).join(" ");
        if (this.end.textContent !== words) this.end.textContent = words;
        this.end.hidden = false;
    }

    hideEnd(): void {
        this.end.hidden = true;
    }
}
