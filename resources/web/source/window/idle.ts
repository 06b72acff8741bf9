// For what can wait until the page has nothing else to do.
const latestMs = 2_000;

export function whenIdle(work: () => void): void {
    if ("requestIdleCallback" in window) requestIdleCallback(work, { timeout: latestMs });
    else setTimeout(work, 200);
}
