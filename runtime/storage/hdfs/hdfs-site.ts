import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseXml, type XmlElement } from "@rgrove/parse-xml";
import { StorageError } from "../storage-error.ts";

/**
 * The properties of hdfs-site.xml in Hadoop's configuration folder; none where there is no such file.
 * @param folder default: $HADOOP_CONF_DIR
 * @throws StorageError OTHER when the file can't be read
 */
export async function readHdfsSite(
  folder: string | undefined = process.env.HADOOP_CONF_DIR,
): Promise<ReadonlyMap<string, string>> {
  const properties = new Map<string, string>();
  if (!folder) return properties;
  const file = join(folder, "hdfs-site.xml");
  try {
    const { root } = parseXml(await readFile(file, "utf8"));
    for (const property of elements(root, "property")) {
      const [name] = elements(property, "name");
      const [value] = elements(property, "value");
      if (name && value) properties.set(name.text.trim(), value.text.trim());
    }
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return properties;
    throw new StorageError(
      "OTHER",
      `${file} can't be read: ${(cause as Error).message.split("\n")[0]}`,
      'Mend it, unset HADOOP_CONF_DIR, or give the address: { webhdfs: "http://namenode:9870" }.',
      { cause },
    );
  }
  return properties;
}

function elements(parent: XmlElement | null, name: string): XmlElement[] {
  return (parent?.children ?? []).filter(
    (child): child is XmlElement => child.type === "element" && (child as XmlElement).name === name,
  );
}
