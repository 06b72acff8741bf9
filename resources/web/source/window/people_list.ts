// Who is in the document: oneself first. A click on another follows them.
import type { Peer } from "../engine/engine.ts";
import { tr } from "../words/words.ts";
import { element } from "./elements.ts";
import { initials, type Person } from "./person.ts";

export function badge(name: string, color: number): HTMLElement {
    return element("span", { class: `badge person-${color}`, "aria-hidden": "true" }, initials(name));
}

export class PeopleList {
    readonly root = element("ul", { class: "people", "aria-label": tr("People in this document") });

    constructor(
        private readonly self: Person,
        private readonly onFollow: (session: string) => void,
        private readonly onSelf: () => void,
    ) {
        this.show([], null);
    }

    show(peers: Peer[], followed: string | null): void {
        const me = element(
            "li",
            { class: "person-entry" },
            element(
                "button",
                {
                    type: "button",
                    class: "person-button",
                    title: tr("Your name and colour…"),
                    onclick: () => this.onSelf(),
                },
                badge(this.self.name, this.self.color),
                element("span", { class: "person-name" }, this.self.name),
                element("span", { class: "quiet" }, tr("you")),
            ),
        );
        this.root.replaceChildren(me, ...peers.map((peer) => this.entryOf(peer, peer.session === followed)));
    }

    private entryOf(peer: Peer, isFollowed: boolean): HTMLElement {
        const words = isFollowed ? tr("Stop following %1", peer.name) : tr("Follow %1", peer.name);
        return element(
            "li",
            { class: "person-entry" },
            element(
                "button",
                {
                    type: "button",
                    class: `person-button${peer.idle ? " idle" : ""}${isFollowed ? " followed-one" : ""}`,
                    title: words,
                    onclick: () => this.onFollow(peer.session),
                },
                badge(peer.name, peer.color),
                element("span", { class: "only-heard" }, isFollowed ? tr("Stop following ") : tr("Follow ")),
                element("span", { class: "person-name" }, peer.name),
                peer.idle && element("span", { class: "quiet" }, tr("idle")),
                isFollowed && element("span", { class: "quiet" }, tr("followed")),
            ),
        );
    }
}
