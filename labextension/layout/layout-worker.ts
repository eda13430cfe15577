// The web worker that lays out where the GPU can't: told the graph once, then turn by turn.
import { WorkerForces } from "./worker-forces.ts";
import type { LayoutAnswer, LayoutRequest } from "./worker-layout.ts";

let forces: WorkerForces | undefined;

onmessage = ({ data }: MessageEvent<LayoutRequest>) => {
  if ("input" in data) {
    forces = new WorkerForces(data.input);
    return;
  }
  const positions = forces!.advance(data.count, data.heat);
  const answer: LayoutAnswer = { positions, count: data.count };
  (postMessage as (message: unknown, transfer: Transferable[]) => void)(answer, [positions.buffer]);
};
