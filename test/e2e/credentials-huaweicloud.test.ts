import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CsmsEvent, CsmsSecret } from "pulumi-cloud-secrets";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { DEFAULT_CREDENTIALS, type WireRequest } from "../../emulator/server";
import { filesBelow, leaks } from "./leaks";
import { startStack, type TestStack } from "./support";

const program = async () => {
  const notification = { targetType: "SMN", targetId: "urn:smn:cn-north-4:0:t", targetName: "t" } as const;
  const event = new CsmsEvent("event", { eventTypes: ["SECRET_DELETED"], notification });
  new CsmsSecret("app", { name: "app", secretString: "c4n4ry", eventSubscriptions: [event.name] });
  new CsmsSecret("more", { name: "more", secretString: "c4n4ry" });
};

const { accessKey, secretKey } = DEFAULT_CREDENTIALS;
const own = { name: "own", mode: "AKSK", accessKeyId: accessKey, secretAccessKey: secretKey };
const agency = { agencyName: "deploy", agencyDomainName: "company" };
const profiles = [own, { name: "deploy", sourceProfile: "own", region: "cn-north-4", ...agency }];

let stack: TestStack;
/** Outside of the stack's folder, which must hold no credential. */
let home: string;
const requests: WireRequest[] = [];
const tokens = new Set<string>();
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "hcloud-"));
  stack = await startStack({
    onRequest(request) {
      requests.push(request);
      const token = request.headers["x-security-token"];
      if (token) tokens.add(token);
    },
  });
  await stack.configure({ "huaweicloud:accessKey": "", "huaweicloud:secretKey": "", "huaweicloud:region": "" });
});
afterEach(() => {
  vi.unstubAllEnvs();
  requests.length = 0;
});
afterAll(async () => {
  rmSync(home, { recursive: true });
  await stack.stop();
});

const useFile = (authEncrypt: string) => {
  const file = join(home, "config.json");
  writeFileSync(file, JSON.stringify({ current: "deploy", authEncrypt, profiles }));
  return file;
};
const asked = (path: string) => requests.filter(({ rawPath }) => rawPath.includes(path)).length;
/** Whose keys sign the calls of CSMS. */
const signers = () => [
  ...new Set(
    requests
      .filter(({ rawPath }) => rawPath.startsWith("/v1/"))
      .map(({ headers }) => (headers.authorization?.includes(`Access=${accessKey},`) ? "own" : "temporary")),
  ),
];

describe("a stack", { timeout: 180_000 }, () => {
  it("whose profile is encrypted is refused at preview, before anything is sent", async () => {
    await stack.configure({ "huaweicloud:sharedConfigFile": useFile("true"), "huaweicloud:profile": "deploy" });
    await expect(stack.preview(program)).rejects.toThrow(/holds encrypted keys.*--cli-auth-encrypt=false/);
    expect(requests).toEqual([]);
  });

  it("goes up by a profile that takes an agency, whose keys the whole process asks for once", async () => {
    useFile("false");
    await stack.preview(program);
    expect(requests).toEqual([]);
    expect((await stack.up(program)).steps.toSorted()).toEqual(["create app", "create event", "create more"]);
    expect([asked("securitytokens"), signers()]).toEqual([1, ["temporary"]]);
    expect(stack.state().app?.inputs).toMatchObject({ region: "cn-north-4" });
  });

  it("is refreshed and destroyed by an agency that the configuration names, with the environment's keys of the moment", async () => {
    const assumeRole = JSON.stringify({ agencyName: "deploy", domainName: "company" });
    await stack.configure({
      "huaweicloud:sharedConfigFile": "",
      "huaweicloud:profile": "",
      "huaweicloud:region": "cn-north-4",
      "huaweicloud:assumeRole": assumeRole,
    });
    vi.stubEnv("HW_ACCESS_KEY", accessKey);
    vi.stubEnv("HW_SECRET_KEY", secretKey);
    expect((await stack.up(program)).steps).toEqual([]);
    await stack.refresh();
    expect(signers()).toEqual(["temporary"]);
    vi.stubEnv("HW_SECRET_KEY", "c4n4ry-wrong");
    await expect(stack.destroy()).rejects.toThrow(
      /cannot sign in to Huawei Cloud by the agency "deploy".*Check the access key/,
    );
    vi.stubEnv("HW_SECRET_KEY", secretKey);
    await stack.destroy();
    expect(stack.state()).toEqual({});
  });

  it("holds none of the keys that it was given", () => {
    expect(tokens.size).toBeGreaterThanOrEqual(3);
    const named = Object.fromEntries([...tokens].map((token, n) => [`token ${n}`, token]));
    expect(leaks(filesBelow(stack.folder), named)).toEqual([]);
  });
});

it("an up that takes longer than an agency's keys last goes on with others, before they end", async () => {
  const seen: string[] = [];
  const onRequest = ({ rawPath, headers }: WireRequest) => {
    if (rawPath.startsWith("/v1/")) seen.push(headers["x-security-token"] ?? "none");
  };
  const since = Date.now();
  const now = () => since + 120 * (Date.now() - since);
  const env = { NODE_OPTIONS: `--require="${join(__dirname, "hurry.cts")}"`, HURRIES_SINCE: String(since) };
  const long = await startStack({ onRequest, now }, { env });
  try {
    const assumeRole = JSON.stringify({ agencyName: "deploy", domainName: "company", duration: 900 });
    await long.configure({ "huaweicloud:assumeRole": assumeRole });
    long.emulator.addFaults({ faults: [{ operation: "csms.*", kind: "delay", ms: 2_000 }] });
    await long.up(async () => {
      let before: CsmsSecret | undefined;
      for (const name of ["a", "b", "c", "d", "e"])
        before = new CsmsSecret(name, { name, secretString: "c4n4ry" }, before && { dependsOn: before });
    });
    const calls = long.emulator.calls();
    const asked = calls.filter(({ operation }) => operation === "iam.CreateTemporaryAccessKeyByAgency").length;
    expect(asked).toBeGreaterThan(1);
    expect([seen.length, new Set(seen).size]).toEqual([5, asked]);
    expect(calls.filter(({ status }) => status >= 400)).toEqual([]);
    long.emulator.clearFaults();
    await long.destroy();
  } finally {
    await long.stop();
  }
}, 180_000);
