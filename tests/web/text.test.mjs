// Any text there is: large, in other scripts and directions, with characters that one does not see.
import { expect, isSaved, test, textOf, typeAtEnd, words } from "./tandem.mjs";

function paste(page, text) {
    return page.locator(".cm-content").evaluate((content, pasted) => {
        const data = new DataTransfer();
        data.setData("text/plain", pasted);
        content.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
    }, text);
}

test("a paste of 1 MB is there at once, is saved, and is one step to undo", async ({ server, openPage }) => {
    const document = await server.document("before\n");
    const ana = await openPage(document.url, { name: "Ana" });
    const bo = await openPage(document.url, { name: "Bo" });
    await isSaved(ana);
    await ana.locator(".cm-content").press("Control+End");
    const line = "The quick brown fox jumps over the lazy dog, né 日本 😀.\n";
    const large = line.repeat(Math.ceil(1_000_000 / line.length));
    await paste(ana, large);
    expect(await textOf(ana)).toBe(`before\n${large}`);
    await isSaved(ana);
    await expect.poll(async () => (await textOf(bo)).length).toBe(large.length + 7);
    expect(await textOf(bo)).toBe(`before\n${large}`);
    expect((await server.text(document)).length).toBe(large.length + 7);
    await ana.keyboard.press("Control+z");
    expect(await textOf(ana)).toBe("before\n");
    await isSaved(ana);
    await expect.poll(() => textOf(bo)).toBe("before\n");
});

test("emoji are whole characters for keys, others and the server", async ({ server, openPage }) => {
    const document = await server.document("😀👩‍👩‍👧‍👦🏳️‍🌈");
    const ana = await openPage(document.url, { name: "Ana" });
    const bo = await openPage(document.url, { name: "Bo" });
    await isSaved(ana);
    await ana.locator(".cm-content").press("Control+Home");
    await ana.keyboard.press("ArrowRight");
    await ana.keyboard.type("é😺");
    await expect.poll(() => textOf(bo)).toBe("😀é😺👩‍👩‍👧‍👦🏳️‍🌈");
    await ana.keyboard.press("Backspace");
    await ana.keyboard.press("Delete");
    await isSaved(ana);
    expect(await server.text(document)).toBe("😀é🏳️‍🌈");
    // Half of one cannot be taken away, nor come in.
    await ana.evaluate(() => {
        const { view } = document.querySelector(".cm-content").cmTile;
        view.dispatch({ changes: { from: 1, to: 2 }, userEvent: "delete" });
        view.dispatch({ changes: { from: 0, insert: "\ud83d" }, userEvent: "input.type" });
    });
    await isSaved(ana);
    expect(await server.text(document)).toBe("\ufffdé🏳️‍🌈");
    await expect.poll(() => textOf(bo)).toBe("\ufffdé🏳️‍🌈");
    expect(await textOf(ana)).toBe("\ufffdé🏳️‍🌈");
});

test("lines of right-to-left scripts run that way, and stay what was typed", async ({ server, openPage }) => {
    const document = await server.document("שלום עולם\nhello\nمرحبا 123 abc\n");
    const ana = await openPage(document.url, { name: "Ana" });
    const bo = await openPage(document.url, { name: "Bo" });
    await isSaved(ana);
    const line = ana.locator(".cm-line").first();
    const box = await line.boundingBox();
    const text = await line.evaluate((element) => {
        const range = document.createRange();
        range.selectNodeContents(element);
        return range.getBoundingClientRect().right;
    });
    expect(box.x + box.width - text).toBeLessThan(60); // at the right edge
    await ana.locator(".cm-content").press("Control+Home");
    await ana.keyboard.press("End");
    await ana.keyboard.type(" טוב");
    await isSaved(ana);
    await expect.poll(() => textOf(bo)).toBe("שלום עולם טוב\nhello\nمرحبا 123 abc\n");
    expect(await server.text(document)).toBe("שלום עולם טוב\nhello\nمرحبا 123 abc\n");
});

test("characters that one does not see are shown as stand-ins and survive", async ({ server, openPage }) => {
    const text = "nul \u0000 cr \r ls \u2028 ps \u2029 nbsp \u00a0 fdd0 \ufdd0 end\r\nnext";
    const document = await server.document(text);
    const page = await openPage(document.url);
    await isSaved(page);
    expect(await textOf(page)).toBe(text);
    const shown = await page.locator(".special-character").allTextContents();
    expect(shown).toEqual(["\u2400", "\u240d", "\u2424", "\u00b6", "\u25a1", "\u240d"]);
    await typeAtEnd(page, "!");
    await page.locator(".cm-content").press("Control+Home");
    await page.keyboard.type(">");
    await isSaved(page);
    expect(await server.text(document)).toBe(`>${text}!`);
});

test("people's clipboards bring line ends of their systems, the text has line feeds", async ({ server, openPage }) => {
    const document = await server.document("");
    const page = await openPage(document.url);
    await isSaved(page);
    await page.locator(".cm-content").focus();
    await paste(page, "one\r\ntwo\r\n");
    await isSaved(page);
    expect(await server.text(document)).toBe("one\ntwo\n");
    await expect(words(page)).toHaveText("Saved");
});

test("a text of 5 MB without an empty line, and a line of 1 MB, stay usable", async ({ server, openPage }) => {
    const line = "A line of text as people write it, with some **Markdown** in it.\n";
    for (const text of [line.repeat(Math.ceil(5_000_000 / line.length)), "word ".repeat(200_000)]) {
        const document = await server.document(text);
        const page = await openPage(document.url);
        await isSaved(page);
        await expect.poll(async () => (await textOf(page)).length).toBe(text.length);
        await page.locator(".cm-content").press("Control+End");
        await page.keyboard.type("x".repeat(80)); // would take minutes if each key were to read all of it again
        await isSaved(page);
        expect(await textOf(page)).toBe(text + "x".repeat(80));
        await page.close();
    }
});
