// Draws the page as people see it, with three others in the document: node screenshots.mjs FOLDER
import { mkdirSync } from "node:fs";
import path from "node:path";
import { chromium } from "@playwright/test";
import { adminToken, open, Server } from "./tandem.mjs";

const folder = process.argv[2] ?? "screenshots";
mkdirSync(folder, { recursive: true });
const text = `# Moving day

Keys from the old flat go back on **Friday before noon**. The new ones are with the caretaker, second door on the left.

## Before

- [x] Cancel the internet, book the new one
- [x] Boxes: 40 ordered, 12 still in the cellar
- [ ] Who has the big van? Saturday 8:00 would be best
- [ ] Plants travel last, in the blue car

## Order of rooms

1. Books and shelves, so that the boxes can be emptied at once
2. Kitchen: everything marked \`K\`, glasses on top
3. The piano stays until Monday 🎹

> Lunch is soup and bread for everyone, at the new place.

\`\`\`
06:30  coffee
07:15  first load    hall, books
11:00  second load   kitchen
\`\`\`
`;

const server = await new Server(["--access", "links", "--admin-token", adminToken, "--log-level", "warning"]).start();
const notes = await server.document(text, "Moving day");
const browser = await chromium.launch({ executablePath: process.env.TANDEM_CHROMIUM ?? "/usr/bin/chromium" });

async function person(name, color, options = {}) {
    const context = await browser.newContext({ viewport: { width: 1080, height: 720 }, locale: "en-GB", ...options });
    await context.addInitScript((self) => localStorage.setItem("tandem.person", self), JSON.stringify({ name, color }));
    const page = await context.newPage();
    await open(page, notes.url);
    return page;
}

// Puts the caret behind some words, of which the last `marked` characters are selected.
function place(page, words, marked = 0) {
    return page.evaluate(
        ([behind, length]) => {
            const { view } = document.querySelector(".cm-content").cmTile;
            const head = view.state.doc.toString().indexOf(behind) + behind.length;
            view.dispatch({ selection: { anchor: head - length, head } });
            view.focus();
        },
        [words, marked],
    );
}

async function draw(page, name) {
    await page.waitForTimeout(600);
    await page.screenshot({ path: path.join(folder, `${name}.png`) });
}

const mira = await person("Mira", 0);
const others = [await person("Jonas", 1), await person("Aïcha", 2), await person("Teo", 3, { colorScheme: "dark" })];
await place(mira, "until Monday");
for (const before of [1, 0]) {
    await place(others[0], "12 still in the cellar".slice(0, 22 - before), 22 - before);
    await place(others[1], "coffee".slice(0, 6 - before));
    await place(others[2], "## Order of rooms".slice(0, 17 - before));
    await mira.waitForTimeout(300);
}
await draw(mira, "light");
await draw(others[2], "dark");
await draw(await person("Pia", 5, { viewport: { width: 390, height: 780 }, isMobile: true, hasTouch: true }), "phone");

await mira.getByRole("button", { name: "Share" }).click();
await mira.getByRole("button", { name: "Make link" }).click();
await draw(mira, "share");
await mira.keyboard.press("Escape");

await others[0].locator(".cm-content").press("Control+End");
await others[0].keyboard.type("\nAnd a van.");
await mira.getByRole("button", { name: "Preview" }).click();
await draw(mira, "preview");
await mira.getByRole("button", { name: "History" }).click();
await mira.getByLabel("Difference to now").check();
await mira.getByRole("slider").fill("2");
await draw(mira, "history");
await mira.keyboard.press("Escape");

for (const format of ["md", "html", "txt"])
    await server.call("POST", `${notes.path}/export`, { token: notes.secret, body: { format } });
await mira.goto(`${server.url}/ui/`);
await draw(mira, "documents");
await mira.goto(`${server.url}/ui/admin`);
await mira.getByLabel(/token/).fill(adminToken);
await mira.getByRole("button", { name: "Enter" }).click();
await mira.waitForTimeout(6_000);
await draw(mira, "admin");

await browser.close();
await server.end();
