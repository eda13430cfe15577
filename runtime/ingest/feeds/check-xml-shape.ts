// Bounds what an XML document may ask of the parser, which keeps a tree and calls itself for each level.
import { FeedError } from "./feed-error.ts";

/** A .nessus file is 6 deep. */
const maxDepth = 64;
/** A .nessus file has one for each 60 bytes or more; a tree of this many takes about 300 MB. */
const maxNodes = 1_000_000;

/**
 * Looks once over the tags. Where the document isn't well-formed it stops looking: the parser says so, and gets no
 * further than that place.
 * @param xml the whole document
 * @throws FeedError for a DOCTYPE, elements nested too deep, or too many elements and attributes
 */
export function checkXmlShape(xml: string): void {
  let depth = 0;
  let nodes = 0;
  for (let at = xml.indexOf("<"); at >= 0; at = xml.indexOf("<", at)) {
    let end: number;
    if (xml.startsWith("<!--", at)) end = after(xml, "-->", at + 4);
    else if (xml.startsWith("<![CDATA[", at)) end = after(xml, "]]>", at + 9);
    else if (xml.startsWith("<!", at)) throw doctype(xml, at);
    else if (xml.startsWith("<?", at)) {
      end = after(xml, "?>", at + 2);
      nodes++;
    } else if (xml.startsWith("</", at)) {
      end = after(xml, ">", at + 2);
      depth--;
    } else {
      const tag = startTag(xml, at + 1);
      end = tag.end;
      nodes += 1 + tag.attributes;
      if (xml[end - 2] !== "/" && ++depth > maxDepth) throw tooDeep(xml, at);
    }
    if (end < 0) return;
    if (nodes > maxNodes) throw tooMany();
    at = end;
  }
}

/** Where what comes after `closing` begins, or -1. */
function after(xml: string, closing: string, from: number): number {
  const found = xml.indexOf(closing, from);
  return found < 0 ? -1 : found + closing.length;
}

/** A `>` in an attribute's value doesn't end the tag. */
function startTag(xml: string, from: number): { end: number; attributes: number } {
  let attributes = 0;
  for (let at = from; at < xml.length; at++) {
    const character = xml[at];
    if (character === ">") return { end: at + 1, attributes };
    if (character !== '"' && character !== "'") continue;
    attributes++;
    at = xml.indexOf(character, at + 1);
    if (at < 0) break;
  }
  return { end: -1, attributes };
}

function lineOf(xml: string, at: number): number {
  let line = 1;
  for (let found = xml.indexOf("\n"); found >= 0 && found < at; found = xml.indexOf("\n", found + 1)) line++;
  return line;
}

function doctype(xml: string, at: number): FeedError {
  return new FeedError(
    `The record's XML has a DOCTYPE (line ${lineOf(xml, at)}), which can define entities and load other files.`,
    "It is refused whole. A Nessus report has none: remove it if you know where it comes from.",
  );
}

function tooDeep(xml: string, at: number): FeedError {
  return new FeedError(
    `The record's XML nests elements deeper than ${maxDepth} (line ${lineOf(xml, at)}).`,
    "A Nessus report is 6 deep; send the .nessus file as the scanner wrote it.",
  );
}

function tooMany(): FeedError {
  return new FeedError(
    `The record's XML has more than ${maxNodes.toLocaleString("en")} elements and attributes.`,
    "Export fewer hosts at a time, and send each report as its own record.",
  );
}
