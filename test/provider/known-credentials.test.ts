import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Emulator, startEmulator } from "../../emulator/server";
import { rpcClient } from "../../provider/alicloud/client";
import { gpdbApi } from "../../provider/alicloud/gpdb-api";
import { kmsApi } from "../../provider/alicloud/kms-api";
import { restClient } from "../../provider/huaweicloud/client";
import { huaweicloudSignIn } from "../../provider/huaweicloud/credentials";
import { csmsApi } from "../../provider/huaweicloud/csms-api";
import { KnownCredentials } from "../../provider/known-credentials";
import { configFor } from "../stack-config";
import { sourceOf } from "./source";

let emulator: Emulator;
let knownCredentials: KnownCredentials;
/** Requests that reached the clouds, refused ones too. */
let requests: number;
beforeEach(async () => {
  requests = 0;
  emulator = await startEmulator({
    onRequest: () => {
      requests++;
    },
  });
  knownCredentials = new KnownCredentials();
});
afterEach(() => {
  vi.restoreAllMocks();
  return emulator.close();
});

const source = (config: Record<string, string>) => ({
  ...sourceOf({ ...configFor(emulator), ...config }),
  knownCredentials,
});
const wrong = { "alicloud:secretKey": "c4n4ry-wrong", "huaweicloud:secretKey": "c4n4ry-wrong" };
const told = (call: Promise<unknown>) =>
  call.then(
    () => "done",
    ({ message }: Error) => message,
  );

/** So many calls of one command, each of a client of its own. */
const manyOfKms = (count: number, config = {}) =>
  Promise.all(
    Array.from({ length: count }, (_, n) => {
      const kms = rpcClient(kmsApi, source(config));
      return told(kms("ListSecretVersionIds", "cn-hangzhou", { SecretName: `n${n}` }));
    }),
  );
const project = "0123456789abcdef0123456789abcdef";
const manyOfCsms = (count: number, config = {}, projectId = project) =>
  Promise.all(
    Array.from({ length: count }, () => {
      const from = source(config);
      const csms = restClient(csmsApi, from, huaweicloudSignIn(from));
      return told(csms("ListSecrets", { region: "cn-north-4", projectId }));
    }),
  );

describe("credentials that a cloud refuses", () => {
  it("are told of in full once, and cost one call, however many resources there are", async () => {
    const [first, ...others] = await manyOfKms(30, wrong);
    expect(first).toMatch(/^KMS ListSecretVersionIds of secret "n0" failed: SignatureDoesNotMatch: .*Check the access/);
    expect(new Set(others)).toEqual(
      new Set(
        others.map(
          (_, n) =>
            `KMS ListSecretVersionIds of secret "n${n + 1}" was not tried: Alibaba Cloud refused the credentials (SignatureDoesNotMatch), see the first error.`,
        ),
      ),
    );
    expect(requests).toBe(1);
  });

  it("are tried once more after a minute, as new ones may not be known everywhere at once", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    await manyOfKms(5, wrong);
    expect(requests).toBe(1);
    vi.setSystemTime(Date.now() + 60_000);
    const later = await manyOfKms(5, wrong);
    expect(requests).toBe(2);
    for (const message of later) expect(message).toMatch(/\(SignatureDoesNotMatch\), see the first error\.$/);
    vi.useRealTimers();
  });

  it("in one region say nothing of another, which may not be of the same clouds", async () => {
    const call = (region: string) =>
      told(rpcClient(kmsApi, source(wrong))("ListSecretVersionIds", region, { SecretName: "n" }));
    await call("cn-north-2-gov-1");
    expect(await call("cn-hangzhou")).toContain('ListSecretVersionIds of secret "n" failed: SignatureDoesNotMatch');
    expect(requests).toBe(2);
  });

  it("are the same for all services of a cloud, and say nothing of the other cloud", async () => {
    await manyOfKms(1, wrong);
    const gpdb = rpcClient(gpdbApi, source(wrong));
    expect(await told(gpdb("ListSecrets", "cn-hangzhou", { DBInstanceId: "gp-1" }))).toContain("was not tried");
    expect(await manyOfCsms(3)).toEqual(["done", "done", "done"]);
    expect(await manyOfCsms(3, wrong)).toEqual([
      expect.stringMatching(/failed: APIGW\.0301.*Check the access key/),
      expect.stringContaining("was not tried"),
      expect.stringContaining("was not tried"),
    ]);
    expect(requests).toBe(5);
  });

  it("say nothing of others, such as renewed ones", async () => {
    await manyOfKms(3, wrong);
    expect((await manyOfKms(3)).every((message) => message.includes("Forbidden.ResourceNotFound"))).toBe(true);
    expect(requests).toBe(4);
  });

  it("are known by the project too where they are a token", async () => {
    const token = { "huaweicloud:accessKey": "", "huaweicloud:secretKey": "", "huaweicloud:token": "c4n4ry-token" };
    await manyOfCsms(2, token);
    const [other = ""] = await manyOfCsms(1, token, project.replace("0", "1"));
    expect(other).toContain("Check the access key");
    expect(requests).toBe(2);
  });

  it("for one project of Huawei Cloud, as where that is another account's, say nothing of another project", async () => {
    const foreign = project.replace("0", "1");
    const body = JSON.stringify({ error_code: "APIGW.0301", error_msg: "Incorrect IAM authentication information" });
    const send = globalThis.fetch;
    vi.spyOn(globalThis, "fetch").mockImplementation(async (url, init) =>
      String(url).includes(foreign) ? new Response(body, { status: 401 }) : send(url, init),
    );
    const refused = [expect.stringContaining("Check the access key"), expect.stringContaining("was not tried")];
    expect(await manyOfCsms(2, {}, foreign)).toEqual(refused);
    expect(await manyOfCsms(2)).toEqual(["done", "done"]);
    expect(await manyOfCsms(1, {}, foreign)).toEqual([expect.stringContaining("was not tried")]);
  });

  it("are tried by every call where they were good before, yet told of in full once", async () => {
    await manyOfKms(1);
    const body = JSON.stringify({ Code: "InvalidSecurityToken.Expired", Message: "expired", RequestId: "r-1" });
    const fetched = vi.spyOn(globalThis, "fetch").mockImplementation(async () => new Response(body, { status: 400 }));
    const messages = await manyOfKms(5);
    expect(messages.filter((message) => message.includes("Check the access key"))).toHaveLength(1);
    expect(messages.filter((message) => /failed: Alibaba Cloud refused the credentials/.test(message))).toHaveLength(4);
    expect(fetched).toHaveBeenCalledTimes(5);
  });
});

it("a first call that fails for anything else holds nobody up", async () => {
  emulator.addFaults({ faults: [{ operation: "kms.*", kind: "quota", times: 1 }] });
  const [first, ...others] = await manyOfKms(5);
  expect(first).toContain("Rejected.LimitExceeded");
  expect(others.every((message) => message.includes("Forbidden.ResourceNotFound"))).toBe(true);
  expect(requests).toBe(5);
});
