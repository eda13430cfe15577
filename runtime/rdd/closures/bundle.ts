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
  /** The variables it uses from outside. */
  readonly scope: readonly (readonly [name: string, value: NodeId])[];
  /** Properties set on it, such as static fields. */
  readonly properties: readonly (readonly [name: string, value: NodeId])[];
}

export type BundleNode =
  | CodeNode
  /** Anything V8 serialises; data of one bundle keep their identity. */
  | { readonly kind: "data"; readonly value: unknown }
  | {
      readonly kind: "object";
      readonly isBare: boolean;
      readonly fields: readonly (readonly [string, NodeId])[];
    }
  | { readonly kind: "array"; readonly items: readonly NodeId[] }
  | { readonly kind: "map"; readonly entries: readonly (readonly [NodeId, NodeId])[] }
  | { readonly kind: "set"; readonly items: readonly NodeId[] }
  | {
      readonly kind: "instance";
      readonly class: NodeId;
      readonly fields: readonly (readonly [string, NodeId])[];
    }
  /** Something that every Node has, such as `Math.max`. */
  | { readonly kind: "global"; readonly path: readonly string[] }
  /** A module, or an export of it: `node:path`, or the absolute path of a file. */
  | { readonly kind: "module"; readonly specifier: string; readonly member: string | undefined }
  /** Something that the worker brings along: a library, or an export of it. */
  | { readonly kind: "provided"; readonly library: string; readonly member: string | undefined }
  /** An object that a class the worker brings along makes of one argument. */
  | { readonly kind: "made"; readonly library: string; readonly member: string; readonly argument: unknown }
  /** The `require` of a CommonJS file or a cell. */
  | { readonly kind: "require"; readonly from: string };

export interface ClosureBundle {
  readonly nodes: readonly BundleNode[];
  /** The functions that were given to the RDD's methods. */
  readonly roots: readonly NodeId[];
}
