import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, vi } from "vitest";
import { DEFAULT_CREDENTIALS, type Emulator, startEmulator, type WireRequest } from "../../../emulator/server";
import { rpcClient } from "../../../provider/alicloud/client";
import { gpdbApi } from "../../../provider/alicloud/gpdb-api";
import type { SettingsSource } from "../../../provider/settings";
import { sourceOf } from "../source";

export const account = "1234567890123456";
export const arn = (name: string) => `acs:ram::${account}:role/${name}`;
export const providerArn = `acs:ram::${account}:oidc-provider/ack`;
export const minute = 60_000;
export const { accessKey, secretKey } = DEFAULT_CREDENTIALS;

export let emulator: Emulator;
export let home: string;
/** What was sent, token and form. */
export let seen: WireRequest[];
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), "sign-in-"));
  vi.stubEnv("HOME", home);
  seen = [];
  vi.useFakeTimers({ toFake: ["Date"] });
  emulator = await startEmulator({ now: () => Date.now(), onRequest: (request) => seen.push(request) });
});
afterEach(async () => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  await emulator.close();
  rmSync(home, { recursive: true });
});

export const pass = (ms: number) => vi.setSystemTime(Date.now() + ms);
/** A token of an OIDC provider, as pods have in a file. */
export const jwt = (lastsMs = 60 * minute, subject = "c4n4ry") => {
  const claims = { iss: "https://oidc.example.com", sub: subject, aud: "sts", exp: (Date.now() + lastsMs) / 1000 };
  return ["{}", JSON.stringify(claims), "c4n4ry"].map((part) => Buffer.from(part).toString("base64url")).join(".");
};
export const file = (name: string, content: string) => {
  const path = join(home, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, content);
  return path;
};
/** Writes profiles, and configures one of them. */
export const profiles = (name: string, ...all: object[]): Settings => {
  file(".aliyun/config.json", JSON.stringify({ current: "first", profiles: all }));
  return [name === "first" ? {} : { profile: name }];
};
export type Settings = [config: Record<string, unknown>, env?: Record<string, string>];
/** Settings that know the emulator and nothing else. */
export const source = (config: Record<string, unknown> = {}, env: Record<string, string> = {}) => {
  const { url } = emulator;
  const texts = Object.entries(config).map(([key, value]) => [
    `alicloud:${key}`,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  const endpoints = JSON.stringify({ kms: url, gpdb: url, sts: url, ecsMetadata: url });
  return sourceOf({ "alicloud:endpoints": endpoints, ...Object.fromEntries(texts) }, env);
};
export const keys = { accessKey, secretKey };
/** A client's call that asks for nothing but an answer. */
export const lister = (from: SettingsSource) => {
  const call = rpcClient(gpdbApi, from);
  return () => call("ListSecrets", "cn-hangzhou", { DBInstanceId: "gp-1" });
};
export const listed = (from: SettingsSource) => lister(from)();
export const secret = (name: string) => ({ SecretName: name, SecretData: "c4n4ry", VersionId: "v1" });
/** The operations that were called. */
export const called = () => emulator.calls().map(({ operation }) => operation);
export const sessions = () => (emulator.state().sts as { sessions: Record<string, string>[] }).sessions;
export const formOf = (action: string) =>
  new URLSearchParams(seen.find(({ headers }) => headers["x-acs-action"] === action)?.body.toString());

export const oidcVariables = () => ({
  ALIBABA_CLOUD_ROLE_ARN: arn("pod"),
  ALIBABA_CLOUD_OIDC_PROVIDER_ARN: providerArn,
  ALIBABA_CLOUD_OIDC_TOKEN_FILE: file("token", jwt()),
});
export const oidc = () => ({ roleArn: arn("ci"), oidcProviderArn: providerArn, oidcToken: jwt() });
export const profileKeys = { access_key_id: accessKey, access_key_secret: secretKey };
export const byOidc = ["sts.AssumeRoleWithOIDC"];
export const byRole = ["sts.AssumeRole"];
export const byEcs = ["ecsMetadata.PutToken", "ecsMetadata.GetRoleKeys"];
