import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { checkCertificate } from "./check-certificate.ts";

const folder = mkdtempSync(join(tmpdir(), "sightline-cert-"));
const file = (name: string) => join(folder, name);
for (const name of ["one", "two"])
  execFileSync(
    "openssl",
    [
      ...["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", `/CN=${name}`],
      ...["-keyout", file(`${name}.key`), "-out", file(`${name}.pem`)],
    ],
    { stdio: "ignore" },
  );
writeFileSync(file("text"), "not PEM");
afterAll(() => rmSync(folder, { recursive: true }));

test("takes a certificate with its key", () => {
  expect(() => checkCertificate(file("one.pem"), file("one.key"))).not.toThrow();
});

test("refuses what https can't be served with, and names the file", () => {
  const check = (cert: string, key: string, now?: Date) => () => checkCertificate(file(cert), file(key), now);
  expect(check("one.pem", "two.key")).toThrow(
    `The key ${file("two.key")} is not that of the certificate ${file("one.pem")}.\nGive the two files that were made together.`,
  );
  expect(check("text", "one.key")).toThrow(
    `${file("text")} is not a certificate.\nName one in PEM format, which begins with -----BEGIN.`,
  );
  expect(check("one.pem", "text")).toThrow(
    `${file("text")} is not a private key without a passphrase.\nName one in PEM format, which begins with -----BEGIN.`,
  );
  expect(check("none", "one.key")).toThrow(
    `${file("none")} can't be read (ENOENT).\nName a certificate in PEM format.`,
  );
  expect(check("one.pem", "one.key", new Date("2100-01-01"))).toThrow(
    /is valid from .* which is not now\.\nRenew it/,
  );
});
