import { X509Certificate, createPrivateKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { CommandError } from "../command-error.ts";

/**
 * Makes sure that https can be served with these, before people are told that it is.
 * @throws CommandError that names the file and what is wrong with it
 */
export function checkCertificate(certFile: string, keyFile: string, now = new Date()): void {
  const cert = parse(certFile, "a certificate", (text) => new X509Certificate(text));
  const key = parse(keyFile, "a private key without a passphrase", (text) => createPrivateKey(text));
  if (!cert.checkPrivateKey(key))
    throw new CommandError(
      `The key ${keyFile} is not that of the certificate ${certFile}.\nGive the two files that were made together.`,
    );
  if (now > new Date(cert.validTo) || now < new Date(cert.validFrom))
    throw new CommandError(
      `The certificate ${certFile} is valid from ${cert.validFrom} to ${cert.validTo}, which is not now.\n` +
        "Renew it: browsers would refuse it.",
    );
}

function parse<T>(file: string, what: string, read: (text: Buffer) => T): T {
  let text: Buffer;
  try {
    text = readFileSync(file);
  } catch (error) {
    throw new CommandError(
      `${file} can't be read (${(error as NodeJS.ErrnoException).code}).\nName ${what} in PEM format.`,
    );
  }
  try {
    return read(text);
  } catch {
    throw new CommandError(`${file} is not ${what}.\nName one in PEM format, which begins with -----BEGIN.`);
  }
}
