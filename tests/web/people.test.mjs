// The others in a document: where they are, what they do, and how little that disturbs.
import { expect, isSaved, open, test, textOf, typeAtEnd } from "./tandem.mjs";

const lines = Array.from({ length: 300 }, (_, i) => `line ${i}`).join("\n");

async function two(server, openPage, text) {
    const document = await server.document(text);
    const ana = await openPage(document.url, { name: "Ana" });
    const bo = await openPage(document.url, { name: "Bo" });
    await isSaved(ana);
    await isSaved(bo);
    return { document, ana, bo };
}

// As if another tab were in front; a browser without a screen shows all of them.
function setHidden(page, hidden) {
    return page.evaluate((value) => {
        Object.defineProperty(document, "hidden", { value, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));
    }, hidden);
}

test("whoever is out of sight is a chip at the edge, and a click goes there", async ({ server, openPage }) => {
    const { ana, bo } = await two(server, openPage, lines);
    await bo.locator(".cm-content").press("Control+End");
    const below = ana.locator(".chips-below .chip");
    await expect(below).toHaveAccessibleName("Bo is below: go there");
    await expect(below).toBeInViewport();
    await below.click();
    await expect(ana.locator(".cm-line", { hasText: "line 299" })).toBeInViewport();
    await expect(ana.locator(".chip")).toHaveCount(0);
    await bo.locator(".cm-content").press("Control+Home");
    const above = ana.locator(".chips-above .chip");
    await expect(above).toHaveAccessibleName("Bo is above: go there");
    await ana.locator(".cm-scroller").evaluate((scroller) => (scroller.scrollTop = 0));
    await expect(ana.locator(".chip")).toHaveCount(0);
});

test("the scroll bar has marks of the others' carets and selections", async ({ server, openPage }) => {
    const { ana, bo } = await two(server, openPage, lines);
    const scroller = await ana.locator(".cm-scroller").boundingBox();
    await bo.locator(".cm-content").press("Control+End");
    const caret = ana.locator(".scroll-mark:not(.of-selection)");
    await expect.poll(async () => ((await caret.boundingBox())?.y - scroller.y) / scroller.height).toBeGreaterThan(0.8);
    await expect(ana.locator(".scroll-mark.of-selection")).toHaveCount(0);
    await bo.locator(".cm-content").press("Control+a");
    await expect
        .poll(async () => (await ana.locator(".scroll-mark.of-selection").boundingBox())?.height / scroller.height)
        .toBeGreaterThan(0.8);
    await bo.close();
    await expect(ana.locator(".scroll-mark")).toHaveCount(0);
});

test("what others write is tinted for a moment", async ({ server, openPage }) => {
    const { ana, bo } = await two(server, openPage, "start ");
    await ana.evaluate(() => {
        const { view } = document.querySelector(".cm-content").cmTile;
        window.tinted = new Set();
        new MutationObserver(() => {
            for (const part of view.dom.querySelectorAll(".recent")) window.tinted.add(part.textContent);
        }).observe(view.dom, { childList: true, subtree: true });
    });
    await typeAtEnd(ana, "mine");
    await expect.poll(() => textOf(bo)).toBe("start mine");
    await typeAtEnd(bo, "Z");
    await expect.poll(() => ana.evaluate(() => [...window.tinted])).toEqual(["Z"]);
    await expect(ana.locator(".recent")).toHaveCount(0);
    expect(await textOf(ana)).toBe("start mineZ");
});

test("what came while one was away fades when one is back, also without motion", async ({ server, openPage }) => {
    const document = await server.document("start ");
    const ana = await openPage(document.url, { name: "Ana", context: { reducedMotion: "reduce" } });
    const bo = await openPage(document.url, { name: "Bo" });
    await isSaved(ana);
    await setHidden(ana, true);
    await typeAtEnd(bo, "meanwhile");
    await expect.poll(() => textOf(ana)).toBe("start meanwhile");
    const tinted = async () => (await ana.locator(".recent").allTextContents()).join("");
    await ana.waitForTimeout(3_000); // longer than it is shown
    expect(await tinted()).toBe("meanwhile");
    await setHidden(ana, false);
    expect(await tinted()).toBe("meanwhile");
    expect(await ana.locator(".recent").first().evaluate((part) => getComputedStyle(part).animationName)).toBe("none");
    await expect(ana.locator(".recent")).toHaveCount(0);
});

test("what changed since one left is tinted when the document opens again", async ({ server, openPage }) => {
    const { document, ana, bo } = await two(server, openPage, "start ");
    await ana.waitForTimeout(2_500); // a quiet moment, in which the copy is kept
    await ana.close();
    await typeAtEnd(bo, "since then");
    await isSaved(bo);
    const again = await openPage(null, { in: ana.context() });
    await open(again, document.url);
    await expect(again.locator(".recent")).toHaveText("since then");
    await expect(again.locator(".recent")).toHaveCount(0);
});

