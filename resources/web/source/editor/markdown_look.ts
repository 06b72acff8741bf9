// Markdown as it is written: marks stay, what they mean is seen.
import { markdown, markdownLanguage } from "@codemirror/lang-markdown";
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { tags } from "@lezer/highlight";

const look = HighlightStyle.define([
    { tag: tags.heading, fontWeight: "700", color: "var(--text)" },
    { tag: tags.strong, fontWeight: "700" },
    { tag: tags.emphasis, fontStyle: "italic" },
    { tag: tags.strikethrough, textDecoration: "line-through" },
    { tag: tags.link, color: "var(--link)" },
    { tag: tags.url, color: "var(--link)", textDecoration: "underline" },
    { tag: tags.monospace, color: "var(--code)" },
    { tag: tags.quote, color: "var(--quiet)" },
    { tag: [tags.processingInstruction, tags.contentSeparator, tags.labelName], color: "var(--quiet)" },
    { tag: tags.list, color: "var(--text)" },
]);

export const markdownLook: Extension = [
    markdown({ base: markdownLanguage, completeHTMLTags: false, addKeymap: false }),
    syntaxHighlighting(look),
];
