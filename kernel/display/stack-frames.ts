import { fileURLToPath, pathToFileURL } from "node:url";

const PROJECT = new URL("../../", import.meta.url).href;
const KERNEL = new URL("../", import.meta.url).href;
const FRAME = /^\s+at /;
const OWN_FOLDERS = [
  `${PROJECT}kernel/`,
  `${PROJECT}runtime/`,
  fileURLToPath(`${PROJECT}kernel/`),
  fileURLToPath(`${PROJECT}runtime/`),
];

/** Whether a line is a frame of Node or of the kernel, which says nothing to the user. */
export function isInternalFrame(line: string): boolean {
  if (!FRAME.test(line)) return false;
  return /[( ]node:/.test(line) || line.includes(KERNEL) || line.includes(fileURLToPath(KERNEL));
}

/** Whether a line is a frame of Sightline itself or of Node. */
export function isLibraryFrame(line: string): boolean {
  return isInternalFrame(line) || (FRAME.test(line) && OWN_FOLDERS.some((folder) => line.includes(folder)));
}

/** Whether a line is a frame of an npm package. */
export function isPackageFrame(line: string): boolean {
  return FRAME.test(line) && /[\\/(]node_modules[\\/]/.test(line);
}

export function isFrame(line: string): boolean {
  return FRAME.test(line);
}

/** A frame's file as the user knows it: relative to the notebook's folder where it lies in it. */
export function shortenPaths(line: string): string {
  const folder = process.cwd();
  return line.replaceAll(`${pathToFileURL(folder).href}/`, "").replaceAll(`${folder}/`, "");
}

/** Splits a stack into the message before the frames and the frames. */
export function splitStack(stack: string): { head: string; frames: string[] } {
  const lines = stack.split("\n");
  const first = lines.findIndex(isFrame);
  if (first < 0) return { head: stack, frames: [] };
  return { head: lines.slice(0, first).join("\n"), frames: lines.slice(first).filter(isFrame) };
}
