/** What an option of a reader or writer may be; it is sent as text. */
export type OptionValue = string | number | boolean;
