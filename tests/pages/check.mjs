// Checks pages for faults of html (html-validate, its rules of the standard), of accessibility (axe-core) and of width, on a wide and a
// narrow screen. Usage: node check.mjs MODULES FILE.html… - MODULES is the folder with node_modules. Ends with 1 where there is a fault.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { withBrowser } from "./browser.mjs";

const [modules, ...pages] = process.argv.slice(2);
const require = createRequire(resolve(modules, "package.json"));
const { HtmlValidate } = require("html-validate");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
// Matters of taste, not of the standard: capitals of the doctype, length of a title, styles in attributes.
const rules = { "doctype-style": "off", "long-title": "off", "no-inline-style": "off" };
const validator = new HtmlValidate({ extends: ["html-validate:standard"], rules });

// Everything is laid out and unfolded.
const unfold = `document.head.append(Object.assign(document.createElement("style"), { textContent: "* { content-visibility: visible !important }" }));
  for (const part of document.querySelectorAll("details")) part.open = true;`;
const overhang = "return document.documentElement.scrollWidth - document.documentElement.clientWidth;";
// Of blocks that are built alike (the same tags, classes, roles and languages all the way down) three stay: axe-core judges how a page is
// built, and takes minutes for a thousand paragraphs of one kind. html-validate and the width see everything.
const thin = `const names = new Map(), kinds = new Map(), seen = new Map();
  const number = (name) => names.get(name) ?? names.set(name, names.size).get(name);
  const traits = ["class", "role", "lang", "scope", "tabindex"];
  function kind(element) {
    const inside = new Set([...element.children].map(kind));
    const name = [element.localName, ...traits.map((trait) => element.getAttribute(trait)), ...[...inside].sort()];
    kinds.set(element, number(name.join(" ")));
    return kinds.get(element);
  }
  kind(document.body);
  function keep(element) {
    const n = (seen.get(kinds.get(element)) ?? 0) + 1;
    seen.set(kinds.get(element), n);
    if (n > 3 && /^(section|div|details|p|li|tr|figure|svg|blockquote)$/.test(element.localName)) element.remove();
    else for (const child of [...element.children]) keep(child);
  }
  keep(document.body);`;
const judge = `${axe}; const done = arguments[arguments.length - 1];
  axe.run(document, { resultTypes: ["violations"] }).then((result) => done(result.violations.map((v) => ({
    id: v.id, impact: v.impact, help: v.help, nodes: v.nodes.length, first: v.nodes[0].html.slice(0, 160) }))));`;

let faults = 0;
const fault = (page, text) => { faults++; console.log(`${page}: ${text}`); };
await withBrowser(async (browser) => {
  for (const page of pages) {
    const report = await validator.validateFile(page);
    for (const { messages } of report.results)
      for (const m of messages) fault(page, `${m.line}:${m.column} ${m.ruleId}: ${m.message}`);
    await browser.open(`file://${resolve(page)}`);
    await browser.script(unfold);
    for (const width of [1280, 360]) {
      await browser.width(width);
      const wide = await browser.script(overhang);
      if (wide > 0) fault(page, `${wide} px wider than a screen of ${width} px`);
    }
    await browser.script(thin);
    for (const width of [1280, 360]) {
      await browser.width(width);
      for (const v of await browser.later(judge))
        fault(page, `${width} px: ${v.id} (${v.impact}) at ${v.nodes} places: ${v.help}: ${v.first}`);
    }
    console.log(`${page}: checked`);
  }
});
console.log(`${pages.length} pages, ${faults} faults`);
process.exit(faults ? 1 : 0);
