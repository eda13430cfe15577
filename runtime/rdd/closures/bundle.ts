// Functions with everything they use, as a graph that V8 can serialise. Nodes refer to each other by index.

/** Index of a node. */
export type NodeId = number;

/** Where a function's text stands, so that positions in its stack traces are those of the user's file or cell. */
export interface SourcePlace {
  readonly file: string;
  /** Line and column of the text's first character, from 0. */
  readonly line: number;
  readonly column: number;
}

/** A property's name: text, or one of the symbols that every Node has. */
export type PropertyName = string | { readonly symbol: string };

/** The properties of an object, where they aren't what V8 copies by itself. */
export interface Properties {
  readonly fields?: readonly (readonly [name: PropertyName, value: NodeId])[];
  /** Those that aren't listed by Object.keys. */
  readonly hidden?: readonly (readonly [name: PropertyName, value: NodeId])[];
  readonly accessors?: readonly Accessor[];
  /** What may no longer be done to it. */
  readonly locked?: "frozen" | "sealed" | "complete";
}

export interface Accessor {
  readonly name: PropertyName;
  readonly isHidden: boolean;
  readonly get?: NodeId;
  readonly set?: NodeId;
}

/** A variable that a function uses from outside. */
export interface Variable {
  readonly name: string;
  readonly value: NodeId;
  /** Functions with the same number have this variable in common: what one assigns, the others see. */
  readonly shared?: number;
}

export interface CodeNode {
  readonly kind: "function" | "class";
  readonly name: string;
  readonly source: string;
  /** Whether the text stands by itself or only inside an object literal, as `parse(x) { … }` does. */
  readonly isMethod: boolean;
  readonly isStrict: boolean;
  /** Whether instances have `#fields`, which can't be copied. */
  readonly hasPrivateFields: boolean;
  readonly place: SourcePlace | undefined;
  readonly scope: readonly Variable[];
  /** Properties set on it, such as static fields. */
  readonly properties: Properties;
  /** The prototype of a function that is used as a class was before there were classes. */
  readonly prototype?: NodeId;
  /** What was added to a class's prototype later. */
  readonly additions?: Properties;
}

/** A path from a module's exports: none for the exports themselves. */
export type MemberPath = readonly string[];

export type BundleNode =
  | CodeNode
  /** Anything V8 serialises; data of one bundle keep their identity. */
  | { readonly kind: "data"; readonly value: unknown }
  /** An object with the usual prototype, none (null), or another object as its prototype. */
  | ({ readonly kind: "object"; readonly prototype?: NodeId | null } & Properties)
  | ({ readonly kind: "array"; readonly items: readonly NodeId[] } & Properties)
  | ({ readonly kind: "map"; readonly entries: readonly (readonly [NodeId, NodeId])[] } & Properties)
  | ({ readonly kind: "set"; readonly items: readonly NodeId[] } & Properties)
  | ({ readonly kind: "error"; readonly class: string } & Properties)
  | ({ readonly kind: "regexp"; readonly source: string; readonly flags: string } & Properties)
  /** An instance of a class; `base` is what is behind it where that extends Array, Map, Error and the like. */
  | ({ readonly kind: "instance"; readonly class: NodeId; readonly base?: NodeId } & Properties)
  /** What a class of Node's makes of arguments: `new URL("…")`. */
  | { readonly kind: "new"; readonly path: MemberPath; readonly arguments: readonly unknown[] }
  /** A symbol of the global registry. */
  | { readonly kind: "symbol"; readonly key: string }
  /** The prototype of a class. */
  | { readonly kind: "prototype"; readonly class: NodeId }
  /** Something that every Node has, such as `Math.max`. */
  | { readonly kind: "global"; readonly path: MemberPath }
  /** A module, or what it exports: `node:path`, or the absolute path of a file. */
  | { readonly kind: "module"; readonly specifier: string; readonly path: MemberPath }
  /** The same of a module that travels along, in a text of many. */
  | {
      readonly kind: "packed";
      readonly pack: NodeId;
      readonly entry: number;
      readonly path: MemberPath;
    }
  /** Something that the worker brings along: a library, or an export of it. */
  | { readonly kind: "provided"; readonly library: string; readonly member: string | undefined }
  /** An object that a class the worker brings along makes of one argument. */
  | { readonly kind: "made"; readonly library: string; readonly member: string; readonly argument: unknown }
  /** A class that whoever makes the value has already: values that are shared leave theirs to the functions. */
  | { readonly kind: "slot"; readonly index: number }
  /** A broadcast variable: workers read the file of its value when they are asked for it. */
  | {
      readonly kind: "broadcast";
      /** Where it lies: a path, or the name of a file of the session. */
      readonly file: string;
      /** The classes of instances in the value, in the order of its slots. */
      readonly classes: readonly NodeId[];
    }
  /** An accumulator: workers add to a copy that starts at zero. */
  | {
      readonly kind: "accumulator";
      readonly id: number;
      /** By which of the client's captures it came, whose classes its terms may be instances of. */
      readonly capture: number;
      /** How terms are added; undefined for numbers. */
      readonly param: NodeId | undefined;
      /** As `captureValue` makes it. */
      readonly zero: Uint8Array;
      readonly classes: readonly NodeId[];
      /** Where functions over columns write what they have added; "" for nowhere. */
      readonly file: string;
    }
  /** The `require` of a CommonJS file or a cell, or (`import`) its `import()`. */
  | {
      readonly kind: "require" | "import";
      /** The files whose modules it finds, the first first. */
      readonly from: readonly string[];
      /** What travels along, by specifier. */
      readonly packed?: Readonly<Record<string, { readonly pack: NodeId; readonly entry: number }>>;
    };

/** npm packages in one text: a CommonJS module, whose exports are functions that give a module each. */
export interface Pack {
  readonly hash: string;
  readonly text: string;
}

export interface ClosureBundle {
  readonly nodes: readonly BundleNode[];
  /** The functions that were given to the RDD's methods. */
  readonly roots: readonly NodeId[];
}
