// The Kubernetes values against the chart's own schema, kept beside them: what no cluster is needed for.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../support/command.ts";

const folder = join(root, "jupyterhub_config", "kubernetes");
const text = readFileSync(join(folder, "values.yaml"), "utf8");

/** What the chart would say of values; what they leave out is filled in from its own before it looks. */
function complaints(values: string): string[] {
  const script = `
import json, sys, yaml, jsonschema
schema = json.load(open(sys.argv[1]))
jsonschema.Draft7Validator.check_schema(schema)
errors = jsonschema.Draft7Validator(schema).iter_errors(yaml.safe_load(sys.stdin))
print(json.dumps([f"{error.json_path}: {error.message}" for error in errors if error.validator != "required"]))`;
  const schema = join(folder, "chart", "values.schema.json");
  const output = execFileSync(join(root, ".venv/bin/python"), ["-c", script, schema], { input: values });
  return JSON.parse(output.toString());
}

/** The values as data. */
function load(): any {
  const script = "import json, sys, yaml; print(json.dumps(yaml.safe_load(sys.stdin)))";
  return JSON.parse(execFileSync(join(root, ".venv/bin/python"), ["-c", script], { input: text }).toString());
}

test("the chart takes the values", () => expect(complaints(text)).toEqual([]));

test.each([
  [
    "a name that the chart doesn't have",
    "  networkPolicy:",
    "  netwrokPolicy:",
    "'netwrokPolicy' was unexpected",
  ],
  ["a value of the wrong type", "timeout: 3600", "timeout: an hour", "'an hour' is not of type 'integer'"],
])("the schema refuses %s", (_, right, wrong, complaint) => {
  expect(text).toContain(right);
  expect(complaints(text.replace(right, wrong)).join("\n")).toContain(complaint);
});

test("secrets come from the cluster's Secrets, never from the values", () => {
  const { hub, singleuser } = load();
  const { client_secret: secret, ...oauth } = hub.config.GenericOAuthenticator;
  expect(secret).toBeUndefined();
  expect(oauth.client_id).toBe("sightline");
  const fromSecret = { valueFrom: { secretKeyRef: expect.objectContaining({ name: expect.any(String) }) } };
  expect(hub.extraEnv).toEqual({ OAUTH_CLIENT_SECRET: fromSecret });
  expect(singleuser.extraEnv).toEqual({ SPARK_REMOTE: fromSecret });
});

test("people are let in by name of a group, reach each other's pods not, and the internet not", () => {
  const { hub, singleuser, proxy, cull } = load();
  expect(hub.config.JupyterHub.admin_access).toBe(false);
  expect(hub.config.GenericOAuthenticator.allow_all).toBeUndefined();
  expect(hub.config.GenericOAuthenticator.allowed_groups).not.toEqual([]);
  const { enabled, egressAllowRules, ingress, allowedIngressPorts } = singleuser.networkPolicy;
  expect({ enabled, ingress, allowedIngressPorts }).toEqual({ enabled: true });
  expect(egressAllowRules).toEqual({ cloudMetadataServer: false, nonPrivateIPs: false, privateIPs: false });
  expect([proxy.https.enabled, cull.enabled]).toEqual([true, true]);
});
