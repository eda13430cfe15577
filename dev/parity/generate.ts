// Rewrites pyspark-names.golden.json from the installed pyspark, where there is one, and docs/reference/parity.md.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { documentPath, namesPath, parityDocument } from "./parity.ts";
import { installedNames } from "./installed-names.ts";

const installed = installedNames();
if (installed) writeFileSync(namesPath, installed);
mkdirSync(dirname(documentPath), { recursive: true });
writeFileSync(documentPath, parityDocument());
