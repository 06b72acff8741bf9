// The document as it was: a slider over its versions, who edited when, versions with names, and the way back.
import { openDialog, sentenceOf } from "../window/dialog.ts";
import { button, element } from "../window/elements.ts";
import type { OpenDocument } from "../window/open_document.ts";
import { tr } from "../words/words.ts";
import { colorOfName } from "../window/person.ts";
import { type AuthorRange, authorWords, type NamedVersion, Past, partsOf, periodsOf, type Session } from "./past.ts";

const when = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const tags = { same: "span", came: "ins", went: "del" } as const;

export class HistoryView {
    private readonly past: Past;
    private readonly newest: number;
    private readonly slider: HTMLInputElement;
    private readonly shownVersion = element("output", {});
    private readonly text = element("pre", { class: "history-text", dir: "auto", tabindex: 0, "aria-label": tr("The text at this version") });
    private readonly list = element("div", { class: "history-list" });
    private readonly differences = element("input", { type: "checkbox" });
    private readonly authors = element("input", { type: "checkbox" });
    private periods = new Map<number, string>();
    private readonly restore: HTMLButtonElement;
    private readonly name: HTMLButtonElement;
    private readonly dialog: HTMLDialogElement;
    private wanted: number;
    private busy = false;

    static async open(window: OpenDocument): Promise<void> {
        const view = new HistoryView(window);
        await Promise.all([view.showText(), view.showList()]);
    }

    private constructor(private readonly window: OpenDocument) {
        const status = window.client.engine.status();
        this.past = new Past(window.rest, `/v1/docs/${window.address.id}`);
        this.newest = status.version;
        this.wanted = status.version;
        this.slider = element("input", {
            type: "range",
            min: 0,
            max: this.newest,
            value: this.newest,
            "aria-label": tr("Version"),
        });
        this.slider.addEventListener("input", () => this.want(Number(this.slider.value)));
        for (const [chosen, other] of [
            [this.differences, this.authors],
            [this.authors, this.differences],
        ] as const)
            chosen.addEventListener("change", () => {
                other.checked = false;
                void this.showText();
            });
        this.restore = element("button", { type: "button", class: "primary" }, tr("Restore this version"));
        this.restore.addEventListener("click", () => void this.restoreShown());
        this.name = element("button", { type: "button", class: "bordered" }, tr("Name it…"));
        this.name.addEventListener("click", () => this.askName());
        this.restore.hidden = this.name.hidden = !status.mayEdit;
        this.dialog = element(
            "dialog",
            { class: "history", "aria-label": tr("History") },
            element(
                "header",
                { class: "history-head" },
                element("h2", {}, tr("History")),
                element("label", {}, this.authors, tr("Who wrote it")),
                element("label", {}, this.differences, tr("Difference to now")),
                this.name,
                this.restore,
                button(tr("Close"), "close", () => this.dialog.close(), { class: "icon-button" }),
            ),
            element("div", { class: "history-slider" }, this.slider, this.shownVersion),
            this.text,
            this.list,
        );
        this.dialog.addEventListener("close", () => this.dialog.remove());
        document.body.append(this.dialog);
        this.dialog.showModal();
    }

    private want(version: number): void {
        this.wanted = version;
        this.slider.value = String(version);
        this.noteVersion();
        void this.showText();
    }

    private noteVersion(): void {
        this.shownVersion.textContent = tr("Version %1 of %2", this.wanted, this.newest);
        this.restore.disabled = this.wanted === this.newest;
        for (const entry of this.list.querySelectorAll("button")) {
            const isIt = Number(entry.dataset["version"]) === this.wanted;
            entry.setAttribute("aria-current", String(isIt));
        }
    }

    // The slider never waits: while one version is fetched the ones passed over are left out.
    private async showText(): Promise<void> {
        if (this.busy) return;
        this.busy = true;
        let shown: string;
        do {
            shown = this.shownKey();
            try {
                await this.draw(this.wanted);
            } catch (error) {
                this.text.textContent = sentenceOf(error);
            }
        } while (shown !== this.shownKey());
        this.busy = false;
    }

    private shownKey(): string {
        return `${this.wanted} ${this.differences.checked} ${this.authors.checked}`;
    }

    private async draw(version: number): Promise<void> {
        this.noteVersion();
        const text = await this.past.textAt(version);
        if (this.differences.checked) {
            const parts = partsOf(text, await this.past.changesSince(version));
            this.text.replaceChildren(...parts.map((part) => element(tags[part.kind], {}, part.text)));
        } else if (this.authors.checked) {
            const characters = Array.from(text);
            const textOf = ({ index, length }: AuthorRange) => characters.slice(index, index + length).join("");
            const ranges = await this.past.authors(version);
            this.text.replaceChildren(...ranges.map((range) => this.authored(range, textOf(range))));
        } else {
            this.text.textContent = text;
        }
    }

    private authored({ replica, name }: AuthorRange, text: string): HTMLElement {
        const title = authorWords(name ?? tr("Someone"), this.periods.get(replica));
        return element("span", { class: `author person-${colorOfName(name ?? String(replica))}`, title }, text);
    }

    private async showList(): Promise<void> {
        try {
            const [sessions, named] = await Promise.all([this.past.sessions(), this.past.named()]);
            this.periods = periodsOf(sessions);
            this.list.replaceChildren(...this.namedOnes(named), ...this.sessionOnes(sessions));
            this.noteVersion();
        } catch (error) {
            this.list.textContent = sentenceOf(error);
        }
    }

    private namedOnes(named: NamedVersion[]): HTMLElement[] {
        if (named.length === 0) return [];
        const rows = named.map(({ version, label }) => this.row(version, label, tr("Version %1", version)));
        return [element("h3", {}, tr("Named versions")), element("ul", {}, ...rows)];
    }

    private sessionOnes(sessions: Session[]): HTMLElement[] {
        const rows = sessions.map(({ to, ended, authors }) => {
            const names = [...new Set(authors.map((author) => author.name ?? tr("Someone")))].join(", ");
            return this.row(to, when.format(Date.parse(ended)), names);
        });
        return [element("h3", {}, tr("Edits")), element("ul", {}, ...rows)];
    }

    private row(version: number, head: string, detail: string): HTMLElement {
        return element(
            "li",
            {},
            element(
                "button",
                { type: "button", "data-version": version, onclick: () => this.want(version) },
                element("b", { dir: "auto" }, head),
                element("span", { class: "quiet", dir: "auto" }, detail),
            ),
        );
    }

    private askName(): void {
        const label = element("input", { type: "text", name: "label", maxlength: 200, required: true });
        const form = element(
            "form",
            {
                onsubmit: (event: Event) => {
                    event.preventDefault();
                    naming.close();
                    void this.giveName(label.value.trim());
                },
            },
            element("label", { class: "field" }, tr("Name of version %1", this.wanted), label),
            element("div", { class: "dialog-foot" }, element("button", { type: "submit", class: "primary" }, tr("Name it"))),
        );
        const naming = openDialog(tr("Name a version"), "naming", form);
    }

    private async giveName(label: string): Promise<void> {
        try {
            await this.past.name(this.wanted, label);
            await this.showList();
        } catch (error) {
            this.window.notices.show(sentenceOf(error));
        }
    }

    private async restoreShown(): Promise<void> {
        try {
            await this.past.revert(this.wanted, this.window.self.name);
            this.dialog.close();
            this.window.notices.show(tr("Version %1 is restored, as a new edit.", this.wanted));
        } catch (error) {
            this.window.notices.show(sentenceOf(error));
        }
    }
}
