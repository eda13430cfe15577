import { closeNames } from "../text/close-names.ts";
import { IngestError } from "./ingest-error.ts";

/**
 * Refuses options that don't exist: a mistyped one would be passed over in silence.
 * @param call as people write it: `parquet()`
 * @throws IngestError with the close names
 */
export function checkOptions(call: string, options: object, known: readonly string[]): void {
  for (const name of Object.keys(options)) {
    if (known.includes(name)) continue;
    const [close] = closeNames(name, [...known]);
    throw new IngestError(
      `${call} has no option \`${name}\`.`,
      close ? `Did you mean \`${close}\`?` : `It has: ${known.join(", ")}.`,
    );
  }
}
