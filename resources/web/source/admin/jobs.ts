// The server's jobs: what waits, runs, is done, and the dead set with its two ways out.
import type { Rest } from "../connection/rest.ts";
import { sentenceOf } from "../window/dialog.ts";
import { element } from "../window/elements.ts";
import { tr } from "../words/words.ts";
import { tableBox } from "./table.ts";

interface Job {
    id: string;
    type: string;
    status: string;
    progress: number;
    attempts: { started: string; ended: string | null; error: string | null }[];
    max_attempts: number;
    created: string;
    error?: string;
}

const states = ["scheduled", "available", "executing", "retryable", "completed", "cancelled", "discarded"];
const types = ["doc.export", "snapshot.create", "activity.digest", "email.notify", "backup.run"];
const when = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });

function chooser(label: string, all: string, values: string[], onChange: () => void): HTMLSelectElement {
    const select = element("select", { "aria-label": label, onchange: onChange });
    select.append(element("option", { value: "" }, all));
    for (const value of values) select.append(element("option", { value }, value));
    return select;
}

export class Jobs {
    readonly root: HTMLElement;
    private readonly state: HTMLSelectElement;
    private readonly type: HTMLSelectElement;
    private readonly rows = element("tbody", {});
    private readonly empty = element("p", { class: "empty", hidden: true });
    private readonly problem = element("p", { class: "problem", role: "alert" });

    constructor(private readonly rest: Rest) {
        const again = () => void this.refresh();
        this.state = chooser(tr("State"), tr("Any state"), states, again);
        this.type = chooser(tr("Type"), tr("Any type"), types, again);
        const dead = element("button", { type: "button", class: "bordered" }, tr("Dead set"));
        dead.addEventListener("click", () => {
            this.state.value = "discarded";
            again();
        });
        const head = [tr("Job"), tr("State"), tr("Attempts"), tr("Created"), ""];
        this.root = element(
            "section",
            {},
            element("div", { class: "toolbar" }, element("h2", {}, tr("Jobs")), this.state, this.type, dead),
            this.problem,
            tableBox(tr("Jobs"), head, this.rows, this.empty),
        );
    }

    async refresh(): Promise<void> {
        const query = new URLSearchParams({ limit: "50" });
        if (this.state.value) query.set("state", this.state.value);
        if (this.type.value) query.set("type", this.type.value);
        try {
            const { jobs } = await this.rest.json<{ jobs: Job[] }>("GET", `/v1/jobs?${query}`);
            this.rows.replaceChildren(...jobs.map((job) => this.rowOf(job)));
            this.empty.hidden = jobs.length > 0;
            this.empty.textContent = tr("No such jobs.");
            this.problem.textContent = "";
        } catch (error) {
            this.problem.textContent = sentenceOf(error);
        }
    }

    private rowOf(job: Job): HTMLElement {
        const error = job.error ?? job.attempts.at(-1)?.error;
        return element(
            "tr",
            {},
            element("td", {}, element("b", {}, job.type), element("div", { class: "quiet" }, job.id)),
            element(
                "td",
                {},
                element("span", { class: "job-state", "data-state": job.status }, job.status),
                job.status === "executing" && ` ${job.progress} %`,
                error ? element("div", { class: "error" }, error) : null,
            ),
            element("td", { class: "numbers" }, `${job.attempts.length} / ${job.max_attempts}`),
            element("td", { class: "numbers" }, when.format(Date.parse(job.created))),
            element("td", {}, element("div", { class: "row" }, ...this.actionsOf(job))),
        );
    }

    private actionsOf(job: Job): HTMLElement[] {
        const act = (verb: string, words: string) =>
            element(
                "button",
                {
                    type: "button",
                    class: "bordered",
                    "aria-label": `${words}: ${job.type} ${job.id}`,
                    onclick: () => void this.ask(job, verb),
                },
                words,
            );
        const waits = ["scheduled", "available", "retryable"].includes(job.status);
        const actions: HTMLElement[] = [];
        if (waits || job.status === "executing") actions.push(act("cancel", tr("Cancel")));
        if (["discarded", "cancelled", "retryable"].includes(job.status)) actions.push(act("retry", tr("Retry")));
        if (job.status !== "executing") actions.push(act("discard", waits ? tr("Discard") : tr("Delete")));
        return actions;
    }

    private async ask(job: Job, verb: string): Promise<void> {
        try {
            await this.rest.send("POST", `/v1/jobs/${job.id}/${verb}`);
        } catch (error) {
            this.problem.textContent = sentenceOf(error);
            return;
        }
        await this.refresh();
    }
}
