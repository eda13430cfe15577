// @ts-check
// A lint rule: which room may import which. It looks at resolved paths, and at import() and import types too.
import { isAbsolute, relative, resolve, sep } from "node:path";

const toRuntime = ["runtime/index.ts", "runtime/prewarm.ts", "runtime/jobs", "runtime/wire"];
const below = ["runtime/wire", "runtime/jobs", "runtime/text"];
const overSql = ["runtime/sql", "runtime/plan", "runtime/connect", "runtime/engines", ...below];

/**
 * For each room (the longest matching prefix counts): what it may import beside itself. Rooms that are not listed
 * (tests, bench, dev) may import everything.
 * @type {Record<string, string[]>}
 */
const rooms = {
  kernel: toRuntime,
  cli: ["dev", "runtime/index.ts", "runtime/text"],
  runtime: ["runtime"],
  "runtime/ml": overSql,
  "runtime/rdd": [...overSql, "runtime/storage"],
  "runtime/udf": [...overSql, "runtime/rdd"],
  "runtime/ingest": [...overSql, "runtime/storage"],
  "runtime/graph": overSql,
  "runtime/sql": ["runtime/plan", "runtime/connect", "runtime/engines", "runtime/storage", ...below],
  "runtime/plan": [
    "runtime/connect/generated",
    "runtime/connect/plan-error.ts",
    "runtime/connect/well-formed.ts",
  ],
  "runtime/connect": below,
  "runtime/engines": ["runtime/connect", ...below],
  "runtime/storage": ["runtime/text"],
  "runtime/wire": [],
  "runtime/jobs": [],
  "runtime/text": [],
  labextension: ["runtime/wire"],
};

/** @param {string} path */
function roomOf(path) {
  return Object.keys(rooms)
    .filter((room) => isIn(path, room))
    .sort((a, b) => b.length - a.length)[0];
}

/**
 * @param {string} path
 * @param {string} place a folder or a file
 */
function isIn(path, place) {
  return path === place || path.startsWith(`${place}/`);
}

/**
 * @param {string} from the importing file, from the root
 * @param {string} to the imported one, from the root
 */
function mayImport(from, to) {
  const room = roomOf(from);
  if (!room || isIn(to, room)) return !room || roomOf(to) === room || room === "runtime";
  return to === "package.json" || rooms[room].some((place) => isIn(to, place));
}

const rule = {
  create(/** @type {any} */ context) {
    const root = context.cwd;
    const from = relative(root, context.filename).split(sep).join("/");
    if (!roomOf(from) || /\.(test|test-d|bench)\.ts$/.test(from)) return {};
    const check = (/** @type {any} */ source) => {
      const specifier = source?.value;
      if (typeof specifier !== "string") return;
      if (specifier === "typescript" && isIn(from, "kernel") && from !== "kernel/language/compiler.ts")
        context.report({ node: source, message: "Only kernel/language/compiler.ts imports typescript." });
      const isOurs = specifier === "#runtime" || specifier.startsWith(".") || isAbsolute(specifier);
      if (!isOurs) return;
      const path =
        specifier === "#runtime"
          ? resolve(root, "runtime/index.ts")
          : resolve(context.filename, "..", specifier);
      const to = relative(root, path).split(sep).join("/");
      if (mayImport(from, to)) return;
      const allowed = rooms[roomOf(from)].join(", ") || "nothing outside itself";
      context.report({
        node: source,
        message: `${roomOf(from)} must not import ${to}. It may import: ${allowed}.`,
      });
    };
    const checkSource = (/** @type {any} */ node) => check(node.source);
    return {
      ImportDeclaration: checkSource,
      ExportNamedDeclaration: checkSource,
      ExportAllDeclaration: checkSource,
      ImportExpression: checkSource,
      TSImportType: checkSource,
    };
  },
};

export default { meta: { name: "sightline" }, rules: { rooms: rule } };
