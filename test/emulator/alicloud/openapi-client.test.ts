import OpenApi, * as $OpenApi from "@alicloud/openapi-client";
import OpenApiUtil from "@alicloud/openapi-util";
import * as $Util from "@alicloud/tea-util";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Emulator, startEmulator } from "../../../emulator/server";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());
beforeEach(() => emulator.reset());

type Values = Record<string, unknown>;

/** The vendor's whole client, as its product libraries use it. */
async function call(action: string, where: { query?: Values; body?: Values }, config: Values, version = "2016-01-20") {
  const client = new OpenApi(
    new $OpenApi.Config({
      accessKeyId: "emulator",
      accessKeySecret: "emulator-secret-key",
      endpoint: `127.0.0.1:${emulator.port}`,
      protocol: "HTTP",
      ...config,
    }),
  );
  const params = new $OpenApi.Params({
    action,
    version,
    protocol: "HTTPS",
    pathname: "/",
    method: "POST",
    authType: "AK",
    style: "RPC",
    reqBodyType: "formData",
    bodyType: "json",
  });
  const { query, body } = where;
  const request = new $OpenApi.OpenApiRequest({
    ...(query && { query: OpenApiUtil.query(query) }),
    ...(body && { body }),
  });
  return (await client.callApi(params, request, new $Util.RuntimeOptions({}))).body;
}

const secret = { SecretName: "db", SecretData: "p !'()*~%+&=ü😀\n", VersionId: "v1" };

describe.each([
  ["ACS3", {}],
  ["ACS3 with a security token", { securityToken: "sts" }],
  ["HMAC-SHA1", { signatureAlgorithm: "v2" }],
  ["HMAC-SHA1 with a security token", { signatureAlgorithm: "v2", securityToken: "sts" }],
])("the vendor's client with %s", (_, config) => {
  it.each(["query", "body"])("creates, reads and tags with its parameters in the %s", async (where) => {
    const kms = (action: string, parameters: Values) => call(action, { [where]: parameters }, config);
    expect(await kms("CreateSecret", secret)).toMatchObject({ SecretName: "db", VersionId: "v1" });
    expect(await kms("GetSecretValue", { SecretName: "db" })).toMatchObject(secret);
    const lists = { ResourceId: ["db"], Tag: [{ Key: "a", Value: "1" }] };
    await kms("TagResources", { RegionId: "cn-hangzhou", ResourceType: "secret", ...lists });
    expect(await kms("DescribeSecret", { SecretName: "db", FetchTags: true })).toMatchObject({
      Tags: { Tag: [{ TagKey: "a", TagValue: "1" }] },
    });
  });

  it("takes 30 KB of value in the query, percent-encoded", async () => {
    const SecretData = "%".repeat(30_720);
    await call("CreateSecret", { query: { ...secret, SecretData } }, config);
    expect((await call("GetSecretValue", { query: { SecretName: "db" } }, config)).SecretData).toBe(SecretData);
  });

  it("understands refusals", async () => {
    const missing = call("DescribeSecret", { query: { SecretName: "none" } }, config);
    await expect(missing).rejects.toMatchObject({
      code: "Forbidden.ResourceNotFound",
      data: { HttpStatus: 404, statusCode: 404, RequestId: expect.any(String) },
    });
    const stranger = call("ListSecrets", {}, { ...config, accessKeySecret: "other" });
    await expect(stranger).rejects.toMatchObject({ code: "SignatureDoesNotMatch", data: { statusCode: 400 } });
  });

  it("works AnalyticDB for PostgreSQL", async () => {
    const owner = { RegionId: "cn-beijing", DBInstanceId: "gp-1" };
    const account = { ...owner, Username: "shop", Password: "p&w", TestConnection: true };
    const { SecretArn } = await call("CreateSecret", { body: account }, config, "2016-05-03");
    const value = await call("GetSecretValue", { query: { ...owner, SecretArn } }, config, "2016-05-03");
    expect(value).toMatchObject({ Username: "shop", Password: "p&w" });
  });
});
