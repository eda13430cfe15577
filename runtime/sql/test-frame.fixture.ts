import type { Engine } from "../engines/engine.ts";
import { localRelation } from "../plan/relation.ts";
import { DataFrame } from "./dataframe.ts";
import { SparkSession } from "./spark-session.ts";

/** A session whose engine is never started: plans are made without one. */
export function idleSession(name: Engine["name"] = "remote"): SparkSession {
  const engine: Engine = {
    name,
    title: "no engine",
    isLocal: false,
    generation: 0,
    isGone: false,
    endpoint: () => Promise.reject(new Error("no engine runs in this test")),
    pythonVersion: () => Promise.resolve(""),
    exitOf: () => Promise.resolve(undefined),
    stop: () => Promise.resolve(),
  };
  return new SparkSession(engine, "", new Map());
}

/** A frame with the columns `s`, `n` and `d`, of a session that never runs anything. */
export function idleFrame(session = idleSession()): DataFrame {
  return new DataFrame(session, localRelation(undefined, "s string, n int, d double"));
}
