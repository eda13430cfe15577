import { readFileSync } from "node:fs";
import { type Content, PROTOCOL_VERSION } from "./message.ts";

const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  version: string;
};

/** The content of `kernel_info_reply`. */
export const kernelInfo: Content = {
  status: "ok",
  protocol_version: PROTOCOL_VERSION,
  implementation: "sightline",
  implementation_version: version,
  language_info: {
    name: "typescript",
    version: "6.0",
    mimetype: "text/typescript",
    file_extension: ".ts",
    pygments_lexer: "typescript",
    codemirror_mode: { name: "javascript", typescript: true },
    nbconvert_exporter: "script",
  },
  banner: `Sightline ${version}: TypeScript on Node ${process.versions.node}, with spark, sc, sqlContext and graphistry`,
  help_links: [
    { text: "Spark Connect", url: "https://spark.apache.org/docs/latest/spark-connect-overview.html" },
  ],
  debugger: false,
  supported_features: [],
};
