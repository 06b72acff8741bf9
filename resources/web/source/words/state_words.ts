// What the connection is doing, in words; the same as on the desktop.
import type { Status } from "../engine/engine.ts";
import { count, tr } from "./words.ts";

export type Tone = "good" | "busy" | "warning" | "bad";

export interface StateWords {
    words: string;
    tone: Tone;
    mayRetry: boolean;
}

function kept(unsaved: number): string {
    return unsaved === 0 ? "" : count(unsaved, tr("%1 edit kept in this browser"), tr("%1 edits kept in this browser"));
}

function joined(...parts: string[]): string {
    return parts.filter((part) => part).join(" · ");
}

export function stateWords(status: Status, keepingProblem: string): StateWords {
    const { unsaved } = status;
    const keeps = keepingProblem && unsaved > 0 ? tr("This browser cannot keep edits: do not close it") : kept(unsaved);
    switch (status.state) {
        case "live":
            if (unsaved > 0 && status.problem)
                return { words: joined(tr("Not saved yet"), keeps), tone: "warning", mayRetry: false };
            if (unsaved > 0)
                return { words: tr("Saving %1", unsaved.toLocaleString()), tone: "busy", mayRetry: false };
            return {
                words: status.mayEdit ? tr("Saved") : tr("Up to date, for reading only"),
                tone: "good",
                mayRetry: false,
            };
        case "connecting":
        case "joining":
            return {
                words: joined(tr("Connecting"), keeps),
                tone: unsaved > 0 ? "warning" : "busy",
                mayRetry: false,
            };
        case "offline": {
            const offline = keeps ? tr("Offline, %1", keeps) : tr("Offline");
            if (status.retryInMs === null) return { words: offline, tone: "warning", mayRetry: true };
            const seconds = Math.max(1, Math.ceil(status.retryInMs / 1000));
            return { words: joined(offline, tr("Reconnecting in %1 s", seconds)), tone: "warning", mayRetry: true };
        }
        case "stopped":
            return { words: joined(tr("Disconnected"), keeps), tone: "bad", mayRetry: true };
    }
}
