import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AliyunKmsSecret, AnalyticDbSecret } from "pulumi-cloud-secrets";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { configFor } from "../stack-config";
import { startStack, type TestStack } from "./support";

const account = "1234567890123456";
const roleArn = `acs:ram::${account}:role/deploy`;
const minute = 60_000;

/** How far the services' clock is before this machine's. */
let aheadMs = 0;
/** The operation after whose first call that changes, as if time passed. */
let jump: { readonly at: string; readonly aheadMs: number } | undefined;
let stack: TestStack;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "oidc-"));
  stack = await startStack({
    now: () => Date.now() + aheadMs,
    onRequest: () => {
      if (!jump || !stack.emulator.calls().some(({ operation }) => operation === jump?.at)) return;
      aheadMs = jump.aheadMs;
      jump = undefined;
    },
  });
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await stack.stop();
});

/** Configures how to sign in, without any keys but those that are given. */
const signInBy = async (settings: Record<string, unknown>) => {
  const { url } = stack.emulator;
  const endpoints = { "alicloud:endpoints": JSON.stringify({ kms: url, gpdb: url, sts: url, ecsMetadata: url }) };
  const ways = ["accessKey", "secretKey", "assumeRole", "assumeRoleWithOidc", "ecsRoleName"];
  const none = Object.fromEntries(ways.map((way) => [`alicloud:${way}`, ""]));
  const given = Object.entries(settings).map(([key, value]) => [
    key,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  await stack.configure({ ...configFor(stack.emulator), ...none, ...endpoints, ...Object.fromEntries(given) });
};
const program = (description: string) => async () => {
  const first = new AliyunKmsSecret("kms", { secretName: "app", secretData: "c4n4ry", description });
  const account = { dbInstanceId: "gp-1", username: "app", password: "c4n4ry" };
  const second = new AnalyticDbSecret("gpdb", account, { dependsOn: first });
  new AliyunKmsSecret("last", { secretName: "last", secretData: "c4n4ry", description }, { dependsOn: second });
};
/** What an action calls that has to do with signing in, each with its status. */
const signIns = async (act: () => Promise<unknown>) => {
  const before = stack.emulator.calls().length;
  await act();
  return stack.emulator
    .calls(before)
    .filter(({ operation, status }) => /^(sts|ecsMetadata)/.test(operation) || status !== 200)
    .map(({ operation, status }) => `${operation} ${status}`);
};
const sessions = () => (stack.emulator.state().sts as { sessions: object[] }).sessions.length;

const { "alicloud:accessKey": accessKey = "", "alicloud:secretKey": secretKey = "" } = configFor({ url: "" });
const keys = { "alicloud:accessKey": accessKey, "alicloud:secretKey": secretKey };

describe("signing in to Alibaba Cloud", { timeout: 180_000 }, () => {
  it("a wrong setting is told at preview, and nobody is asked", async () => {
    await signInBy({ ...keys, "alicloud:assumeRole": { roleArn, sessionExpiration: 60 } });
    const asked = await signIns(async () => {
      await expect(stack.preview(program("a"))).rejects.toThrow(
        /alicloud:assumeRole\.sessionExpiration must be a whole number of seconds from 900 to 43200/,
      );
    });
    expect(asked).toEqual([]);
  });

  it("by assumeRole with keys: one question for all resources, and another where the service says that they have ended", async () => {
    await signInBy({ ...keys, "alicloud:assumeRole": { roleArn, sessionExpiration: 900 } });
    // The keys last 15 minutes by a clock that is 5 minutes behind, and is 14 ahead from the second call on.
    aheadMs = -5 * minute;
    jump = { at: "kms.CreateSecret", aheadMs: 14 * minute };
    expect(await signIns(() => stack.up(program("a")))).toEqual([
      "sts.AssumeRole 200",
      "gpdb.ListSecrets 400",
      "sts.AssumeRole 200",
    ]);
    expect(Object.keys(stack.state()).toSorted()).toEqual(["gpdb", "kms", "last"]);
    aheadMs = 0;
    expect(await signIns(() => stack.refresh())).toEqual(["sts.AssumeRole 200"]);
  });

  it("by an OIDC token in a file, and by the role of an instance", async () => {
    const exp = Math.floor(Date.now() / 1000) + 3_600;
    const claims = { iss: "https://oidc.example.com", sub: "ci", aud: "sts", exp };
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const token = `${part({ alg: "RS256" })}.${part(claims)}.c2lnbmF0dXJl`;
    stack.evidence.hold({ OIDCToken: token });
    const oidcTokenFile = join(folder, "token");
    writeFileSync(oidcTokenFile, token);
    const oidcProviderArn = `acs:ram::${account}:oidc-provider/ack`;
    await signInBy({ "alicloud:assumeRoleWithOidc": { roleArn, oidcProviderArn, oidcTokenFile } });
    expect(await signIns(() => stack.up(program("b")))).toEqual(["sts.AssumeRoleWithOIDC 200"]);

    await signInBy({ "alicloud:ecsRoleName": "emulated-instance" });
    expect(await signIns(() => stack.up(program("c")))).toEqual([
      "ecsMetadata.PutToken 200",
      "ecsMetadata.GetRoleKeys 200",
    ]);
  });

  it("a role that does not exist is told by its name, and the state stays", async () => {
    await signInBy({ ...keys, "alicloud:assumeRole": { roleArn: `${roleArn}-not-found` } });
    await expect(stack.up(program("d"))).rejects.toThrow(
      /STS AssumeRole of role "acs:ram::\d+:role\/deploy-not-found"/,
    );
    expect(Object.keys(stack.state())).toHaveLength(3);
    await signInBy({ "alicloud:ecsRoleName": "emulated-instance" });
    await stack.up(program("d"));
    await stack.destroy();
    expect(stack.state()).toEqual({});
    // All of these were searched for in what the runs left behind.
    expect(sessions()).toBeGreaterThanOrEqual(5);
  });
});
