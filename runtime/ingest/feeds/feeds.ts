// The feeds that people name in ingest({ parse: { topic: feeds.… } }).
import { closeNames } from "../../text/close-names.ts";
import { FeedError } from "./feed-error.ts";
import type { FeedSpec, JsonFeedOptions } from "./feed-spec.ts";

/**
 * What the records of a Kafka topic hold, for `ingest({ parse: { topic: feed } })`. Each gives plain data and reads
 * nothing yet; a record that can't be read later goes to the dead letters with its raw bytes, the error and its offset,
 * and the rest goes on. A Kafka tombstone (a record whose value is null) gives no event.
 *
 * @example
 * const job = ingest({
 *   from: kafka({ brokers: "127.0.0.1:9092", topics: ["siem", "vulnerability", "threat-intel", "kev"], groupId: "lake" }),
 *   parse: {
 *     siem: feeds.json(),
 *     vulnerability: feeds.nessus(),
 *     "threat-intel": feeds.stix(),
 *     kev: feeds.json({ records: "vulnerabilities" }),
 *   },
 *   to: parquet("hdfs://127.0.0.1:9000/lake", { partitionBy: ["source", "date"] }),
 * });
 */
export const feeds = {
  /**
   * JSON events: SIEM and log records of any shape, in UTF-8. A record's value is one object, which is one event, or an
   * array of objects, an event each.
   *
   * An event's time, which decides its `date`, is the first of these fields that holds one: `@timestamp`, `timestamp`,
   * `UtcTime`, `TimeCreated`, `TimeGenerated`, `EventTime`, `eventTime`, `_time`, `ts`, `time`, `datetime`, `date`.
   * `UtcTime` is before `EventTime` because the latter is a Windows machine's local time. Times are ISO 8601 (UTC where
   * no zone is given; a space may stand for the T) or seconds, milliseconds, microseconds or nanoseconds since 1970,
   * told apart by their size. Without one the time of the Kafka record counts.
   *
   * @param options.time the field with the time instead of those above, or several, the preferred one first; `a.b` is
   *   `b` within `a`
   * @param options.records where the array of events is within the value, for exports that wrap it: `"vulnerabilities"`
   *   for CISA's KEV, `"data.items"` for `{ "data": { "items": […] } }`. What is beside the array isn't kept. Integers
   *   beyond 2^53 become text there, so that they aren't rounded
   * @throws FeedError for an option that doesn't exist or isn't text
   * @example feeds.json({ time: "event.created" })
   */
  json(options: JsonFeedOptions = {}): FeedSpec {
    checkOptions("json", options, ["time", "records"]);
    const { time, records } = options;
    const times = time === undefined ? undefined : [time].flat();
    if (times && (!times.length || !times.every(isName))) {
      throw new FeedError(
        `feeds.json can't take its time from ${JSON.stringify(time)}.`,
        'Name a field or several, the preferred one first: feeds.json({ time: ["event.created", "@timestamp"] })',
      );
    }
    if (records !== undefined && !isName(records)) {
      throw new FeedError(
        `feeds.json can't find records at ${JSON.stringify(records)}.`,
        'Name the field that holds the array: feeds.json({ records: "vulnerabilities" })',
      );
    }
    return { feed: "json", options: { ...(times && { time: times }), ...(records && { records }) } };
  },

  /**
   * Nessus reports: a record's value is one whole `.nessus` file (version 2, XML). Each finding (`ReportItem`) is an
   * event with what is known of its host:
   *
   * - `report_name`, `policy_name`; `host` (the target as the scan names it); the host's properties as `host_ip`,
   *   `host_fqdn`, `host_mac_address`, `host_operating_system` and so on; `host_start` and `host_end` in ISO 8601;
   *   `host_cpe`, an array. Properties with a number or a hash in their name (`traceroute-hop-3`), or of more than 1,024
   *   characters, are together in `host_properties`, an array of `{ name, value }` that only the host's first event has:
   *   a column for each would have no end.
   * - `plugin_id`, `plugin_name`, `plugin_family`, `port`, `protocol`, `svc_name`, `severity` (0 to 4), and every other
   *   element of the finding by its name in snake_case.
   * - Arrays: `cve`, `bid`, `cwe`, `cpe`, `xref`, `see_also` and the other lists of references, also when they hold one.
   *   Numbers: `plugin_id`, `port`, `severity`, the scores (`cvss3_base_score`, `vpr_score`). Booleans: `exploit_available`
   *   and its like. Days are written 2022-03-23. All else is text. A number or boolean that is none is kept as text in
   *   `<name>__string`.
   *
   * A host without findings gives one event that has no `plugin_id`, so that it isn't lost: count findings with
   * `count(plugin_id)`. The time of an event is its host's `host_start`; without the scanner's epoch time (old reports)
   * that is the scanner's wall clock, read as UTC.
   *
   * Refused: a DOCTYPE, and so entities of one's own, external or nested; elements nested deeper than 64; more than 32 MiB.
   *
   * @example feeds.nessus()
   * @see https://static.tenable.com/documentation/nessus_v2_file_format.pdf
   */
  nessus(options: Record<string, never> = {}): FeedSpec {
    checkOptions("nessus", options, []);
    return { feed: "nessus", options: {} };
  },

  /**
   * Threat intelligence in STIX 2.1 or 2.0: a record's value is a bundle, one object alone, or an envelope of TAXII 2.1.
   * Each object is an event with its properties as they are; relationships have `relationship_type`, `source_ref` and
   * `target_ref`. Added, so that it joins with other feeds:
   *
   * - `mitre_id`: the id in MITRE's own references, as `T0803` or `S0496`.
   * - `cve`: an array of the CVEs among `external_references`, and in the name of a vulnerability.
   * - `spec_version` of the bundle, for objects of 2.0, which have none.
   *
   * Dictionaries with keys of anyone's choice (`extensions`, `objects` of 2.0, …) are kept as an array of
   * `{ name, value }`. Integers beyond 2^53 become text, so that they aren't rounded. The time of an event is that of
   * its Kafka record: `created` and `modified` say when the object was written, not when it arrived.
   *
   * @example feeds.stix()
   * @see https://docs.oasis-open.org/cti/stix/v2.1/stix-v2.1.html
   */
  stix(options: Record<string, never> = {}): FeedSpec {
    checkOptions("stix", options, []);
    return { feed: "stix", options: {} };
  },
};

function isName(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function checkOptions(feed: string, options: object, known: readonly string[]): void {
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    const given = typeof options === "function" ? "a function" : JSON.stringify(options);
    throw new FeedError(
      `feeds.${feed} was given ${given}, not options.`,
      known.length ? `Write feeds.${feed}({ ${known[0]}: … }) or feeds.${feed}()` : `Write feeds.${feed}()`,
    );
  }
  for (const name of Object.keys(options)) {
    if (known.includes(name)) continue;
    const [close = known[0]] = closeNames(name, known);
    throw new FeedError(
      `feeds.${feed} has no option \`${name}\`.`,
      close ? `Did you mean \`${close}\`? It has: ${known.join(", ")}.` : `Write feeds.${feed}()`,
    );
  }
}
