// Share links of a document: who has one opens it, as far as its role goes.
import type { DocumentAddress } from "../connection/address.ts";
import type { Rest } from "../connection/rest.ts";
import { copyText } from "../window/clipboard.ts";
import { openDialog, sentenceOf } from "../window/dialog.ts";
import { element } from "../window/elements.ts";
import { tr } from "../words/words.ts";
import { qrCode } from "./qr_code.ts";

type Role = "viewer" | "editor" | "owner";

interface Link {
    number: number;
    role: Role;
    label: string;
    created: string;
    expires: string | null;
    url?: string;
}

const roles: Record<Role, string> = {
    viewer: tr("May read"),
    editor: tr("May edit"),
    owner: tr("Owns it"),
};

const lives: [string, number | null][] = [
    [tr("Never"), null],
    [tr("In an hour"), 3_600_000],
    [tr("In a day"), 86_400_000],
    [tr("In a week"), 7 * 86_400_000],
    [tr("In 30 days"), 30 * 86_400_000],
];

const when = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

function expiryOf(link: Link): string {
    if (!link.expires) return tr("never expires");
    const at = Date.parse(link.expires);
    return at < Date.now() ? tr("expired %1", when.format(at)) : tr("expires %1", when.format(at));
}

class ShareDialog {
    private readonly made = element("div", { class: "share-made", hidden: true });
    private readonly list = element("ul", { class: "share-links", "aria-label": tr("Links") });
    private readonly problem = element("p", { class: "problem", role: "alert" });
    private readonly role = element("select", { name: "role" });
    private readonly life = element("select", { name: "life" });
    private readonly label = element("input", { type: "text", name: "label", maxlength: 64, placeholder: tr("For whom") });

    constructor(
        private readonly address: DocumentAddress,
        private readonly rest: Rest,
    ) {
        for (const role of ["editor", "viewer", "owner"] as const)
            this.role.append(element("option", { value: role }, roles[role]));
        for (const [words, ms] of lives) this.life.append(element("option", { value: ms ?? "" }, words));
    }

    open(): void {
        const form = element(
            "form",
            { class: "fields", onsubmit: (event: Event) => void this.make(event) },
            element("label", { class: "field" }, tr("Role"), this.role),
            element("label", { class: "field" }, tr("Expires"), this.life),
            element("label", { class: "field" }, tr("Label"), this.label),
            element("button", { type: "submit", class: "primary" }, tr("Make link")),
        );
        openDialog(tr("Share"), "share", form, this.problem, this.made, this.list);
        void this.refresh();
    }

    private get path(): string {
        return `/v1/docs/${this.address.id}/links`;
    }

    private async attempt(work: () => Promise<void>): Promise<void> {
        this.problem.textContent = "";
        try {
            await work();
        } catch (error) {
            this.problem.textContent = sentenceOf(error);
        }
    }

    private make(event: Event): Promise<void> {
        event.preventDefault();
        return this.attempt(async () => {
            const life = Number(this.life.value);
            const link = await this.rest.json<Link>("POST", this.path, {
                role: this.role.value,
                label: this.label.value.trim(),
                expires: life ? new Date(Date.now() + life).toISOString() : null,
            });
            this.showMade(link);
            await this.refresh();
        });
    }

    // The secret is told only now.
    private showMade(link: Link): void {
        const address = element("input", { type: "text", readonly: true, value: link.url!, "aria-label": tr("The link") });
        const copy = element("button", { type: "button", class: "bordered" }, tr("Copy"));
        copy.addEventListener("click", () => {
            void copyText(link.url!).then(() => (copy.textContent = tr("Copied")));
        });
        this.made.replaceChildren(
            qrCode(link.url!),
            element(
                "div",
                {},
                element("p", {}, element("b", {}, roles[link.role]), ` · ${expiryOf(link)}`),
                element("p", { class: "quiet" }, tr("Copy it now: it is not shown again.")),
                element("div", { class: "row" }, address, copy),
            ),
        );
        this.made.hidden = false;
        address.select();
    }

    private refresh(): Promise<void> {
        return this.attempt(async () => {
            const { links } = await this.rest.json<{ links: Link[] }>("GET", this.path);
            this.list.replaceChildren(...links.map((link) => this.rowOf(link)));
        });
    }

    private rowOf(link: Link): HTMLElement {
        const name = link.label || tr("Link %1", link.number);
        return element(
            "li",
            { class: "share-link" },
            element(
                "div",
                {},
                element("b", { dir: "auto" }, name),
                element("div", { class: "quiet" }, `${roles[link.role]} · ${expiryOf(link)}`),
            ),
            element(
                "button",
                {
                    type: "button",
                    class: "bordered danger",
                    "aria-label": tr("Revoke %1", name),
                    onclick: () =>
                        void this.attempt(async () => {
                            await this.rest.send("DELETE", `${this.path}/${link.number}`);
                            await this.refresh();
                        }),
                },
                tr("Revoke"),
            ),
        );
    }
}

export function openShareDialog(address: DocumentAddress, rest: Rest): void {
    new ShareDialog(address, rest).open();
}
