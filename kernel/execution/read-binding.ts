import { types } from "node:util";

/**
 * What `import { name } from "specifier"` binds. CommonJS packages whose names Node can't see before they
 * run, and JSON, give theirs through the default export.
 * @throws SyntaxError as Node does when there is no such export
 */
export function readBinding(module: Record<string, unknown>, name: string, specifier: string): unknown {
  if (name in module) return module[name];
  const fallback = module.default as Record<string, unknown> | undefined;
  if (fallback !== null && fallback !== undefined && name in Object(fallback)) return fallback[name];
  if (name === "default") return module;
  const what = `The module "${specifier}" has no export named \`${name}\`.`;
  const [place] = Object.keys(module).filter((key) => isNamespace(module[key]) && name in module[key]);
  throw new SyntaxError(
    place === undefined
      ? `${what}\nIf it is a type, write: import type { ${name} } from "${specifier}"`
      : `${what}\nIt is in \`${place}\`: import { ${place} } from "${specifier}"; then ${place}.${name}`,
  );
}

function isNamespace(value: unknown): value is Record<string, unknown> {
  return types.isModuleNamespaceObject(value);
}
