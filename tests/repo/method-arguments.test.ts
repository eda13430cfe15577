// Every public method, called as people call it by mistake: it makes a plan that means something, or says what to pass
// before anything is sent. The server keeps what arrives, and runs nothing.
import { toBinary, toJson } from "@bufbuild/protobuf";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { ExpressionSchema } from "../../runtime/connect/generated/expressions_pb.js";
import { RelationSchema } from "../../runtime/connect/generated/relations_pb.js";
import { Column, DataFrame, ClosureError, PlanError, SparkSession } from "../../runtime/index.ts";
import { RecordingServer } from "../conformance/recorded/recording-server.ts";
import { idleSession } from "../../runtime/sql/test-frame.fixture.ts";
import { badValues, garbageIn, spare } from "./arguments/bad-values.ts";
import type { Call, Subject } from "./arguments/subject.ts";
import { subjects } from "./arguments/subjects.ts";

type Callback = (...args: unknown[]) => unknown;

/** The same for every session: their names and methods, for the list of tests. */
const outline = subjects(idleSession());

let server: RecordingServer;
let spark: SparkSession;
beforeAll(async () => {
  server = await RecordingServer.start();
  const fields = ["string", "integer", "double"].map((type, i) => ({
    name: "snd"[i],
    type,
    nullable: true,
    metadata: {},
  }));
  server.schemas = [{ type: "struct", fields }];
  spark = await SparkSession.builder.remote(server.remote).getOrCreate();
});
afterAll(async () => {
  await spark?.stop();
  await server?.stop();
});
const log = console.log;
afterEach(() => void (console.log = log));

describe.each(outline.map(({ name }, index) => ({ name, index })))("$name", ({ index }) => {
  const { calls, internal = [], isPart = false, make } = outline[index];

  test("has a valid call here for each of its methods", () => {
    if (isPart) return;
    const object = make();
    const owner =
      typeof object === "function" || Object.getPrototypeOf(object) === Object.prototype
        ? object
        : (Object.getPrototypeOf(object) as object);
    const methods = Object.entries(Object.getOwnPropertyDescriptors(owner))
      .filter(([name, { value }]) => typeof value === "function" && name !== "constructor")
      .map(([name]) => name);
    expect([...Object.keys(calls), ...internal].toSorted()).toEqual(
      expect.arrayContaining(methods.toSorted()),
    );
  });

  for (const [name, call] of Object.entries(calls)) {
    test(`${name}() means something, or says what to pass`, async () => {
      console.log = () => {};
      await tryCall(subjects(spark)[index], name, call);
    });
  }
});

async function tryCall(subject: Subject, name: string, [needed, ...all]: Call): Promise<void> {
  // Arguments of this session, not of the outline's.
  const args = subject.calls[name].slice(1);
  expect(args.length).toBe(all.length);
  const valid = await outcome(subject, name, args);
  expect(valid.refusal, "the valid call").toBeUndefined();
  for (let count = 0; count < needed; count++) {
    const { refusal } = await outcome(subject, name, args.slice(0, count));
    expect(refusal, `${name}() with ${count} of ${needed} arguments`).toBeInstanceOf(PlanError);
  }
  for (let count = needed; count < args.length; count++) await outcome(subject, name, args.slice(0, count));
  if (name !== "toJSON" && !subject.takesMore?.includes(name)) {
    const more = await outcome(subject, name, [...args, spare]);
    if (!more.refusal) expect(JSON.stringify(more.plans), `${name}() with a spare argument`).toContain(spare);
  }
  for (const at of args.keys()) {
    for (const [what, bad] of Object.entries(badValues)) {
      const { refusal, plans } = await outcome(subject, name, args.with(at, bad));
      const context = `${name}() with ${what} as argument ${at + 1}`;
      expect(garbageIn(plans, subject.numbersAsText?.includes(name)), context).toEqual([]);
      if (bad === undefined && at < needed && !subject.mayBeUndefined?.includes(name))
        expect(refusal, context).toBeInstanceOf(PlanError);
    }
  }
}

interface Outcome {
  readonly refusal?: PlanError | ClosureError;
  /** What it made or sent, as JSON. */
  readonly plans?: readonly unknown[];
}

/** What became of a call. @throws what isn't a refusal, where nothing was sent before it */
async function outcome(subject: Subject, name: string, args: readonly unknown[]): Promise<Outcome> {
  const object = subject.make();
  const [requests, questions] = [server.requests.length, server.questions.length];
  const sent = () => [...server.requests.slice(requests), ...server.questions.slice(questions)];
  try {
    const result = (object as Record<string, Callback>)[name](...args);
    const made = [result, subject.finish?.(result as never, object as never)];
    const plans = [];
    for (const each of made) plans.push(await planOf(each));
    return { plans: [...plans, ...sent()] };
  } catch (error) {
    if (error instanceof PlanError || error instanceof ClosureError) return { refusal: error };
    // A message that can't be encoded: of a job it is a PlanError, runtime/connect/text-encoding.ts.
    const [refused] = /The text .* has half of a surrogate pair/.exec(String(error)) ?? [];
    if (refused !== undefined) return { refusal: new PlanError(refused, "Mend it.") };
    // What the server answers is no answer to most questions.
    if (sent().length > 0 || /unimplemented|not implemented/i.test(String(error))) return { plans: sent() };
    throw new Error(
      `${name}(${args.map((each) => describeValue(each)).join(", ")}) failed with ${String(error)}`,
      { cause: error },
    );
  }
}

async function planOf(result: unknown): Promise<unknown> {
  if (result instanceof DataFrame) {
    await result.query(() => Promise.resolve());
    toBinary(RelationSchema, result.relation);
    return toJson(RelationSchema, result.relation);
  }
  if (result instanceof Column) {
    toBinary(ExpressionSchema, result.expression);
    return toJson(ExpressionSchema, result.expression);
  }
  if (Array.isArray(result)) return Promise.all(result.map(planOf));
  if (result instanceof SparkSession) return void (await result.stop());
  if (typeof result === "object" && result !== null) {
    if (Symbol.asyncIterator in result) for await (const _ of result as AsyncIterable<unknown>);
    if ("then" in result) return planOf(await (result as Promise<unknown>));
    if ("settings" in result) return result;
    if ("jsonValue" in result && "json" in result) return JSON.parse((result.json as () => string)());
  }
  return typeof result === "string" ? result : undefined;
}

function describeValue(value: unknown): string {
  return typeof value === "string"
    ? JSON.stringify(value)
    : Array.isArray(value)
      ? `[${value.map(describeValue).join(", ")}]`
      : typeof value === "object"
        ? value === null
          ? "null"
          : value.constructor?.name
        : String(value);
}
