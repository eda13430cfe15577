// Names of files that are being written. A leading dot hides them from Spark and Sail, too.
import { randomUUID } from "node:crypto";

const prefix = ".sightline-";
const suffix = ".tmp";

/** A name that nobody else uses, ever: what a late request does to it concerns nobody. */
export function temporaryName(): string {
  return prefix + randomUUID() + suffix;
}

export function isTemporaryName(name: string): boolean {
  return name.startsWith(prefix) && name.endsWith(suffix);
}
