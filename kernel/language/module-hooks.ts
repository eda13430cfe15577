/** How imports of cells find their modules: from the notebook's folder, then from Sightline's own packages. */
import { existsSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { KernelError } from "../kernel-error.ts";

const OWN_PARENT = import.meta.url;
const EXTENSIONS = [".ts", ".mts", ".js", ".mjs", "/index.ts", "/index.js"];

/** Applies to everything that this thread imports from now on. */
export function registerModuleHooks(): void {
  registerHooks({
    resolve(specifier, context, nextResolve) {
      try {
        return withJson(nextResolve(specifier, context));
      } catch (error) {
        if (!isNotFound(error)) throw error;
        const file = isPath(specifier) ? completedFile(specifier, context.parentURL) : undefined;
        if (file) return nextResolve(file, context);
        if (isPath(specifier) || isOwn(context.parentURL)) throw error;
        try {
          return nextResolve(specifier, { ...context, parentURL: OWN_PARENT });
        } catch {
          throw notFound(specifier);
        }
      }
    },
  });
}

type Resolved = ReturnType<Parameters<NonNullable<Parameters<typeof registerHooks>[0]["resolve"]>>[2]>;

/** JSON needs an attribute in Node; in a cell the file's name says enough. */
function withJson(resolved: Resolved): Resolved {
  if (!resolved.url.endsWith(".json") || resolved.format === "commonjs") return resolved;
  return { ...resolved, importAttributes: { ...resolved.importAttributes, type: "json" } };
}

function completedFile(specifier: string, parent: string | undefined): string | undefined {
  // Cells have no file of their own: Node resolves for them from the working folder.
  const base = parent ?? pathToFileURL(`${process.cwd()}/`).href;
  if (!base.startsWith("file:") || /\.\w+$/.test(specifier)) return undefined;
  const url = new URL(specifier, base).href;
  const extension = EXTENSIONS.find((one) => existsSync(fileURLToPath(url + one)));
  return extension && url + extension;
}

function notFound(specifier: string): Error {
  const name = specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
  return new KernelError(
    `The package "${specifier}" isn't installed beside the notebook.\nInstall it: npm install ${name}`,
  );
}

function isPath(specifier: string): boolean {
  return /^(?:\.{0,2}\/|file:)/.test(specifier);
}

function isOwn(parent: string | undefined): boolean {
  return parent?.startsWith(new URL("../", OWN_PARENT).href) ?? false;
}

function isNotFound(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return (
    code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND" || code === "ERR_UNSUPPORTED_DIR_IMPORT"
  );
}
