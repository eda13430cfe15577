/** What Hive and Spark call the folder of rows that have no value. */
export const DEFAULT_PARTITION = "__HIVE_DEFAULT_PARTITION__";

/** As in Spark's ExternalCatalogUtils.charToEscape, plus DEL and what Windows refuses. */
// oxlint-disable-next-line no-control-regex
const escaped = /[\u0000-\u001f"#%'*/:=?\\{[\]^\u007f]/g;

/**
 * The folder of a table's partition, `source=siem/date=2026-11-23`, in the order of the object; "" without columns.
 * Characters that paths can't hold are percent-escaped, as Hive and Spark write and read them.
 * @see https://github.com/apache/spark/blob/v4.2.0/sql/catalyst/src/main/scala/org/apache/spark/sql/catalyst/catalog/ExternalCatalogUtils.scala
 */
export function partitionPath(partition: Readonly<Record<string, string>>): string {
  return Object.entries(partition)
    .map(([name, value]) => `${escapeName(name)}=${escapeName(value)}`)
    .join("/");
}

/** A name or value as it is in a partition's folder. */
export function escapeName(text: string): string {
  return text.replaceAll(
    escaped,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
}
