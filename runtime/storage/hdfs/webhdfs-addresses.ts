import { StorageError } from "../storage-error.ts";
import { readHdfsSite } from "./hdfs-site.ts";
import type { HdfsUrl } from "./hdfs-url.ts";

const defaultPort = 9870;

/**
 * Where the NameNodes of a url speak WebHDFS: what was given, else what hdfs-site.xml says, else port 9870 of the
 * host. Several are the two sides of a NameNode that can fail over.
 * @throws StorageError OTHER for an address that isn't http://host:port
 */
export async function webhdfsAddresses(
  url: HdfsUrl,
  given: string | readonly string[] | undefined,
): Promise<readonly URL[]> {
  const named = typeof given === "string" ? [given] : (given ?? []);
  if (named.length > 0) return named.map(toAddress);
  const site = await readHdfsSite();
  const nodes = (site.get(`dfs.ha.namenodes.${url.host}`) ?? "").split(",").filter((node) => node.trim());
  const configured = nodes.map((node) => site.get(`dfs.namenode.http-address.${url.host}.${node.trim()}`));
  const ofService = configured.filter((address) => address !== undefined);
  if (ofService.length > 0) return ofService.map((address) => toAddress(address));
  const ofOne = site.get("dfs.namenode.http-address");
  // Hadoop's "every interface" is an address to listen on, not one to call.
  const address = (ofOne ?? `0.0.0.0:${defaultPort}`).replace(/^0\.0\.0\.0(?=:|$)/, url.host);
  return [toAddress(address)];
}

function toAddress(text: string): URL {
  const withScheme = /^[a-z]+:\/\//i.test(text) ? text : `http://${text}`;
  const address = URL.canParse(withScheme) ? new URL(withScheme) : undefined;
  if (address?.protocol === "http:" && address.hostname && !address.username) return new URL(address.origin);
  throw new StorageError(
    "OTHER",
    `${JSON.stringify(text)} isn't an address of WebHDFS over plain HTTP.`,
    'Give the NameNode\'s web address: { webhdfs: "http://namenode:9870" }.',
  );
}
