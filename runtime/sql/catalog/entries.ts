// What the catalog's lists hold. Each is made from a row of the engine's answer, whose columns are in this order.

/** @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/catalog.html */
export interface CatalogMetadata {
  readonly name: string;
  readonly description: string | null;
}

/** A database, also called schema or namespace. */
export interface Database {
  readonly name: string;
  readonly catalog: string | null;
  readonly description: string | null;
  readonly locationUri: string | null;
}

/** A table or view. */
export interface Table {
  readonly name: string;
  readonly catalog: string | null;
  readonly namespace: readonly string[] | null;
  readonly description: string | null;
  /** "MANAGED", "EXTERNAL", "VIEW" or "TEMPORARY". */
  readonly tableType: string;
  readonly isTemporary: boolean;
  /** The namespace's only part; null for a temp view, and where it has several. */
  readonly database: string | null;
}

/** A function. */
export interface CatalogFunction {
  readonly name: string;
  readonly catalog: string | null;
  readonly namespace: readonly string[] | null;
  readonly description: string | null;
  readonly className: string;
  readonly isTemporary: boolean;
}

/** A column of a table. `dataType` is as in SQL. */
export interface CatalogColumn {
  readonly name: string;
  readonly description: string | null;
  readonly dataType: string;
  readonly nullable: boolean;
  readonly isPartition: boolean;
  readonly isBucket: boolean;
  readonly isCluster: boolean;
}

/** A partition of a table, as in "date=2020-01-01/host=a". */
export interface TablePartition {
  readonly partition: string;
}

export type Values = readonly unknown[];

const text = (value: unknown) => (value ?? null) as string | null;
const names = (value: unknown) => (value ? [...(value as Iterable<string>)] : null);

export function metadataOf([name, description]: Values): CatalogMetadata {
  return { name: String(name), description: text(description) };
}

export function databaseOf([name, catalog, description, locationUri]: Values): Database {
  return {
    name: String(name),
    catalog: text(catalog),
    description: text(description),
    locationUri: text(locationUri),
  };
}

export function tableOf([name, catalog, namespace, description, tableType, isTemporary]: Values): Table {
  const parts = names(namespace);
  return {
    name: String(name),
    catalog: text(catalog),
    namespace: parts,
    description: text(description),
    tableType: String(tableType),
    isTemporary: isTemporary === true,
    database: parts?.length === 1 ? parts[0] : null,
  };
}

export function functionOf([
  name,
  catalog,
  namespace,
  description,
  className,
  isTemporary,
]: Values): CatalogFunction {
  return {
    name: String(name),
    catalog: text(catalog),
    namespace: names(namespace),
    description: text(description),
    className: String(className),
    isTemporary: isTemporary === true,
  };
}

export function columnOf([name, description, dataType, nullable, ...flags]: Values): CatalogColumn {
  const [isPartition, isBucket, isCluster] = flags.map((flag) => flag === true);
  return {
    name: String(name),
    description: text(description),
    dataType: String(dataType),
    nullable: nullable === true,
    isPartition,
    isBucket,
    isCluster,
  };
}
