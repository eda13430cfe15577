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
  throw new SyntaxError(
    `The module "${specifier}" has no export named \`${name}\`.\nIf it is a type, write: import type { ${name} } from "${specifier}"`,
  );
}
