// What is typed stays: without the server, over a reload, in two tabs.
import { expect, isSaved, open, test, textOf, typeAtEnd, words } from "./tandem.mjs";

// The page's own files are kept.
async function isKept(page) {
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await expect
        .poll(() => page.evaluate(async () => (await caches.keys()).some((name) => name.startsWith("tandem page"))))
        .toBe(true);
}

test("what is typed while the server is away is kept, and saved when it comes back", async ({ server, openPage }) => {
    const document = await server.document("start");
    const ana = await openPage(document.url, { name: "Ana" });
    const bo = await openPage(document.url, { name: "Bo" });
    await isSaved(ana);
    await server.stop();
    await expect(words(ana)).toHaveText(/^Offline|^Connecting/);
    await typeAtEnd(ana, " one");
    await expect(words(ana)).toHaveText(/edits? kept in this browser/);
    await typeAtEnd(bo, " two");
    await server.start();
    await ana.getByRole("button", { name: "Try now" }).click({ timeout: 2_000 }).catch(() => undefined);
    await isSaved(ana);
    await isSaved(bo);
    await expect.poll(() => textOf(ana)).toMatch(/^start( one two| two one)$/);
    expect(await textOf(bo)).toBe(await textOf(ana));
    expect(await server.text(document)).toBe(await textOf(ana));
});

test("a page that is loaded again without the server shows the document with what was typed, and saves it later", async ({
    server,
    openPage,
}) => {
    const document = await server.document("on the server\n");
    const page = await openPage(document.url);
    await isSaved(page);
    await isKept(page);
    await page.waitForTimeout(2_500); // a quiet moment, in which the copy is kept
    await server.stop();
    await expect(words(page)).toHaveText(/^Offline|^Connecting/);
    await typeAtEnd(page, "typed offline 😀");
    await page.waitForTimeout(250);
    await page.reload();
    await page.locator(".cm-content").waitFor();
    expect(await textOf(page)).toBe("on the server\ntyped offline 😀");
    await expect(words(page)).toHaveText(/kept in this browser/);
    await typeAtEnd(page, " and again");
    await page.waitForTimeout(250);
    await page.reload();
    await page.locator(".cm-content").waitFor();
    await server.start();
    await expect.poll(() => textOf(page)).toBe("on the server\ntyped offline 😀 and again");
    await page.getByRole("button", { name: "Try now" }).click({ timeout: 2_000 }).catch(() => undefined);
    await isSaved(page);
    expect(await server.text(document)).toBe("on the server\ntyped offline 😀 and again");
});

test("a browser that dies keeps what was typed 200 ms before", async ({ server, openPage }) => {
    const document = await server.document("");
    const page = await openPage(document.url);
    await isSaved(page);
    await server.stop();
    await expect(words(page)).toHaveText(/^Offline|^Connecting/);
    await typeAtEnd(page, "last words");
    await page.waitForTimeout(200);
    const context = page.context();
    const dying = await context.newCDPSession(page);
    const dead = page.waitForEvent("crash");
    void dying.send("Page.crash").catch(() => undefined);
    await dead;
    await server.start();
    const next = await openPage(null, { in: context });
    await open(next, document.url);
    await isSaved(next);
    await expect.poll(() => textOf(next)).toBe("last words");
    expect(await server.text(document)).toBe("last words");
});

test("two tabs on one document write under ids of their own", async ({ server, openPage }) => {
    const document = await server.document("");
    const first = await openPage(document.url);
    const second = await openPage(document.url, { in: first.context() });
    await isSaved(first);
    await isSaved(second);
    await server.stop();
    await typeAtEnd(first, "a".repeat(30));
    await typeAtEnd(second, "b".repeat(30));
    await server.start();
    for (const page of [first, second]) {
        await page.getByRole("button", { name: "Try now" }).click({ timeout: 2_000 }).catch(() => undefined);
        await isSaved(page);
    }
    await expect.poll(async () => (await textOf(first)).length).toBe(60);
    expect(await textOf(second)).toBe(await textOf(first));
    const { authors } = await server.call("GET", `${document.path}/authors`, { token: document.secret });
    expect(new Set(authors.map((author) => author.replica)).size).toBe(2);
});

test("closing asks nothing while edits are kept, and first where the browser keeps nothing", async ({ server, openPage }) => {
    const document = await server.document("start");
    const keeps = await openPage(document.url);
    const keepsNot = await openPage();
    await keepsNot.context().addInitScript(() => {
        IDBFactory.prototype.open = () => {
            throw new Error("this browser keeps nothing");
        };
    });
    await open(keepsNot, document.url);
    for (const page of [keeps, keepsNot]) await isSaved(page);
    await server.stop();
    const asked = new Map();
    for (const page of [keeps, keepsNot]) {
        await expect(words(page)).toHaveText(/^Offline|^Connecting/);
        await typeAtEnd(page, "!");
        page.on("dialog", (dialog) => {
            asked.set(page, dialog.type());
            void dialog.dismiss();
        });
    }
    await expect(words(keeps)).toHaveText(/1 edit kept in this browser/);
    await expect(words(keepsNot)).toHaveText(/This browser cannot keep edits: do not close it/);
    await keepsNot.close({ runBeforeUnload: true });
    await expect.poll(() => asked.get(keepsNot)).toBe("beforeunload");
    expect(await textOf(keepsNot)).toBe("start!");
    await server.start();
    await keepsNot.getByRole("button", { name: "Try now" }).click({ timeout: 2_000 }).catch(() => undefined);
    await isSaved(keepsNot);
    await server.stop();
    await typeAtEnd(keeps, "!");
    const closed = keeps.waitForEvent("close");
    await keeps.close({ runBeforeUnload: true });
    await closed;
    expect(asked.get(keeps)).toBe(undefined);
});

test("one is offline while both type, and both have all of it when they are back", async ({ server, openPage }) => {
    const document = await server.document("start\n");
    const ana = await openPage(document.url, { name: "Ana" });
    const bo = await openPage(document.url, { name: "Bo" });
    await isSaved(ana);
    await isSaved(bo);
    await ana.context().setOffline(true);
    await expect(words(ana)).toHaveText(/^Offline|^Connecting/);
    await typeAtEnd(ana, "by Ana, offline");
    await bo.locator(".cm-content").press("Control+Home");
    await bo.keyboard.type("by Bo\n");
    await isSaved(bo);
    await expect(words(ana)).toHaveText(/15 edits kept in this browser/);
    expect(await textOf(ana)).toBe("start\nby Ana, offline");
    await ana.context().setOffline(false);
    await isSaved(ana);
    for (const page of [ana, bo]) await expect.poll(() => textOf(page)).toBe("by Bo\nstart\nby Ana, offline");
    expect(await server.text(document)).toBe("by Bo\nstart\nby Ana, offline");
});
