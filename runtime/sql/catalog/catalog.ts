import { inspect } from "node:util";
import type { ConnectClient } from "../../connect/client.ts";
import { PlanError } from "../../connect/plan-error.ts";
import { SparkError } from "../../connect/spark-error.ts";
import type { Job } from "../../jobs/index.ts";
import { catalog, type CatalogRequest } from "../../plan/catalog.ts";
import { readTable } from "../../plan/relation.ts";
import { checkOptionalText, checkText } from "../check-text.ts";
import { DataFrame } from "../dataframe.ts";
import { flag } from "../frame/check-frame.ts";
import { checkOptions, type OptionValue, setOption } from "../option-value.ts";
import { parseDDL } from "../parse-ddl.ts";
import type { SparkSession } from "../spark-session.ts";
import { typeMessage } from "../type-message.ts";
import { StorageLevel } from "../storage-level.ts";
import { StructType } from "../types.ts";
import { catalogRows } from "./catalog-rows.ts";
import {
  type CatalogColumn,
  type CatalogFunction,
  type CatalogMetadata,
  columnOf,
  type Database,
  databaseOf,
  functionOf,
  metadataOf,
  type Table,
  tableOf,
  type TablePartition,
  type Values,
} from "./entries.ts";

/** The further arguments of {@link Catalog.createTable} by name; any other name is an option of the source. */
export interface CreateTableOptions {
  readonly path?: string;
  readonly source?: string;
  readonly schema?: StructType | string;
  readonly description?: string;
  readonly [option: string]: OptionValue | StructType | undefined;
}

/** How a cached table is kept; the fields of {@link StorageLevel}. */
interface StorageLevelFields {
  readonly useDisk: boolean;
  readonly useMemory: boolean;
  readonly useOffHeap: boolean;
  readonly deserialized: boolean;
  readonly replication: number;
}

/**
 * Tables, views, functions and databases: `spark.catalog`. Each method asks the engine; changes are done in the order
 * of the calls, and what is called after sees them even if they aren't awaited.
 * @example for (const table of await spark.catalog.listTables()) console.log(table.name);
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/catalog.html
 */
export class Catalog {
  readonly #session: SparkSession;

  /** Use `spark.catalog`. */
  constructor(session: SparkSession) {
    this.#session = session;
  }

  // ---- catalogs and databases ----

  /** The name of the current catalog. */
  currentCatalog(): Job<string> {
    return this.#value({ case: "currentCatalog", value: {} }, String);
  }

  /** Makes a catalog the current one. */
  setCurrentCatalog(catalogName: string): Job<void> {
    const name = checkText(
      catalogName,
      "setCurrentCatalog(catalogName)",
      'setCurrentCatalog("spark_catalog")',
    );
    return this.#change({ case: "setCurrentCatalog", value: { catalogName: name } });
  }

  /** The catalogs that this session has used or that are there. @param pattern as in SQL's SHOW, `spark*` */
  listCatalogs(pattern?: string): Job<CatalogMetadata[]> {
    const value = { pattern: checkOptionalText(pattern, "listCatalogs(pattern)", 'listCatalogs("spark*")') };
    return this.#list({ case: "listCatalogs", value }, metadataOf);
  }

  /** The name of the current database. */
  currentDatabase(): Job<string> {
    return this.#value({ case: "currentDatabase", value: {} }, String);
  }

  /** Makes a database the current one. */
  setCurrentDatabase(dbName: string): Job<void> {
    const name = checkText(dbName, "setCurrentDatabase(dbName)", 'setCurrentDatabase("default")');
    return this.#change({ case: "setCurrentDatabase", value: { dbName: name } });
  }

  /** The databases. @param pattern as in SQL's SHOW, `log*` */
  listDatabases(pattern?: string): Job<Database[]> {
    const value = { pattern: checkOptionalText(pattern, "listDatabases(pattern)", 'listDatabases("log*")') };
    return this.#list({ case: "listDatabases", value }, databaseOf);
  }