test("a name shows when a caret moves, goes, comes back under the pointer, and covers no line one types in", async ({
    server,
    openPage,
}) => {
    const { ana, bo } = await two(server, openPage, "one\ntwo\nthree\nfour");
    await ana.locator(".cm-line").nth(1).click();
    await bo.locator(".cm-line").nth(3).click();
    const flag = ana.locator(".caret-flag");
    await expect(flag).toHaveCSS("opacity", "1");
    await expect(flag).toHaveCSS("opacity", "0");
    const bar = await ana.locator(".peer-caret").boundingBox();
    expect(bar.width).toBe(2);
    await ana.mouse.move(bar.x + 3, bar.y + 5);
    await expect(flag).toHaveCSS("opacity", "1");
    // It stands over the line above, but under the caret's when one types above it.
    const isAbove = async () => (await flag.boundingBox()).y < (await ana.locator(".peer-caret").boundingBox()).y;
    expect(await isAbove()).toBe(true);
    await ana.locator(".cm-line").nth(2).click();
    await ana.keyboard.type("!");
    await expect.poll(isAbove).toBe(false);
});

test("whoever does nothing for a minute is shown as idle", async ({ server, openPage }) => {
    test.setTimeout(150_000);
    const { ana, bo } = await two(server, openPage, "one\ntwo");
    await typeAtEnd(bo, "!");
    await expect(ana.locator(".peer-caret")).toHaveCount(1);
    await expect(ana.locator(".peer-caret.idle")).toHaveCount(0);
    await expect(ana.locator(".peer-caret.idle")).toHaveCount(1, { timeout: 90_000 });
    await expect(ana.locator(".people")).toContainText("idle");
    await bo.keyboard.type("?");
    await expect(ana.locator(".peer-caret.idle")).toHaveCount(0);
});

test("following somebody shows where they are, until one types, scrolls or presses Esc", async ({ server, openPage }) => {
    const { ana, bo } = await two(server, openPage, lines);
    await bo.locator(".cm-content").press("Control+End");
    const follow = ana.getByRole("button", { name: "Follow Bo" });
    const banner = ana.locator(".followed");
    await follow.click();
    await expect(banner).toHaveText("Following Bo · Esc");
    const frame = await ana.evaluate(() => getComputedStyle(document.querySelector(".editor-place"), "::after").borderTopColor);
    expect(frame).toBe(await banner.evaluate((element) => getComputedStyle(element).backgroundColor));
    await expect(ana.locator(".cm-line", { hasText: "line 299" })).toBeInViewport();
    await bo.locator(".cm-content").press("Control+Home");
    await expect(ana.locator(".cm-line", { hasText: /^line 0$/ })).toBeInViewport();
    await ana.locator(".cm-content").press("Escape");
    await expect(banner).toBeHidden();
    await follow.click();
    await expect(banner).toBeVisible();
    await ana.locator(".cm-content").press("x");
    await expect(banner).toBeHidden();
    await follow.click();
    await expect(banner).toBeVisible();
    await ana.locator(".cm-scroller").hover();
    await ana.mouse.wheel(0, 200);
    await expect(banner).toBeHidden();
});

test("a new title is seen by the others at once, but not put under the hands of one who types another", async ({ server, openPage }) => {
    const { ana, bo } = await two(server, openPage, "text");
    await bo.getByLabel("Title", { exact: true }).fill("Another <b>title</b>");
    await bo.keyboard.press("Enter");
    await expect(bo).toHaveTitle("Another <b>title</b> · Tandem");
    await expect(ana).toHaveTitle("Another <b>title</b> · Tandem");
    const field = ana.getByLabel("Title", { exact: true });
    await expect(field).toHaveValue("Another <b>title</b>");
    await field.fill("Ana's own");
    await bo.getByLabel("Title", { exact: true }).fill("A third one");
    await bo.keyboard.press("Enter");
    await expect(ana).toHaveTitle("A third one · Tandem");
    await expect(field).toHaveValue("Ana's own");
});

test("a name is changed in the list of people, and the others see it", async ({ server, openPage }) => {
    const { ana, bo } = await two(server, openPage, "text");
    await bo.locator(".people").getByRole("button", { name: "you" }).click();
    await bo.getByLabel("Your name, as others see it").fill("Bosse");
    await bo.getByRole("button", { name: "Keep" }).click();
    await expect(ana.locator(".people")).toContainText("Bosse");
});
