// Run a workbook's main.py in Pyodide, the Python that xlwings Lite runs in, and print what it answers as one JSON line.
// node run.mjs FOLDER-OF-PYODIDE FOLDER-WITH-INPUT: main.py, tables.json, and the Python files that call the formulas.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

// Node would print the line that threw, and Pyodide's is a megabyte long.
process.on("uncaughtException", (error) => {
  console.error(error.message);
  process.exit(1);
});

const [runtime, input] = process.argv.slice(2);
const seconds = {};
let start = performance.now();
const took = (step) => {
  seconds[step] = (performance.now() - start) / 1000;
  start = performance.now();
};

// Whatever isn't in the folder must be missed here, not found on the internet.
globalThis.fetch = (address) => {
  throw new Error(`${address} was asked for over the network`);
};

const { loadPyodide } = await import(pathToFileURL(join(runtime, "package", "pyodide.mjs")));
const python = await loadPyodide({ indexURL: join(runtime, "package"), stdout: (text) => console.error(text) });
took("start");
await python.loadPackage(["numpy", "pandas"], { messageCallback: () => {} });
for (const name of readdirSync(runtime).filter((name) => name.endsWith(".whl"))) {
  python.unpackArchive(new Uint8Array(readFileSync(join(runtime, name))), "wheel");
}
took("packages");
python.FS.mkdir("/input");
for (const name of readdirSync(input)) {
  python.FS.writeFile(`/input/${name}`, new Uint8Array(readFileSync(join(input, name))));
}
const told = python.runPython(`
import json, sys
from pathlib import Path

sys.path.insert(0, "/input")
import pandas
import xlwings
import run_program

program, tables = (Path("/input", name).read_text("utf-8") for name in ("main.py", "tables.json"))
told = run_program.run(program, json.loads(tables), stand_in=False)
from pyodide.ffi import JsNull  # xlwings asks for it once a cell, see odr_xl.excel.lite.functions

told["xlwings"] = xlwings.__version__
told["platform"] = sys.platform
json.dumps(told, allow_nan=False)
`);
took("all");
const result = JSON.parse(told);
result.seconds = { ...seconds, ...result.seconds };
result.megabytes = Math.round(python._module.HEAPU8.length / 2 ** 20);
process.stdout.write(JSON.stringify(result) + "\n");
