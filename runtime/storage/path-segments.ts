import { StorageError } from "./storage-error.ts";

/**
 * The names in a storage's path; none for "".
 * @throws StorageError OTHER for a path that would lead elsewhere
 */
export function pathSegments(path: string): string[] {
  if (path === "") return [];
  const segments = path.split("/");
  for (const segment of segments) {
    if (segment !== "" && segment !== "." && segment !== ".." && !segment.includes("\0")) continue;
    throw new StorageError(
      "OTHER",
      `${JSON.stringify(path)} isn't a path inside a storage.`,
      'Give names separated by "/", without "." and "..", such as "source=siem/part-0.parquet".',
    );
  }
  return segments;
}

/** Like {@link pathSegments}, for what needs a name. */
export function fileSegments(path: string): string[] {
  const segments = pathSegments(path);
  if (segments.length > 0) return segments;
  throw new StorageError("OTHER", "A file needs a name.", 'Give a path such as "part-0.parquet", not "".');
}
