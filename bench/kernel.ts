// `npm run bench kernel [-- --rounds N] [--save]`: our kernel beside ipykernel, in the same run and over real sockets: time
// until ready, and a round trip. Goals: at most 1.3 and 0.5 of ipykernel's.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { JupyterClient } from "../tests/support/jupyter-client.ts";
import { benchOptions, median, saveResult } from "./support/report.ts";

const PYTHON = join(fileURLToPath(new URL("../", import.meta.url)), ".venv/bin/python");
const ROUND_TRIPS = 100;
const WARM_UP = 10;

/** Times in milliseconds, medians over the rounds. */
interface KernelFigures {
  /** From the start of the process to its first answer. */
  readyMs: number;
  /** From sending `1+1` to its reply and idle. */
  roundTripMs: number;
}

/** Starts both kernels in turn, `rounds` times each; prints the medians. */
async function bench(rounds: number, save: boolean): Promise<void> {
  if (!existsSync(PYTHON)) throw new Error("There is no .venv with ipykernel.\nMake it: npm run setup");
  const kernels = {
    sightline: undefined,
    ipykernel: [PYTHON, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
  };
  const samples = { sightline: [] as KernelFigures[], ipykernel: [] as KernelFigures[] };
  for (let round = 0; round < rounds; round++) {
    for (const name of ["sightline", "ipykernel"] as const) samples[name].push(await measure(kernels[name]));
  }
  const [sightline, ipykernel] = [medians(samples.sightline), medians(samples.ipykernel)];
  const readyRatio = sightline.readyMs / ipykernel.readyMs;
  const roundTripRatio = sightline.roundTripMs / ipykernel.roundTripMs;
  print("ready", sightline.readyMs, ipykernel.readyMs, readyRatio, 1.3);
  print("1+1", sightline.roundTripMs, ipykernel.roundTripMs, roundTripRatio, 0.5);
  if (save) saveResult("kernel", { rounds, readyRatio, roundTripRatio, sightline, ipykernel });
  if (readyRatio > 1.3 || roundTripRatio > 0.5) process.exitCode = 1;
}

async function measure(argv: string[] | undefined): Promise<KernelFigures> {
  const start = performance.now();
  // As a notebook has it: the engine starts beside the kernel.
  const client = await JupyterClient.launch({ argv, env: { SIGHTLINE_ENGINE_START: "" } });
  try {
    await client.request("kernel_info_request", {});
    const readyMs = performance.now() - start;
    await client.ready();
    for (let i = 0; i < WARM_UP; i++) await client.execute("1+1");
    const times: number[] = [];
    for (let i = 0; i < ROUND_TRIPS; i++) {
      const before = performance.now();
      await client.execute("1+1");
      times.push(performance.now() - before);
    }
    return { readyMs, roundTripMs: median(times) };
  } finally {
    await client.stop();
  }
}

function medians(figures: KernelFigures[]): KernelFigures {
  return {
    readyMs: median(figures.map(({ readyMs }) => readyMs)),
    roundTripMs: median(figures.map(({ roundTripMs }) => roundTripMs)),
  };
}

function print(name: string, ours: number, theirs: number, ratio: number, goal: number): void {
  const verdict = ratio <= goal ? "holds" : "MISSED";
  console.log(
    `${name.padEnd(6)} sightline ${ours.toFixed(2)} ms, ipykernel ${theirs.toFixed(2)} ms, ratio ${ratio.toFixed(2)} (goal ≤ ${goal}: ${verdict})`,
  );
}

const { rounds, save } = benchOptions({ rounds: 7 });
await bench(rounds, save);
