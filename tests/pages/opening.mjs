// How long does Chromium take to open a page, until its load event? Usage: node opening.mjs FILE.html SECONDS. Ends with 1 where the
// fastest of five takes longer: the others tell how busy the machine is.
import { resolve } from "node:path";
import { withBrowser } from "./browser.mjs";

const [page, limit] = process.argv.slice(2);
const took = [];
await withBrowser(async (browser) => {
  for (let time = 0; time < 5; time++) {
    await browser.open("about:blank");
    await browser.open(`file://${resolve(page)}`);
    took.push(await browser.script("const t = performance.getEntriesByType('navigation')[0]; return t.loadEventEnd / 1000;"));
  }
});
took.sort((a, b) => a - b);
console.log(`opened in ${took[0].toFixed(2)} s (fastest of five; ${took.map((s) => s.toFixed(2)).join(", ")})`);
process.exit(took[0] > Number(limit) ? 1 : 0);
