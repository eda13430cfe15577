import { inspect } from "node:util";
import { afterEach, expect, test, vi } from "vitest";
import { clientTypeOf, connectionOptions, parseConnectionString } from "./endpoint.ts";
import { PlanError } from "./plan-error.ts";

afterEach(() => vi.unstubAllEnvs());

test.each([
  ["sc://spark.example", { host: "spark.example", port: 15002, useTls: false, headers: {} }],
  ["sc://spark.example:443/;use_ssl=true", { port: 443, useTls: true }],
  ["sc://spark.example/;use_ssl=TRUE", { useTls: true }],
  ["sc://spark.example;user_id=ann", { userId: "ann", useTls: false }],
  ["sc://[::1]:15003/;user_id=a%40b%3Bc", { host: "::1", port: 15003, userId: "a@b;c" }],
  ["sc://[2001:db8::7]", { host: "2001:db8::7", port: 15002 }],
  ["sc://h/;user_agent=night%20run", { userAgent: "night run" }],
  [
    "sc://h/;session_id=123e4567-e89b-42d3-a456-426614174000",
    { sessionId: "123e4567-e89b-42d3-a456-426614174000" },
  ],
  ["sc://h/;x-tenant=blue;x-Trace=1%3D2", { headers: { "x-tenant": "blue", "x-Trace": "1=2" } }],
])("%s", (text, expected) => {
  vi.stubEnv("SPARK_CONNECT_AUTHENTICATE_TOKEN", undefined);
  expect(parseConnectionString(text)).toMatchObject(expected);
});

test.each([
  ["sc://spark.example/;token=abc", true],
  ["sc://spark.example/;token=abc;use_ssl=false", true],
  ["sc://127.0.0.1.example/;token=abc", true],
  ["sc://10.0.0.1/;token=abc", true],
  ["sc://localhost/;token=abc", false],
  ["sc://127.0.0.1:15002/;token=abc", false],
  ["sc://[::1]/;token=abc", false],
  ["sc://localhost/;token=abc;use_ssl=true", true],
])("a token leaves this machine under TLS only: %s", (text, useTls) => {
  expect(parseConnectionString(text)).toMatchObject({ token: "abc", useTls });
});

test("token, user and name come from PySpark's variables where the string has none", () => {
  vi.stubEnv("SPARK_CONNECT_AUTHENTICATE_TOKEN", "of-the-environment");
  vi.stubEnv("SPARK_USER", "spark-ann");
  vi.stubEnv("SPARK_CONNECT_USER_AGENT", "nightly");
  const endpoint = parseConnectionString("sc://spark.example");
  expect(endpoint).toMatchObject({ token: "of-the-environment", useTls: true, userId: "spark-ann" });
  expect(clientTypeOf(endpoint)).toMatch(/^nightly os\/\w+ \(.+\) node\/\d+\./);
  expect(parseConnectionString("sc://spark.example/;token=own;user_id=ben")).toMatchObject({
    token: "own",
    userId: "ben",
  });
});

test.each([
  ["http://h:1/;token=secret", `"http://h:1/;…" doesn't begin with sc://.`],
  ["sc://", `"sc://" names no host.`],
  ["sc://:15002", "names no host."],
  ["sc://h:99999", "has a port that isn't one."],
  ["sc://h:0", "has a port that isn't one."],
  ["sc://h:abc/;token=secret", "has a port that isn't one."],
  ["sc://h/path/;token=secret", 'has a path, "/path/".'],
  ["sc://ann:secret@h:15002", `"sc://…@h:15002" has a user before the host; that is the parameter user_id.`],
  ["sc://2001:db8::7", ": an IPv6 address goes into brackets."],
])("%s is refused with the reason", (text, why) => {
  const parse = () => parseConnectionString(text);
  expect(parse).toThrow(PlanError);
  expect(parse).toThrow(why);
  expect(parse).toThrow('\nWrite "sc://host:15002", with parameters as in');
  expect(parse).not.toThrow(/secret/);
});

test.each([
  ["sc://h/;token", 'The parameter "token" of', "as %3D %3B %25."],
  ["sc://h/;token=secret==", 'The parameter "token" of', "as %3D %3B %25."],
  ["sc://h/;=secret", "The parameter of", "Write each as name=value"],
  ["sc://h/;user_id=%zz", 'The value of "user_id"', "encodeURIComponent(value)"],
  ["sc://h/;x-a=caf%C3%A9", 'The parameter "x-a"', "Headers are of ASCII"],
  ["sc://h/;x-a=secret%0d%0ax-b: 1", 'The parameter "x-a"', "Headers are of ASCII"],
  ["sc://h/;use_ssl=yes", 'neither true nor false: "yes"', "Pass use_ssl=true for TLS"],
  ["sc://h/;session_id=mine", 'no UUID: "mine"', "or leave it out for a new session."],
  [
    `sc://h/;user_agent=${"ä".repeat(400)}`,
    "has 2400 characters, percent-encoded; 2048 are allowed.",
    "shorter",
  ],
])("the parameters of %s are refused", (text, what, remedy) => {
  const parse = () => parseConnectionString(text);
  expect(parse).toThrow(PlanError);
  expect(parse).toThrow(what);
  expect(parse).toThrow(remedy);
  expect(parse).not.toThrow(/secret/);
});

test("an endpoint that is printed keeps its token and headers to itself", () => {
  const endpoint = parseConnectionString("sc://spark.example/;token=secret;x-key=hidden");
  expect(inspect({ endpoint }, { depth: 9 })).toBe("{ endpoint: Endpoint { spark.example:15002, TLS } }");
});

test("certificates that gRPC is told of count, and a file that can't be read is named", () => {
  vi.stubEnv("GRPC_DEFAULT_SSL_ROOTS_FILE_PATH", import.meta.filename);
  const endpoint = parseConnectionString("sc://h/;use_ssl=true");
  expect(String(connectionOptions(endpoint).ca)).toContain("import { inspect }");
  expect(connectionOptions(parseConnectionString("sc://localhost"))).toEqual({});
  vi.stubEnv("GRPC_DEFAULT_SSL_ROOTS_FILE_PATH", "/nowhere/ca.pem");
  expect(() => connectionOptions(endpoint)).toThrow("/nowhere/ca.pem");
  expect(() => connectionOptions(endpoint)).toThrow("\nLet it name a PEM file");
});
