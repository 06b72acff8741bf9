// Keys as people write them.
const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

// "Mod-Shift-p" is Ctrl+Shift+P, or ⇧⌘P.
export function shortcutWords(keys: string): string {
    const parts = keys.split("-");
    const key = parts.pop()!.toUpperCase();
    if (!isMac) return [...parts.map((part) => (part === "Mod" ? "Ctrl" : part)), key].join("+");
    return `${parts.includes("Shift") ? "⇧" : ""}${parts.includes("Mod") ? "⌘" : ""}${key}`;
}
