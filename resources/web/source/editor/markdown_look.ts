// Markdown as it is written: marks stay, what they mean is seen. Without the languages of code blocks and of HTML in
// it, which would be half of all that the page loads.
import { defineLanguageFacet, HighlightStyle, Language, languageDataProp, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { tags } from "@lezer/highlight";
import { GFM, parser } from "@lezer/markdown";

const data = defineLanguageFacet();
const language = new Language(
    data,
    parser.configure([GFM, { props: [languageDataProp.add({ Document: data })] }]),
    [],
    "markdown",
);

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

export const markdownLook: Extension = [language, syntaxHighlighting(look)];
