import { deserialize } from "node:v8";
import { revive } from "../../rdd/worker/revive.ts";
import { libraries } from "../libraries.ts";
import type { FunctionSpec } from "../function-spec.ts";

/** A function of the user's, made from what the client sent. */
export interface LoadedFunction {
  readonly spec: FunctionSpec;
  readonly fn: (...args: unknown[]) => unknown;
}

export function loadFunction(payload: Uint8Array): LoadedFunction {
  const spec = deserialize(payload) as FunctionSpec;
  return { spec, fn: revive(spec.closures, libraries).functions[0] };
}
