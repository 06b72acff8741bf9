// Who one is for the others: a name and a colour of the palette, kept in this browser.
export interface Person {
    name: string;
    color: number;
}

export const colorCount = 12;
const key = "tandem.person";
const creatures = ["Otter", "Heron", "Badger", "Finch", "Marten", "Lynx", "Swift", "Hare", "Wren", "Seal"];

function fresh(): Person {
    const [creature, color] = crypto.getRandomValues(new Uint32Array(2));
    return { name: `Guest ${creatures[creature! % creatures.length]}`, color: color! % colorCount };
}

export function person(): Person {
    try {
        const stored = JSON.parse(localStorage.getItem(key) ?? "") as Partial<Person>;
        if (typeof stored.name === "string" && stored.name && Number.isInteger(stored.color))
            return { name: stored.name, color: Math.abs(stored.color!) % colorCount };
    } catch {
        // none is stored yet
    }
    const made = fresh();
    keepPerson(made);
    return made;
}

export function keepPerson(kept: Person): void {
    localStorage.setItem(key, JSON.stringify(kept));
}

export function initials(name: string): string {
    const words = name.trim().split(/\s+/u).slice(0, 2);
    return words.map((word) => Array.from(word)[0]?.toUpperCase() ?? "").join("");
}

// The same colour for the same name everywhere.
export function colorOfName(name: string): number {
    let hash = 0;
    for (const character of name) hash = (hash * 31 + character.codePointAt(0)!) % 1_000_003;
    return hash % colorCount;
}
