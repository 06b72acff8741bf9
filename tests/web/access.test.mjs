// What a link allows, and what strangers may not do with what they write.
import { expect, isSaved, open, test, textOf, typeAtEnd, words } from "./tandem.mjs";

test("a viewer reads and cannot edit", async ({ server, openPage }) => {
    const document = await server.document("for reading");
    const link = await server.link(document, "viewer");
    const page = await openPage(link.url, { name: "Vi" });
    await expect(words(page)).toHaveText("Up to date, for reading only");
    await page.locator(".cm-content").click();
    await page.keyboard.type("no");
    await page.keyboard.press("Backspace");
    await page.evaluate(() => navigator.clipboard?.writeText?.("pasted").catch(() => undefined));
    await page.keyboard.press("Control+v");
    await page.waitForTimeout(300);
    expect(await textOf(page)).toBe("for reading");
    expect(await server.text(document)).toBe("for reading");
    await expect(page.locator("input.title")).toHaveAttribute("readonly", "");
});

test("a revoked link ends, with words, and what was typed is kept", async ({ server, openPage }) => {
    const document = await server.document("text");
    const link = await server.link(document, "editor");
    const page = await openPage(link.url);
    await isSaved(page);
    await server.call("DELETE", `${document.path}/links/${link.number}`, { token: document.secret });
    await expect(page.getByRole("alert")).toContainText("The server does not let you into this document.");
    await expect(page.getByRole("alert")).toContainText("Everything you typed was saved.");
    await expect(words(page)).toHaveText(/^Disconnected/);
    await page.locator(".cm-content").press("x");
    expect(await textOf(page)).toBe("text");
});

test("a page without its link's secret opens nothing", async ({ server, openPage }) => {
    const document = await server.document("secret text");
    const page = await openPage(document.url.split("#")[0]);
    await expect(page.getByRole("alert")).toHaveText("The server asks for a sign-in. Ask whoever shared it for a new link.");
    expect(await textOf(page)).toBe("");
});

test("names, titles and text full of markup are shown as text", async ({ server, openPage }) => {
    const attack = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>";
    const document = await server.document(`${attack}\n\n[link](javascript:document.title='owned')\n`, attack);
    const ana = await openPage(document.url, { name: "Ana" });
    const eve = await openPage(document.url, { name: "<b>Eve</b><img src=x>" });
    await isSaved(eve);
    await typeAtEnd(eve, "!");
    await expect(ana.locator(".people")).toContainText("<b>Eve</b><img src=x>");
    await expect(ana.locator(".caret-flag")).toHaveText("<b>Eve</b><img src=x>");
    await expect(ana.locator("input.title")).toHaveValue(attack);
    await ana.getByRole("button", { name: "Preview" }).click();
    await expect(ana.locator(".preview")).toContainText("<script>document.title='owned'</script>");
    expect(await ana.locator(".preview img, .preview script, .people img, .people b").count()).toBe(0);
    expect(await ana.locator(".preview a[href^='javascript']").count()).toBe(0);
    expect(await ana.title()).not.toBe("owned");
    expect(await ana.title()).toContain(attack);
    expect(ana.faults).toEqual([]);
});

test("nothing is asked of anyone but the server", async ({ server, openPage }) => {
    const document = await server.document("![far](https://example.org/x.png)\n");
    const page = await openPage();
    const asked = [];
    page.on("request", (request) => asked.push(request.url()));
    await open(page, document.url);
    await isSaved(page);
    await page.getByRole("button", { name: "Preview" }).click();
    await expect(page.locator(".preview-image")).toHaveText("Picture: far");
    expect(asked.length).toBeGreaterThan(5);
    expect(asked.filter((url) => !url.startsWith(server.url) && !url.startsWith("data:"))).toEqual([]);
    expect(asked.filter((url) => url.includes(document.secret) && !url.includes("#"))).toEqual([]);
});

test("an owner makes a link with a role in the share dialog, and it opens the document for that", async ({
    server,
    openPage,
}) => {
    const document = await server.document("shared");
    const owner = await openPage(document.url);
    await isSaved(owner);
    await owner.getByRole("button", { name: "Share" }).click();
    await owner.getByLabel("Role").selectOption("viewer");
    await owner.getByLabel("Label").fill("For <b>Vi</b>");
    await owner.getByRole("button", { name: "Make link" }).click();
    const address = await owner.getByLabel("The link", { exact: true }).inputValue();
    await expect(owner.getByRole("img", { name: "The link as a QR code" })).toBeVisible();
    await expect(owner.locator(".share-links")).toContainText("For <b>Vi</b>");
    const viewer = await openPage(address);
    await expect(words(viewer)).toHaveText("Up to date, for reading only");
    await owner.getByRole("button", { name: "Revoke For <b>Vi</b>" }).click();
    await expect(viewer.getByRole("alert")).toContainText("does not let you into");
});
