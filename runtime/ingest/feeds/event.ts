/** What JSON can hold. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [name: string]: JsonValue };

/** One event of a feed: a row of the lake to be, its fields by name. */
export type Event = { [name: string]: JsonValue };
