import { displaySymbol, type MimeBundle } from "./mime-bundle.ts";

/** Something that shows itself as one MIME type. */
export interface RichText {
  [displaySymbol](): MimeBundle;
}

type RichTag = (text: TemplateStringsArray | string, ...values: unknown[]) => RichText;

/**
 * Shows HTML, from a string or a template.
 * @example html`<b>${count}</b> events`
 */
export const html: RichTag = richTag("text/html");

/** Shows Markdown, from a string or a template. */
export const md: RichTag = richTag("text/markdown");

/** Shows an SVG picture, from a string or a template. */
export const svg: RichTag = richTag("image/svg+xml");

function richTag(type: string): RichTag {
  return (text, ...values) => {
    const content = typeof text === "string" ? text : String.raw({ raw: text }, ...values);
    return { [displaySymbol]: () => ({ [type]: content, "text/plain": content }) };
  };
}
