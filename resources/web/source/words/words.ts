// All words that people see go through tr(); %1, %2, … are replaced.
export function tr(text: string, ...values: (string | number)[]): string {
    return text.replace(/%(\d)/g, (whole, number) => {
        const value = values[Number(number) - 1];
        return value === undefined ? whole : String(value);
    });
}

// One or many.
export function count(number: number, one: string, many: string): string {
    return tr(number === 1 ? one : many, number.toLocaleString());
}
