// Prometheus' text format, as far as the server writes it.
export interface Sample {
    name: string;
    labels: Record<string, string>;
    value: number;
}

export function parseMetrics(text: string): Sample[] {
    const samples: Sample[] = [];
    for (const line of text.split("\n")) {
        const match = /^([a-zA-Z_:][\w:]*)(?:\{([^}]*)\})?\s+(\S+)/.exec(line);
        if (!match) continue;
        const labels: Record<string, string> = {};
        for (const [, name, value] of (match[2] ?? "").matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)) labels[name!] = value!;
        samples.push({ name: match[1]!, labels, value: Number(match[3]) });
    }
    return samples;
}

export function sumOf(samples: Sample[], name: string, labels: Record<string, string> = {}): number {
    return samples
        .filter((sample) => sample.name === name)
        .filter((sample) => Object.entries(labels).every(([key, value]) => sample.labels[key] === value))
        .reduce((sum, sample) => sum + sample.value, 0);
}
