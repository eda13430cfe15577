/** Jupyter's own configuration, class by class. */
export type JupyterConfig = Record<string, Record<string, string | number | boolean | null>>;

export interface ServerChoice {
  readonly token: string;
  readonly ip: string;
  readonly port: number;
  readonly rootDir: string;
  /** Path that the browser opens, from `/`. */
  readonly page: string;
  readonly opensBrowser: boolean;
}

/** What JupyterLab is told: our choices, and that it asks nobody for news or updates. */
export function jupyterConfig({ token, ip, port, rootDir, page, opensBrowser }: ServerChoice): JupyterConfig {
  return {
    IdentityProvider: { token },
    ServerApp: {
      ip,
      port,
      port_retries: 0,
      root_dir: rootDir,
      open_browser: opensBrowser,
      // Jupyter refuses root without it; in a container there is often nobody else.
      allow_root: process.getuid?.() === 0,
    },
    LabApp: {
      default_url: page,
      news_url: null,
      check_for_updates_class: "jupyterlab.NeverCheckForUpdate",
    },
    // Looking for language servers runs npm, which writes into the home folder; the kernel completes by itself.
    LanguageServerManager: { autodetect: false },
    MultiKernelManager: { default_kernel_name: "sightline" },
  };
}
