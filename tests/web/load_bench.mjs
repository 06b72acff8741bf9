// How long the page takes until one can write in a document of 100 kB: fresh, and with its files in the browser's
// cache; beside the plain page, which is a text box and 90 lines of script, fresh and not. Prints JSON; measures, and judges nothing.
//   node load_bench.mjs [RUNS]
import { chromium } from "@playwright/test";
import { Server } from "./tandem.mjs";

const runs = Number(process.argv[2] ?? 9);
const server = await new Server(["--access", "links", "--log-level", "warning"]).start();
const line = "A line of text as people write it, with some **Markdown** in it and nothing else to see.\n";
const document_ = await server.document(line.repeat(Math.ceil(100_000 / line.length)), "100 kB");
const browser = await chromium.launch({ executablePath: process.env.TANDEM_CHROMIUM ?? "/usr/bin/chromium" });

const editable = () =>
    new Promise((resolve) => {
        const look = () => {
            const content = document.querySelector(".cm-content[contenteditable='true']");
            const isThere = content?.cmTile.view.state.doc.length > 99_000;
            if (isThere) resolve(performance.now());
            else setTimeout(look, 2);
        };
        look();
    });

const plainlyEditable = () =>
    new Promise((resolve) => {
        const look = () => {
            if (document.getElementById("box")?.value.length > 99_000) resolve(performance.now());
            else setTimeout(look, 2);
        };
        look();
    });

async function open(context, url, isThere) {
    const page = await context.newPage();
    await page.goto(url, { waitUntil: "commit" });
    const ms = await page.evaluate(isThere);
    await page.waitForTimeout(300);
    await page.close();
    return ms;
}

const median = (values) => Math.round([...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]);
const fresh = [];
const again = [];
const plain = [];
const freshPlain = [];
const plainUrl = document_.url.replace("/ui/", "/ui/plain");
for (let run = 0; run < runs; ++run) {
    const context = await browser.newContext();
    fresh.push(await open(context, document_.url, editable));
    again.push(await open(context, document_.url, editable));
    plain.push(await open(context, plainUrl, plainlyEditable));
    await context.close();
    const another = await browser.newContext();
    freshPlain.push(await open(another, plainUrl, plainlyEditable));
    await another.close();
}
const figures = {
    fresh_ms: median(fresh),
    fresh_plain_page_ms: median(freshPlain),
    again_ms: median(again),
    plain_page_ms: median(plain),
};
console.log(JSON.stringify({ runs, document_bytes: 100_000, ...figures, goal_fresh_ms: 500 }));
await browser.close();
await server.end();
