import { Code, ConnectError } from "@connectrpc/connect";
import { expect, test } from "vitest";
import { isUntrusted } from "./error-details.ts";

const refused = new Error("self-signed certificate in certificate chain");

test.each([
  [new ConnectError("self-signed certificate", Code.Unavailable), true],
  [new ConnectError(refused.message, Code.Internal, undefined, undefined, refused), true],
  [new ConnectError("[UNRESOLVED_COLUMN] no column `certificate`", Code.Internal), false],
  [new ConnectError("at hdfs.ClientNamenodeProtocolProtos.callBlockingMethod", Code.Internal), false],
  [new Error("certificate"), false],
])("%s: a certificate that isn't trusted %s", (error, expected) => {
  expect(isUntrusted(error)).toBe(expected);
});
