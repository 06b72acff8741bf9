// Markdown as it is written: marks stay, what they mean is seen. Without the languages of code blocks and of HTML in
// it, which would be half of all that the page loads.
import { defineLanguageFacet, HighlightStyle, Language, languageDataProp, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { tags } from "@lezer/highlight";
import { GFM, type MarkdownConfig, parser } from "@lezer/markdown";

// The parser reads a paragraph anew, as a whole, for each key in it: in a text without empty lines that is all of it.
const longest = 10_000;
const bounded: MarkdownConfig = {
    defineNodes: ["LongLine"],
    parseBlock: [
        {
            name: "LongLine",
            before: "IndentedCode",
            parse(context, line) {
                if (line.text.length <= longest) return false;
                const { lineStart } = context;
                context.addElement(context.elt("LongLine", lineStart + line.pos, lineStart + line.text.length));
                context.nextLine();
                return true;
            },
            endLeaf: (_context, line, leaf) => leaf.content.length > longest || line.text.length > longest,
        },
    ],
};

const data = defineLanguageFacet();
const language = new Language(
    data,
    parser.configure([GFM, bounded, { props: [languageDataProp.add({ Document: data })] }]),
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
