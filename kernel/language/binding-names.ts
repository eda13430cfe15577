import type { BindingPattern, BindingRestElement } from "oxc-parser";

/** The names that a pattern declares: `{ a, b: [c, ...d] }` → a, c, d. */
export function bindingNames(pattern: BindingPattern | BindingRestElement | null): string[] {
  if (!pattern) return [];
  switch (pattern.type) {
    case "Identifier":
      return [pattern.name];
    case "ObjectPattern":
      return pattern.properties.flatMap((property) =>
        bindingNames(property.type === "RestElement" ? property : property.value),
      );
    case "ArrayPattern":
      return pattern.elements.flatMap((element) =>
        bindingNames(element as BindingPattern | BindingRestElement | null),
      );
    case "AssignmentPattern":
      return bindingNames(pattern.left as BindingPattern);
    case "RestElement":
      return bindingNames(pattern.argument as BindingPattern);
    default:
      return [];
  }
}
