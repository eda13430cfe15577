import { expect, test } from "vitest";
import { DEFAULT_PARTITION, partitionPath } from "./partition-path.ts";

test.each([
  [{ source: "siem", date: "2026-11-23" }, "source=siem/date=2026-11-23"],
  [{ host: DEFAULT_PARTITION }, "host=__HIVE_DEFAULT_PARTITION__"],
  [{ path: "../../etc/passwd" }, "path=..%2F..%2Fetc%2Fpasswd"],
  [{ q: "a=b?c#d%e:f*g\\h'i\"j[k]{l^" }, "q=a%3Db%3Fc%23d%25e%3Af%2Ag%5Ch%27i%22j%5Bk%5D%7Bl%5E"],
  [{ n: "\u0000\n\u007f" }, "n=%00%0A%7F"],
  [{ "a/b": "größe 日本" }, "a%2Fb=größe 日本"],
  [{}, ""],
])("%j is the folder %j", (partition, path) => {
  expect(partitionPath(partition as Record<string, string>)).toBe(path);
});
