// Builds static/app.css, the fonts and static/LICENTIES.txt. `--check` builds and compares with what is committed.
//
// A component's rule reads tokens (custom properties). The tokens come from two places: the example theme of the NL
// Design System, and theme.css, which replaces what we want otherwise. Tokens that no rule reaches are dropped, and a
// token that still leads to a colour of the example theme stops the build: every colour in the output is ours.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, transform } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "..", "src", "uitvoeringsscan", "presentation", "static");
const modules = join(here, "node_modules");
const FONT_WEIGHTS = [400, 700];

const withoutComments = (css) => css.replace(/\/\*[\s\S]*?\*\//g, "");

/** The declarations of custom properties in a flat block of CSS, later ones winning. */
function declarations(css) {
  return new Map(
    [...withoutComments(css).matchAll(/(--[\w-]+)\s*:\s*([^;}]+)[;}]/g)].map(([, name, value]) => [name, value.trim()]),
  );
}

/** Names a value asks for. The space is no luxury: some packages write `var( --x )`. */
const asks = (text) => [...text.matchAll(/var\(\s*(--[\w-]+)/g)].map((match) => match[1]);

/** Follow the rules' questions through the tokens, and keep only what is reached. */
function reachable(tokens, rules) {
  const seen = new Set();
  const waiting = asks(rules);
  while (waiting.length) {
    const name = waiting.pop();
    if (seen.has(name) || !tokens.has(name)) continue;
    seen.add(name);
    waiting.push(...asks(tokens.get(name)));
  }
  return new Map([...tokens].filter(([name]) => seen.has(name)));
}

async function stylesheet() {
  const theme = readFileSync(join(here, "theme.css"), "utf8");
  const example = join(modules, "@nl-design-system-unstable", "voorbeeld-design-tokens", "dist", "theme.css");
  const tokens = new Map([...declarations(readFileSync(example, "utf8")), ...declarations(theme)]);
  const bundle = await build({
    entryPoints: [join(here, "app.css")],
    bundle: true,
    minify: true,
    write: false,
    external: ["*.woff2"],
    logLevel: "warning",
    legalComments: "none",
    target: ["chrome111", "firefox113", "safari16.4"],
  });
  const rules = bundle.outputFiles[0].text;
  const palette = readFileSync(join(here, "palette.css"), "utf8");
  const kept = reachable(tokens, rules);
  const foreign = [...kept.keys()].filter((name) => name.startsWith("--voorbeeld-kleuren"));
  if (foreign.length) {
    const via = [...kept].filter(([, value]) => asks(value).some((n) => foreign.includes(n))).map(([n]) => n).sort();
    throw new Error(`colours of the example theme are still in use, replace in theme.css:\n${via.join("\n")}`);
  }
  const block = `.us-theme{${[...kept].map(([name, value]) => `${name}:${value}`).join(";")}}`;
  const small = async (css) => (await transform(css, { loader: "css", minify: true })).code.trim();
  const banner =
    "/*! Uitvoeringsscan. EUPL-1.2. Bevat onderdelen van NL Design System (EUPL-1.2) en Source Sans 3 (OFL-1.1): " +
    "zie LICENTIES.txt. Gebouwd uit design/, hier niet wijzigen. */\n";
  return `${banner + (await small(palette)) + (await small(block))}\n${rules.trim()}\n`;
}

/** One text with the licence of every package whose work is in the output. */
function licences() {
  const packages = Object.keys(JSON.parse(readFileSync(join(here, "package.json"), "utf8")).devDependencies)
    .filter((name) => name.includes("-css") || name.includes("tokens") || name.startsWith("@fontsource"))
    .sort();
  const texts = new Map();
  for (const name of packages) {
    const folder = join(modules, name);
    const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e(\.md|\.txt)?$/i.test(entry));
    if (!file) throw new Error(`${name} has no licence text`);
    const text = readFileSync(join(folder, file), "utf8").replace(/\r/g, "").trim();
    texts.set(text, [...(texts.get(text) ?? []), `${name} ${version}`]);
  }
  const parts = [...texts].map(([text, names]) => `Geldt voor: ${names.join(", ")}\n\n${text}`);
  const head = "De opmaak (app.css) en de letters (fonts/) bevatten werk van anderen. Hieronder staan hun licenties.";
  return `${[head, ...parts].join(`\n\n${"=".repeat(100)}\n\n`)}\n`;
}

const outputs = new Map([
  ["app.css", Buffer.from(await stylesheet())],
  ["LICENTIES.txt", Buffer.from(licences())],
  ...FONT_WEIGHTS.map((weight) => [
    `fonts/source-sans-3-${weight}.woff2`,
    readFileSync(join(modules, "@fontsource", "source-sans-3", "files", `source-sans-3-latin-${weight}-normal.woff2`)),
  ]),
]);

const digest = (bytes) => createHash("sha256").update(bytes).digest("hex");
let different = 0;
for (const [name, bytes] of outputs) {
  const path = join(target, name);
  const same = existsSync(path) && digest(readFileSync(path)) === digest(bytes);
  if (!same) different += 1;
  if (!process.argv.includes("--check") && !same) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }
  console.log(`${same ? "same   " : "changed"} ${name} ${bytes.length} bytes, gzip ${gzipSync(bytes, { level: 9 }).length}`);
}
if (process.argv.includes("--check") && different) {
  console.error(`${different} file(s) differ from what is committed: run \`npm run build\` in design/`);
  process.exit(1);
}
