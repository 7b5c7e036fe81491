import { CloudError, describeFailure } from "../errors";
import type { TemporaryKeys } from "../renewal";
import { noCredentials, readEndpoint, type SettingsSource } from "../settings";
import { sendForText, type TextReply } from "../transport";
import { endpoints, isOn, variables } from "./settings";
import type { SignIn } from "./sign-in";
import { issuedIn } from "./temporary-keys";

/** It is next to the instance; elsewhere nobody answers. */
const answersWithinMs = 2_000;
const tokenLastsSeconds = "21600";
const rolesPath = "/latest/meta-data/ram/security-credentials/";

/** The way to sign in by the RAM role of the ECS instance; without a name, by the one that it has. */
export function ecsSignIn(
  source: SettingsSource,
  roleName?: string,
  otherwise?: string,
): SignIn & { readonly by: "ecs" } {
  return {
    by: "ecs",
    roleName,
    origin: readEndpoint(endpoints.ecsMetadata, source)?.origin ?? "http://100.100.100.200",
    mayLackToken: !isOn(source, variables.withoutTokenless),
    otherwise,
  };
}

/** Asks the metadata service of the ECS instance for the keys of its RAM role. */
export async function ecsRoleKeys(from: SignIn & { readonly by: "ecs" }): Promise<TemporaryKeys> {
  try {
    return await askedOfMetadata(from);
  } catch (error) {
    if (!from.otherwise || !(error instanceof CloudError)) throw error;
    throw noCredentials(`${from.otherwise}, where ${error.message}`, error.status);
  }
}

async function askedOfMetadata(from: SignIn & { readonly by: "ecs" }): Promise<TemporaryKeys> {
  const token = await metadataToken(from);
  const headers: Record<string, string> = token ? { "x-aliyun-ecs-metadata-token": token } : {};
  const read = (path: string) => ask(from.origin, "GET", path, headers);
  const role = from.roleName ?? (await read(rolesPath)).text.trim().split(/\s/)[0] ?? "";
  const call = `the metadata service of ECS, asked for the RAM role "${role}",`;
  return issuedIn(call, await read(`${rolesPath}${encodeURIComponent(role)}`));
}

/** A token of the service's own, which keeps others from asking through a proxy; old instances have none. */
async function metadataToken({ origin, mayLackToken }: SignIn & { readonly by: "ecs" }): Promise<string | undefined> {
  const headers = { "x-aliyun-ecs-metadata-token-ttl-seconds": tokenLastsSeconds };
  try {
    return (await ask(origin, "PUT", "/latest/api/token", headers)).text.trim();
  } catch (error) {
    const answered = error instanceof CloudError && error.status !== undefined;
    if (answered && mayLackToken) return undefined;
    throw error;
  }
}

async function ask(origin: string, method: string, path: string, headers: Record<string, string>): Promise<TextReply> {
  const call = "the metadata service of ECS";
  const reply = await sendForText(call, { method, url: new URL(path, origin), headers }, answersWithinMs);
  if (reply.status < 400) return reply;
  const said =
    reply.status === 404 && method === "GET"
      ? "the instance has no such RAM role; give it one, or name another"
      : "it refuses to answer";
  const facts = { kind: reply.status >= 500 ? "unavailable" : "other", status: reply.status } as const;
  throw new CloudError({ ...facts, message: describeFailure(call, { ...facts, said }) });
}
