// Several people in one document: what everyone sees, and that all of it stays.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, isSaved, test, textOf, typeAtEnd, words } from "./tandem.mjs";

// The desktop program itself, without a screen, in whose window somebody types; tells what the window shows.
async function useDesktop(url, edits, seed, use) {
    const home = mkdtempSync(path.join(tmpdir(), "tandem-desktop-"));
    const program = spawn(process.env.TANDEM_PROGRAM, ["--name", "Desk", url], {
        env: {
            PATH: process.env.PATH,
            HOME: home,
            XDG_RUNTIME_DIR: home,
            LANG: "C.UTF-8",
            QT_QPA_PLATFORM: "offscreen",
            QT_PLUGIN_PATH: process.env.TANDEM_TYPIST_PLUGINS,
            QT_QPA_GENERIC_PLUGINS: `typist:${edits}-${seed}`,
        },
    });
    const ended = new Promise((resolve) => program.on("exit", resolve));
    let output = "";
    for (const stream of [program.stdout, program.stderr]) stream.on("data", (chunk) => (output += chunk));
    const line = (word) => expect.poll(() => output, { timeout: 60_000 }).toMatch(new RegExp(`^${word}`, "m"));
    try {
        await use({
            done: () => line("done"),
            async text() {
                output = "";
                program.stdin.write("text\n");
                await line("text .*\n");
                return JSON.parse(/^text (.*)$/m.exec(output)[1])[0];
            },
        });
    } finally {
        program.kill();
        await ended;
        rmSync(home, { recursive: true, force: true });
    }
}

test("two browsers and the desktop program type at once, and all end with the same text", async ({ server, openPage }) => {
    const document = await server.document("one\ntwo\nthree\n");
    const pages = [await openPage(document.url, { name: "Ana" }), await openPage(document.url, { name: "Bo" })];
    for (const page of pages) await isSaved(page);
    await useDesktop(document.url, 120, 7, async (desktop) => {
        await expect(pages[0].locator(".people")).toContainText("Desk");
        await Promise.all(
            pages.map(async (page, number) => {
                await page.locator(".cm-content").click();
                for (let i = 0; i < 40; ++i) {
                    await page.keyboard.press(i % 3 === 0 ? "Control+Home" : i % 3 === 1 ? "ArrowDown" : "Control+End");
                    await page.keyboard.type(`<${number}.${i}>`);
                    if (i % 7 === 0) await page.keyboard.press("Backspace");
                }
            }),
        );
        await desktop.done();
        for (const page of pages) await isSaved(page);
        const text = await server.text(document);
        for (const page of pages) await expect.poll(() => textOf(page)).toBe(text);
        await expect.poll(() => desktop.text()).toBe(text);
        for (const author of ["0", "1", "d"]) expect(text.split(`<${author}`).length).toBeGreaterThan(30);
    });
    for (const page of pages) expect(page.faults).toEqual([]);
});

test("what one types another sees, with the caret and the name", async ({ server, openPage }) => {
    const document = await server.document("Shopping\n");
    const ana = await openPage(document.url, { name: "Ana" });
    const bo = await openPage(document.url, { name: "Bo" });
    await typeAtEnd(ana, "- milk");
    await expect.poll(() => textOf(bo)).toBe("Shopping\n- milk");
    await expect(bo.locator(".peer-caret .caret-flag")).toHaveText("Ana");
    await expect(bo.locator(".people")).toContainText("Ana");
    await ana.keyboard.press("Shift+Home");
    await expect(bo.locator(".peer-selection").first()).toBeVisible();
});

