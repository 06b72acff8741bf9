// One document, open: puts its parts together and tells each what concerns it.
import type { DocumentClient } from "../client/document_client.ts";
import type { Joined } from "../client/joining.ts";
import type { DocumentAddress } from "../connection/address.ts";
import { Rest } from "../connection/rest.ts";
import { noteRecent } from "../documents/recent.ts";
import { Binding } from "../editor/binding.ts";
import { Editor } from "../editor/editor.ts";
import type { News, Status } from "../engine/engine.ts";
import type { Keeping } from "../storage/keeping.ts";
import { stateWords } from "../words/state_words.ts";
import { Announcer } from "./announcer.ts";
import { AuthorColors } from "./author_colors.ts";
import { DocumentFrame, later } from "./document_frame.ts";
import { Following } from "./following.ts";
import { whenIdle } from "./idle.ts";
import { Notices } from "./notices.ts";
import type { OpenDocument } from "./open_document.ts";
import type { Person } from "./person.ts";

export class DocumentWindow implements OpenDocument {
    readonly frame: DocumentFrame;
    readonly editor: Editor;
    readonly rest: Rest;
    readonly notices: Notices;
    readonly authorColors: AuthorColors;
    private readonly following: Following;
    private readonly announcer: Announcer;
    private shownTitle = "";

    readonly client: DocumentClient;
    readonly self: Person;
    private readonly keeping: Keeping;

    constructor(
        root: HTMLElement,
        readonly address: DocumentAddress,
        { client, keeping, self, takeMissed }: Joined,
    ) {
        this.client = client;
        this.keeping = keeping;
        this.self = self;
        this.rest = new Rest(address.token);
        this.notices = new Notices();
        this.announcer = new Announcer();
        this.frame = new DocumentFrame(this);
        const binding = new Binding(client, (sentence) => this.notices.show(sentence));
        this.editor = new Editor(this.frame.editorPlace, client.engine.text(), binding, [
            this.announcer.extension(),
            this.frame.caretPlace(),
        ]);
        binding.tellMissed(takeMissed());
        this.frame.bindUndo(binding);
        this.authorColors = new AuthorColors(this);
        this.following = new Following(this);
        client.listen({
            onNews: (news) => this.hear(news),
            onTurn: () => this.showStatus(),
            onRemoteEdits: () => this.authorColors.refreshSoon(),
        });
        this.takePaletteKeys();
        keeping.onProblem = () => this.showStatus();
        setInterval(() => this.showStatus(), 500); // seconds until the next attempt
        this.showStatus();
        this.showPeers();
        this.frame.showIn(root);
        this.editor.view.focus();
        whenIdle(() => {
            keeping.prepare();
            void this.editor.complete().then(later).catch(console.warn);
        });
    }

    // Ctrl+P opens any document, Ctrl+Shift+P runs any command; the page has nothing to print but what one sees.
    private takePaletteKeys(): void {
        addEventListener("keydown", (event) => {
            if (event.key.toLowerCase() !== "p" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
            event.preventDefault();
            if (document.querySelector("dialog[open]")) return;
            void later().then(({ documentMenu, openCommandPalette, openDocumentPalette }) =>
                event.shiftKey ? openCommandPalette(documentMenu(this, this.frame)) : openDocumentPalette(this),
            );
        });
    }

    async leave(href: string): Promise<void> {
        await this.keeping.keepAll();
        location.assign(href);
    }

    async reload(): Promise<void> {
        await this.keeping.keepAll();
        location.reload();
    }

    follow(session: string | null): void {
        this.following.follow(session);
        this.showPeers();
    }

    noteRenamed(title: string): void {
        this.frame.showTitle(title);
        noteRecent(this.address, title);
    }

    private hear(news: News): void {
        if (news === "peers") this.showPeers();
        else if (news === "edited") this.authorColors.refreshSoon();
        else this.showStatus();
    }

    private showPeers(): void {
        const peers = this.client.engine.peers();
        this.editor.showPeers(peers);
        this.following.notePeers(peers);
        this.frame.people.show(peers, this.following.followed);
        this.frame.showFollowed(this.following.name());
        this.announcer.notePeers(peers);
    }

    private showStatus(): void {
        const status = this.client.engine.status();
        this.frame.status.show(stateWords(status, this.keeping.problem), status.problem);
        this.editor.setMayEdit(status.mayEdit && status.state !== "stopped");
        this.frame.showStatus(status);
        this.showTitle(status);
        if (status.state === "stopped") this.showEnd(status);
        else this.notices.hideEnd();
    }

    private showTitle({ title, state }: Status): void {
        if (title === this.shownTitle || !title) return;
        this.shownTitle = title;
        this.frame.showTitle(title);
        if (state !== "stopped") noteRecent(this.address, title);
    }

    // The server has refused: it says why, and what is safe.
    private showEnd({ problem, unsaved, epoch }: Status): void {
        this.notices.showEnd(problem, unsaved, epoch !== "");
        void this.keeping.close();
    }
}
