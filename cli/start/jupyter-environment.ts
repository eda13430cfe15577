import { delimiter, join } from "node:path";
import { places } from "./places.ts";

/** The environment of JupyterLab: our kernel and extension found, nothing written outside the clone. */
export function jupyterEnvironment(): NodeJS.ProcessEnv {
  const env = { ...process.env };
  // What npm says to its scripts is none of a notebook's business, and would mislead an npm run in it.
  for (const name of Object.keys(env))
    if (/^npm_(lifecycle|package|command|execpath|node_execpath|config_local_prefix)|^INIT_CWD$/.test(name))
      delete env[name];
  const prepend = (first: string, rest: string | undefined) => [first, rest].filter(Boolean).join(delimiter);
  return {
    ...env,
    PATH: prepend(places.bin, process.env.PATH),
    JUPYTER_PATH: prepend(places.kernels, process.env.JUPYTER_PATH),
    JUPYTER_CONFIG_DIR: places.config,
    JUPYTER_DATA_DIR: places.data,
    JUPYTER_RUNTIME_DIR: places.runtime,
    JUPYTERLAB_SETTINGS_DIR: join(places.config, "lab", "user-settings"),
    JUPYTERLAB_WORKSPACES_DIR: join(places.config, "lab", "workspaces"),
    IPYTHONDIR: places.ipython,
  };
}
