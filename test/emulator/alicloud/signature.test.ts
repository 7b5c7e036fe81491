import { createHmac, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Emulator, startEmulator } from "../../../emulator/server";
import { exchange } from "../http";
import { acs3, isoSecond, type Options, type Parameters } from "./acs3";

const MINUTE = 60_000;

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ accessKey: "AK", secretKey: "SK" });
});
afterAll(() => emulator.close());

const keys = { accessKey: "AK", secretKey: "SK" };

async function list(options: Options): Promise<[number, string | undefined]> {
  const { status, text } = await acs3(emulator.port, "ListSecrets", { PageSize: "1" }, { ...keys, ...options });
  return [status, JSON.parse(text).Code];
}

const accepted = [200, undefined];

describe("ACS3-HMAC-SHA256", () => {
  it.each([
    ["a form body", {}],
    ["the query", { via: "query" }],
    ["GET and the query", { via: "query", method: "GET" }],
    ["a security token that is signed", { headers: { "x-acs-security-token": "sts" } }],
    ["a date 14 minutes old", { at: Date.now() - 14 * MINUTE }],
    ["a date 14 minutes ahead", { at: Date.now() + 14 * MINUTE }],
  ])("is accepted with %s", async (_, options) => {
    expect(await list(options as Options)).toEqual(accepted);
  });

  it("is accepted with every sign that needs escaping, in query and body", async () => {
    const parameters: Parameters = { SecretName: "a+/=@.-_b", VersionId: "v !'()*~%+&=ü😀" };
    for (const via of ["query", "body"] as const) {
      const { text } = await acs3(emulator.port, "GetSecretValue", parameters, { ...keys, via });
      expect(JSON.parse(text).Code).toBe("Forbidden.ResourceNotFound");
    }
  });

  it.each([
    ["a wrong secret key", { secretKey: "other" }, 400, "SignatureDoesNotMatch"],
    ["an unknown access key", { accessKey: "other" }, 404, "InvalidAccessKeyId.NotFound"],
    ["a date 16 minutes old", { at: Date.now() - 16 * MINUTE }, 400, "IllegalTimestamp"],
    ["a date 16 minutes ahead", { at: Date.now() + 16 * MINUTE }, 400, "IllegalTimestamp"],
    ["a date of another form", { headers: { "x-acs-date": new Date().toUTCString() } }, 400, "IllegalTimestamp"],
    ["no date", { headers: { "x-acs-date": undefined } }, 400, "MissingParameter"],
    ["no nonce", { headers: { "x-acs-signature-nonce": undefined } }, 400, "MissingParameter"],
    ["no content hash", { headers: { "x-acs-content-sha256": undefined } }, 400, "MissingParameter"],
    ["a hash of other content", { headers: { "x-acs-content-sha256": "0".repeat(64) } }, 400, "SignatureDoesNotMatch"],
    ["a changed body", { forgedBody: "PageSize=9" }, 400, "SignatureDoesNotMatch"],
    ["a changed header", { unsigned: { "content-type": "application/json" } }, 400, "SignatureDoesNotMatch"],
    ["a token that is not signed", { unsigned: { "x-acs-security-token": "sts" } }, 400, "IncompleteSignature"],
    ["another algorithm", { unsigned: { authorization: "Bearer x" } }, 400, "IncompleteSignature"],
    [
      "no signature in it",
      { unsigned: { authorization: "ACS3-HMAC-SHA256 Credential=AK,SignedHeaders=host" } },
      400,
      "IncompleteSignature",
    ],
  ])("is refused with %s", async (_, options, status, code) => {
    expect(await list(options as Options)).toEqual([status, code]);
  });

  it("is refused a second time with the same nonce, but not after a refusal that never reached the nonce", async () => {
    const headers = { "x-acs-signature-nonce": randomUUID() };
    expect(await list({ headers, secretKey: "other" })).toEqual([400, "SignatureDoesNotMatch"]);
    expect(await list({ headers })).toEqual(accepted);
    expect(await list({ headers })).toEqual([400, "SignatureNonceUsed"]);
  });

  it("answers a refusal in the shape of the gateway, with the host that was asked", async () => {
    const reply = await acs3(emulator.port, "ListSecrets", {}, { ...keys, accessKey: "other" });
    expect(JSON.parse(reply.text)).toEqual({
      RequestId: reply.headers["x-acs-request-id"],
      HostId: `127.0.0.1:${emulator.port}`,
      Code: "InvalidAccessKeyId.NotFound",
      Message: "The Access Key ID provided does not exist in our records.",
      Recommend: expect.stringContaining("InvalidAccessKeyId.NotFound"),
    });
  });
});

const enc = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

const canonical = (parameters: Parameters) =>
  Object.keys(parameters)
    .sort()
    .map((name) => `${enc(name)}=${enc(parameters[name] ?? "")}`)
    .join("&");

