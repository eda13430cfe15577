// What a session does when its connection breaks, its server is away, or forgets it.
import { execFile, execFileSync } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createWebServer } from "node:http";
import { createServer as createHttp2Server } from "node:http2";
import { type AddressInfo, createConnection, createServer as createTcpServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createServer, rootCertificates } from "node:tls";
import { inspect, promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { ConnectClient } from "../../runtime/connect/client.ts";
import type { Endpoint } from "../../runtime/connect/endpoint.ts";
import { chooseEngine } from "../../runtime/engines/choose-engine.ts";
import type { Engine } from "../../runtime/engines/engine.ts";
import { RemoteEngine } from "../../runtime/engines/remote-engine.ts";
import { DefaultPolicy, JobScope, type JobReport, SparkError, SparkSession } from "../../runtime/index.ts";
import { CuttingProxy } from "../support/cutting-proxy.ts";
import { engines, remoteOf } from "../support/engines.ts";

describe.each(engines)("a server behind a connection that breaks, %s", (name) => {
  let engine: Engine;
  let endpoint: Endpoint;
  let folder: string;
  let proxy: CuttingProxy;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "sightline-test-"));
    engine = chooseEngine(remoteOf(name), folder);
    endpoint = await engine.endpoint();
    const { connect, port, host } = endpoint;
    proxy = await CuttingProxy.start(connect ?? (() => createConnection({ port, host })));
  }, 240_000);
  afterAll(async () => {
    proxy?.close();
    await engine?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A session that reaches the engine through the proxy, as one reaches a server. */
  function session(parameters: Record<string, string> = {}): SparkSession {
    const all = { ...(endpoint.token && { token: endpoint.token }), ...parameters };
    const text = Object.entries(all).map(([key, value]) => `;${key}=${value}`);
    const remote = new RemoteEngine(`sc://127.0.0.1:${proxy.port}/${text.join("")}`);
    const spark = new SparkSession(remote, mkdtempSync(join(folder, "session-")), new Map());
    onTestFinished(() => {
      proxy.cutAnswersAfter(Infinity, 0);
      proxy.isDown = false;
      return spark.stop();
    });
    return spark;
  }

  test("a result that is cut off again and again is whole, each row once and in its place", async () => {
    const spark = session();
    await spark.version();
    // Spark sends batches of up to 4 MB as they are, Sail smaller ones, compressed.
    proxy.cutAnswersAfter(name === "sail" ? 2_000_000 : 5_000_000, 3);
    const before = proxy.cuts;
    const text = "concat(md5(cast(id AS string)), md5(cast(id + 1 AS string)), md5(cast(id + 2 AS string)))";
    const rows = await spark.sql(`SELECT id, ${text} AS text FROM range(0, 300000, 1, 4)`).collect();
    expect(proxy.cuts - before).toBe(3);
    const seen = new Map(rows.map((row) => [row.id as number, row.text as string]));
    expect([rows.length, seen.size]).toEqual([300_000, 300_000]);
    const md5 = (id: number) => createHash("md5").update(String(id)).digest("hex");
    for (let id = 0; id < 300_000; id += 997) expect(seen.get(id)).toBe(md5(id) + md5(id + 1) + md5(id + 2));
  });

  test("a request whose answer is lost is joined or asked again, also one that only analyses", async () => {
    const spark = session();
    await spark.version();
    proxy.cutAfterNextRequest();
    expect(await spark.range(1000).filter("id % 2 = 0").count()).toBe(500);
    proxy.cutAfterNextRequest();
    expect(
      (
        await spark
          .range(3)
          .selectExpr(`id AS ${"long".repeat(60)}`)
          .schema()
      ).names,
    ).toEqual(["long".repeat(60)]);
    expect(proxy.cuts).toBeGreaterThanOrEqual(2);
  });

  test("a command whose answer is lost runs once", async () => {
    const spark = session();
    await spark.version();
    for (const table of ["a", "b", "c"]) {
      const path = join(folder, table);
      proxy.cutAfterNextRequest();
      const failure = await spark
        .range(1000)
        .withColumnRenamed("id", "number".repeat(40))
        .write.mode("append")
        .parquet(path)
        .then(
          () => undefined,
          (error: unknown) => error as SparkError,
        );
      await sleep(500);
      const written = await spark.read
        .parquet(path)
        .count()
        .catch(() => 0);
      if (!failure) expect(written).toBe(1000);
      else {
        // Sail lets go of a command with its connection, and knows it no more.
        expect(name).toBe("sail");
        expect(failure.message).toContain("The connection broke in the middle of a command");
        expect(failure.message.split("\n")[1]).toContain("look at what it changes before you run it again");
        expect(written).toBeLessThanOrEqual(1000);
      }
    }
  });

  test("a server that stays away is told after the policy's last attempt, and meanwhile who waits hears of it", async () => {
    const spark = session();
    await spark.version();
    spark.client.setRetryPolicies([new DefaultPolicy({ maxRetries: 3, initialBackoff: 20, maxBackoff: 40 })]);
    const reports: JobReport[] = [];
    const scope = new (class extends JobScope {
      override report(report: JobReport) {
        reports.push(report);
      }
    })();
    proxy.isDown = true;
    proxy.cut();
    const before = proxy.opened;
    const error = (await scope
      .run(() => spark.range(5).count())
      .catch((reason: unknown) => reason)) as SparkError;
    expect(error).toBeInstanceOf(SparkError);
    expect(error.message).toContain(`The connection to sc://127.0.0.1:${proxy.port} failed`);
    expect(error.message.split("\n").at(-1)).toContain("Check that the server runs");
    expect(proxy.opened - before).toBeGreaterThanOrEqual(3);
    expect(reports.map(({ text }) => text)).toContain(`no answer from 127.0.0.1:${proxy.port}, attempt 2`);
    proxy.isDown = false;
    expect(await spark.range(5).count()).toBe(5);
  });

  test("a server that comes back while a job waits gives it its result", async () => {
    const spark = session();
    await spark.version();
    proxy.isDown = true;
    proxy.cut();
    const count = spark.range(7).count();
    await sleep(400);
    proxy.isDown = false;
    expect(await count).toBe(7);
  });

  test("a session that ended on the server is told plainly, nothing runs again, and the next call has a new one", async () => {
    const sessionId = randomUUID();
    const spark = session({ session_id: sessionId });
    await spark.range(5).createOrReplaceTempView("five");
    await spark.conf.set("spark.sql.session.timeZone", "Asia/Tokyo");
    const other = new ConnectClient({ ...endpoint, sessionId });
    await other.release();
    const path = join(folder, "not-again");
    const error = (await spark
      .range(3)
      .write.parquet(path)
      .catch((reason: unknown) => reason)) as SparkError;
    expect(error).toBeInstanceOf(SparkError);
    expect(error.message.split("\n")).toEqual([
      "Spark session ended on the server; temp views and cached tables are gone. This cell was not re-run.",
      expect.stringMatching(
        /^Run it again: the next call opens a new session and puts settings and the temp views `five` back/,
      ),
    ]);
    if (name === "spark") expect(error.errorClass).toBe("INVALID_HANDLE.SESSION_CLOSED");
    expect(await spark.table("five").count()).toBe(5);
    expect(await spark.conf.get("spark.sql.session.timeZone")).toBe("Asia/Tokyo");
    expect(existsSync(path)).toBe(false);
  });

  // The embedded engine has no token: who reaches its socket is let in.
  const testOnSpark = name === "spark" ? test : () => {};
  testOnSpark("a wrong token is told, without the token", async () => {
    const spark = session({ token: "wrong-one" });
    const error = (await spark
      .range(3)
      .count()
      .catch((reason: unknown) => reason)) as SparkError;
    expect(error).toBeInstanceOf(SparkError);
    expect(error.message.split("\n")).toEqual([
      expect.stringMatching(/^sc:\/\/127\.0\.0\.1:\d+ doesn't let us in: /),
      "Pass the server's token, sc://host:15002/;token=…, or set SPARK_CONNECT_AUTHENTICATE_TOKEN.",
    ]);
    expect(error.message).not.toContain("wrong-one");
  });

  /** The engine behind TLS, on a port of its own. */
  async function serveTls({ key, cert }: { key: Buffer; cert: Buffer }): Promise<number> {
    const { connect, port, host } = endpoint;
    const server = createServer({ key, cert, ALPNProtocols: ["h2"] }, (client) => {
      const upstream = connect?.() ?? createConnection({ port, host });
      client.pipe(upstream).pipe(client);
      for (const socket of [client, upstream])
        socket.on("error", () => {}).on("close", () => upstream.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    return (server.address() as AddressInfo).port;
  }

  test("TLS: NODE_EXTRA_CA_CERTS adds an authority, or the server's own certificate", async (test) => {
    const certificates = makeCertificates(folder);
    if (!certificates) test.skip("apt-get install openssl");
    const script = `
      import { SparkSession } from ${JSON.stringify(new URL("../../runtime/index.ts", import.meta.url).href)};
      try {
        const spark = await SparkSession.builder.getOrCreate();
        console.log(await spark.range(5).count());
        await spark.stop();
      } catch (error) {
        console.log(error.message);
      }`;
    const { caFile, selfSigned } = certificates!;
    const token = endpoint.token ? `;token=${endpoint.token}` : "";
    for (const [served, trusted, answer] of [
      [certificates!, caFile, /^5$/],
      [selfSigned, selfSigned.file, /^5$/],
      [
        selfSigned,
        caFile,
        /can't be trusted: .*certificate.*\nName its authority's certificate, NODE_EXTRA_CA_CERTS=/,
      ],
    ] as const) {
      const remote = `sc://localhost:${await serveTls(served)}/;use_ssl=true${token}`;
      // What gRPC trusts may be named too, and is no authority of this server.
      const roots = join(folder, "usual.pem");
      writeFileSync(roots, rootCertificates[0]);
      const env = {
        ...process.env,
        SPARK_REMOTE: remote,
        NODE_EXTRA_CA_CERTS: trusted,
        GRPC_DEFAULT_SSL_ROOTS_FILE_PATH: served === selfSigned ? "" : roots,
      };
      const { stdout } = await promisify(execFile)(
        process.execPath,
        ["--input-type=module-typescript", "-e", script],
        { env, cwd: folder },
      );
      expect(stdout.trim()).toMatch(answer);
    }
  });

  test("TLS: an authority that is named is trusted, another one is refused with what to do, and no token goes in clear", async (test) => {
    const certificates = makeCertificates(folder);
    if (!certificates) test.skip("apt-get install openssl");
    onTestFinished(() => void vi.unstubAllEnvs());
    const tlsPort = await serveTls(certificates!);
    const token = endpoint.token ? `;token=${endpoint.token}` : "";
    const open = (text: string) => {
      const spark = new SparkSession(
        new RemoteEngine(text),
        mkdtempSync(join(folder, "session-")),
        new Map(),
      );
      onTestFinished(() => spark.stop());
      return spark;
    };
    const text = `sc://localhost:${tlsPort}/;use_ssl=true${token}`;
    const error = (await open(text)
      .range(3)
      .count()
      .catch((reason: unknown) => reason)) as SparkError;
    expect(error.message.split("\n")[0]).toMatch(/^sc:\/\/localhost:\d+ can't be trusted: .*certificate/);
    expect(error.message.split("\n")[1]).toContain("NODE_EXTRA_CA_CERTS=/path/ca.pem");
    vi.stubEnv("GRPC_DEFAULT_SSL_ROOTS_FILE_PATH", certificates!.caFile);
    expect(await open(text).range(3).count()).toBe(3);
    if (token === "") return;
    const wrong = (await open(`sc://localhost:${tlsPort}/;use_ssl=true;token=wrong-secret`)
      .range(3)
      .count()
      .catch((reason: unknown) => reason)) as SparkError;
    expect(wrong).toBeInstanceOf(SparkError);
    expect(inspect(wrong, { depth: 9 })).not.toContain("wrong-secret");
  });
});

/** A certificate for localhost and its authority's, and one signed by itself; undefined without openssl. */
function makeCertificates(folder: string) {
  const file = (name: string) => join(folder, name);
  const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
  try {
    openssl("version");
  } catch {
    return undefined;
  }
  const key = (name: string) => ["-newkey", "rsa:2048", "-nodes", "-keyout", name];
  openssl("req", "-x509", ...key("ca.key"), "-out", "ca.pem", "-days", "2", "-subj", "/CN=Test authority");
  openssl("req", ...key("own.key"), "-out", "own.csr", "-subj", "/CN=localhost");
  writeFileSync(file("san"), "subjectAltName=DNS:localhost,IP:127.0.0.1");
  const by = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-extfile", "san", "-days", "2"];
  openssl("x509", "-req", "-in", "own.csr", "-out", "own.pem", ...by);
  const names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
  openssl("req", "-x509", ...key("self.key"), "-out", "self.pem", "-days", "2", ...names);
  const pair = (name: string) => ({
    key: readFileSync(file(`${name}.key`)),
    cert: readFileSync(file(`${name}.pem`)),
  });
  return { ...pair("own"), caFile: file("ca.pem"), selfSigned: { ...pair("self"), file: file("self.pem") } };
}

test.each([
  ["a web server", () => createWebServer((_, response) => response.end("<html>")), "Protocol error"],
  [
    "a web server of HTTP/2",
    () => createHttp2Server((_, response) => response.writeHead(404).end("<html>")),
    "HTTP 404",
  ],
  [
    "a page where calls go",
    () =>
      createHttp2Server((_, response) =>
        response.writeHead(200, { "content-type": "text/html" }).end("<html>"),
      ),
    "unsupported content type text/html",
  ],
  [
    "another service of gRPC",
    () =>
      createHttp2Server((_, response) =>
        response
          .writeHead(200, {
            "content-type": "application/grpc",
            "grpc-status": "12",
            "grpc-message": "unknown service spark.connect.SparkConnectService",
          })
          .end(),
      ),
    "unknown service spark.connect.SparkConnectService",
  ],
  ["a server of lines of text", () => createTcpServer(answerInWords), "Protocol error"],
])("%s is no Spark Connect server, is told so, and does no harm", async (_, create, why) => {
  const server = create();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const folder = mkdtempSync(join(tmpdir(), "sightline-test-"));
  const spark = new SparkSession(new RemoteEngine(`sc://127.0.0.1:${port}`), folder, new Map());
  onTestFinished(async () => {
    await spark.stop();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  await expect(spark.range(3).count()).rejects.toThrow(
    `sc://127.0.0.1:${port} isn't a Spark Connect server: ${why}\nName the port of Spark Connect, 15002 unless set otherwise`,
  );
});

function answerInWords(client: Socket): void {
  client.on("error", () => {}).on("data", () => client.end("-ERR unknown command\r\n"));
}