test("the view holds still while another types above", async ({ server, openPage }) => {
    const lines = Array.from({ length: 400 }, (_, i) => `line ${i}`).join("\n");
    const document = await server.document(lines);
    const ana = await openPage(document.url, { name: "Ana" });
    const bo = await openPage(document.url, { name: "Bo" });
    await isSaved(ana);
    const scroller = ana.locator(".cm-scroller");
    await scroller.evaluate((element) => (element.scrollTop = 4_000));
    await ana.waitForTimeout(300);
    const seen = ana.locator(".cm-line", { hasText: /^line 190$/ });
    const before = (await seen.boundingBox()).y;
    await bo.locator(".cm-content").press("Control+Home");
    for (let i = 0; i < 12; ++i) await bo.keyboard.type(`above ${i}\n`);
    await isSaved(bo);
    await expect.poll(async () => (await textOf(ana)).startsWith("above 0\nabove 1\n")).toBe(true);
    await expect.poll(async () => (await textOf(ana)).includes("above 11\nline 0")).toBe(true);
    expect(Math.abs((await seen.boundingBox()).y - before)).toBeLessThan(2);

    // And with the caret in view it is the caret's line, also when lines come between it and the first one.
    await seen.click();
    const caret = (await seen.boundingBox()).y;
    await bo.evaluate(() => {
        const { view } = document.querySelector(".cm-content").cmTile;
        const at = view.state.doc.toString().indexOf("line 187");
        view.dispatch({ changes: { from: at, insert: "between\nthem\n" }, userEvent: "input.paste" });
    });
    await expect.poll(async () => (await textOf(ana)).includes("between\nthem\nline 187")).toBe(true);
    expect(Math.abs((await seen.boundingBox()).y - caret)).toBeLessThan(2);
});

test("undo takes back one's own edits only", async ({ server, openPage }) => {
    const document = await server.document("");
    const ana = await openPage(document.url, { name: "Ana" });
    const bo = await openPage(document.url, { name: "Bo" });
    await typeAtEnd(ana, "mine");
    await expect.poll(() => textOf(bo)).toBe("mine");
    await typeAtEnd(bo, " and yours");
    await expect.poll(() => textOf(ana)).toBe("mine and yours");
    await ana.keyboard.press("Control+z");
    await expect.poll(() => textOf(bo)).toBe(" and yours");
    await typeAtEnd(bo, "!"); // does not end what can be done again
    await expect.poll(() => textOf(ana)).toBe(" and yours!");
    await ana.keyboard.press("Control+Shift+Z");
    await expect.poll(() => textOf(bo)).toBe("mine and yours!");
    // What was selected is selected again; own typing ends what can be done again.
    await ana.keyboard.press("Control+Home");
    await ana.keyboard.press("Control+Shift+ArrowRight");
    await ana.keyboard.press("Delete");
    await expect.poll(() => textOf(bo)).toBe(" and yours!");
    await ana.keyboard.press("Control+End");
    await ana.keyboard.press("Control+z");
    await expect.poll(() => textOf(bo)).toBe("mine and yours!");
    expect(await ana.evaluate(() => String(getSelection()))).toBe("mine");
    await ana.keyboard.press("ArrowRight");
    await ana.keyboard.type("x");
    await ana.keyboard.press("Control+Shift+Z");
    await isSaved(ana);
    expect(await textOf(ana)).toBe("minex and yours!");
});

test("a composition is not broken by what others type", async ({ server, openPage }) => {
    const document = await server.document("start ");
    const ana = await openPage(document.url, { name: "Ana" });
    const bo = await openPage(document.url, { name: "Bo" });
    await isSaved(ana);
    await ana.locator(".cm-content").press("Control+End");
    const ime = await ana.context().newCDPSession(ana);
    await ime.send("Input.imeSetComposition", { text: "に", selectionStart: 1, selectionEnd: 1 });
    await bo.locator(".cm-content").press("Control+Home");
    await bo.keyboard.type("others ");
    await isSaved(bo);
    await ime.send("Input.imeSetComposition", { text: "にほ", selectionStart: 2, selectionEnd: 2 });
    await ana.waitForTimeout(300);
    expect(await textOf(ana)).toBe("start にほ");
    await ime.send("Input.insertText", { text: "日本" });
    await expect.poll(() => textOf(ana)).toBe("others start 日本");
    await expect(words(ana)).toHaveText("Saved");
    expect(await server.text(document)).toBe("others start 日本");
});
