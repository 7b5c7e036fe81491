import { describe, expect, it } from "vitest";
import { huaweicloudSignIn } from "../../../provider/huaweicloud/credentials";
import { connect } from "../../../provider/huaweicloud/csms-client";
import { metadataAddress } from "../../../provider/huaweicloud/metadata";
import { failureOf } from "../failures";
import { recorder } from "../recorder";
import { sourceOf } from "../source";
import { minute } from "./signing-in";

describe("the metadata of an instance", () => {
  const credential = { access: "AK", secret: "c4n4ry-sk", securitytoken: "c4n4ry-sts" };
  const keys = { "huaweicloud:accessKey": "ak", "huaweicloud:secretKey": "sk" };
  const signInAt = (url: string) => huaweicloudSignIn(sourceOf({}, { HUAWEICLOUD_ENDPOINT_METADATA: url }));

  it("is asked without a token where it knows of none", async () => {
    const expires_at = new Date(Date.now() + 60 * minute).toISOString();
    await using server = await recorder((response, { method }) =>
      method === "PUT"
        ? response.writeHead(405).end()
        : response.end(JSON.stringify({ credential: { ...credential, expires_at } })),
    );
    expect(await signInAt(server.url).credentials()).toMatchObject({ accessKey: "AK", securityToken: "c4n4ry-sts" });
    expect(server.requests.map(({ method, headers }) => [method, headers["x-metadata-token"]])).toEqual([
      ["PUT", undefined],
      ["GET", undefined],
    ]);
  });

  it.each([
    ["a page", "<html>c4n4ry</html>"],
    ["keys without an end", { credential }],
    ["an end that is no time", { credential: { ...credential, expires_at: "c4n4ry" } }],
  ])("that answers %s gives no keys", async (_, body) => {
    await using server = await recorder({ body });
    const failure = await failureOf(signInAt(server.url).credentials(), "c4n4ry");
    expect(failure.message).toMatch(/no credentials for Huawei Cloud; .*the reply is not what the service documents/);
  });

  it("is plain HTTP on the instance's own address and on loopback, and nowhere else", () => {
    const named = (url: string) => sourceOf({ "huaweicloud:endpoints": JSON.stringify({ metadata: url }) });
    for (const url of ["http://169.254.169.254", "http://169.254.169.254:8080", "http://localhost:8080"]) {
      expect(metadataAddress(named(url)).origin).toBe(url);
      expect(metadataAddress(sourceOf({}, { HUAWEICLOUD_ENDPOINT_METADATA: url })).origin).toBe(url);
    }
    for (const url of ["http://metadata.example.com", "http://169.254.169.253", "http://169.254.169.254.example.com"]) {
      expect(() => huaweicloudSignIn(named(url))).toThrow(/is an http: address/);
      expect(() => signInAt(url)).toThrow(/is an http: address/);
    }
    expect(metadataAddress(sourceOf()).origin).toBe("http://169.254.169.254");
  });

  it("is the only service for which that address is plain HTTP", () => {
    for (const service of ["kms", "iam", "eps"] as const) {
      const endpoints = JSON.stringify({ [service]: "http://169.254.169.254" });
      expect(() => connect(sourceOf({ ...keys, "huaweicloud:endpoints": endpoints }))).toThrow(/is an http: address/);
    }
  });
});
