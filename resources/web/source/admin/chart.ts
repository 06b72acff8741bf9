// One figure over the last minutes: the newest value in large, the course as a line.
import { element } from "../window/elements.ts";

const keptPoints = 120;
const space = "http://www.w3.org/2000/svg";

export class Chart {
    readonly root: HTMLElement;
    private readonly value = element("b", {}, "–");
    private readonly line = document.createElementNS(space, "polyline");
    private readonly area = document.createElementNS(space, "polygon");
    private readonly points: number[] = [];

    constructor(
        title: string,
        private readonly words: (value: number) => string,
    ) {
        const drawing = document.createElementNS(space, "svg");
        drawing.setAttribute("viewBox", "0 0 100 40");
        drawing.setAttribute("preserveAspectRatio", "none");
        drawing.setAttribute("aria-hidden", "true");
        drawing.append(this.area, this.line);
        this.root = element("div", { class: "chart" }, element("span", { class: "quiet" }, title), this.value, drawing);
    }

    add(value: number): void {
        this.points.push(value);
        if (this.points.length > keptPoints) this.points.shift();
        this.value.textContent = this.words(value);
        const most = Math.max(...this.points, 1e-9);
        const course = this.points
            .map((point, i) => `${(100 * i) / Math.max(1, this.points.length - 1)},${38 - (34 * point) / most}`)
            .join(" ");
        this.line.setAttribute("points", course);
        this.area.setAttribute("points", `0,40 ${course} 100,40`);
    }
}
