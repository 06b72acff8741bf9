// A link as a picture for a telephone's camera.
import qrcode from "qrcode-generator";
import { tr } from "../words/words.ts";

const quietZone = 3;

export function qrCode(text: string): SVGElement {
    const code = qrcode(0, "M");
    code.addData(text);
    code.make();
    const modules = code.getModuleCount();
    let path = "";
    for (let row = 0; row < modules; ++row)
        for (let column = 0; column < modules; ++column)
            if (code.isDark(row, column)) path += `M${column + quietZone} ${row + quietZone}h1v1h-1z`;
    const space = "http://www.w3.org/2000/svg";
    const picture = document.createElementNS(space, "svg");
    const size = modules + 2 * quietZone;
    picture.setAttribute("viewBox", `0 0 ${size} ${size}`);
    picture.setAttribute("shape-rendering", "crispEdges");
    picture.setAttribute("role", "img");
    picture.setAttribute("aria-label", tr("The link as a QR code"));
    const drawing = document.createElementNS(space, "path");
    drawing.setAttribute("d", path);
    drawing.setAttribute("fill", "#10131a");
    picture.append(drawing);
    return picture;
}
