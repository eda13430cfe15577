import { describe, expect, test } from "vitest";
import { CommandError } from "../command-error.ts";
import { parseDev } from "./options.ts";

test("up means all, of the size that the data has", () => {
  expect(parseDev(["up"])).toEqual({
    word: "up",
    services: ["kafka", "hdfs"],
    brokers: undefined,
    dataNodes: undefined,
    deletes: false,
  });
});

test("services and sizes are taken in any order", () => {
  const options = parseDev(["up", "--brokers", "3", "hdfs", "kafka", "--data-nodes=3"]);
  expect(options).toMatchObject({ services: ["kafka", "hdfs"], brokers: 3, dataNodes: 3 });
  expect(parseDev(["down", "hdfs", "--delete"])).toMatchObject({ services: ["hdfs"], deletes: true });
});

describe("a wrong line is refused with what would do", () => {
  test.each([
    [["upp"], "sightline dev has no upp.\nDid you mean up? sightline dev --help lists all."],
    [["constructor"], "sightline dev has no constructor.\nsightline dev --help lists all."],
    [
      ["up", "kafak"],
      "sightline dev up knows no kafak.\nDid you mean kafka? sightline dev --help lists all.",
    ],
    [
      ["up", "--broker", "3"],
      "sightline dev up has no option --broker.\nDid you mean --brokers? sightline dev --help lists all.",
    ],
    [["up", "--delete"], "sightline dev up has no option --delete.\nsightline dev --help lists all."],
    [["up", "--brokers", "2"], "--brokers was given 2.\nUse 1 or 3."],
    [["up", "--brokers"], "--brokers was given nothing.\nUse 1 or 3."],
    [
      ["up", "kafka", "--data-nodes", "3"],
      "--data-nodes is for hdfs, which is not started.\nAdd hdfs, or leave it out.",
    ],
    [["down", "--delete=yes"], "--delete takes no value, but got yes.\nLeave it out."],
    [["status", "kafka"], "sightline dev status takes nothing more, but got kafka.\nLeave it out."],
  ])("%j", (words, message) => {
    expect(() => parseDev(words)).toThrow(new CommandError(message, 2));
  });
});
