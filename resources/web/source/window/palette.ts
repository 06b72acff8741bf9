// Any command, or any document, by a few letters of it: a list that follows what one types, for the keyboard.
import { pageOf } from "../connection/address.ts";
import { listed } from "../documents/listed.ts";
import { recentDocuments } from "../documents/recent.ts";
import { tr } from "../words/words.ts";
import { openDialog } from "./dialog.ts";
import { element } from "./elements.ts";
import type { MenuEntry } from "./menu.ts";
import type { OpenDocument } from "./open_document.ts";
import { shortcutWords } from "./shortcuts.ts";

interface Choice {
    words: string;
    detail: string;
    disabled: boolean;
    act: () => void;
}

const most = 12;

// The letters in their order, with anything between them.
function fits(words: string, typed: string): boolean {
    let at = 0;
    for (const letter of typed.toLowerCase().replace(/\s+/g, "")) {
        at = words.toLowerCase().indexOf(letter, at) + 1;
        if (at === 0) return false;
    }
    return true;
}

function show(title: string, choices: () => Choice[]): { refresh: () => void } {
    const list = element("ul", { class: "palette-list", role: "listbox", id: "palette-list", "aria-label": title });
    const typed = element("input", {
        type: "text",
        role: "combobox",
        "aria-label": title,
        "aria-expanded": "true",
        "aria-controls": "palette-list",
        autocomplete: "off",
        spellcheck: "false",
    });
    const dialog = openDialog(title, "palette", typed, list);
    let shown: Choice[] = [];
    let chosen = 0;

    function choose(at: number): void {
        chosen = Math.max(0, Math.min(at, shown.length - 1));
        [...list.children].forEach((row, number) => row.setAttribute("aria-selected", String(number === chosen)));
        typed.setAttribute("aria-activedescendant", shown.length > 0 ? `palette-${chosen}` : "");
        list.children[chosen]?.scrollIntoView({ block: "nearest" });
    }
    function run(choice: Choice | undefined): void {
        if (!choice || choice.disabled) return;
        dialog.close();
        choice.act();
    }
    function rowOf(choice: Choice, number: number): HTMLElement {
        return element(
            "li",
            {
                role: "option",
                id: `palette-${number}`,
                "aria-disabled": choice.disabled ? "true" : undefined,
                onclick: () => run(choice),
            },
            element("span", { dir: "auto" }, choice.words),
            element("span", { class: "quiet" }, choice.detail),
        );
    }
    function refresh(): void {
        shown = choices()
            .filter(({ words }) => fits(words, typed.value))
            .slice(0, most);
        list.replaceChildren(...shown.map(rowOf));
        choose(0);
    }

    typed.addEventListener("input", refresh);
    typed.addEventListener("keydown", (event) => {
        if (event.key === "ArrowDown") choose(chosen + 1);
        else if (event.key === "ArrowUp") choose(chosen - 1);
        else if (event.key === "Enter") run(shown[chosen]);
        else return;
        event.preventDefault();
    });
    refresh();
    typed.focus();
    return { refresh };
}

export function openCommandPalette(entries: MenuEntry[]): void {
    const commands = entries.map(({ words, keys, disabled, act }) => ({
        words,
        detail: keys ? shortcutWords(keys) : "",
        disabled: disabled === true,
        act,
    }));
    show(tr("Run a command"), () => commands);
}

export function openDocumentPalette(window: OpenDocument): void {
    const choices = new Map<string, Choice>();
    const add = (id: string, token: string, title: string) => {
        if (id === window.address.id || choices.has(id)) return;
        const act = () => void window.leave(pageOf({ id, token }));
        choices.set(id, { words: title, detail: "", disabled: false, act });
    };
    for (const { id, token, title, binnedAt } of recentDocuments()) if (!binnedAt) add(id, token, title);
    const palette = show(tr("Open a document"), () => [...choices.values()]);
    listed("").then(
        (documents) => {
            for (const { id, title } of documents) add(id, "", title);
            palette.refresh();
        },
        () => undefined, // the ones that are known here stay
    );
}
