// All documents of the server, and what is in the bin.
import type { Rest } from "../connection/rest.ts";
import { sentenceOf } from "../window/dialog.ts";
import { element } from "../window/elements.ts";
import { tr } from "../words/words.ts";
import { tableBox } from "./table.ts";

interface Summary {
    id: string;
    title: string;
    version: number;
    updated: string;
    deleted?: string;
}

const when = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

export class Documents {
    readonly root: HTMLElement;
    private readonly query = element("input", { type: "search", placeholder: tr("Find by title"), "aria-label": tr("Find by title") });
    private readonly bin = element("input", { type: "checkbox" });
    private readonly rows = element("tbody", {});
    private readonly problem = element("p", { class: "problem", role: "alert" });
    private readonly empty = element("p", { class: "empty", hidden: true });

    constructor(private readonly rest: Rest) {
        this.query.addEventListener("input", () => void this.refresh());
        this.bin.addEventListener("change", () => void this.refresh());
        const head = [tr("Title"), tr("Version"), tr("Changed"), ""];
        this.root = element(
            "section",
            {},
            element(
                "div",
                { class: "toolbar" },
                element("h2", {}, tr("Documents")),
                this.query,
                element("label", {}, this.bin, " ", tr("In the bin")),
            ),
            this.problem,
            tableBox(tr("Documents"), head, this.rows, this.empty),
        );
    }

    async refresh(): Promise<void> {
        const query = new URLSearchParams({ limit: "50" });
        if (this.query.value.trim()) query.set("q", this.query.value.trim());
        if (this.bin.checked) query.set("deleted", "true");
        try {
            const { documents } = await this.rest.json<{ documents: Summary[] }>("GET", `/v1/docs?${query}`);
            this.rows.replaceChildren(...documents.map((summary) => this.rowOf(summary)));
            this.empty.hidden = documents.length > 0;
            this.empty.textContent = tr("No such documents.");
            this.problem.textContent = "";
        } catch (error) {
            this.problem.textContent = sentenceOf(error);
        }
    }

    private rowOf(summary: Summary): HTMLElement {
        const restore = element("button", { type: "button", class: "bordered" }, tr("Bring back"));
        restore.addEventListener("click", () => void this.restore(summary));
        return element(
            "tr",
            {},
            element("td", {}, element("b", { dir: "auto" }, summary.title), element("div", { class: "quiet" }, summary.id)),
            element("td", { class: "numbers" }, summary.version.toLocaleString()),
            element("td", { class: "numbers" }, when.format(Date.parse(summary.deleted ?? summary.updated))),
            element("td", {}, element("div", { class: "row" }, summary.deleted ? restore : null)),
        );
    }

    private async restore(summary: Summary): Promise<void> {
        try {
            await this.rest.send("POST", `/v1/docs/${summary.id}/restore`);
        } catch (error) {
            this.problem.textContent = sentenceOf(error);
        }
        await this.refresh();
    }
}
