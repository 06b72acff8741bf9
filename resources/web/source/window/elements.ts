// Elements of the page. What people wrote goes in as text, never as markup.
type Child = Node | string | null | undefined | false;
type Properties = Record<string, string | number | boolean | ((event: never) => void) | undefined>;

// Properties beginning with "on" are listeners; true and false set and leave out an attribute.
export function element<Name extends keyof HTMLElementTagNameMap>(
    name: Name,
    properties: Properties = {},
    ...children: Child[]
): HTMLElementTagNameMap[Name] {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) {
        if (typeof value === "function") made.addEventListener(key.slice(2), value as EventListener);
        else if (value === true) made.setAttribute(key, "");
        else if (value !== undefined && value !== false) made.setAttribute(key, String(value));
    }
    for (const child of children) if (child) made.append(child);
    return made;
}

const drawings = {
    back: "M15 5l-7 7 7 7",
    close: "M6 6l12 12M18 6L6 18",
    people: "M9 11.75a3.25 3.25 0 1 0 0-6.5 3.25 3.25 0 0 0 0 6.5zM3 19c.3-3.4 2.8-5.5 6-5.5s5.7 2.1 6 5.5M15.5 5.6a3.25 3.25 0 0 1 0 5.8M17.5 14.1c2 .8 3.3 2.5 3.5 4.9",
    link: "M10 14a4 4 0 0 0 5.7 0l3.6-3.6a4 4 0 0 0-5.7-5.7L12.300 6M14 10a4 4 0 0 0-5.7 0l-3.600 3.600a4 4 0 0 0 5.700 5.700L11.700 18",
    history: "M4 12a8 8 0 1 0 2.600-5.900M4 4.500v4h4M12 7.500V12l3 2",
    preview: "M2.500 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12zM12 14.800a2.800 2.800 0 1 0 0-5.600 2.800 2.800 0 0 0 0 5.600z",
    export: "M12 4v11M7.500 10.800L12 15.300l4.500-4.500M4.500 19.500h15",
    more: "M5.500 12h.01M12 12h.01M18.500 12h.01",
    undo: "M8.500 5L4.500 9l4 4M4.500 9h9a5.500 5.500 0 0 1 0 11h-3",
    redo: "M15.500 5l4 4-4 4M19.500 9h-9a5.500 5.500 0 0 0 0 11h3",
    plus: "M12 5v14M5 12h14",
    search: "M11 17.500a6.500 6.500 0 1 0 0-13 6.500 6.500 0 0 0 0 13zM16 16l4 4",
    theme: "M12 4v1.500M12 18.500V20M4 12h1.500M18.500 12H20M6.300 6.300l1.100 1.100M16.600 16.600l1.100 1.100M17.700 6.300l-1.100 1.100M7.400 16.600l-1.100 1.100M12 15.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7z",
    bin: "M5 7h14M10 7V4.500h4V7M7 7l.8 12.500h8.400L17 7M10.300 10.500v5.500M13.700 10.500v5.500",
    copy: "M9 9h10.500v10.500H9zM15 9V4.500H4.500V15H9",
    document: "M7 3.500h7l4.500 4.500v12.500H7zM14 3.500V8h4.500M10 12.500h5.500M10 16h5.500",
    palette: "M12 4a8 8 0 1 0 0 16c1.400 0 2-.9 1.700-2-.4-1.400.3-2.500 1.800-2.500H18c1.300 0 2-1 2-2.600C20 8 16.600 4 12 4zM7.800 11h.01M11 7.800h.01M15.300 8.800h.01",
    refresh: "M19.500 12a7.500 7.500 0 1 1-2.300-5.400M19.500 4v4h-4",
} as const;
export type IconName = keyof typeof drawings;

export function icon(name: IconName): SVGElement {
    const space = "http://www.w3.org/2000/svg";
    const drawing = document.createElementNS(space, "svg");
    const attributes = {
        viewBox: "0 0 24 24",
        fill: "none",
        stroke: "currentColor",
        "stroke-width": name === "more" ? "2.6" : "1.7",
        "stroke-linecap": "round",
        "stroke-linejoin": "round",
        "aria-hidden": "true",
        class: "icon",
    };
    for (const [key, value] of Object.entries(attributes)) drawing.setAttribute(key, value);
    const path = document.createElementNS(space, "path");
    path.setAttribute("d", drawings[name]);
    drawing.append(path);
    return drawing;
}

// A button with an icon; its words may be hidden where there is little room, never from screen readers.
export function button(
    words: string,
    picture: IconName | null,
    onclick: (event: Event) => void,
    properties: Properties = {},
): HTMLButtonElement {
    return element(
        "button",
        { type: "button", title: words, "aria-label": words, onclick, ...properties },
        picture && icon(picture),
        element("span", { class: "words" }, words),
    );
}

export function byId<Type extends HTMLElement>(id: string): Type {
    const found = document.getElementById(id);
    if (!found) throw new Error(`the page has no ${id}`);
    return found as Type;
}
