import { Code, ConnectError } from "@connectrpc/connect";
import { expect, test } from "vitest";
import { PlanError } from "./plan-error.ts";
import { Attempts, DefaultPolicy, RetryPolicy } from "./retry-policy.ts";

const unavailable = new ConnectError("no", Code.Unavailable);

/** google.rpc.RetryInfo with a retry_delay in seconds and nanoseconds. */
function withRetryInfo(code: Code, seconds: number): ConnectError {
  const error = new ConnectError("later", code);
  const duration = [0x08, ...varint(seconds), 0x10, ...varint(500_000_000)];
  const value = Uint8Array.from([0x0a, duration.length, ...duration]);
  error.details.push({ type: "google.rpc.RetryInfo", value });
  return error;
}

function varint(n: number): number[] {
  return n < 128 ? [n] : [(n & 127) | 128, ...varint(Math.floor(n / 128))];
}

test("the default policy waits as PySpark's: times four from 50 ms, at most a minute, 15 times, jitter from 2 s on", () => {
  const attempts = new Attempts([new DefaultPolicy()]);
  const waits = Array.from({ length: 16 }, () => attempts.after(unavailable));
  expect(waits.slice(0, 3)).toEqual([50, 200, 800]);
  const expected = [3200, 12_800, 51_200, ...Array<number>(9).fill(60_000)];
  for (const [i, least] of expected.entries()) {
    expect(waits[i + 3]).toBeGreaterThanOrEqual(least);
    expect(waits[i + 3]).toBeLessThanOrEqual(least + 500);
  }
  expect(waits[15]).toBeUndefined();
  expect(attempts.count).toBe(15);
});

test.each([
  [unavailable, true],
  [new ConnectError("[INVALID_CURSOR.DISCONNECTED] another stream", Code.Internal), true],
  [new ConnectError("http/2 stream closed with error code CANCEL (0x8)", Code.Canceled), true],
  [new ConnectError("read ECONNRESET", Code.Aborted), true],
  [withRetryInfo(Code.ResourceExhausted, 3), true],
  [new ConnectError("[DIVIDE_BY_ZERO] no", Code.Internal), false],
  [new ConnectError("self-signed certificate", Code.Unavailable), false],
  [new ConnectError("no", Code.Unauthenticated), false],
  [new Error("UNAVAILABLE"), false],
])("%s: tried again %s", (error, isRetried) => {
  expect(new DefaultPolicy().canRetry(error)).toBe(isRetried);
});

test("a wait that the server asks for counts, also above the longest of ours, up to ten minutes", () => {
  const asked = (seconds: number, options = {}) =>
    new Attempts([new DefaultPolicy({ jitter: 0, ...options })]).after(
      withRetryInfo(Code.Unavailable, seconds),
    );
  expect(asked(90)).toBe(90_500);
  expect(asked(7200)).toBe(600_000);
  expect(asked(90, { recognizeServerRetryDelay: false })).toBe(50);
});

test("the first policy that knows a failure counts, each with a budget of its own", () => {
  class Mine extends RetryPolicy {
    override canRetry(error: unknown) {
      return error instanceof RangeError;
    }
  }
  const policies = [new DefaultPolicy({ maxRetries: 1 }), new Mine({ maxRetries: 2, initialBackoff: 7 })];
  const attempts = new Attempts(policies);
  expect([attempts.after(unavailable), attempts.after(unavailable)]).toEqual([50, undefined]);
  const mine = new RangeError();
  expect([attempts.after(mine), attempts.after(mine), attempts.after(mine)]).toEqual([7, 7, undefined]);
  expect(new Attempts([]).after(unavailable)).toBeUndefined();
});

test.each([{ maxRetries: -1 }, { maxBackoff: Number.NaN }, { jitter: "2" as never }])(
  "%j is refused",
  (options) => {
    expect(() => new DefaultPolicy(options)).toThrow(PlanError);
    expect(() => new DefaultPolicy(options)).toThrow("\nPass milliseconds or counts from 0 on:");
  },
);
