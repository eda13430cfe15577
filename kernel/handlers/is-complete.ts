import type { Handler } from "./request.ts";

/** Says whether a console may run what was typed so far. */
export const isCompleteRequest: Handler = async ({ content }) => {
  const { completeness } = await import("../language/completeness.ts");
  return { content: { ...completeness(String(content.code ?? "")) } };
};
