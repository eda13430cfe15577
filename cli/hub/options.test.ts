import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { places } from "../start/places.ts";
import { parseOptions } from "./options.ts";

describe("hub's options", () => {
  test("are safe ones when nothing is given", () => {
    const state = join(places.root, ".sightline", "hub");
    expect(parseOptions([], {})).toEqual({
      help: false,
      port: undefined,
      ip: "127.0.0.1",
      cert: undefined,
      key: undefined,
      cullAfterS: 3600,
      namedServers: 3,
      config: undefined,
      stateDir: state,
      notebookDir: join(state, "people"),
    });
  });

  test("come from variables too, which arguments override", () => {
    const env = {
      SIGHTLINE_HUB_PORT: "9000",
      SIGHTLINE_HUB_CULL_AFTER: "30m",
      SIGHTLINE_HUB_CERT: "/c",
      SIGHTLINE_HUB_KEY: "/k",
    };
    expect(parseOptions(["--port", "9001"], env)).toMatchObject({
      port: 9001,
      cullAfterS: 1800,
      cert: "/c",
      key: "/k",
    });
  });

  test.each([
    ["0", 0],
    ["90s", 90],
    ["45", 45],
    ["2d", 172_800],
  ])("read the time %s as %i seconds", (text, seconds) => {
    expect(parseOptions(["--cull-after", text], {}).cullAfterS).toBe(seconds);
  });

  test("mean the folder in which npm was called", () => {
    const env = { npm_lifecycle_event: "hub", INIT_CWD: "/homes/ada" };
    const cwd = process.cwd();
    process.chdir(places.root);
    expect(parseOptions(["--config", "my.py"], env).config).toBe("/homes/ada/my.py");
    process.chdir(cwd);
  });

  test.each([
    [
      ["--prot", "1"],
      "sightline hub has no option --prot.\nDid you mean --port? sightline hub --help lists all.",
    ],
    [["--port", "0"], "--port 0 won't do.\nUse a number from 1 to 65535."],
    [["--named-servers", "many"], "--named-servers many won't do.\nUse a number from 0 to 1000."],
    [
      ["--cull-after", "soon"],
      "--cull-after soon is no time.\nUse one like 90s, 30m, 1h or 2d; 0 lets servers run.",
    ],
    [
      ["--cert", "c.pem"],
      "--cert needs --key beside it.\nGive both: npm run hub -- --cert cert.pem --key key.pem",
    ],
    [["--ip"], "--ip needs a value.\nsightline hub --help shows which."],
    [
      ["8001"],
      "sightline hub takes options only, but got 8001.\nsightline hub --help lists them; with npm they come after --: npm run hub -- --port 8001.",
    ],
  ])("refuse %j and say what would do", (args, message) => {
    expect(() => parseOptions(args, {})).toThrow(expect.objectContaining({ message, exitCode: 2 }));
  });
});
