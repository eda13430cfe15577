import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { FeedError } from "./feed-error.ts";
import { parseNessus } from "./nessus.ts";

const reports = join(import.meta.dirname, "../../../../shared/data/vulnerability");
const parse = (xml: string | Uint8Array) => parseNessus(Buffer.from(xml));
const messageOf = (xml: string | Uint8Array): string => {
  try {
    parse(xml);
  } catch (error) {
    expect(error).toBeInstanceOf(FeedError);
    return (error as Error).message;
  }
  throw new Error("nothing was refused");
};
const reportOf = (hosts: string) =>
  `<NessusClientData_v2><Report name="weekly">${hosts}</Report></NessusClientData_v2>`;
const hostOf = (tags: string, items = '<ReportItem port="22" severity="0" pluginID="10267"/>') =>
  reportOf(`<ReportHost name="db1"><HostProperties>${tags}</HostProperties>${items}</ReportHost>`);
const itemOf = (children: string, attributes = 'port="443" pluginID="1"') =>
  parse(hostOf("", `<ReportItem ${attributes}>${children}</ReportItem>`))[0];

test("each finding is an event with its host's properties", () => {
  const xml = `<?xml version="1.0"?><NessusClientData_v2>
    <Policy><policyName>Basic</policyName></Policy>
    <Report name="weekly" xmlns:cm="http://www.nessus.org/cm">
      <ReportHost name="db1.example.com"><HostProperties>
        <tag name="HOST_END">Tue Jun 25 10:39:42 2013</tag>
        <tag name="mac-address">00:50:56:aa:bb:cc</tag>
        <tag name="host-ip">10.0.0.5</tag>
        <tag name="operating-system">Linux Kernel 2.6</tag>
        <tag name="HOST_START">Tue Jun  5 09:32:42 2013</tag>
      </HostProperties>
      <ReportItem port="443" svc_name="https?" protocol="tcp" severity="3" pluginID="58988" pluginName="A &lt; B" pluginFamily="CGI">
        <cve>CVE-2012-1823</cve><cve>CVE-2012-2311</cve>
        <cvss3_base_score>9.8</cvss3_base_score>
        <exploit_available>true</exploit_available>
        <plugin_name>A &lt; B</plugin_name>
        <plugin_publication_date>2012/05/04</plugin_publication_date>
        <plugin_output>
          two
          lines</plugin_output>
      </ReportItem>
      <ReportItem port="0" severity="0" pluginID="19506"/>
      </ReportHost>
    </Report></NessusClientData_v2>`;
  const host = {
    report_name: "weekly",
    policy_name: "Basic",
    host: "db1.example.com",
    host_end: "2013-06-25T10:39:42Z",
    host_mac_address: "00:50:56:aa:bb:cc",
    host_ip: "10.0.0.5",
    host_operating_system: "Linux Kernel 2.6",
    host_start: "2013-06-05T09:32:42Z",
  };
  expect(parse(xml)).toEqual([
    {
      ...host,
      port: 443,
      svc_name: "https?",
      protocol: "tcp",
      severity: 3,
      plugin_id: 58988,
      plugin_name: "A < B",
      plugin_family: "CGI",
      cve: ["CVE-2012-1823", "CVE-2012-2311"],
      cvss3_base_score: 9.8,
      exploit_available: true,
      plugin_publication_date: "2012-05-04",
      plugin_output: "two\n          lines",
    },
    { ...host, port: 0, severity: 0, plugin_id: 19506 },
  ]);
});

test("a field has one type, however a report writes it", () => {
  expect(itemOf("<cve>CVE-2020-1</cve>").cve).toEqual(["CVE-2020-1"]);
  expect(itemOf("<see_also>http://a\n  http://b</see_also>").see_also).toEqual(["http://a", "http://b"]);
  expect(itemOf("<note>a</note><note>b</note><note>a</note>").note).toBe("a\nb");
  expect(itemOf("<cvss_base_score>10</cvss_base_score>").cvss_base_score).toBe(10);
  expect(itemOf("<exploit_available>False</exploit_available>").exploit_available).toBe(false);
  expect(itemOf("<cvss_base_score/><exploit_available/><solution/>")).toMatchObject({
    cvss_base_score: null,
    exploit_available: null,
    solution: "",
  });
  expect(itemOf("<cvssV3_impactScore>5.9</cvssV3_impactScore>").cvss_v3_impact_score).toBe(5.9);
  expect(itemOf("<cm:compliance-result>PASSED</cm:compliance-result>").cm_compliance_result).toBe("PASSED");
});

