import type { ImportDeclaration } from "oxc-parser";

/**
 * The object that rewritten cells use: `binding` reads an import, `meta` is `import.meta`, `assignable` refuses to
 * assign to constants.
 */
export const CELL_SUPPORT = "__sightline";

/**
 * A top-level import as code for the beginning of the async cell: the names are top-level variables.
 * @param nameOf the name in the code for one of the user's
 */
export function importCode(
  declaration: ImportDeclaration,
  index: number,
  nameOf: (name: string) => string,
): string {
  const specifier = declaration.source.value;
  const variable = `__import${index}`;
  const bindings = declaration.specifiers.map((one) => {
    const name = nameOf(one.local.name);
    if (one.type === "ImportNamespaceSpecifier") return `${name} = ${variable};`;
    const imported =
      one.type === "ImportDefaultSpecifier"
        ? "default"
        : one.imported.type === "Identifier"
          ? one.imported.name
          : one.imported.value;
    const [key, from] = [JSON.stringify(imported), JSON.stringify(specifier)];
    return `${name} = ${CELL_SUPPORT}.binding(${variable}, ${key}, ${from});`;
  });
  const options = attributes(declaration);
  const load = `const ${variable} = await import(${JSON.stringify(specifier)}${options});`;
  return `${load}${bindings.join("")}`;
}

function attributes(declaration: ImportDeclaration): string {
  const entries = declaration.attributes.map((one) => {
    const key = one.key.type === "Identifier" ? one.key.name : one.key.value;
    return [key, one.value.value];
  });
  return entries.length > 0 ? `, { with: ${JSON.stringify(Object.fromEntries(entries))} }` : "";
}
