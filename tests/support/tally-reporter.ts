import { relative } from "node:path";
import type { Reporter, TestCase, TestModule, TestSuite, Vitest } from "vitest/node";
import type { Tally } from "./tally.ts";

/** Counts vitest's outcomes. A skip that names no command, a broken file and an error outside of tests are failures. */
export class TallyReporter implements Reporter {
  readonly #tally: Tally;
  #root = "";

  constructor(tally: Tally) {
    this.#tally = tally;
  }

  onInit(vitest: Vitest): void {
    this.#root = vitest.config.root;
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    this.#tally.failed += unhandledErrors.length;
    for (const module of modules) this.#count(module);
  }

  #count(node: TestModule | TestSuite): void {
    if (node.errors().length > 0) this.#fail(node, "failed outside of its tests");
    for (const child of node.children)
      if (child.type === "suite") this.#count(child);
      else this.#countTest(child, node);
  }

  #countTest(test: TestCase, parent: TestModule | TestSuite): void {
    const result = test.result();
    if (result.state === "passed") this.#tally.passed++;
    else if (result.state === "failed") this.#tally.failed++;
    else if (result.state === "skipped" && result.note)
      this.#tally.skips.push({ name: this.#nameOf(test), command: result.note });
    else if (parent.errors().length > 0) this.#fail(test, "did not run");
    else this.#fail(test, "was skipped without the command that enables it: context.skip(command)");
  }

  #fail(node: TestModule | TestSuite | TestCase, why: string): void {
    this.#tally.failed++;
    console.log(`FAIL ${this.#nameOf(node)} ${why}`);
  }

  #nameOf(node: TestModule | TestSuite | TestCase): string {
    if (node.type === "module") return relative(this.#root, node.moduleId);
    return `${relative(this.#root, node.module.moduleId)} > ${node.fullName}`;
  }
}
