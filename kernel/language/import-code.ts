import type { ImportDeclaration } from "oxc-parser";

/** The object that rewritten cells use: `binding` reads an import, `meta` is `import.meta`. */
export const CELL_SUPPORT = "__sightline";

export interface ImportCode {
  code: string;
  names: string[];
}

/** A top-level import as code for the beginning of the async cell: the names are top-level variables. */
export function importCode(declaration: ImportDeclaration, index: number): ImportCode {
  const specifier = declaration.source.value;
  const names: string[] = [];
  const variable = `__import${index}`;
  const bindings = declaration.specifiers.map((one) => {
    names.push(one.local.name);
    if (one.type === "ImportNamespaceSpecifier") return `${one.local.name} = ${variable};`;
    const imported =
      one.type === "ImportDefaultSpecifier"
        ? "default"
        : one.imported.type === "Identifier"
          ? one.imported.name
          : one.imported.value;
    const [key, from] = [JSON.stringify(imported), JSON.stringify(specifier)];
    return `${one.local.name} = ${CELL_SUPPORT}.binding(${variable}, ${key}, ${from});`;
  });
  const options = attributes(declaration);
  const load = `const ${variable} = await import(${JSON.stringify(specifier)}${options});`;
  return { code: `${load}${bindings.join("")}`, names };
}

function attributes(declaration: ImportDeclaration): string {
  const entries = declaration.attributes.map((one) => {
    const key = one.key.type === "Identifier" ? one.key.name : one.key.value;
    return [key, one.value.value];
  });
  return entries.length > 0 ? `, { with: ${JSON.stringify(Object.fromEntries(entries))} }` : "";
}
