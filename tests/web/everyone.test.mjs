// For everyone: by keyboard, for screen readers, on a phone, in light and dark.
import AxeBuilder from "@axe-core/playwright";
import { adminToken, expect, isSaved, test, textOf } from "./tandem.mjs";

async function findings(page) {
    const { violations } = await new AxeBuilder({ page }).analyze();
    return violations
        .filter(({ impact }) => impact === "serious" || impact === "critical")
        .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`));
}

const markdown = "# Head\n\nSome **text** with `code`, a [link](https://example.org) and\n\n> a quote\n\n- [ ] a task\n";

for (const colorScheme of ["light", "dark"])
    test(`axe finds nothing serious in ${colorScheme}`, async ({ server, openPage }) => {
        const document = await server.document(markdown);
        // What fades is seen half faded otherwise.
        const page = await openPage(document.url, { context: { colorScheme, reducedMotion: "reduce" } });
        const other = await openPage(document.url, { name: "Bo" });
        await isSaved(other);
        await isSaved(page);
        expect(await findings(page)).toEqual([]);
        await page.getByRole("button", { name: "More" }).click();
        await expect(page.getByRole("menu")).toBeVisible();
        expect(await findings(page)).toEqual([]);
        await page.keyboard.press("Escape");
        await page.keyboard.press("Control+Shift+p");
        await expect(page.getByRole("option").first()).toBeVisible();
        expect(await findings(page)).toEqual([]);
        await page.keyboard.press("Escape");
        await other.locator(".cm-content").press("Control+End");
        await page.setViewportSize({ width: 1180, height: 220 });
        await page.locator(".cm-content").press("Control+Home");
        await expect(page.locator(".chip")).toBeVisible();
        expect(await findings(page)).toEqual([]);
        await page.setViewportSize({ width: 1180, height: 760 });
        await page.getByRole("button", { name: "Preview" }).click();
        await expect(page.locator(".preview h1")).toBeVisible();
        expect(await findings(page)).toEqual([]);
        await page.getByRole("button", { name: "Share" }).click();
        await page.getByRole("button", { name: "Make link" }).click();
        await expect(page.getByRole("img", { name: "The link as a QR code" })).toBeVisible();
        expect(await findings(page)).toEqual([]);
        await page.keyboard.press("Escape");
        await page.getByRole("button", { name: "History" }).click();
        await expect(page.locator(".history-text")).toContainText("Head");
        expect(await findings(page)).toEqual([]);
        await page.goto(`${server.url}/ui/`);
        await expect(page.locator(".document-row")).toBeVisible();
        expect(await findings(page)).toEqual([]);
        await page.goto(`${server.url}/ui/admin`);
        await page.getByLabel(/token/).fill(adminToken);
        await page.getByRole("button", { name: "Enter" }).click();
        await expect(page.locator(".state-pill")).toHaveText("ready");
        await expect(page.getByRole("table", { name: "Documents" })).toContainText("Notes");
        expect(await findings(page)).toEqual([]);
    });

test("the keyboard reaches everything and gets out of the text", async ({ server, openPage }) => {
    const document = await server.document("text");
    const page = await openPage(document.url);
    await isSaved(page);
    await page.getByRole("link", { name: "All documents" }).focus();
    const reached = [];
    for (let i = 0; i < 16; ++i) {
        reached.push(await page.evaluate(() => document.activeElement.getAttribute("aria-label") ?? ""));
        await page.keyboard.press("Tab");
    }
    for (const name of ["All documents", "Title", "Preview", "History", "Share", "People", "More", "Text of the document"])
        expect(reached).toContain(name);
    await page.getByRole("button", { name: "More" }).focus();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("menuitem", { name: "Copy link" })).toBeFocused();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("button", { name: "More" })).toBeFocused();
});

test("on a phone everything has room, and one can write", async ({ server, openPage }) => {
    const document = await server.document("# Notes\n\nA line that is longer than a phone is wide, so it goes on below.\n");
    const page = await openPage(document.url, {
        context: { viewport: { width: 360, height: 720 }, isMobile: true, hasTouch: true },
    });
    await isSaved(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await page.locator(".cm-content").tap();
    await page.keyboard.type("hi");
    await isSaved(page);
    expect(await textOf(page)).toContain("hi");
    await page.getByRole("button", { name: "People" }).tap();
    await expect(page.locator(".people")).toBeInViewport();
    await page.getByRole("button", { name: "Close" }).tap();
    await page.getByRole("button", { name: "More" }).tap();
    await expect(page.getByRole("menuitem", { name: "Move to the bin…" })).toBeInViewport();
});

test("a screen reader hears in time what others do", async ({ server, openPage }) => {
    const document = await server.document("one\ntwo\n");
    const ana = await openPage(document.url, { name: "Ana" });
    await isSaved(ana);
    const bo = await openPage(document.url, { name: "Bo" });
    await expect(ana.locator("[aria-live]").filter({ hasText: "Bo has come" })).toHaveCount(1);
    await bo.locator(".cm-content").press("Control+End");
    await bo.keyboard.type("three");
    await expect(ana.locator("[aria-live]").filter({ hasText: /edited line 3|Line 3 was edited/ })).toHaveCount(1);
});
