import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { jupyterConfig } from "../start/jupyter-config.ts";
import { hubPlaces } from "./hub-places.ts";

test("people's servers on the hub are told what npm start tells its own", () => {
  const file = join(hubPlaces.config, "jupyter", "jupyter_server_config.json");
  const choice = { token: "", ip: "", port: 0, rootDir: "", page: "", opensBrowser: false };
  const { LabApp, LanguageServerManager, MultiKernelManager } = jupyterConfig(choice);
  const { default_url: _, ...lab } = LabApp;
  expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({
    LabApp: lab,
    LanguageServerManager,
    MultiKernelManager,
    KernelManager: { transport: "ipc" },
  });
});