test("what isn't of its field's type is kept as text beside it, and nothing is rounded", () => {
  const event = itemOf(
    "<cvss_base_score>high</cvss_base_score><exploit_available>maybe</exploit_available>",
    'port="any" severity="3.5" pluginID="9007199254740993"',
  );
  expect(event).toMatchObject({
    cvss_base_score__string: "high",
    exploit_available__string: "maybe",
    port__string: "any",
    severity__string: "3.5",
    plugin_id__string: "9007199254740993",
  });
  expect(
    Object.keys(event).filter((name) => /^(port|severity|plugin_id|cvss_base_score)$/.test(name)),
  ).toEqual([]);
});

test("an element that contradicts an attribute is kept beside it", () => {
  const event = itemOf("<plugin_name>dummy</plugin_name>", 'pluginName="Nessus SYN scanner"');
  expect(event).toMatchObject({ plugin_name: "Nessus SYN scanner", plugin_name_element: "dummy" });
});

test("elements that aren't plain text become objects in an array", () => {
  const xml =
    '<attachment name="a.xml" type="t">e48d</attachment><x><y>1</y><y>2</y><z q="3"/></x><x>plain</x>';
  expect(itemOf(xml)).toMatchObject({
    attachment: [{ name: "a.xml", type: "t", value: "e48d" }],
    x: [{ y: ["1", "2"], z: { q: "3" } }, { value: "plain" }],
  });
});

test("the scanner's epoch time comes before its wall clock", () => {
  const start = '<tag name="HOST_START">Wed Mar 23 14:31:51 2022</tag>';
  const epoch = '<tag name="HOST_START_TIMESTAMP">1648042311</tag>';
  expect(parse(hostOf(start + epoch))[0].host_start).toBe("2022-03-23T13:31:51Z");
  expect(parse(hostOf(epoch))[0].host_start).toBe("2022-03-23T13:31:51Z");
  expect(parse(hostOf(start))[0].host_start).toBe("2022-03-23T14:31:51Z");
  expect(parse(hostOf('<tag name="HOST_START">mercredi</tag>'))[0].host_start).toBe("mercredi");
});

test("numbered properties don't become columns, and only the first event has them", () => {
  const tags =
    '<tag name="traceroute-hop-0">10.0.0.1</tag><tag name="patch-summary-txt-e6c83756995a506a">Upgrade</tag>' +
    '<tag name="DDI_Port_80_Init">1</tag><tag name="cpe-1">cpe:/a:b</tag><tag name="cpe">cpe:/o:c</tag>' +
    `<tag name="Credentialed_Scan">true</tag><tag name="note">${"x".repeat(1025)}</tag>`;
  const item = '<ReportItem port="22" severity="0" pluginID="1"/>';
  const [first, second] = parse(hostOf(tags, item + item));
  const { host_properties: properties, ...rest } = first;
  expect(properties).toEqual([
    { name: "traceroute-hop-0", value: "10.0.0.1" },
    { name: "patch-summary-txt-e6c83756995a506a", value: "Upgrade" },
    { name: "DDI_Port_80_Init", value: "1" },
    { name: "note", value: "x".repeat(1025) },
  ]);
  expect(rest).toMatchObject({ host_cpe: ["cpe:/a:b", "cpe:/o:c"], host_credentialed_scan: true });
  expect(second).toEqual(rest);
});

test("a host without findings isn't lost, and a report without hosts is empty", () => {
  expect(parse(hostOf('<tag name="host-ip">10.0.0.5</tag>', ""))).toEqual([
    { report_name: "weekly", host: "db1", host_ip: "10.0.0.5" },
  ]);
  expect(parse(reportOf('<ReportHost name="a"/><ReportHost/>'))).toEqual([
    { report_name: "weekly", host: "a" },
    { report_name: "weekly" },
  ]);
  expect(parse(reportOf(""))).toEqual([]);
});

