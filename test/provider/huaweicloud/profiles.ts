import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A file with a content, gone after the test: a text as it is, anything else as JSON. */
export function fileWith(content: unknown, name = "config.json"): string {
  const folder = mkdtempSync(join(tmpdir(), "hcloud-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, name);
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}

/** A profile as Huawei Cloud's CLI writes it, here in plain text. */
export const profileOf = (name: string, changes: object = {}) => ({
  name,
  mode: "AKSK",
  accessKeyId: `ak${name}`,
  secretAccessKey: `c4n4ry-sk-${name}`,
  securityToken: "",
  region: "cn-north-4",
  projectId: "",
  domainId: "",
  agencyDomainId: "",
  agencyDomainName: "",
  agencyName: "",
  sourceProfile: "",
  ...changes,
});

export const cliFile = (profiles: readonly object[], changes: object = {}) => ({
  authEncrypt: "false",
  current: "default",
  profiles,
  ...changes,
});

export const keysOfProfile = (name: string, securityToken?: string) => ({
  accessKey: `ak${name}`,
  secretKey: `c4n4ry-sk-${name}`,
  securityToken,
});
