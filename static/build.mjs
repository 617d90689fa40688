// Builds everything that a browser fetches from /static/ into static/dist/: two
// stylesheets, one script per file of static/js, the pictures of static/img and the
// font. Each file is named after its content, so that it may be cached for ever, and
// stands beside its brotli and gzip forms; manifest.json maps plain names to built
// ones. The drawings of static/icons.txt become a Go file of views/components.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build, transform } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const dist = join(here, "dist");
const modules = join(root, "node_modules");
const manifest = {};

// A form smaller than the file by less than this many bytes is not worth the
// trouble of unpacking it.
const worthwhile = 32;

function add(name, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 10);
  const ext = extname(name);
  const built = `${name.slice(0, -ext.length)}-${hash}${ext}`;
  writeFileSync(join(dist, built), content);
  const forms = {
    br: brotliCompressSync(content, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
      },
    }),
    gz: gzipSync(content, { level: 9 }),
  };
  for (const [suffix, form] of Object.entries(forms)) {
    if (form.length + worthwhile < content.length) {
      writeFileSync(join(dist, `${built}.${suffix}`), form);
    }
  }
  manifest[name] = built;
}

function emptyDist() {
  mkdirSync(dist, { recursive: true });
  for (const name of readdirSync(dist)) {
    if (name !== ".gitkeep") rmSync(join(dist, name));
  }
}

function addPictures() {
  for (const name of readdirSync(join(here, "img")).sort()) {
    add(name, readFileSync(join(here, "img", name)));
  }
}

// Only the latin part of the upright font: Indonesian and English need no more.
function addFont() {
  const folder = join(modules, "@fontsource-variable", "plus-jakarta-sans", "files");
  add("plus-jakarta-sans.woff2", readFileSync(join(folder, "plus-jakarta-sans-latin-wght-normal.woff2")));
}

// The stylesheet names files of the manifest as url("name"), and gets built names.
function addStyle() {
  const work = mkdtempSync(join(tmpdir(), "style-"));
  const out = join(work, "app.css");
  try {
    const cli = join(modules, "@tailwindcss", "cli", "dist", "index.mjs");
    const args = [cli, "--input", join(here, "css", "app.css"), "--output", out, "--minify"];
    execFileSync(process.execPath, args, { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
    const css = readFileSync(out, "utf8").replace(/url\("?([\w.-]+)"?\)/g, (whole, name) => {
      if (!(name in manifest)) throw new Error(`the stylesheet names ${name}, which is not built`);
      return `url(${manifest[name]})`;
    });
    add("app.css", Buffer.from(css));
  } finally {
    rmSync(work, { recursive: true });
  }
}

// The help pages have a small sheet of their own, in plain CSS.
async function addHelpStyle() {
  const result = await transform(readFileSync(join(here, "css", "help.css"), "utf8"), { loader: "css", minify: true });
  add("help.css", Buffer.from(result.code));
}

async function addScripts() {
  for (const name of readdirSync(join(here, "js")).filter((n) => n.endsWith(".js")).sort()) {
    const result = await build({
      entryPoints: [join(here, "js", name)],
      bundle: true,
      format: "esm",
      minify: true,
      legalComments: "none",
      target: "es2020",
      write: false,
    });
    add(name, Buffer.from(result.outputFiles[0].contents));
  }
}

// The <svg> element around a drawing carries these, once for all of its parts.
const shared = / ?(?:fill="none"|stroke="currentColor"|stroke-linecap="round"|stroke-linejoin="round"|stroke-width="2")/g;

function drawing(set, name) {
  const body = (set.icons[name] ?? set.icons[set.aliases[name]?.parent])?.body;
  if (!body) throw new Error(`static/icons.txt: Lucide has no icon ${name}`);
  const bare = body.replace(shared, "").replace(/<g>([^]*)<\/g>/, "$1");
  if (bare.includes("`")) throw new Error(`the drawing of ${name} has a backquote`);
  return bare;
}

function writeIcons() {
  const set = JSON.parse(readFileSync(join(modules, "@iconify-json", "lucide", "icons.json"), "utf8"));
  const names = readFileSync(join(here, "icons.txt"), "utf8")
    .split("\n")
    .filter((line) => line && !line.startsWith("#"))
    .sort();
  const width = Math.max(...names.map((name) => name.length));
  const rows = names.map((name) => `\t"${name}":${" ".repeat(width - name.length + 1)}\`${drawing(set, name)}\`,`);
  const text = `// Code generated by static/build.mjs from static/icons.txt. DO NOT EDIT.

package components

// drawings holds the inside of each icon's svg element, by name. They are from
// Lucide (ISC licence) and made for a box of 24 by 24 with a line of 2.
var drawings = map[string]string{
${rows.join("\n")}
}
`;
  const target = join(root, "views", "components", "icons_gen.go");
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
}

emptyDist();
addPictures();
addFont();
addStyle();
await addHelpStyle();
await addScripts();
writeIcons();
writeFileSync(join(dist, "manifest.json"), JSON.stringify(manifest, null, 2) + "\n");
