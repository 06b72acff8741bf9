// The page at /ui/admin: how the server is, its documents and its jobs, for whoever has the admin's token, which
// stays in this tab.
import { Refusal, Rest } from "../connection/rest.ts";
import { sentenceOf } from "../window/dialog.ts";
import { button, byId, element } from "../window/elements.ts";
import { applyTheme, toggleTheme } from "../window/theme.ts";
import { tr } from "../words/words.ts";
import { Documents } from "./documents.ts";
import { Jobs } from "./jobs.ts";
import { Overview } from "./overview.ts";

const key = "tandem.admin";
const refreshEveryMs = 2_000;

function showAdmin(root: HTMLElement, token: string): void {
    const rest = new Rest(token);
    const overview = new Overview(rest);
    const jobs = new Jobs(rest);
    const documents = new Documents(rest);
    const leave = () => {
        sessionStorage.removeItem(key);
        location.reload();
    };
    root.replaceChildren(
        element(
            "main",
            { class: "admin" },
            element(
                "header",
                { class: "admin-head" },
                element("h1", {}, tr("Server")),
                overview.state,
                button(tr("Light or dark"), "theme", toggleTheme, { class: "icon-button" }),
                element("button", { type: "button", class: "bordered", onclick: leave }, tr("Sign out")),
            ),
            overview.root,
            jobs.root,
            documents.root,
        ),
    );
    const refresh = () => {
        if (document.visibilityState === "hidden") return;
        void overview.refresh();
        // Buttons must not move while one is about to press them.
        if (!jobs.root.matches(":hover, :focus-within")) void jobs.refresh();
    };
    setInterval(refresh, refreshEveryMs);
    refresh();
    void documents.refresh();
}

function askToken(root: HTMLElement): void {
    const token = element("input", { type: "password", name: "token", required: true, autocomplete: "off" });
    const problem = element("p", { class: "problem", role: "alert" });
    const enter = async (event: Event) => {
        event.preventDefault();
        try {
            await new Rest(token.value).json("GET", "/v1/jobs/stats");
        } catch (error) {
            const wrong = error instanceof Refusal && (error.status === 401 || error.status === 403);
            problem.textContent = wrong ? tr("This is not the admin's token of this server.") : sentenceOf(error);
            return;
        }
        sessionStorage.setItem(key, token.value);
        showAdmin(root, token.value);
    };
    root.replaceChildren(
        element(
            "main",
            {},
            element(
                "form",
                { class: "sign-in", onsubmit: (event: Event) => void enter(event) },
                element("h1", {}, tr("Tandem's server")),
                element("label", { class: "field" }, tr("The admin's token (ADMIN_TOKEN)"), token),
                problem,
                element("button", { type: "submit", class: "primary" }, tr("Enter")),
            ),
        ),
    );
    token.focus();
}

applyTheme();
const kept = sessionStorage.getItem(key);
if (kept) showAdmin(byId("page"), kept);
else askToken(byId("page"));
