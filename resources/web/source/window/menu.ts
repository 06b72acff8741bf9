// A menu below a button, for mouse and keyboard.
import { element } from "./elements.ts";
import { shortcutWords } from "./shortcuts.ts";

export interface MenuEntry {
    words: string;
    act: () => void;
    keys?: string; // as CodeMirror writes them
    checked?: boolean;
    disabled?: boolean;
}

export function showMenu(below: HTMLElement, entries: MenuEntry[]): void {
    const items = entries.map(({ words, act, keys, checked, disabled }) =>
        element(
            "button",
            {
                type: "button",
                role: checked === undefined ? "menuitem" : "menuitemcheckbox",
                "aria-checked": checked === undefined ? undefined : String(checked),
                "aria-keyshortcuts": keys?.replace("Mod", "Control").replaceAll("-", "+"),
                disabled,
                tabindex: -1,
                onclick: () => {
                    close();
                    act();
                },
            },
            words,
            keys && element("span", { class: "shortcut", "aria-hidden": "true" }, shortcutWords(keys)),
        ),
    );
    const menu = element("div", { class: "menu", role: "menu" }, ...items);
    const box = below.getBoundingClientRect();
    menu.style.top = `${box.bottom + 4}px`;
    menu.style.right = `${Math.max(8, innerWidth - box.right)}px`;

    function close(): void {
        removeEventListener("pointerdown", onPointer, true);
        menu.remove();
        below.setAttribute("aria-expanded", "false");
    }
    function onPointer(event: Event): void {
        if (!menu.contains(event.target as Node)) close();
    }
    menu.addEventListener("keydown", (event) => {
        const usable = items.filter((item) => !item.disabled);
        const at = usable.indexOf(document.activeElement as HTMLButtonElement);
        const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
        if (step !== 0) usable[(at + step + usable.length) % usable.length]?.focus();
        else if (event.key === "Escape" || event.key === "Tab") {
            close();
            below.focus();
        } else return;
        event.preventDefault();
    });
    addEventListener("pointerdown", onPointer, true);
    document.body.append(menu);
    below.setAttribute("aria-expanded", "true");
    items[0]?.focus();
}
