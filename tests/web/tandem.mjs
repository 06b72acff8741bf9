// What the tests share: a server of their own, documents made through REST, and pages that one can ask.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test as base, expect } from "@playwright/test";

export { expect };
export const adminToken = "the-admin-of-these-tests";

export class Server {
    constructor(settings) {
        this.settings = settings;
        this.folder = mkdtempSync(path.join(tmpdir(), "tandem-web-"));
        this.port = 0;
    }

    async start() {
        const settings = ["--data-dir", this.folder, "--port", String(this.port), ...this.settings];
        this.process = spawn(process.env.TANDEM_SERVER_PROGRAM, settings, {
            cwd: this.folder,
            env: { PATH: process.env.PATH },
            stdio: ["ignore", "pipe", "pipe"],
        });
        this.url = await new Promise((resolve, reject) => {
            let output = "";
            const read = (chunk) => {
                output += chunk;
                const line = /^Tandem listens on (\S+)$/m.exec(output);
                if (line) resolve(line[1]);
            };
            this.process.stdout.on("data", read);
            this.process.stderr.on("data", read);
            this.process.on("exit", () => reject(new Error(`the server has ended:\n${output}`)));
        });
        this.port = new URL(this.url).port;
        return this;
    }

    async stop(signal = "SIGKILL") {
        if (!this.process || this.process.exitCode !== null || this.process.signalCode !== null) return;
        const ended = new Promise((resolve) => this.process.on("exit", resolve));
        this.process.kill(signal);
        await ended;
    }

    async end() {
        await this.stop();
        rmSync(this.folder, { recursive: true, force: true });
    }

    async call(method, address, { token, body, type = "application/json" } = {}) {
        const response = await fetch(this.url + address, {
            method,
            headers: {
                ...(token ? { Authorization: `Bearer ${token}` } : {}),
                ...(body === undefined ? {} : { "Content-Type": type }),
            },
            body: body === undefined || typeof body === "string" ? body : JSON.stringify(body),
        });
        const text = await response.text();
        if (!response.ok) throw new Error(`${method} ${address}: ${response.status} ${text}`);
        return text && response.headers.get("content-type")?.includes("json") ? JSON.parse(text) : text;
    }

    // A document with its owner's secret and address.
    async document(text = "", title = "Notes") {
        const made = await this.call("POST", "/v1/docs", { body: { title, text } });
        return { id: made.id, secret: made.link.secret, url: made.link.url, path: `/v1/docs/${made.id}` };
    }

    async link(document, role) {
        return this.call("POST", `${document.path}/links`, { token: document.secret, body: { role } });
    }

    async text(document) {
        return (await this.call("GET", document.path, { token: document.secret })).text;
    }
}

export const test = base.extend({
    access: ["links", { option: true }],
    server: async ({ access }, use) => {
        const server = new Server(["--access", access, "--admin-token", adminToken, "--log-level", "warning"]);
        await server.start();
        await use(server);
        await server.end();
    },
    // A page with storage of its own, like another person's browser.
    openPage: async ({ browser }, use) => {
        const contexts = [];
        await use(async (url, { name = "Ana", context: options = {}, context: _, ...rest } = {}) => {
            const context = rest.in ?? (await browser.newContext(options));
            contexts.push(context);
            if (!rest.in)
                await context.addInitScript(
                    (person) => localStorage.getItem("tandem.person") ?? localStorage.setItem("tandem.person", person),
                    JSON.stringify({ name, color: contexts.length % 12 }),
                );
            const page = await context.newPage();
            const faults = [];
            page.on("pageerror", (error) => faults.push(String(error)));
            page.on("console", (message) => {
                if (message.type() === "error" && /Content.Security.Policy|Refused/i.test(message.text()))
                    faults.push(message.text());
            });
            page.faults = faults;
            if (url) await open(page, url);
            return page;
        });
        for (const context of contexts) await context.close().catch(() => undefined);
    },
});

export async function open(page, url) {
    await page.goto(url);
    await page.locator(".cm-content").waitFor();
}

export const words = (page) => page.locator(".status-words");

export async function isSaved(page) {
    await expect(words(page)).toHaveText("Saved");
}

// The whole text of the editor, which draws only what one sees.
export function textOf(page) {
    return page.evaluate(() => document.querySelector(".cm-content").cmTile.view.state.doc.toString());
}

export async function typeAtEnd(page, text) {
    await page.locator(".cm-content").press("Control+End");
    await page.keyboard.type(text);
}
