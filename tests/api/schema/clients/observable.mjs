// Runs a cell of Observable with what its notebooks have at hand, and says what the chart shows: its title, and its bars.
import {createRequire} from "node:module";

const [tools, cell] = process.argv.slice(2);
const tool = createRequire(`${tools}/`);
const {JSDOM} = tool("jsdom");
globalThis.window = new JSDOM("").window;
globalThis.document = window.document;
const [d3, Plot] = await Promise.all([import(tool.resolve("d3")), import(tool.resolve("@observablehq/plot"))]);
const run = new (async () => {}).constructor("d3", "Plot", cell);
const chart = await run(d3, Plot);
console.log(`${chart.querySelector("h2").textContent}, ${chart.querySelectorAll("rect").length} bars`);
