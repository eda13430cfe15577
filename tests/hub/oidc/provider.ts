// A real OpenID Connect provider on loopback, npm's oidc-provider, which knows whoever the test says.
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { cpSync, existsSync, mkdirSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { npmCommand } from "../../../cli/setup/npm-packages.mjs";
import { Command, root } from "../../support/command.ts";

const folder = join(root, ".sightline", "oidc-provider");

/** What the provider says of a person, by the login that they type there; any password does. */
export type People = Record<string, Record<string, unknown>>;

export interface Client {
  readonly id: string;
  readonly secret: string;
  readonly redirectUri: string;
}

export class OidcProvider {
  readonly #server: Server;
  readonly issuer: string;

  private constructor(server: Server, issuer: string) {
    this.#server = server;
    this.issuer = issuer;
  }

  /** Starts one; the first time its packages are installed, as their lock says. */
  static async start(port: number, client: Client, people: People): Promise<OidcProvider> {
    await install();
    const entry = join(folder, "node_modules", "oidc-provider", "lib", "index.js");
    const { default: Provider } = await import(pathToFileURL(entry).href);
    const issuer = `http://127.0.0.1:${port}`;
    const provider = new Provider(issuer, {
      clients: [
        {
          client_id: client.id,
          client_secret: client.secret,
          redirect_uris: [client.redirectUri],
          grant_types: ["authorization_code"],
          response_types: ["code"],
        },
      ],
      scopes: ["openid", "profile", "groups"],
      claims: { openid: ["sub"], profile: ["preferred_username"], groups: ["groups"] },
      pkce: { required: () => true },
      // Given only so that the provider doesn't warn of its defaults.
      jwks: {
        keys: [generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" })],
      },
      ttl: {
        AccessToken: 600,
        AuthorizationCode: 60,
        Grant: 600,
        IdToken: 600,
        Interaction: 600,
        Session: 600,
      },
      cookies: { keys: [randomBytes(24).toString("hex")] },
      findAccount: (_: unknown, login: string) =>
        Object.hasOwn(people, login)
          ? { accountId: login, claims: () => ({ sub: login, ...people[login] }) }
          : undefined,
    });
    const server = createServer(provider.callback());
    await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
    return new OidcProvider(server, issuer);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

async function install(): Promise<void> {
  if (existsSync(join(folder, "node_modules", ".package-lock.json"))) return;
  mkdirSync(folder, { recursive: true });
  for (const file of ["package.json", "package-lock.json"])
    cpSync(join(import.meta.dirname, file), join(folder, file));
  cpSync(join(root, ".npmrc"), join(folder, ".npmrc"));
  const command = [...npmCommand(process.execPath), "ci", "--ignore-scripts"];
  const { code, stderr } = await Command.run(command, { cwd: folder });
  if (code !== 0) throw new Error(`npm ci of oidc-provider failed:\n${stderr}`);
}
