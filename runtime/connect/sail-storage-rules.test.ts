import { expect, test } from "vitest";
import { translateSailMessage } from "./sail-messages.ts";

const xml = (code: string, message: string, more = "") =>
  `<?xml version="1.0" encoding="utf-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message>${more}<RequestId>R</RequestId></Error>`;
const listing = (status: string) =>
  `Generic S3 error: Error performing list request: Error performing GET http://h:9/logs?list-type=2&prefix=x%2F in 6.1ms - Server returned non-2xx status code: ${status}: `;
const putting = (status: string) =>
  `The operation lacked the necessary privileges to complete for path x/a.parquet: Error performing PUT http://h:9/logs/x/a.parquet in 2ms - Server returned non-2xx status code: ${status}: `;

test.each([
  [
    listing("404 Not Found") +
      xml("NoSuchBucket", "The bucket does not exist", "<BucketName>logs</BucketName>"),
    "PATH_NOT_FOUND",
    "there is no bucket `logs`.",
    "AWS_ENDPOINT",
  ],
  [listing("404 Not Found") + xml("NoSuchBucket", "No"), "PATH_NOT_FOUND", "no bucket `logs`.", "AWS_REGION"],
  [
    listing("403 Forbidden") + xml("InvalidAccessKeyId", "The key isn't known."),
    "FAILED_READ_FILE",
    "doesn't let this key do that: The key isn't known. (InvalidAccessKeyId)",
    "AWS_ACCESS_KEY_ID",
  ],
  [
    putting("403 Forbidden") + xml("AccessDenied", "Access Denied"),
    "FAILED_TO_WRITE",
    "Access Denied. (AccessDenied)",
    "AWS_SECRET_ACCESS_KEY",
  ],
  [
    "Server returned non-2xx status code: 403 Forbidden: ",
    "FAILED_READ_FILE",
    "403 Forbidden.",
    "AWS_REGION",
  ],
  [
    listing("301 Moved Permanently") + xml("PermanentRedirect", "Use another endpoint."),
    "FAILED_READ_FILE",
    "another region: Use another endpoint.",
    "AWS_REGION",
  ],
  [
    listing("503 Service Unavailable") + xml("SlowDown", "Please slow down."),
    "FAILED_READ_FILE",
    "the storage refused: Please slow down. (SlowDown)",
    "AWS_",
  ],
  [
    "request forbidden: IMDS is disabled or the caller has insufficient permissions.",
    "FAILED_READ_FILE",
    "no credentials",
    "AWS_ACCESS_KEY_ID",
  ],
  [
    "Generic S3 error: the credential provider was not enabled",
    "FAILED_READ_FILE",
    "no credentials",
    "AWS_ACCESS_KEY_ID",
  ],
  ["URL scheme is not allowed", "FAILED_READ_FILE", "isn't https", "AWS_ALLOW_HTTP=true"],
  [
    "Generic S3 error: Error performing PUT http://h:9/logs/a in 13µs - HTTP error: builder error",
    "FAILED_READ_FILE",
    "isn't https",
    "AWS_ALLOW_HTTP=true",
  ],
  [
    "Generic S3 error: Error performing PUT http://h:9/logs/a in 3.2s, after 10 retries, max_retries: 10 - HTTP error: error sending request",
    "FAILED_READ_FILE",
    "nothing answers for S3 at http://h:9.",
    "AWS_ENDPOINT",
  ],
  [
    'Generic URL error: Unable to recognise URL "foo://lake/x"',
    "UNSUPPORTED_FEATURE",
    "no storage for foo://",
    "s3a://",
  ],
  [
    "URL did not match any known pattern for scheme: abfss://c@lake/x",
    "UNSUPPORTED_FEATURE",
    "abfss://c@lake/x isn't as such addresses are written.",
    "abfss://",
  ],
  [
    'found mixed partition values [] and ["host"]',
    "CONFLICTING_PARTITION_COLUMN_NAMES",
    '[], others for ["host"]',
    "unionByName",
  ],
  [
    "Invalid table location: No commit files found in _delta_log",
    "DELTA_TABLE_NOT_FOUND",
    "no Delta table",
    'format("delta")',
  ],
  [
    "No metadata files found in table location: s3a://lake/t/",
    "TABLE_OR_VIEW_NOT_FOUND",
    "no Iceberg table at s3a://lake/t.",
    'format("iceberg")',
  ],
  ["Binary file format does not support writing", "UNSUPPORTED_FEATURE", "not written", "df.write.parquet"],
])("%s", (message, errorClass, what, remedy) => {
  const translated = translateSailMessage(message)!;
  expect(translated.errorClass).toBe(errorClass);
  const [first, second, ...more] = translated.message.split("\n");
  expect(first).toContain(what);
  expect(second).toContain(remedy);
  expect(more).toEqual([]);
});