  /** A database by its name. @throws SparkError SCHEMA_NOT_FOUND */
  getDatabase(dbName: string): Job<Database> {
    const name = checkText(dbName, "getDatabase(dbName)", 'getDatabase("default")');
    return this.#one(
      { case: "getDatabase", value: { dbName: name } },
      databaseOf,
      `SCHEMA_NOT_FOUND: there is no database \`${name}\`.\nSee what there is: await spark.catalog.listDatabases()`,
    );
  }

  /** Whether there is a database of this name. */
  databaseExists(dbName: string): Job<boolean> {
    const name = checkText(dbName, "databaseExists(dbName)", 'databaseExists("default")');
    return this.#value({ case: "databaseExists", value: { dbName: name } }, isTrue);
  }

  /** Makes a database. @param properties its DBPROPERTIES */
  createDatabase(
    dbName: string,
    ifNotExists: boolean | { ifNotExists?: boolean; properties?: Readonly<Record<string, string>> } = false,
    properties: Readonly<Record<string, string>> = {},
  ): Job<void> {
    if (typeof ifNotExists === "object" && ifNotExists !== null) {
      return this.createDatabase(dbName, ifNotExists.ifNotExists, ifNotExists.properties);
    }
    const name = checkText(dbName, "createDatabase(dbName)", 'createDatabase("logs")');
    const value = {
      dbName: name,
      ifNotExists: flag("createDatabase", "ifNotExists", ifNotExists),
      properties: optionTexts("createDatabase", properties),
    };
    return this.#change({ case: "createDatabase", value });
  }

  /** Removes a database. @param cascade with what is in it (false: it must be empty) */
  dropDatabase(
    dbName: string,
    ifExists: boolean | { ifExists?: boolean; cascade?: boolean } = false,
    cascade = false,
  ): Job<void> {
    if (typeof ifExists === "object" && ifExists !== null)
      return this.dropDatabase(dbName, ifExists.ifExists, ifExists.cascade);
    const name = checkText(dbName, "dropDatabase(dbName)", 'dropDatabase("logs")');
    return this.#change({
      case: "dropDatabase",
      value: {
        dbName: name,
        ifExists: flag("dropDatabase", "ifExists", ifExists),
        cascade: flag("dropDatabase", "cascade", cascade),
      },
    });
  }

  // ---- tables and views ----

  /**
   * The tables and views of a database, temp views among them.
   * @param dbName default: the current one
   * @param pattern as in SQL's SHOW TABLES, `event*`
   */
  listTables(dbName?: string, pattern?: string): Job<Table[]> {
    const value = {
      dbName: checkOptionalText(dbName, "listTables(dbName)", 'listTables("default")'),
      pattern: checkOptionalText(pattern, "listTables(pattern)", 'listTables("default", "event*")'),
    };
    return this.#list({ case: "listTables", value }, tableOf);
  }

  /** The views of a database, temp views among them. */
  listViews(dbName?: string, pattern?: string): Job<Table[]> {
    const value = {
      dbName: checkOptionalText(dbName, "listViews(dbName)", 'listViews("default")'),
      pattern: checkOptionalText(pattern, "listViews(pattern)", 'listViews("default", "event*")'),
    };
    return this.#session.query(async (client, signal) => {
      const needsDatabase = value.pattern !== undefined && value.dbName === undefined;
      const [current] = needsDatabase
        ? await catalogRows(this.#session, client, { case: "currentDatabase", value: {} }, signal)
        : [];
      const request = { ...value, dbName: value.dbName ?? (current && String(current[0])) };
      const rows = await catalogRows(this.#session, client, { case: "listViews", value: request }, signal);
      return rows.map(tableOf);
    });
  }

  /** A table or view by its name. @throws SparkError TABLE_OR_VIEW_NOT_FOUND */
  getTable(tableName: string): Job<Table> {
    const name = checkText(tableName, "getTable(tableName)", 'getTable("events")');
    return this.#one(
      { case: "getTable", value: { tableName: name } },
      tableOf,
      `TABLE_OR_VIEW_NOT_FOUND: there is no table or view \`${name}\`.\nSee what there is: await spark.catalog.listTables()`,
    );
  }

  /** Whether there is a table or view of this name. */
  tableExists(tableName: string, dbName?: string): Job<boolean> {
    return this.#value({ case: "tableExists", value: this.#table("tableExists", tableName, dbName) }, isTrue);
  }

  /** The columns of a table or view. */
  listColumns(tableName: string, dbName?: string): Job<CatalogColumn[]> {
    return this.#list(
      { case: "listColumns", value: this.#table("listColumns", tableName, dbName) },
      columnOf,
    );
  }

  /**
   * Makes a table, and gives it as a DataFrame. With a path, its files are there and stay when it is dropped.
   * @param source the format; default: that of `spark.sql.sources.default`, parquet
   * @param schema a StructType or DDL; default: that of the files at the path
   * @example spark.catalog.createTable("events", { source: "parquet", schema: "host string, n int" })
   */
  createTable(tableName: string, options?: CreateTableOptions): DataFrame;
  createTable(
    tableName: string,
    path?: string,
    source?: string,
    schema?: StructType | string,
    description?: string,
    options?: Readonly<Record<string, OptionValue>>,
  ): DataFrame;
  createTable(
    tableName: string,
    path?: string | CreateTableOptions,
    source?: string,
    schema?: StructType | string,
    description?: string,
    options: Readonly<Record<string, OptionValue>> = {},
  ): DataFrame {
    if (typeof path === "object" && path !== null) {
      const { path: where, source: format, schema: columns, description: text, ...rest } = path;
      return this.createTable(tableName, where, format, columns, text, rest as Record<string, OptionValue>);
    }
    const name = checkText(tableName, "createTable(tableName)", 'createTable("events", "/data/events")');
    if (schema !== undefined && typeof schema !== "string" && !(schema instanceof StructType)) {
      throw new PlanError(
        `createTable(schema) was given ${schema === null ? "null" : typeof schema}.`,
        'Pass a StructType or DDL: "host string, n int"',
      );
    }
    const struct = typeof schema === "string" ? parseDDL(schema) : schema;
    const relation = catalog({
      case: "createTable",
      value: {
        tableName: name,
        path: checkOptionalText(path, "createTable(path)", 'createTable("events", "/data/events")'),
        source: checkOptionalText(
          source,
          "createTable(source)",
          'createTable("events", { source: "parquet" })',
        ),
        description: checkOptionalText(
          description,
          "createTable(description)",
          'createTable("events", { description: "of the firewall" })',
        ),
        schema: struct && messageOf(struct),
        options: optionTexts("createTable", options),
      },
    });
    const made = this.#session.command(async (client, signal) => {
      for await (const _ of client.batches(relation, { signal }));
    });
    return new DataFrame(this.#session, readTable(name), [{ begin: () => made }]);
  }

  /** Same as {@link createTable}, as Spark 2 called it. */
  createExternalTable(
    tableName: string,
    path?: string | CreateTableOptions,
    source?: string,
    schema?: StructType | string,
    options?: Readonly<Record<string, OptionValue>>,
  ): DataFrame {
    if (typeof path === "object" && path !== null) return this.createTable(tableName, path);
    return this.createTable(tableName, path, source, schema, undefined, options);
  }

  /** Removes a table. @param purge without keeping it in a trash, where there is one */
  dropTable(
    tableName: string,
    ifExists: boolean | { ifExists?: boolean; purge?: boolean } = false,
    purge = false,
  ): Job<void> {
    if (typeof ifExists === "object" && ifExists !== null)
      return this.dropTable(tableName, ifExists.ifExists, ifExists.purge);
    const name = checkText(tableName, "dropTable(tableName)", 'dropTable("events")');
    return this.#change({
      case: "dropTable",
      value: {
        tableName: name,
        ifExists: flag("dropTable", "ifExists", ifExists),
        purge: flag("dropTable", "purge", purge),
      },
    });
  }

  /** Removes a view that is kept in a database. */
  dropView(viewName: string, ifExists: boolean | { ifExists?: boolean } = false): Job<void> {
    if (typeof ifExists === "object" && ifExists !== null) return this.dropView(viewName, ifExists.ifExists);
    const name = checkText(viewName, "dropView(viewName)", 'dropView("busy")');
    return this.#change({
      case: "dropView",
      value: { viewName: name, ifExists: flag("dropView", "ifExists", ifExists) },
    });
  }

  /** Removes a temp view. @returns whether there was one */
  dropTempView(viewName: string): Job<boolean> {
    const name = checkText(viewName, "dropTempView(viewName)", 'dropTempView("events")');
    return this.#session.dropView(name, false);
  }

  /** Removes a global temp view. @param viewName without `global_temp.` @returns whether there was one */
  dropGlobalTempView(viewName: string): Job<boolean> {
    const name = checkText(viewName, "dropGlobalTempView(viewName)", 'dropGlobalTempView("events")');
    return this.#session.dropView(name, true);
  }

  /** The partitions of a table. */
  listPartitions(tableName: string): Job<TablePartition[]> {
    return this.#list(
      { case: "listPartitions", value: this.#table("listPartitions", tableName) },
      ([partition]) => ({
        partition: String(partition),
      }),
    );
  }

  /** The TBLPROPERTIES of a table. */
  getTableProperties(tableName: string): Job<Record<string, string>> {
    const request: CatalogRequest = {
      case: "getTableProperties",
      value: this.#table("getTableProperties", tableName),
    };
    return this.#session.query(async (client, signal) =>
      Object.fromEntries(
        (await catalogRows(this.#session, client, request, signal)).map(([key, value]) => [
          String(key),
          String(value),
        ]),
      ),
    );
  }

  /** The SQL that makes such a table. @param asSerde in Hive's words */
  getCreateTableString(tableName: string, asSerde: boolean | { asSerde?: boolean } = false): Job<string> {
    if (typeof asSerde === "object" && asSerde !== null)
      return this.getCreateTableString(tableName, asSerde.asSerde);
    const value = {
      ...this.#table("getCreateTableString", tableName),
      asSerde: flag("getCreateTableString", "asSerde", asSerde),
    };
    return this.#value({ case: "getCreateTableString", value }, String);
  }

  /** Removes every row of a table. */
  truncateTable(tableName: string): Job<void> {
    return this.#change({ case: "truncateTable", value: this.#table("truncateTable", tableName) });
  }

  /** Counts the size and rows of a table, for better plans. @param noScan the size of its files alone */
  analyzeTable(tableName: string, noScan: boolean | { noScan?: boolean } = false): Job<void> {
    if (typeof noScan === "object" && noScan !== null) return this.analyzeTable(tableName, noScan.noScan);
    return this.#change({
      case: "analyzeTable",
      value: { ...this.#table("analyzeTable", tableName), noScan: flag("analyzeTable", "noScan", noScan) },
    });
  }

  /** Finds the partitions of a table that were added to its folder from elsewhere. */
  recoverPartitions(tableName: string): Job<void> {
    return this.#change({ case: "recoverPartitions", value: this.#table("recoverPartitions", tableName) });
  }

  // ---- the cache ----

  /** Whether a table or view is kept in memory. */
  isCached(tableName: string): Job<boolean> {
    return this.#value({ case: "isCached", value: this.#table("isCached", tableName) }, isTrue);
  }

  /** Keeps a table or view in memory, from its first use. @param storageLevel one of StorageLevel's */
  cacheTable(tableName: string, storageLevel?: StorageLevelFields): Job<void> {
    if (storageLevel !== undefined && storageLevel !== null && !(storageLevel instanceof StorageLevel)) {
      throw new PlanError(
        "cacheTable(storageLevel) was given something else than a StorageLevel.",
        "Pass one of its constants: StorageLevel.MEMORY_AND_DISK",
      );
    }
    const level = storageLevel && {
      useDisk: storageLevel.useDisk,
      useMemory: storageLevel.useMemory,
      useOffHeap: storageLevel.useOffHeap,
      deserialized: storageLevel.deserialized,
      replication: storageLevel.replication,
    };
    const value = { ...this.#table("cacheTable", tableName), storageLevel: level };
    return this.#change({ case: "cacheTable", value });
  }

  /** Lets a table or view go from memory. */
  uncacheTable(tableName: string): Job<void> {
    return this.#change({ case: "uncacheTable", value: this.#table("uncacheTable", tableName) });
  }

  /** Lets every table and DataFrame go from memory. */
  clearCache(): Job<void> {
    return this.#change({ case: "clearCache", value: {} });
  }

  /** Looks again at the files of a table, which were changed from elsewhere. */
  refreshTable(tableName: string): Job<void> {
    return this.#change({ case: "refreshTable", value: this.#table("refreshTable", tableName) });
  }

  /** {@link refreshTable} for everything that was read from a path. */
  refreshByPath(path: string): Job<void> {
    const checked = checkText(path, "refreshByPath(path)", 'refreshByPath("/data/events")');
    return this.#change({ case: "refreshByPath", value: { path: checked } });
  }

  // ---- functions ----

  /** The functions, built in and registered. @param pattern as in SQL's SHOW FUNCTIONS, `to_*` */
  listFunctions(dbName?: string, pattern?: string): Job<CatalogFunction[]> {
    const value = {
      dbName: checkOptionalText(dbName, "listFunctions(dbName)", 'listFunctions("default")'),
      pattern: checkOptionalText(pattern, "listFunctions(pattern)", 'listFunctions("default", "to_*")'),
    };
    return this.#list({ case: "listFunctions", value }, functionOf);
  }

  /** A function by its name. @throws SparkError UNRESOLVED_ROUTINE */
  getFunction(functionName: string): Job<CatalogFunction> {
    const name = checkText(functionName, "getFunction(functionName)", 'getFunction("abs")');
    return this.#one(
      { case: "getFunction", value: { functionName: name } },
      functionOf,
      `UNRESOLVED_ROUTINE: there is no function \`${name}\`.\nSee what there is: await spark.catalog.listFunctions()`,
    );
  }

  /** Whether there is a function of this name. */
  functionExists(functionName: string, dbName?: string): Job<boolean> {
    const value = {
      functionName: checkText(functionName, "functionExists(functionName)", 'functionExists("abs")'),
      dbName: checkOptionalText(dbName, "functionExists(dbName)", 'functionExists("abs", "default")'),
    };
    return this.#value({ case: "functionExists", value }, isTrue);
  }

  /** Same as `spark.udf.register`, as Spark 2 called it. */
  registerFunction(
    ...args: Parameters<SparkSession["udf"]["register"]>
  ): ReturnType<SparkSession["udf"]["register"]> {
    return this.#session.udf.register(...args);
  }

  [inspect.custom](): string {
    return "Catalog {}";
  }

  #table(method: string, tableName: unknown, dbName?: unknown): { tableName: string; dbName?: string } {
    const name = checkText(tableName, `${method}(tableName)`, `${method}("events")`);
    const database = checkOptionalText(dbName, `${method}(dbName)`, `${method}("default.events")`);
    return database === undefined ? { tableName: name } : { tableName: name, dbName: database };
  }

  #list<T>(request: CatalogRequest, entryOf: (values: Values) => T): Job<T[]> {
    return this.#session.query(async (client, signal) =>
      (await catalogRows(this.#session, client, request, signal)).map(entryOf),
    );
  }

  #one<T>(request: CatalogRequest, entryOf: (values: Values) => T, missing: string): Job<T> {
    return this.#session.query(async (client, signal) => {
      const [row] = await catalogRows(this.#session, client, request, signal);
      if (!row) throw new SparkError(missing, { errorClass: missing.slice(0, missing.indexOf(":")) });
      return entryOf(row);
    });
  }

  #value<T>(request: CatalogRequest, valueOf: (value: unknown) => T): Job<T> {
    return this.#session.query(async (client, signal) => {
      const [[value] = []] = await catalogRows(this.#session, client, request, signal);
      return valueOf(value ?? "");
    });
  }

  #change(request: CatalogRequest): Job<void> {
    return this.#session.command(async (client: ConnectClient, signal) => {
      await catalogRows(this.#session, client, request, signal);
    });
  }
}

function messageOf(schema: StructType) {
  const message = typeMessage(schema);
  if (typeof message !== "string") return message;
  return { kind: { case: "unparsed" as const, value: { dataTypeString: message } } };
}

function optionTexts(method: string, options: unknown): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(checkOptions(options, method))) setOption(texts, name, value);
  return texts;
}

function isTrue(value: unknown): boolean {
  return value === true;
}
