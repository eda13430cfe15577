// The JupyterLab extension: a MIME renderer for graphs. Small; what draws is loaded when a graph is shown.
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { graphMimeType } from "../runtime/wire/graph-payload.ts";
import { GraphOutput } from "./graph-output.ts";

const extension: IRenderMime.IExtension = {
  id: "@sightline/labextension:graph",
  description: "Draws graphs of application/vnd.sightline.graph.v1+json on the GPU.",
  // Nothing of the data becomes markup, script, style or a request, so outputs needn't be trusted.
  rendererFactory: {
    safe: true,
    mimeTypes: [graphMimeType],
    createRenderer: (options) => new GraphOutput(options),
  },
  // Ahead of image/png, the picture that the same output holds for other readers.
  rank: 0,
  dataType: "json",
};

export default extension;
