// Documents: made, found, renamed, seen as they were, exported, thrown away; and the admin's page.
import { readFile } from "node:fs/promises";
import { adminToken, expect, isSaved, test, textOf, typeAtEnd } from "./tandem.mjs";

test("a document is made, found again, renamed, thrown away and brought back", async ({ server, openPage }) => {
    const page = await openPage();
    await page.goto(`${server.url}/ui/`);
    await page.getByLabel("Title of a new document").fill("Minutes <i>1</i>");
    await page.getByRole("button", { name: "Create" }).click();
    await page.locator(".cm-content").waitFor();
    await isSaved(page);
    expect(new URL(page.url()).hash).toMatch(/^#token=/);
    await page.getByLabel("Title", { exact: true }).fill("Minutes of May");
    await page.keyboard.press("Enter");
    await expect(page).toHaveTitle("Minutes of May · Tandem");
    await typeAtEnd(page, "agreed");
    await isSaved(page);
    await page.getByRole("link", { name: "All documents" }).click();
    await page.getByLabel("Find by title").fill("may");
    await page.getByRole("link", { name: /Minutes of May/ }).click();
    await isSaved(page);
    expect(await textOf(page)).toBe("agreed");
    await page.getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Move to the bin…" }).click();
    await page.getByRole("button", { name: "Move to the bin" }).click();
    await expect(page.locator(".document-row")).toContainText("In the bin");
    await expect(page.getByRole("link", { name: /Minutes of May/ })).toHaveCount(0);
    await page.getByRole("button", { name: "Bring back Minutes of May" }).click();
    await page.getByRole("link", { name: /Minutes of May/ }).click();
    await isSaved(page);
    expect(await textOf(page)).toBe("agreed");
    await page.getByRole("link", { name: "All documents" }).click();
    await page.getByRole("button", { name: "Forget Minutes of May in this browser" }).click();
    await expect(page.locator(".documents-empty")).toBeVisible();
});

test("the past is shown by a slider, a version gets a name and comes back", async ({ server, openPage }) => {
    const document = await server.document("first\n");
    const page = await openPage(document.url, { name: "Ana" });
    await isSaved(page);
    await typeAtEnd(page, "second");
    await isSaved(page);
    await page.getByRole("button", { name: "History" }).click();
    await page.getByRole("slider", { name: "Version" }).fill("1");
    await expect(page.locator(".history-text")).toHaveText("first");
    await page.getByLabel("Difference to now").check();
    await expect(page.locator(".history-text ins")).toHaveText("second");
    await expect(page.locator(".history-list")).toContainText("Ana");
    await page.getByRole("button", { name: "Name it…" }).click();
    await page.getByLabel("Name of version 1").fill("the <b>start</b>");
    await page.keyboard.press("Enter");
    await expect(page.locator(".history-list")).toContainText("the <b>start</b>");
    await page.getByRole("button", { name: "Restore this version" }).click();
    await expect.poll(() => textOf(page)).toBe("first\n");
    expect(await server.text(document)).toBe("first\n");
});

test("who wrote what is shown as colours, with names", async ({ server, openPage }) => {
    const document = await server.document("");
    const ana = await openPage(document.url, { name: "Ana" });
    const bo = await openPage(document.url, { name: "Bo" });
    await typeAtEnd(ana, "by Ana");
    await isSaved(ana);
    await expect.poll(() => textOf(bo)).toBe("by Ana");
    await typeAtEnd(bo, " and Bo 😀");
    await isSaved(bo);
    await ana.getByRole("button", { name: "More" }).click();
    await ana.getByRole("menuitemcheckbox", { name: "Show who wrote what" }).click();
    const year = String(new Date().getFullYear()); // and when
    await expect(ana.locator(".author[title^='Ana · ']")).toHaveText("by Ana");
    await expect(ana.locator(".author[title^='Bo · ']")).toHaveText(" and Bo 😀");
    await expect(ana.locator(".author").first()).toHaveAttribute("title", new RegExp(year));
    await ana.getByRole("button", { name: "History" }).click();
    await ana.getByLabel("Who wrote it").check();
    await expect(ana.locator(".history-text .author[title^='Ana · ']")).toHaveText("by Ana");
    await expect(ana.locator(".history-text .author[title^='Bo · ']")).toHaveText(" and Bo 😀");
});

test("an export is made by a job and comes as a file", async ({ server, openPage }) => {
    const document = await server.document("# Head\n\ntext", "My notes");
    const page = await openPage(document.url);
    await isSaved(page);
    await page.getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Export…" }).click();
    await page.getByLabel("Format").selectOption("html");
    const coming = page.waitForEvent("download");
    await page.getByRole("button", { name: "Export" }).click();
    const file = await coming;
    expect(file.suggestedFilename()).toMatch(/\.html$/);
    expect(await readFile(await file.path(), "utf8")).toContain("<h1");
});

test("the admin sees the server, its jobs and the dead set, and others do not", async ({ server, openPage }) => {
    const document = await server.document("x", "Listed <i>here</i>");
    await server.call("POST", `${document.path}/export`, { token: document.secret, body: { format: "txt" } });
    const waiting = await server.call("POST", "/v1/jobs", {
        token: adminToken,
        body: { type: "backup.run", run_at: "2099-01-01T00:00:00Z" },
    });
    await server.call("POST", `/v1/jobs/${waiting.id}/discard`, { token: adminToken });
    const page = await openPage();
    await page.goto(`${server.url}/ui/admin`);
    await page.getByLabel(/token/).fill("not-the-token-of-this-server");
    await page.getByRole("button", { name: "Enter" }).click();
    await expect(page.getByRole("alert")).toHaveText("This is not the admin's token of this server.");
    await page.getByLabel(/token/).fill(adminToken);
    await page.getByRole("button", { name: "Enter" }).click();
    await expect(page.locator(".state-pill")).toHaveText("ready");
    await expect(page.getByRole("table", { name: "Documents" })).toContainText("Listed <i>here</i>");
    await expect(page.getByRole("table", { name: "Jobs" })).toContainText("doc.export");
    await expect(page.locator(".chart").first().locator("b")).not.toHaveText("–");
    await page.getByRole("button", { name: "Dead set" }).click();
    await expect(page.getByRole("table", { name: "Jobs" })).toContainText("backup.run");
    await page.getByRole("button", { name: `Retry: backup.run ${waiting.id}` }).click();
    await expect(page.getByText("No such jobs.")).toBeVisible();
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain(adminToken);
    expect(page.faults).toEqual([]);
});

test("Ctrl+P opens any document, Ctrl+Shift+P runs any command and shows its keys", async ({ server, openPage }) => {
    const other = await server.document("the other one", "Minutes of <i>May</i>");
    const document = await server.document("text");
    const page = await openPage(other.url);
    await isSaved(page);
    await page.goto(document.url);
    await isSaved(page);
    await typeAtEnd(page, "!");
    await page.keyboard.press("Control+Shift+p");
    const commands = page.getByRole("combobox", { name: "Run a command" });
    await commands.fill("und");
    const first = page.getByRole("option").first();
    await expect(first).toHaveText("UndoCtrl+Z");
    await expect(first).toHaveAttribute("aria-selected", "true");
    await page.keyboard.press("Enter");
    await expect.poll(() => textOf(page)).toBe("text");
    await page.getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Find…" }).click();
    await expect(page.locator(".cm-search")).toBeVisible();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+p");
    await page.getByRole("combobox", { name: "Open a document" }).fill("mim");
    await expect(page.getByRole("option")).toHaveText("Minutes of <i>May</i>");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(other.url);
    await isSaved(page);
    expect(await textOf(page)).toBe("the other one");
});
