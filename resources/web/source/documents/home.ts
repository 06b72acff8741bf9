// The first page: documents one had open here, those that the server lists, and a new one.
import logo from "../../../icons/tandem.svg";
import { pageOf } from "../connection/address.ts";
import { Rest } from "../connection/rest.ts";
import { button, element, icon } from "../window/elements.ts";
import { toggleTheme } from "../window/theme.ts";
import { tr } from "../words/words.ts";
import { listed, type Summary } from "./listed.ts";
import { forgetRecent, noteBinned, recentDocuments } from "./recent.ts";

interface Entry {
    id: string;
    title: string;
    token: string;
    at: number;
    isRecent: boolean;
    isBinned: boolean;
}

const when = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

async function createDocument(title: string): Promise<void> {
    const rest = new Rest("");
    const made = await rest.json<{ id: string; link?: { secret: string; url: string } }>("POST", "/v1/docs", { title });
    const needsToken = made.link?.url.includes("#token=");
    location.href = pageOf({ id: made.id, token: needsToken ? made.link!.secret : "" });
}

function merged(query: string, summaries: Summary[]): Entry[] {
    const entries = new Map<string, Entry>();
    for (const { id, title, token, openedAt, binnedAt } of recentDocuments())
        if (title.toLowerCase().includes(query.toLowerCase()))
            entries.set(id, { id, title, token, at: openedAt, isRecent: true, isBinned: binnedAt !== undefined });
    for (const { id, title, updated } of summaries) {
        const recent = entries.get(id);
        entries.set(id, {
            id,
            title,
            token: recent?.token ?? "",
            at: Math.max(recent?.at ?? 0, Date.parse(updated)),
            isRecent: recent !== undefined,
            isBinned: false, // whoever lists it has it
        });
    }
    return [...entries.values()].sort((a, b) => b.at - a.at);
}

export function showHome(root: HTMLElement): void {
    document.title = "Tandem";
    const list = element("ul", { class: "documents", "aria-label": tr("Documents") });
    const empty = element("p", { class: "documents-empty", hidden: true });
    const problem = element("p", { class: "problem", role: "alert" });
    const title = element("input", {
        type: "text",
        name: "title",
        maxlength: 200,
        placeholder: tr("Title of a new document"),
        "aria-label": tr("Title of a new document"),
        autocomplete: "off",
    });
    const query = element("input", {
        type: "search",
        placeholder: tr("Find by title"),
        "aria-label": tr("Find by title"),
        autocomplete: "off",
    });

    function rowOf(entry: Entry): HTMLElement {
        const forget = button(
            tr("Forget %1 in this browser", entry.title),
            "close",
            () => {
                forgetRecent(entry.id);
                void refresh();
            },
            { class: "icon-button" },
        );
        const content = [
            icon(entry.isBinned ? "bin" : "document"),
            element("span", { class: "document-title", dir: "auto" }, entry.title),
            element("span", { class: "quiet" }, entry.isBinned ? tr("In the bin") : when.format(entry.at)),
        ];
        return element(
            "li",
            { class: "document-row" },
            entry.isBinned
                ? element("div", { class: "document-link" }, ...content)
                : element("a", { class: "document-link", href: pageOf(entry) }, ...content),
            entry.isBinned &&
                element(
                    "button",
                    {
                        type: "button",
                        class: "bordered",
                        "aria-label": tr("Bring back %1", entry.title),
                        onclick: () => void bringBack(entry),
                    },
                    tr("Bring back"),
                ),
            entry.isRecent && forget,
        );
    }

    async function bringBack({ id, token }: Entry): Promise<void> {
        problem.textContent = "";
        try {
            await new Rest(token).send("POST", `/v1/docs/${id}/restore`);
            noteBinned(id, false);
            await refresh();
        } catch (error) {
            problem.textContent = error instanceof Error ? error.message : String(error);
        }
    }

    let asked = 0;
    async function refresh(): Promise<void> {
        const number = ++asked;
        const text = query.value.trim();
        const summaries = await listed(text);
        if (number !== asked) return;
        const entries = merged(text, summaries);
        list.replaceChildren(...entries.map(rowOf));
        empty.hidden = entries.length > 0;
        empty.textContent = text
            ? tr("No document has this in its title.")
            : tr("No documents yet. Make one above, or open a link that someone has given you.");
    }

    async function create(event: Event): Promise<void> {
        event.preventDefault();
        problem.textContent = "";
        try {
            await createDocument(title.value.trim() || tr("Untitled"));
        } catch (error) {
            problem.textContent = error instanceof Error ? error.message : String(error);
        }
    }

    query.addEventListener("input", () => void refresh());
    root.replaceChildren(
        element(
            "main",
            { class: "home" },
            element(
                "header",
                { class: "home-head" },
                element("img", { src: logo, alt: "", width: 40, height: 40 }),
                element("h1", {}, "Tandem"),
                button(tr("Light or dark"), "theme", toggleTheme, { class: "icon-button" }),
            ),
            element(
                "form",
                { class: "home-new", onsubmit: (event: Event) => void create(event) },
                title,
                element("button", { type: "submit", class: "primary" }, icon("plus"), tr("Create")),
            ),
            problem,
            element("div", { class: "home-find" }, icon("search"), query),
            list,
            empty,
        ),
    );
    void refresh();
}
