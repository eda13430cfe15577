// Which functions have a variable in common: what one of them assigns, the others see, there as here.
import type { BundleNode, CodeNode, NodeId } from "./bundle.ts";
import type { OuterScope } from "./function-internals.ts";

/** A function's use of a variable from outside. */
export interface VariableUse {
  readonly function: NodeId;
  readonly name: string;
  readonly value: NodeId;
  readonly isAssigned: boolean;
  /** The script the function stands in, and where. */
  readonly file: string;
  readonly place: string;
  /** Where it was declared; undefined for the variables of cells and of scripts, which are one for all. */
  readonly scope: OuterScope | undefined;
}

interface Group {
  readonly first: VariableUse;
  readonly uses: VariableUse[];
}

export class SharedVariables {
  readonly #uses: VariableUse[] = [];

  note(use: VariableUse): void {
    this.#uses.push(use);
  }

  /** Numbers the variables that several functions use and at least one assigns. */
  number(nodes: BundleNode[]): void {
    const assigned = new Set(this.#uses.filter((use) => use.isAssigned).map(({ name }) => name));
    const groups: Group[] = [];
    for (const use of this.#uses) {
      if (!assigned.has(use.name)) continue;
      const group = groups.findLast(({ first, uses }) => isSame(first, use) && !hasPlace(uses, use));
      if (group) group.uses.push(use);
      else groups.push({ first: use, uses: [use] });
    }
    let shared = 0;
    for (const { first, uses } of groups) {
      if (uses.length < 2 || !uses.some(({ isAssigned }) => isAssigned)) continue;
      shared++;
      for (const use of uses) {
        const code = nodes[use.function] as CodeNode;
        nodes[use.function] = {
          ...code,
          scope: code.scope.map((variable) =>
            variable.name === first.name ? { ...variable, shared } : variable,
          ),
        };
      }
    }
  }
}

/** A function's text stands once among those that one call of its maker made. */
function hasPlace(uses: readonly VariableUse[], { scope, place }: VariableUse): boolean {
  return scope !== undefined && scope.title !== "Module" && uses.some((use) => use.place === place);
}

function isSame(a: VariableUse, b: VariableUse): boolean {
  if (a.name !== b.name || a.scope?.title !== b.scope?.title) return false;
  if (!a.scope || !b.scope) return a.scope === b.scope;
  if (a.file !== b.file) return false;
  if (a.scope.title === "Module") return true;
  // V8 doesn't tell whether two scopes are one. They are taken as one when all their variables are the same.
  const [left, right] = [a.scope.read(), b.scope.read()];
  return (
    left.length === right.length &&
    left.every(([name, value], i) => name === right[i][0] && Object.is(value, right[i][1]))
  );
}
