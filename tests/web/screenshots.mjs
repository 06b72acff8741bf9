// Draws the page as people see it, with three others in the document: node screenshots.mjs FOLDER
import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { chromium } from "@playwright/test";
import { adminToken, open, Server } from "./tandem.mjs";

const folder = process.argv[2] ?? "screenshots";
mkdirSync(folder, { recursive: true });
const text = readFileSync(new URL("moving-day.md", import.meta.url), "utf8");

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
const phone = { viewport: { width: 390, height: 780 }, isMobile: true, hasTouch: true };
const pia = await person("Pia", 5, phone);
await draw(pia, "phone");
await pia.getByRole("button", { name: "More" }).tap();
await draw(pia, "phone-menu");
await pia.keyboard.press("Escape");
const ravi = await person("Ravi", 8, { ...phone, colorScheme: "dark" });
await ravi.getByRole("button", { name: "People" }).tap();
await draw(ravi, "phone-people-dark");
await ravi.getByRole("button", { name: "Close" }).tap();
await ravi.getByRole("button", { name: "Share" }).tap();
await draw(ravi, "phone-share-dark");
await ravi.keyboard.press("Escape");
await ravi.getByRole("button", { name: "More" }).tap();
await ravi.getByRole("menuitem", { name: "History" }).tap();
await draw(ravi, "phone-history-dark");
await ravi.keyboard.press("Escape");

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
await mira.getByRole("button", { name: "More" }).click();
await mira.getByRole("menuitemcheckbox", { name: "Show who wrote what" }).click();
await draw(mira, "authors");

// A longer text in two directions: chips, marks, and somebody who is followed.
const long = await server.document(`${"שלום עולם, זה מסמך ארוך.\nمرحبا 123 abc\nAnd a line in English.\n".repeat(40)}`, "שלום — Both directions");
await mira.goto(long.url);
await others[1].goto(long.url);
await others[2].goto(long.url);
await others[1].locator(".cm-content").press("Control+End");
await others[2].locator(".cm-content").press("Control+Home");
for (let i = 0; i < 60; ++i) await others[2].keyboard.press("Shift+ArrowDown");
await mira.locator(".cm-scroller").evaluate((scroller) => (scroller.scrollTop = 700));
await draw(mira, "right-to-left");
await mira.getByRole("button", { name: "Follow Aïcha" }).click();
await draw(mira, "following");
await mira.keyboard.press("Escape");
await server.stop();
await mira.locator(".cm-content").press("Control+Home");
await mira.keyboard.type("typed offline ");
await draw(mira, "offline");
await server.start();
await mira.waitForTimeout(3_000);

for (const format of ["md", "html", "txt"])
    await server.call("POST", `${notes.path}/export`, { token: notes.secret, body: { format } });
await mira.goto(`${server.url}/ui/`);
await draw(mira, "documents");
await pia.goto(`${server.url}/ui/`);
await draw(pia, "phone-documents");
const guest = await (await browser.newContext({ colorScheme: "dark" })).newPage();
await guest.goto(`${server.url}/ui/`);
await draw(guest, "start-dark");
await guest.goto(notes.url.split("#")[0]);
await draw(guest, "refused-dark");
await mira.goto(`${server.url}/ui/admin`);
await mira.getByLabel(/token/).fill(adminToken);
await mira.getByRole("button", { name: "Enter" }).click();
await mira.waitForTimeout(6_000);
await draw(mira, "admin");

await browser.close();
await server.end();
