// Builds static/app.css, the fonts and static/LICENTIES.txt. `--check` builds and compares with what is committed.
//
// A component's rule reads tokens (custom properties). The tokens come from two places: the example theme of the NL
// Design System, and theme.css, which replaces what we want otherwise. Tokens that no rule reaches are dropped, and a
// token that still leads to a colour of the example theme stops the build: every colour in the output is ours.
// Rules for classes that no page of ours has (states drawn for documentation, variants we do not use) are dropped too.
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
const SWAGGER = "swagger-ui-dist"; // shows openapi.json at /uitleg/api; taken as it is, colours mended in contrast.css

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

/** Every class of the components that a page or a module names; "nl-button--" stands for all that begin so. */
function usedClasses() {
  const presentation = join(target, "..");
  const sources = readdirSync(presentation, { recursive: true })
    .filter((name) => /\.(html|py)$/.test(name))
    .map((name) => readFileSync(join(presentation, name), "utf8"));
  const names = sources.flatMap((text) => [...text.matchAll(/\b(?:utrecht|nl)-[\w-]+/g)].map(([name]) => name));
  const whole = new Set(names);
  const begun = [...whole].filter((name) => name.endsWith("-"));
  return (name) => whole.has(name) || begun.some((start) => name.startsWith(start));
}

/** Rules whose every selector asks for a class that no page has, taken out; `css` is minified. */
function purged(css, used) {
  const wanted = (selector) => {
    const outside = selector.replace(/:(?:not|is|where)\((?:[^()]|\([^()]*\))*\)/g, "");
    return [...outside.matchAll(/\.((?:utrecht|nl)-[\w-]+)/g)].every(([, name]) => used(name));
  };
  let output = "";
  let at = 0;
  while (at < css.length) {
    const open = css.indexOf("{", at);
    const statement = css.indexOf(";", at);
    if (open < 0) return output + css.slice(at);
    if (statement >= 0 && statement < open) {
      output += css.slice(at, statement + 1);
      at = statement + 1;
      continue;
    }
    let depth = 1;
    let end = open + 1;
    for (; depth; end += 1) depth += css[end] === "{" ? 1 : css[end] === "}" ? -1 : 0;
    const head = css.slice(at, open);
    const body = css.slice(open + 1, end - 1);
    at = end;
    if (/^\s*@(?:media|supports|layer)\b/.test(head)) {
      const inner = purged(body, used);
      if (inner.trim()) output += `${head}{${inner}}`;
    } else if (/^\s*@/.test(head)) output += `${head}{${body}}`;
    else {
      const kept = head.split(/,(?![^(]*\))/).filter(wanted);
      if (kept.length) output += `${kept.join(",")}{${body}}`;
    }
  }
  return output;
}

/** The end of the brackets that open at `open`. */
function closing(text, open) {
  let depth = 1;
  let at = open + 1;
  for (; depth; at += 1) depth += text[at] === "(" ? 1 : text[at] === ")" ? -1 : 0;
  return at - 1;
}

/** Every question for a token that stands for one value only, answered: what is left are our colours, and what rules set
 * themselves. A question for something nobody declares gets its own fallback. */
function answered(text, tokens, kept) {
  let output = "";
  let at = 0;
  for (let start = text.indexOf("var("); start >= 0; start = text.indexOf("var(", at)) {
    const end = closing(text, start + 3);
    const [, name, fallback] = text.slice(start + 4, end).match(/^\s*(--[\w-]+)\s*(?:,([\s\S]*))?$/);
    output += text.slice(at, start);
    if (kept(name)) output += `var(${name}${fallback === undefined ? "" : `,${answered(fallback, tokens, kept)}`})`;
    else if (tokens.has(name)) output += answered(tokens.get(name), tokens, kept);
    else if (fallback !== undefined) output += answered(fallback.trim(), tokens, kept);
    else output += `var(${name})`;
    at = end + 1;
  }
  return output + text.slice(at);
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
  const rules = purged(bundle.outputFiles[0].text, usedClasses());
  const palette = readFileSync(join(here, "palette.css"), "utf8");
  const kept = reachable(tokens, rules);
  const foreign = [...kept.keys()].filter((name) => name.startsWith("--voorbeeld-kleuren"));
  if (foreign.length) {
    const via = [...kept].filter(([, value]) => asks(value).some((n) => foreign.includes(n))).map(([n]) => n).sort();
    throw new Error(`colours of the example theme are still in use, replace in theme.css:\n${via.join("\n")}`);
  }
  const own = new Set([...rules.matchAll(/[{;](--[\w-]+):/g)].map(([, name]) => name));
  const said = answered(rules, kept, (name) => name.startsWith("--us-") || own.has(name));
  const left = reachable(kept, said);
  const block = `.us-theme{${[...left].map(([name, value]) => `${name}:${value}`).join(";")}}`;
  const small = async (css) => (await transform(css, { loader: "css", minify: true })).code.trim();
  const banner =
    "/*! Uitvoeringsscan. EUPL-1.2. Bevat onderdelen van NL Design System (EUPL-1.2) en Source Sans 3 (OFL-1.1): " +
    "zie LICENTIES.txt. Gebouwd uit design/, hier niet wijzigen. */\n";
  return `${banner + (await small(palette)) + (left.size ? await small(block) : "")}\n${await small(said)}\n`;
}

/** One text with the licence of every package whose work is in the output. */
function licences() {
  const packages = Object.keys(JSON.parse(readFileSync(join(here, "package.json"), "utf8")).devDependencies)
    .filter((name) => name.includes("-css") || name.includes("tokens") || name.startsWith("@fontsource") || name === SWAGGER)
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
  const head = "De opmaak (app.css), de letters (fonts/) en swagger-ui/ bevatten werk van anderen. Hieronder staan hun licenties.";
  return `${[head, ...parts].join(`\n\n${"=".repeat(100)}\n\n`)}\n`;
}

const outputs = new Map([
  ["app.css", Buffer.from(await stylesheet())],
  ["LICENTIES.txt", Buffer.from(licences())],
  ...["swagger-ui-bundle.js", "swagger-ui.css"].map((name) => [
    `swagger-ui/${name}`,
    Buffer.from(readFileSync(join(modules, SWAGGER, name), "utf8").replace(/\n?\/[/*]# sourceMappingURL=.*\n?$/, "\n")),
  ]),
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
