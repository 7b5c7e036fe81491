import { createHash } from "node:crypto";

/** The 32 hex digits of a region's one project; the same in every run. */
export function projectIdOf(region: string): string {
  return stableHex(`project ${region}`);
}

/** The 32 hex digits of the account that an access key belongs to. */
export function domainIdOf(accessKey: string): string {
  return stableHex(`domain ${accessKey}`);
}

/** The UUID of a project's default key, `csms/default`. */
export function defaultKeyIdOf(projectId: string): string {
  return stableHex(`csms/default ${projectId}`).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function stableHex(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
