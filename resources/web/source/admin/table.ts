// The one look of a table in the admin's page, and what stands there while it is empty.
import { element } from "../window/elements.ts";

export function tableBox(label: string, head: string[], rows: HTMLElement, empty: HTMLElement): HTMLElement {
    const titles = head.map((words) => element("th", { scope: "col" }, words));
    return element(
        "div",
        { class: "table-box" },
        element("table", { "aria-label": label }, element("thead", {}, element("tr", {}, ...titles)), rows),
        empty,
    );
}
