// Who one is for the others.
import { tr } from "../words/words.ts";
import { openDialog } from "./dialog.ts";
import { element } from "./elements.ts";
import { badge } from "./people_list.ts";
import { colorCount, keepPerson, type Person } from "./person.ts";

export function openPersonDialog(self: Person, onChanged: () => void): void {
    const name = element("input", { type: "text", name: "name", maxlength: 64, value: self.name, required: true });
    const colors = Array.from({ length: colorCount }, (_, color) =>
        element(
            "label",
            {},
            element("input", {
                type: "radio",
                name: "color",
                value: color,
                checked: color === self.color,
                "aria-label": tr("Colour %1", color + 1),
            }),
            badge(self.name, color),
        ),
    );
    const form = element(
        "form",
        {
            onsubmit: (event: Event) => {
                event.preventDefault();
                const color = Number(new FormData(form).get("color") ?? self.color);
                keepPerson({ name: name.value.trim() || self.name, color });
                dialog.close();
                onChanged();
            },
        },
        element("label", { class: "field" }, tr("Your name, as others see it"), name),
        element("fieldset", { class: "colors", "aria-label": tr("Your colour") }, ...colors),
        element("div", { class: "dialog-foot" }, element("button", { type: "submit", class: "primary" }, tr("Keep"))),
    );
    const dialog = openDialog(tr("You"), "person", form);
}
