// Cuts Debian's fonts down to the letters of European languages, as WOFF2. Other scripts come from the system.
//   node fonts.mjs --modules node_modules --out folder font...
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { parseArgs } from "node:util";

const { values: options, positionals: fonts } = parseArgs({
    options: { modules: { type: "string" }, out: { type: "string" } },
    allowPositionals: true,
});
const subsetFont = createRequire(path.join(path.resolve(options.modules), "x.js"))("subset-font");

const ranges = [
    [0x20, 0x7e], [0xa0, 0x17f], [0x18f, 0x192], [0x1cd, 0x1dc], [0x218, 0x21b], [0x2b9, 0x2dd], [0x300, 0x36f],
    [0x370, 0x3ff], [0x400, 0x4ff], [0x1e00, 0x1eff], [0x2000, 0x206f], [0x2070, 0x209c], [0x20a0, 0x20bf],
    [0x2100, 0x214f], [0x2190, 0x21ff], [0x2200, 0x22ff], [0x2400, 0x2424], [0x2500, 0x257f], [0x25a0, 0x25ff],
];
let letters = "";
for (const [first, last] of ranges)
    for (let code = first; code <= last; ++code) letters += String.fromCodePoint(code);

mkdirSync(options.out, { recursive: true });
for (const font of fonts) {
    const name = path.basename(font).replace(/\.[^.]+$/, ".woff2");
    const cut = await subsetFont(readFileSync(font), letters, { targetFormat: "woff2" });
    writeFileSync(path.join(options.out, name), cut);
    console.log(`${name} ${cut.length}`);
}
