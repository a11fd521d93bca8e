// node check.mjs FILE: ends with 1 where AsyncAPI's own parser finds an error in the document.
import { readFileSync } from "node:fs";
import { Parser } from "@asyncapi/parser";

const ERROR = 0;
const { document, diagnostics } = await new Parser().parse(readFileSync(process.argv[2], "utf8"));
const errors = diagnostics.filter((found) => found.severity === ERROR);
for (const found of errors) console.error(`${found.path.join(".")}: ${found.message}`);
console.log(`${process.argv[2]}: AsyncAPI ${document?.version() ?? "?"}, ${errors.length} errors`);
process.exit(document && errors.length === 0 ? 0 : 1);
