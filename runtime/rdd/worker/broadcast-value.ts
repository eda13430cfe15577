import { readFileSync, statSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { deserialize } from "node:v8";
import type { ClosureBundle } from "../closures/bundle.ts";

/** Values above this, all together, are forgotten when a task begins that is the second not to use them. */
const keptBytes = 256 << 20;

type Constructor = { prototype: object };

interface Kept {
  readonly value: unknown;
  /** Between the instances in the value and their classes, which each job brings anew. */
  readonly prototypes: readonly object[];
  readonly bytes: number;
  /** Which state of the file it is. */
  readonly state: string;
  /** Whose classes the instances are of now. */
  owner: BroadcastValue | undefined;
  isUsed: boolean;
}

/** Makes a value of a bundle; `slots` are what has the prototypes of its classes. */
export type ReviveValue = (bundle: ClosureBundle, slots: readonly Constructor[]) => unknown;

/** The values that this process has read, by their files. */
const kept = new Map<string, Kept>();

/** A broadcast variable on an executor: its value is read once in a process, when it is first asked for. */
export class BroadcastValue {
  readonly #file: string;
  readonly #classes: () => readonly Constructor[];
  readonly #revive: ReviveValue;

  /** @param classes those of instances in the value, asked for when it is read: they may not be made yet */
  constructor(file: string, classes: () => readonly Constructor[], revive: ReviveValue) {
    this.#file = file;
    this.#classes = classes;
    this.#revive = revive;
  }

  /** The value that was broadcast; a copy of this process. */
  get value(): unknown {
    const found = kept.get(this.#file) ?? this.#read();
    if (found.owner !== this) this.#adopt(found);
    found.isUsed = true;
    return found.value;
  }

  /** Only where it was made. */
  unpersist(): never {
    throw notHere("unpersisted");
  }

  /** Only where it was made. */
  destroy(): never {
    throw notHere("destroyed");
  }

  #read(): Kept {
    const path = pathOf(this.#file);
    let bytes: Buffer;
    const state = stateOf(path);
    try {
      bytes = readFileSync(path);
    } catch (error) {
      throw new Error(
        "The value of a broadcast variable isn't there: it was destroyed, or belongs to a session that has ended.",
        { cause: error },
      );
    }
    const prototypes = this.#classes().map(() => ({}));
    const slots = prototypes.map((prototype) => ({ prototype }));
    const value = this.#revive(deserialize(bytes) as ClosureBundle, slots);
    const made: Kept = { value, prototypes, bytes: bytes.length, state, owner: undefined, isUsed: true };
    kept.set(this.#file, made);
    return made;
  }

  // Instances keep their identity from job to job, and are instances of the class that the job's functions know.
  #adopt(found: Kept): void {
    this.#classes().forEach((owner, index) =>
      Object.setPrototypeOf(found.prototypes[index], owner.prototype),
    );
    found.owner = this;
  }
}

/** When a task begins: forgets values that were destroyed, unpersisted, or that there are too many of. */
export function sweepBroadcasts(): void {
  for (const [file, { state }] of kept) if (stateOf(pathOf(file)) !== state) kept.delete(file);
  let bytes = [...kept.values()].reduce((sum, entry) => sum + entry.bytes, 0);
  for (const [file, entry] of kept) {
    if (bytes > keptBytes && !entry.isUsed) {
      kept.delete(file);
      bytes -= entry.bytes;
    }
    entry.isUsed = false;
    entry.owner = undefined;
  }
}

/** Of a session on another machine the files lie where its executor put them. */
function pathOf(file: string): string {
  return isAbsolute(file) ? file : join(process.env.SIGHTLINE_FILES ?? "", file);
}

function stateOf(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  return found ? `${found.ino} ${found.size} ${found.mtimeMs}` : "";
}

function notHere(what: string): Error {
  return new Error(
    `A broadcast variable can only be ${what} where it was made, not in a function on an executor.`,
  );
}