test("names of JavaScript's own are plain data", () => {
  const event = itemOf("<__proto__>a</__proto__><constructor>b</constructor><x><__proto__>c</__proto__></x>");
  expect(JSON.stringify(event)).toContain('"__proto__":"a","constructor":"b","x":[{"__proto__":"c"}]');
  expect(Object.getPrototypeOf(event)).toBe(Object.prototype);
  expect(parse(hostOf('<tag name="__proto__">d</tag>'))[0]).toHaveProperty("host___proto__", "d");
});

test("other XML is refused, saying what it is", () => {
  expect(messageOf("<html><body/></html>")).toBe(
    "The record's XML is <html>, not a Nessus report (<NessusClientData_v2>).\n" +
      "Export the scan as .nessus (version 2), or send this to a topic with a feed of its own.",
  );
  expect(messageOf("<NessusClientData/>")).toMatch(
    /\nIt is of version 1; export the scan as \.nessus \(version 2\)\.$/,
  );
  expect(messageOf(`<${"x".repeat(5000)}/>`).length).toBeLessThan(300);
  expect(messageOf("<NessusClientData_v2><Policy/></NessusClientData_v2>")).toBe(
    "The record is a Nessus policy without a report.\nExport the scan's results as .nessus, not its policy.",
  );
});

test("a report that would repeat its hosts' properties without end is refused", () => {
  const tags = Array.from({ length: 250 }, (_, i) => `<tag name="p${i}x">${"x".repeat(1000)}</tag>`).join("");
  expect(messageOf(hostOf(tags, "<ReportItem/>".repeat(1200)))).toBe(
    "The report's hosts say so much of themselves that its findings, which repeat it, would pass 256 MiB.\n" +
      "Export fewer hosts at a time, and send each report as its own record.",
  );
});

const files = [
  {
    name: "nessus-cvssv3",
    host: "testphp.vulnweb.com",
    ip: "44.228.249.3",
    start: "2022-03-23T13:31:51Z",
    cves: 19,
  },
  {
    name: "nessus-many",
    host: "preprod.boardvantage.net",
    ip: "12.233.108.201",
    start: "2013-06-25T10:32:42Z",
    cves: 0,
  },
];

test.for(files)("reads every finding of $name", ({ name, host, ip, start, cves }, context) => {
  const path = join(reports, `${name}.nessus`);
  if (!existsSync(path)) context.skip(`put the real report at ${path}`);
  const text = readFileSync(path, "utf8");
  const events = parse(text);
  expect(events.length).toBe(text.match(/<ReportItem\s/g)?.length);
  expect(events.filter(({ cve }) => cve).length).toBe(cves);
  for (const event of events) {
    expect(event).toMatchObject({ host, host_fqdn: host, host_ip: ip, host_start: start });
    expect([event.port, event.severity, event.plugin_id].map((value) => typeof value)).toEqual(
      Array(3).fill("number"),
    );
  }
  const written = [...text.matchAll(/<cve>(.*?)<\/cve>/g)].map(([, id]) => id);
  expect(events.flatMap(({ cve }) => (cve ?? []) as string[])).toEqual(written);
});

test("reads the values of a real finding", (context) => {
  const path = join(reports, "nessus-cvssv3.nessus");
  if (!existsSync(path)) context.skip(`put the real report at ${path}`);
  const found = parse(readFileSync(path)).find(({ plugin_id: id }) => id === 58988);
  expect(found).toMatchObject({
    report_name: "dummy scan",
    policy_name: "Basic Network Scan",
    host_operating_system: "Linux Kernel 2.6",
    host_end: "2022-03-23T14:07:52Z",
    plugin_name: "PHP < 5.3.12 / 5.4.2 CGI Query String Code Execution",
    plugin_family: "CGI abuses",
    port: 80,
    protocol: "tcp",
    svc_name: "www",
    severity: 3,
    risk_factor: "High",
    cve: ["CVE-2012-1823"],
    cvss_base_score: 7.5,
    vpr_score: 9,
    exploit_available: true,
    patch_publication_date: "2012-05-03",
  });
});