function v1Query(changed: Record<string, string | undefined> = {}, secretKey = "SK", method = "GET"): string {
  const parameters = Object.fromEntries(
    Object.entries({
      Action: "ListSecrets",
      Version: "2016-01-20",
      Format: "JSON",
      AccessKeyId: "AK",
      SignatureMethod: "HMAC-SHA1",
      SignatureVersion: "1.0",
      SignatureNonce: randomUUID(),
      Timestamp: isoSecond(Date.now()),
      ...changed,
    }).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  const toSign = `${method}&%2F&${enc(canonical(parameters))}`;
  const Signature = createHmac("sha1", `${secretKey}&`).update(toSign).digest("base64");
  return `/?${canonical({ ...parameters, ...("Signature" in changed ? {} : { Signature }) })}`;
}

async function v1(path: string, method = "GET"): Promise<[number, string | undefined]> {
  const { status, text } = await exchange(emulator.port, { method, path });
  return [status, JSON.parse(text).Code];
}

describe("the older HMAC-SHA1", () => {
  it("is accepted over GET and POST, with a security token too", async () => {
    expect(await v1(v1Query())).toEqual(accepted);
    expect(await v1(v1Query({ SecurityToken: "sts" }))).toEqual(accepted);
    expect(await v1(v1Query({}, "SK", "POST"), "POST")).toEqual(accepted);
  });

  it("covers the method", async () => {
    expect(await v1(v1Query({}, "SK", "POST"), "GET")).toEqual([400, "SignatureDoesNotMatch"]);
  });

  it("covers parameters of a form body as well", async () => {
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const path = v1Query({ PageSize: "1" }, "SK", "POST").replace("PageSize=1&", "");
    const send = (body: string) => exchange(emulator.port, { method: "POST", path, headers, body });
    expect(JSON.parse((await send("PageSize=2")).text).Code).toBe("SignatureDoesNotMatch");
    expect(JSON.parse((await send("PageSize=1")).text).PageSize).toBe(1);
  });

  it.each([
    ["a wrong secret key", v1Query({}, "other"), 400, "SignatureDoesNotMatch"],
    ["an unknown access key", v1Query({ AccessKeyId: "other" }), 404, "InvalidAccessKeyId.NotFound"],
    ["a stale time", v1Query({ Timestamp: isoSecond(Date.now() - 16 * MINUTE) }), 400, "IllegalTimestamp"],
    ["no access key", v1Query({ AccessKeyId: undefined }), 400, "MissingParameter"],
    ["no nonce", v1Query({ SignatureNonce: undefined }), 400, "MissingParameter"],
    ["no time", v1Query({ Timestamp: undefined }), 400, "MissingParameter"],
    ["no signature", v1Query({ Signature: undefined }), 400, "IncompleteSignature"],
    ["another method", v1Query({ SignatureMethod: "HMAC-SHA256" }), 400, "IncompleteSignature"],
    ["an unknown action", v1Query({ Action: "DropSecret" }), 404, "InvalidAction.NotFound"],
    ["no action", v1Query({ Action: undefined }), 400, "MissingParameter"],
    ["no UTF-8", `${v1Query()}&SecretName=%ff`, 400, "InvalidParameter"],
  ])("is refused with %s", async (_, path, status, code) => {
    expect(await v1(path)).toEqual([status, code]);
  });

  it("is refused a second time with the same nonce", async () => {
    const path = v1Query();
    expect(await v1(path)).toEqual(accepted);
    expect(await v1(path)).toEqual([400, "SignatureNonceUsed"]);
  });
});

describe("XML", () => {
  it("is what V1 clients get unless they ask for JSON", async () => {
    const reply = await exchange(emulator.port, { path: v1Query({ Format: undefined }) });
    expect(reply.headers["content-type"]).toBe("text/xml;charset=utf-8");
    expect(reply.text).toMatch(
      /^<\?xml version="1.0" encoding="UTF-8"\?><ListSecretsResponse><SecretList><\/SecretList><PageNumber>1<\/PageNumber>/,
    );
    const json = await exchange(emulator.port, {
      path: v1Query({ Format: undefined }),
      headers: { accept: "application/json" },
    });
    expect(JSON.parse(json.text).TotalCount).toBe(0);
  });

  it("is what ACS3 clients get by Format or Accept, lists as repeated elements, text escaped", async () => {
    const secret = { SecretName: "xml", SecretData: `<a & "b">`, VersionId: "v1" };
    const tags = { Tags: '[{"TagKey":"a","TagValue":"1"},{"TagKey":"b","TagValue":"2"}]' };
    await acs3(emulator.port, "CreateSecret", { ...secret, ...tags }, keys);
    const value = await acs3(emulator.port, "GetSecretValue", { SecretName: "xml", Format: "XML" }, keys);
    expect(value.text).toContain("<SecretData>&lt;a &amp; &quot;b&quot;&gt;</SecretData>");
    expect(value.text).toContain("<VersionStages><VersionStage>ACSCurrent</VersionStage></VersionStages>");
    const described = await acs3(
      emulator.port,
      "DescribeSecret",
      { SecretName: "xml", FetchTags: "true" },
      { ...keys, headers: { accept: "application/xml" } },
    );
    expect(described.text).toContain(
      "<Tags><Tag><TagKey>a</TagKey><TagValue>1</TagValue></Tag><Tag><TagKey>b</TagKey><TagValue>2</TagValue></Tag></Tags>",
    );
  });

  it("is the form of errors too", async () => {
    const missing = await acs3(emulator.port, "DescribeSecret", { SecretName: "none", Format: "XML" }, keys);
    expect(missing.status).toBe(404);
    expect(missing.text).toMatch(
      /<Error><HttpStatus>404<\/HttpStatus><Code>Forbidden.ResourceNotFound<\/Code>.*<RequestId>[0-9A-F-]{36}<\/RequestId><\/Error>$/,
    );
  });
});
