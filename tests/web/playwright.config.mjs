// The page in a real Chromium against the real server. Nothing is skipped and nothing tried twice.
import { defineConfig } from "@playwright/test";

export default defineConfig({
    testDir: ".",
    testMatch: "*.test.mjs",
    forbidOnly: true,
    retries: 0,
    workers: 1,
    timeout: 90_000,
    expect: { timeout: 20_000 },
    reporter: "list",
    outputDir: "results",
    use: {
        viewport: { width: 1180, height: 760 },
        locale: "en-GB",
        launchOptions: { executablePath: process.env.TANDEM_CHROMIUM ?? "/usr/bin/chromium" },
    },
});
