/** What `feeds.json` can be told. */
export interface JsonFeedOptions {
  /** Fields that hold an event's time, the preferred one first; `a.b` is `b` within `a`. */
  readonly time?: string | readonly string[];
  /** Where the array of events is within a record's value, as in `"vulnerabilities"` or `"data.items"`. */
  readonly records?: string;
}

/**
 * How the records of a topic become events: made by `feeds.json()`, `feeds.nessus()` or `feeds.stix()`. Plain data,
 * which `structuredClone` copies, because records are read in a worker thread.
 */
export type FeedSpec =
  | { readonly feed: "json"; readonly options: JsonFeedOptions }
  | { readonly feed: "nessus"; readonly options: Record<string, never> }
  | { readonly feed: "stix"; readonly options: Record<string, never> };
