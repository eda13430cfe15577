import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createTcpServer } from "node:net";
import type { AddressInfo, Server as TcpServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { openStorage } from "../../runtime/storage/open-storage.ts";
import { freePort } from "../support/free-port.ts";
import { administer, clusterFor } from "./cluster.ts";

const text = (value: string) => Buffer.from(value);
const servers: (Server | TcpServer)[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listen(server: Server | TcpServer): Promise<string> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const serve = (listener: RequestListener) => listen(createServer(listener));

describe("an HDFS that isn't there", () => {
  test("is said to be unreachable, with its address, when nobody listens", async () => {
    const webhdfs = `http://127.0.0.1:${await freePort()}`;
    await expect(openStorage("hdfs://h:9000/a", { webhdfs, timeoutMs: 500 })).rejects.toMatchObject({
      name: "StorageError",
      code: "UNREACHABLE",
      message: expect.stringMatching(
        `^No NameNode answers at ${webhdfs} \\(.*ECONNREFUSED.*\\)\\.\nStart it, or say where its web address is`,
      ),
    });
  });

  test("or when somebody listens and says nothing", async () => {
    const webhdfs = await listen(createTcpServer((socket) => socket.on("error", () => {})));
    await expect(openStorage("hdfs://h:9000/a", { webhdfs, timeoutMs: 500 })).rejects.toMatchObject({
      code: "UNREACHABLE",
      message: expect.stringMatching(/silent for 0\.5 s|no end in 0\.5 s/),
    });
  });

  test("or when an answer never ends", async () => {
    const webhdfs = await serve((_, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write(" "), 20);
      response.on("close", () => clearInterval(timer));
    });
    await expect(openStorage("hdfs://h:9000/a", { webhdfs, timeoutMs: 500 })).rejects.toMatchObject({
      code: "UNREACHABLE",
    });
  });

  test("or when its host has no address", async () => {
    await expect(openStorage("hdfs://no-such-host.invalid:9000/a", { timeoutMs: 500 })).rejects.toMatchObject(
      {
        code: "UNREACHABLE",
        message: expect.stringContaining("http://no-such-host.invalid:9870"),
      },
    );
  });

  test("is told from a web server of another kind", async () => {
    const webhdfs = await serve((_, response) => response.writeHead(404).end("<html>Not Found</html>"));
    await expect(openStorage("hdfs://h:9000/a", { webhdfs, timeoutMs: 300 })).rejects.toMatchObject({
      code: "OTHER",
      message: expect.stringMatching(/isn't WebHDFS: HTTP status 404\.\nGive the NameNode's web address/),
    });
  });

  test.each(["ftp://127.0.0.1/x", "file:///etc/passwd", "https://127.0.0.1/x", "data:,x", "nonsense"])(
    "isn't followed to %s",
    async (location) => {
      const webhdfs = await serve((incoming, response) => {
        const isStatus = incoming.url!.includes("GETFILESTATUS");
        const status = { type: "FILE", length: 5, fileId: 1 };
        response.end(JSON.stringify(isStatus ? { FileStatus: status } : { Location: location }));
      });
      const lake = await openStorage("hdfs://h:9000/a", { webhdfs, timeoutMs: 2000 });
      const refused = {
        code: "OTHER",
        message: expect.stringMatching(/^The NameNode sent the data to ".*", which isn't plain HTTP\.\nOnly/),
      };
      await expect(lake.write("x", text("bytes"))).rejects.toMatchObject(refused);
      await expect(lake.read("x")).rejects.toMatchObject(refused);
    },
  );

  test.each(["s3://bucket/a", "http://h/a", "hdfs:///a"])("nor is there a storage for %s", async (url) => {
    await expect(openStorage(url)).rejects.toMatchObject({
      code: "OTHER",
      message: expect.stringMatching(/\n(Use a local folder|Name the NameNode)/),
    });
  });
});

describe("HDFS refuses", () => {
  const cluster = clusterFor({ dataNodes: 1 });

  const open = (folder: string, timeoutMs?: number, user?: string) =>
    openStorage(cluster.hdfs.url + folder, { webhdfs: cluster.hdfs.webhdfs, timeoutMs, user });

  test("a path without permission, for writing, moving, listing, reading and removing", async () => {
    const mine = await open("/secret");
    await mine.write("a", text("a"));
    await administer(cluster.hdfs, "/secret/a", "SETPERMISSION&permission=600");
    const bob = await open("/secret", undefined, "bob");
    const refused = {
      code: "PERMISSION",
      message: expect.stringMatching(
        /^HDFS doesn't let bob use \/secret.*: Permission denied: user=bob, access=.*\.\nLet them: hdfs dfs -chown bob '\/secret/,
      ),
    };
    await expect(bob.write("b", text("b"))).rejects.toMatchObject(refused);
    await expect(bob.publish("b", text("b"))).rejects.toMatchObject(refused);
    await expect(bob.rename("a", "b")).rejects.toMatchObject(refused);
    await expect(bob.remove("a")).rejects.toMatchObject(refused);
    await expect(bob.read("a")).rejects.toMatchObject(refused);
    await administer(cluster.hdfs, "/secret", "SETPERMISSION&permission=700");
    await expect(bob.list("")).rejects.toMatchObject(refused);
    await expect(bob.exists("a")).rejects.toMatchObject(refused);
    expect((await mine.list("")).map(({ name }) => name)).toEqual(["a"]);
  });

  test("a user that can't be one", async () => {
    await expect(open("/x", undefined, "b ob!")).rejects.toMatchObject({
      code: "OTHER",
      message: expect.stringMatching(/^HDFS refused .*user\.name/),
    });
  });

  test("what is over a quota, and takes it when there is room", async () => {
    const lake = await open("/quota");
    await lake.write("a", text("a"));
    await administer(cluster.hdfs, "/quota", "SETQUOTA&namespacequota=-1&storagespacequota=1000");
    const refused = {
      code: "NO_SPACE",
      message: expect.stringMatching(
        /^A quota of HDFS is used up for \/quota\/b: .*quota.* is exceeded.*\nMake room/,
      ),
    };
    await expect(lake.write("b", text("b"))).rejects.toMatchObject(refused);
    await expect(lake.publish("b", Buffer.alloc(3_000_000))).rejects.toMatchObject(refused);
    await administer(cluster.hdfs, "/quota", "SETQUOTA&namespacequota=-1&storagespacequota=-1");
    await lake.write("b", text("b"));
    expect((await lake.list("")).map(({ name }) => name)).toEqual(["a", "b"]);
  });

  test("changes in safe mode, which are waited for, within limits", async () => {
    const lake = await open("/safe");
    await lake.write("a", text("a"));
    expect(await cluster.hdfs.run("dfsadmin", ["-safemode", "enter"])).toMatchObject({ code: 0 });
    const hasty = await open("/safe", 4000);
    await expect(hasty.write("b", text("b"))).rejects.toMatchObject({
      code: "UNREACHABLE",
      message: expect.stringMatching(
        /^The NameNode is in safe mode, .*\nIt leaves it when its DataNodes have/,
      ),
    });
    expect((await lake.read("a")).toString()).toBe("a");
    const [left] = await Promise.all([
      cluster.hdfs.run("dfsadmin", ["-safemode", "leave"]),
      lake.write("c", text("c")),
      lake.rename("a", "d/a"),
    ]);
    expect(left).toMatchObject({ code: 0 });
    expect((await lake.list("")).map(({ name }) => name)).toEqual(["c", "d"]);
  });

  test("nothing when one of the given NameNodes is dead", async () => {
    const dead = `http://127.0.0.1:${await freePort()}`;
    const lake = await openStorage(`${cluster.hdfs.url}/two`, { webhdfs: [dead, cluster.hdfs.webhdfs] });
    await lake.write("a", text("a"));
    expect((await lake.read("a")).toString()).toBe("a");
  });

  test("to write without a DataNode, says so, and goes on when one is back", async () => {
    const lake = await open("/alone");
    await lake.write("a", text("a"));
    await cluster.hdfs.killDataNode(0);
    const hasty = await open("/alone", 6000);
    const refused = {
      code: "UNREACHABLE",
      message: expect.stringMatching(/DataNode.*\n(See hdfs dfsadmin -report|Start the DataNodes)/s),
    };
    await expect(hasty.write("b", text("b"))).rejects.toMatchObject(refused);
    await expect(hasty.read("a")).rejects.toMatchObject(refused);
    const [, , bytes] = await Promise.all([
      sleep(500).then(() => cluster.hdfs.restartDataNode(0)),
      lake.publish("c", text("c")),
      lake.read("a"),
    ]);
    expect(bytes.toString()).toBe("a");
    expect((await lake.list("")).map(({ name }) => name)).toEqual(["a", "c"]);
  });
});
