// Object storages: what they answer, in XML, and what the engine says of their addresses.
import type { SailRule } from "./sail-rule.ts";

const credentials =
  "Start with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY set to a key that may, AWS_REGION to the bucket's region " +
  "and, where it isn't Amazon's, AWS_ENDPOINT to the address.";

export const storageRules: readonly SailRule[] = [
  {
    pattern: /<Code>NoSuchBucket<\/Code>(?:.*<BucketName>([^<]+)<)?/s,
    errorClass: "PATH_NOT_FOUND",
    say: ({ 1: bucket, input }) =>
      `there is no bucket ${bucket === undefined ? bucketIn(input) : `\`${bucket}\``}.\n` +
      "Check its name, and AWS_ENDPOINT and AWS_REGION, which say where buckets are; jobs make none.",
  },
  {
    pattern:
      /<Code>(?:PermanentRedirect|AuthorizationHeaderMalformed|IllegalLocationConstraintException)<\/Code>(?:.*<Message>([^<]*)<)?|Received redirect without LOCATION/s,
    errorClass: "FAILED_READ_FILE",
    say: ([, message]) =>
      `the bucket is in another region${message ? `: ${sentence(message)}` : "."}\nStart with AWS_REGION set to the bucket's region.`,
  },
  {
    pattern:
      /(?:privileges to complete|PUT ).*?\b40[13] (?:Unauthorized|Forbidden)\b(?:.*?<Code>(\w+)<\/Code>.*?<Message>([^<]*)<)?/s,
    errorClass: "FAILED_TO_WRITE",
    say: forbidden,
  },
  {
    pattern: /\b40[13] (?:Unauthorized|Forbidden)\b(?:.*?<Code>(\w+)<\/Code>.*?<Message>([^<]*)<)?/s,
    errorClass: "FAILED_READ_FILE",
    say: forbidden,
  },
  {
    pattern:
      /an error occurred while loading credentials|the credential provider was not enabled|\bIMDS\b|no providers in chain provided credentials/i,
    errorClass: "FAILED_READ_FILE",
    say: () => `there are no credentials for the storage.\n${credentials}`,
  },
  {
    pattern: /^URL scheme is not allowed$|HTTP error: builder error$/,
    errorClass: "FAILED_READ_FILE",
    say: () =>
      "the address of the storage isn't https.\nWhere that is meant, start with AWS_ALLOW_HTTP=true beside AWS_ENDPOINT=http://…",
  },
  {
    pattern:
      /^Generic (\S+) error: .*?(?:(?:GET|PUT|HEAD|POST) (\w+:\/\/[^/\s]+).*)?(?:after \d+ retries|HTTP error: error sending request)/s,
    errorClass: "FAILED_READ_FILE",
    say: ([, storage, address]) =>
      `nothing answers for ${storage}${address ? ` at ${address}` : ""}.\n` +
      "Check AWS_ENDPOINT, and that this machine reaches it.",
  },
  {
    pattern: /<Code>(\w+)<\/Code>.*?<Message>([^<]*)</s,
    errorClass: "FAILED_READ_FILE",
    say: ([, code, message]) =>
      `the storage refused: ${sentence(message)} (${code})\nCheck the path, the bucket and the settings AWS_…`,
  },
  {
    pattern: /Unable to recognise URL "(\w[\w+.-]*):|did not match any known pattern for scheme: (.+)$/,
    errorClass: "UNSUPPORTED_FEATURE",
    say: ([, scheme, address]) =>
      (scheme
        ? `Sail has no storage for ${scheme}:// addresses.`
        : `${address} isn't as such addresses are written.`) +
      "\nIt has s3a://, hdfs://, gs://, abfss:// and paths of this machine; see docs/how-to/files.md.",
  },
  {
    pattern: /^found mixed partition values (\[.*?\]) and (\[.*?\])/s,
    errorClass: "CONFLICTING_PARTITION_COLUMN_NAMES",
    say: ([, one, other]) =>
      `some files are in folders for the columns ${one}, others for ${other}.\n` +
      "Read them apart, and put them together: a.unionByName(b, { allowMissingColumns: true })",
  },
  {
    pattern: /^Invalid table location: No commit files found in _delta_log|not a Delta table/i,
    errorClass: "DELTA_TABLE_NOT_FOUND",
    say: () =>
      'there is no Delta table at this path.\nCheck the path, or make one: df.write.format("delta").save(path)',
  },
  {
    pattern: /^No metadata files found in table location: (.+?)\/?$/,
    errorClass: "TABLE_OR_VIEW_NOT_FOUND",
    say: ([, path]) =>
      `there is no Iceberg table at ${path}.\nCheck the path, or make one: df.write.format("iceberg").save(path)`,
  },
  {
    pattern: /^Binary file format does not support writing$/,
    errorClass: "UNSUPPORTED_FEATURE",
    say: () =>
      "binaryFile can be read and not written, on Spark too.\nWrite a binary column as Parquet: df.write.parquet(path)",
  },
];

function forbidden([, code, message]: RegExpExecArray): string {
  const why = message ? `${sentence(message)} (${code})` : "403 Forbidden.";
  return `the storage doesn't let this key do that: ${why}\n${credentials}`;
}

function sentence(text: string): string {
  return `${text.replace(/\.$/, "")}.`;
}

function bucketIn(message: string): string {
  return /https?:\/\/[^/\s]+\/([^/?\s]+)/.exec(message)?.[1].replace(/^.*$/, "`$&`") ?? "of that name";
}
