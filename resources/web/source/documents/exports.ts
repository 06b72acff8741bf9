// Exports are jobs of the server: asked for, waited for, fetched.
import type { Rest } from "../connection/rest.ts";
import { openDialog, sentenceOf } from "../window/dialog.ts";
import { element } from "../window/elements.ts";
import { tr } from "../words/words.ts";

interface Job {
    id: string;
    status: string;
    progress: number;
    message?: string;
    error?: string;
}

const formats: [string, string][] = [
    ["md", tr("Markdown")],
    ["txt", tr("Plain text")],
    ["html", tr("Web page")],
    ["pdf", tr("PDF")],
    ["odt", tr("OpenDocument text")],
    ["archive", tr("Archive with the whole history")],
];
const askEveryMs = 300;

function saveAs(bytes: Blob, name: string): void {
    const address = URL.createObjectURL(bytes);
    element("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

function fileName(response: Response, title: string, format: string): string {
    const given = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") ?? "");
    return given?.[1] ?? `${title.replace(/[^\p{L}\p{N} _.-]/gu, "_")}.${format}`;
}

async function finished(rest: Rest, job: Job, onProgress: (job: Job) => void): Promise<Job> {
    let now = job;
    while (!["completed", "cancelled", "discarded"].includes(now.status)) {
        onProgress(now);
        await new Promise((resolve) => setTimeout(resolve, askEveryMs));
        now = await rest.json<Job>("GET", `/v1/jobs/${job.id}`);
    }
    onProgress(now);
    return now;
}

export function openExportDialog(rest: Rest, id: string, title: string): void {
    const format = element("select", { name: "format" });
    for (const [value, words] of formats) format.append(element("option", { value }, words));
    const bar = element("progress", { max: 100, value: 0, hidden: true, "aria-label": tr("Progress") });
    const words = element("p", { class: "quiet", role: "status" });
    const start = element("button", { type: "submit", class: "primary" }, tr("Export"));

    async function run(event: Event): Promise<void> {
        event.preventDefault();
        start.disabled = true;
        bar.hidden = false;
        try {
            const asked = await rest.json<Job>("POST", `/v1/docs/${id}/export`, { format: format.value });
            const job = await finished(rest, asked, ({ progress, message }) => {
                bar.value = progress;
                words.textContent = message || tr("Being made…");
            });
            if (job.status !== "completed") throw new Error(job.error || tr("The export was given up."));
            const response = await rest.send("GET", `/v1/jobs/${job.id}/result`);
            saveAs(await response.blob(), fileName(response, title, format.value));
            words.textContent = tr("Done. The file is where your browser keeps downloads.");
        } catch (error) {
            words.textContent = sentenceOf(error);
        }
        start.disabled = false;
        bar.hidden = true;
    }

    const form = element(
        "form",
        { class: "fields", onsubmit: (event: Event) => void run(event) },
        element("label", { class: "field" }, tr("Format"), format),
        start,
    );
    openDialog(tr("Export"), "export", form, bar, words);
}
