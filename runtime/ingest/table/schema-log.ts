import type { Storage } from "../../storage/storage.ts";
import { type FieldSummary, resolveSchema, type TableSchema } from "../columns/table-schema.ts";
import { IngestError } from "../ingest-error.ts";

const FOLDER = "_schema";
const VERSION_DIGITS = 10;

/** A version of the schema as it lies in the table's folder. */
interface PublishedSchema extends TableSchema {
  readonly partitionBy: readonly string[];
}

/**
 * The columns of a table, in versions that only add some: `_schema/0000000003.json`. All writers of all partitions
 * agree here before they write a file, so that no column has two types.
 */
export class SchemaLog {
  readonly #storage: Storage;
  readonly #options: { readonly partitionBy: readonly string[]; readonly maxColumns: number };
  #current: TableSchema = { version: 0, columns: [] };
  #turn: Promise<unknown> = Promise.resolve();

  constructor(storage: Storage, options: { partitionBy: readonly string[]; maxColumns: number }) {
    this.#storage = storage;
    this.#options = options;
  }

  /**
   * Reads the newest version.
   * @throws IngestError when the table is partitioned by other columns than this writer's
   */
  async refresh(): Promise<void> {
    const names = (await this.#storage.list(FOLDER)).map(({ name }) => name);
    const newest = names.filter((name) => /^\d+\.json$/.test(name)).at(-1);
    if (!newest || Number.parseInt(newest, 10) === this.#current.version) return;
    const bytes = await this.#storage.read(`${FOLDER}/${newest}`);
    const { partitionBy, version, columns } = JSON.parse(bytes.toString("utf8")) as PublishedSchema;
    if (partitionBy.join("/") !== this.#options.partitionBy.join("/")) {
      throw new IngestError(
        `The table ${this.#storage.url} is partitioned by ${JSON.stringify(partitionBy)}, and parquet() was given ` +
          `${JSON.stringify(this.#options.partitionBy)}.`,
        `Pass partitionBy: ${JSON.stringify(partitionBy)}, or write another table.`,
      );
    }
    this.#current = { version, columns };
  }

  /** The schema that has a column for each of these fields; new ones are published before it resolves. */
  agree(seen: readonly FieldSummary[]): Promise<TableSchema> {
    const agreed = this.#turn.then(() => this.#agree(seen));
    this.#turn = agreed.catch(() => {});
    return agreed;
  }

  async #agree(seen: readonly FieldSummary[]): Promise<TableSchema> {
    for (;;) {
      const wanted = resolveSchema(this.#current, seen, this.#options);
      if (wanted.version === this.#current.version) return this.#current;
      const { partitionBy } = this.#options;
      const path = `${FOLDER}/${String(wanted.version).padStart(VERSION_DIGITS, "0")}.json`;
      const published: PublishedSchema = { partitionBy, ...wanted };
      const isOurs = await this.#storage.publish(path, Buffer.from(`${JSON.stringify(published)}\n`));
      if (isOurs) this.#current = wanted;
      else await this.refresh();
    }
  }
}
