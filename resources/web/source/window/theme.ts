// Light or dark: the system's choice unless one chose here.
export type Choice = "system" | "light" | "dark";

const key = "tandem.theme";

export function themeChoice(): Choice {
    const stored = localStorage.getItem(key);
    return stored === "light" || stored === "dark" ? stored : "system";
}

export function applyTheme(): void {
    const choice = themeChoice();
    const dark = choice === "dark" || (choice === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
    document.documentElement.dataset["theme"] = dark ? "dark" : "light";
}

export function chooseTheme(choice: Choice): void {
    localStorage.setItem(key, choice);
    applyTheme();
}

export function toggleTheme(): void {
    chooseTheme(document.documentElement.dataset["theme"] === "dark" ? "light" : "dark");
}

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", applyTheme);
