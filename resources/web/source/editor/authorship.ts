// Who wrote what, as a colour under each character; at will.
import { type Extension, RangeSetBuilder, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";

export interface AuthorSpan {
    from: number;
    to: number;
    color: number;
    name: string;
}

export const setAuthorSpans = StateEffect.define<AuthorSpan[]>();

function decorationsOf(spans: AuthorSpan[], length: number): DecorationSet {
    const builder = new RangeSetBuilder<Decoration>();
    for (const { from, to, color, name } of spans) {
        if (from >= to || to > length) continue;
        builder.add(
            from,
            to,
            Decoration.mark({ class: `author person-${color}`, attributes: { title: name } }),
        );
    }
    return builder.finish();
}

export const authorship: Extension = StateField.define<DecorationSet>({
    create: () => Decoration.none,
    update(shown, transaction) {
        for (const effect of transaction.effects)
            if (effect.is(setAuthorSpans)) return decorationsOf(effect.value, transaction.newDoc.length);
        return shown.map(transaction.changes);
    },
    provide: (field) => EditorView.decorations.from(field),
});
