import { XmlElement } from "@rgrove/parse-xml";
import type { JsonValue } from "./event.ts";
import { nessusField } from "./nessus-value.ts";
import { childElements } from "./read-xml.ts";
import { snakeCase } from "./snake-case.ts";

/**
 * Every attribute and child element of a ReportItem; elements with attributes or children of their own as arrays of
 * objects. An element that says something else than the attribute of its name gets `_element` added to its own.
 */
export function nessusItem(item: XmlElement): Map<string, JsonValue> {
  const fields = new Map<string, JsonValue>();
  for (const [name, value] of Object.entries(item.attributes))
    if (!name.startsWith("xmlns")) fields.set(...nessusField(snakeCase(name), [value]));
  const texts = new Map<string, string[]>();
  const objects = new Map<string, JsonValue[]>();
  for (const child of childElements(item)) {
    const name = snakeCase(child.name);
    const attribute = fields.get(name);
    if (attribute !== undefined && child.text.trim() === String(attribute)) continue;
    const key = attribute === undefined ? name : `${name}_element`;
    if (isPlain(child)) push(texts, key, child.text);
    else push(objects, key, toObject(child));
  }
  for (const [name, values] of texts) {
    const others = objects.get(name);
    if (others) others.push(...values.map((value) => ({ value: value.trim() })));
    else fields.set(...nessusField(name, values));
  }
  for (const [name, values] of objects) fields.set(name, values);
  return fields;
}

function isPlain(element: XmlElement): boolean {
  return (
    Object.keys(element.attributes).length === 0 &&
    !element.children.some((child) => child instanceof XmlElement)
  );
}

/** `<attachment name="a.xml" type="t">hash</attachment>` → `{ name: "a.xml", type: "t", value: "hash" }`. */
function toObject(element: XmlElement): JsonValue {
  const fields = new Map<string, JsonValue[]>();
  for (const [name, value] of Object.entries(element.attributes)) push(fields, snakeCase(name), value);
  for (const child of childElements(element))
    push(fields, snakeCase(child.name), isPlain(child) ? child.text.trim() : toObject(child));
  const isLeaf = !element.children.some((child) => child instanceof XmlElement);
  if (isLeaf && element.text.trim()) push(fields, "value", element.text.trim());
  // fromEntries makes a field of any name, `__proto__` too, an own one.
  return Object.fromEntries(
    [...fields].map(([name, values]) => [name, values.length === 1 ? values[0] : values]),
  );
}

function push<T>(into: Map<string, T[]>, name: string, value: T): void {
  const values = into.get(name);
  if (values) values.push(value);
  else into.set(name, [value]);
}
