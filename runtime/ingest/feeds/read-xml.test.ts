import { expect, test } from "vitest";
import { FeedError } from "./feed-error.ts";
import { readXml } from "./read-xml.ts";

const text = (xml: string | Uint8Array) => readXml(Buffer.from(xml)).text;
const messageOf = (xml: string | Uint8Array): string => {
  try {
    text(xml);
  } catch (error) {
    expect(error).toBeInstanceOf(FeedError);
    return (error as Error).message;
  }
  throw new Error("nothing was refused");
};
const asSent = "Send one whole .nessus file as a record's value, as the scanner wrote it.";

test("reads the encoding that the document has", () => {
  const xml = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?><a>é😀</a>`;
  const utf16 = Buffer.from(`\uFEFF${xml("UTF-16")}`, "utf16le");
  expect(text(xml("utf-8"))).toBe("é😀");
  expect(text(`\uFEFF${xml("iso-8859-1")}`)).toBe("é😀");
  expect(text(utf16)).toBe("é😀");
  expect(text(Buffer.from(utf16).swap16())).toBe("é😀");
  expect(text(utf16.subarray(2))).toBe("é😀");
  expect(text(Buffer.from(utf16.subarray(2)).swap16())).toBe("é😀");
  expect(text(Buffer.from("<?xml version='1.0' encoding='ISO-8859-1'?><a>é</a>", "latin1"))).toBe("é");
  expect(text("<a>one\r\ntwo\rthree</a>")).toBe("one\ntwo\nthree");
});

test("bytes that aren't in the encoding are refused", () => {
  const inUtf8 = 'Save it in UTF-8, with <?xml version="1.0" encoding="UTF-8"?>';
  expect(messageOf(Buffer.from("<a>é</a>", "latin1"))).toBe(
    "The record isn't UTF-8: byte 3 is 0xe9.\nWrite it in UTF-8 before it is sent.",
  );
  expect(messageOf('<?xml version="1.0" encoding="klingon"?><a/>')).toBe(
    `The record's XML declares the encoding "klingon", which isn't known.\n${inUtf8}`,
  );
  expect(messageOf('<?xml version="1.0" encoding="shift_jis"?><a>\uFFFF</a>')).toBe(
    `The record's XML isn't in shift_jis, as it says.\n${inUtf8}`,
  );
  expect(messageOf('<?xml version="1.0" encoding="UTF-16"?><a/>')).toBe(
    "The record's XML declares UTF-16 and isn't in it.\n" +
      'Declare the encoding that it has, as in <?xml version="1.0" encoding="UTF-8"?>',
  );
});

test("what isn't well-formed is refused, with the place", () => {
  expect(messageOf("<a>\n  <b>\n</a>")).toBe(
    `The record isn't well-formed XML: Missing end tag for element b (line 3, column 1).\n${asSent}`,
  );
  for (const xml of [
    "<a><b",
    "<a",
    '<a x="1',
    "<a><!-- ",
    "<a><![CDATA[",
    "<?xml",
    "{}",
    "<a/><b/>",
    "<a>\u0001</a>",
    "<a>&nbsp;</a>",
  ])
    expect(messageOf(xml)).toMatch(
      /^The record isn't well-formed XML: .*\(line 1, column \d+\)\.\nSend one whole/,
    );
  for (const xml of ["", " \n", "\uFEFF"])
    expect(messageOf(xml)).toBe(
      "The record is empty, not XML.\nSend one whole .nessus file as a record's value.",
    );
});

test("a DOCTYPE is refused, and with it every entity of its own", () => {
  const remedy = "It is refused whole. A Nessus report has none: remove it if you know where it comes from.";
  const external = '<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>';
  expect(messageOf(external)).toBe(
    `The record's XML has a DOCTYPE (line 2), which can define entities and load other files.\n${remedy}`,
  );
  const laughs = `<!DOCTYPE a [<!ENTITY l0 "ha">${Array.from(
    { length: 9 },
    (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`,
  ).join("")}]><a>&l9;</a>`;
  expect(messageOf(laughs)).toContain("has a DOCTYPE (line 1)");
  expect(messageOf('<!DOCTYPE a SYSTEM "http://127.0.0.1/a.dtd"><a/>')).toContain("has a DOCTYPE");
  expect(messageOf("<!DOCTYPE a><a/>")).toContain("has a DOCTYPE");
  expect(text("<a><!-- <!DOCTYPE a> --><![CDATA[<!DOCTYPE a>]]>&lt;!DOCTYPE a></a>")).toBe(
    "<!DOCTYPE a><!DOCTYPE a>",
  );
});

test("nesting without end is refused, and the stack is whole", () => {
  const nested = (depth: number) => "<a>".repeat(depth) + "</a>".repeat(depth);
  expect(text(nested(64))).toBe("");
  for (const xml of [nested(65), nested(100_000), "\n<a b='>'>".repeat(100_000)]) {
    expect(messageOf(xml)).toMatch(
      /^The record's XML nests elements deeper than 64 \(line \d+\)\.\nA Nessus report is 6 deep; /,
    );
  }
  expect(text(`<a>${"<b/><c></c><d e='/'>x</d>".repeat(200)}</a>`)).toBe("x".repeat(200));
});

test("more than memory should hold is refused", () => {
  const remedy = "Export fewer hosts at a time, and send each report as its own record.";
  const many = `The record's XML has more than 1,000,000 elements and attributes.\n${remedy}`;
  expect(messageOf(`<a>${"<b/>".repeat(1_000_000)}</a>`)).toBe(many);
  expect(messageOf(`<a ${"b='' ".repeat(1_000_000)}/>`)).toBe(many);
  expect(messageOf(`<a>${"<?b?>".repeat(1_000_000)}</a>`)).toBe(many);
  expect(messageOf(Buffer.alloc(32 * 1024 * 1024 + 1, " "))).toBe(
    `The record's XML has 32.0 MiB; 32 are read at most.\n${remedy}`,
  );
});

test("a million line breaks of Windows don't take a day", () => {
  expect(text(`<a>${"x\r\n".repeat(1_000_000)}</a>`).length).toBe(2_000_000);
});
