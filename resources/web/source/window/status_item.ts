// One quiet item: what the connection is doing.
import type { StateWords } from "../words/state_words.ts";
import { tr } from "../words/words.ts";
import { element } from "./elements.ts";

export class StatusItem {
    private readonly dot = element("span", { class: "status-dot", "aria-hidden": "true" });
    private readonly words = element("span", { class: "status-words", role: "status" });
    private readonly retry: HTMLButtonElement;
    readonly root: HTMLElement;

    constructor(onRetry: () => void) {
        this.retry = element("button", { type: "button", class: "status-retry", onclick: onRetry }, tr("Try now"));
        this.root = element("div", { class: "status" }, this.dot, this.words, this.retry);
    }

    show({ words, tone, mayRetry }: StateWords, problem: string): void {
        if (this.words.textContent !== words) this.words.textContent = words;
        this.root.dataset["tone"] = tone;
        this.root.title = problem;
        this.retry.hidden = !mayRetry;
    }
}
