import { parseXml, XmlElement, XmlError } from "@rgrove/parse-xml";
import { checkXmlShape } from "./check-xml-shape.ts";
import { decodeXml } from "./decode-xml.ts";
import { FeedError } from "./feed-error.ts";

/** The parser needs 8 bytes a character beside the tree when the text has one beyond U+FFFF. */
const maxBytes = 32 * 1024 * 1024;

/**
 * The root element of a whole document, which is strictly well-formed and defines no entities of its own.
 * @param value the document in the encoding that it declares
 * @throws FeedError saying what is wrong, with line and column
 */
export function readXml(value: Uint8Array): XmlElement {
  if (value.byteLength > maxBytes) {
    throw new FeedError(
      `The record's XML has ${(value.byteLength / 1048576).toFixed(1)} MiB; ${maxBytes / 1048576} are read at most.`,
      "Export fewer hosts at a time, and send each report as its own record.",
    );
  }
  const xml = decodeXml(value);
  if (xml.trim() === "") {
    throw new FeedError("The record is empty, not XML.", "Send one whole .nessus file as a record's value.");
  }
  checkXmlShape(xml);
  try {
    return parseXml(xml).root!;
  } catch (cause) {
    if (!(cause instanceof XmlError)) throw cause;
    const [what] = cause.message.split("\n");
    throw new FeedError(
      `The record isn't well-formed XML: ${what}.`,
      "Send one whole .nessus file as a record's value, as the scanner wrote it.",
      { cause },
    );
  }
}

/** The child elements, those of a name if one is given. */
export function childElements(parent: XmlElement, name?: string): XmlElement[] {
  return parent.children.filter(
    (child): child is XmlElement =>
      child instanceof XmlElement && (name === undefined || child.name === name),
  );
}
