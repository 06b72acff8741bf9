// How the server is: ready or not, and its figures over time.
import type { Rest } from "../connection/rest.ts";
import { element } from "../window/elements.ts";
import { tr } from "../words/words.ts";
import { Chart } from "./chart.ts";
import { parseMetrics, type Sample, sumOf } from "./metrics.ts";

const whole = (value: number) => Math.round(value).toLocaleString();
const perSecond = (value: number) => tr("%1 a second", value < 10 ? value.toFixed(1) : whole(value));
const milliseconds = (value: number) => tr("%1 ms", value < 10 ? value.toFixed(1) : whole(value));

interface Row {
    chart: Chart;
    value: (now: Sample[], before: Sample[], seconds: number) => number;
}

// Of a counter, or of what a histogram has counted.
function rate(name: string) {
    return (now: Sample[], before: Sample[], seconds: number) =>
        Math.max(0, sumOf(now, name) - sumOf(before, name)) / seconds;
}

// Of what a histogram has seen since the last time.
function meanMs(name: string) {
    return (now: Sample[], before: Sample[]) => {
        const number = sumOf(now, `${name}_count`) - sumOf(before, `${name}_count`);
        return number > 0 ? (1000 * (sumOf(now, `${name}_sum`) - sumOf(before, `${name}_sum`))) / number : 0;
    };
}

function gauge(name: string, labels: Record<string, string> = {}) {
    return (now: Sample[]) => sumOf(now, name, labels);
}

export class Overview {
    readonly state = element("span", { class: "state-pill", role: "status" }, tr("Asking…"));
    readonly root: HTMLElement;
    private before: { samples: Sample[]; at: number } | null = null;
    private readonly rows: Row[] = [
        { chart: new Chart(tr("People connected"), whole), value: gauge("tandem_connections") },
        { chart: new Chart(tr("Open documents"), whole), value: gauge("tandem_open_documents") },
        { chart: new Chart(tr("Changes"), perSecond), value: rate("tandem_changes_total") },
        { chart: new Chart(tr("Until durable, mean"), milliseconds), value: meanMs("tandem_commit_seconds") },
        { chart: new Chart(tr("HTTP requests"), perSecond), value: rate("tandem_http_requests_total") },
        { chart: new Chart(tr("Jobs that wait"), whole), value: gauge("tandem_jobs", { state: "available" }) },
        { chart: new Chart(tr("Dead set"), whole), value: gauge("tandem_jobs", { state: "discarded" }) },
        { chart: new Chart(tr("Memory"), (bytes) => tr("%1 MiB", whole(bytes / 1_048_576))), value: gauge("process_resident_memory_bytes") },
    ];

    constructor(private readonly rest: Rest) {
        this.root = element(
            "section",
            { "aria-label": tr("Figures") },
            element("h2", {}, tr("Now")),
            element("div", { class: "charts" }, ...this.rows.map(({ chart }) => chart.root)),
        );
    }

    async refresh(): Promise<void> {
        await Promise.all([this.askReadiness(), this.askMetrics()]);
    }

    private async askReadiness(): Promise<void> {
        try {
            const response = await fetch("/readyz", { cache: "no-store" });
            const { status, detail } = (await response.json()) as { status?: string; detail?: string };
            const state = response.ok ? (status ?? "ready") : "not ready";
            this.showState(state, detail ? `${state}: ${detail}` : state);
        } catch {
            this.showState("away", tr("The server does not answer."));
        }
    }

    private showState(state: string, words: string): void {
        this.state.dataset["state"] = state;
        if (this.state.textContent !== words) this.state.textContent = words;
    }

    private async askMetrics(): Promise<void> {
        const response = await this.rest.send("GET", "/metrics").catch(() => null);
        if (!response) return;
        const samples = parseMetrics(await response.text());
        const at = performance.now();
        const before = this.before ?? { samples, at: at - 1000 };
        for (const { chart, value } of this.rows) chart.add(value(samples, before.samples, (at - before.at) / 1000));
        this.before = { samples, at };
    }
}
