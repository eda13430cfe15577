// What people pass by mistake, and how to see that it went into a plan as text that nobody meant.

/** Values that hardly any parameter takes, by the words that a failure shows. */
export const badValues: Readonly<Record<string, unknown>> = {
  undefined: undefined,
  null: null,
  NaN: NaN,
  "an object": { strange: {} },
  "a function": () => "strange",
  "a symbol": Symbol("strange"),
  "a number": 4321.25,
  "a boolean": true,
  "empty text": "",
  "a list of nothing": [undefined],
  "a list of symbols": [Symbol("strange")],
  "half a character": "\ud83d",
};

/** What comes after the last argument. */
export const spare = "spare-argument";

const garbage = /undefined|\[object |Symbol\(|=> "strange"|^null$|\ufffd/;

/** The texts of a message as JSON that show a value which was never meant as text. */
export function garbageIn(json: unknown, areNumbersText = false): string[] {
  const found: string[] = [];
  walk(json, "", (text, key) => {
    const isNumber = text === "4321.25" || (text === "NaN" && !/^(double|float)$/.test(key));
    if (garbage.test(text) || (isNumber && !areNumbersText)) found.push(`${key}: ${text}`);
  });
  return found;
}

function walk(json: unknown, key: string, visit: (text: string, key: string) => void): void {
  if (typeof json === "string") visit(json, key);
  else if (Array.isArray(json)) for (const item of json) walk(item, key, visit);
  else if (typeof json === "object" && json !== null) {
    for (const [name, value] of Object.entries(json)) {
      if (name !== "null") visit(name, "a name");
      walk(value, name, visit);
    }
  }
}
