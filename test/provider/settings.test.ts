import { describe, expect, it } from "vitest";
import * as alicloud from "../../provider/alicloud/settings";
import { isKind } from "../../provider/errors";
import * as huaweicloud from "../../provider/huaweicloud/settings";
import {
  missingSetting,
  publicEndpoint,
  readEndpoint,
  readKeys,
  readSetting,
  type SettingsSource,
} from "../../provider/settings";
import { sourceOf } from "./source";

/** The message of a settings error; anything else fails the test. */
function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (isKind(error, "settings")) return error.message;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("a setting", () => {
  it.each([
    ["alicloud", alicloud.region, ["alicloud:region", "ALIBABA_CLOUD_REGION_ID", "ALICLOUD_REGION"]],
    ["huaweicloud", huaweicloud.region, ["huaweicloud:region", "HUAWEICLOUD_SDK_REGION_ID", "HW_REGION_NAME"]],
    ["huaweicloud", huaweicloud.projectId, ["huaweicloud:projectId", "HUAWEICLOUD_SDK_PROJECT_ID", "HW_PROJECT_ID"]],
  ])("of %s is the first of its places that has one", (_, setting, places) => {
    for (const [n, place] of places.entries()) {
      const texts = Object.fromEntries(places.map((name, m) => [name, m < n ? "" : name]));
      expect(readSetting(setting, sourceOf(texts, texts))).toBe(place);
    }
    expect(readSetting(setting, sourceOf())).toBeUndefined();
    const missing = missingSetting(setting, "theInput");
    for (const place of ["theInput", ...places]) expect(missing).toContain(place);
  });
});

describe("keys", () => {
  const { configuredKeys, environmentKeys } = alicloud;
  const places = [configuredKeys, ...environmentKeys];
  const config = { "alicloud:accessKey": "ak-config", "alicloud:secretKey": "sk-config" };
  const newer = { ALIBABA_CLOUD_ACCESS_KEY_ID: "ak-newer", ALIBABA_CLOUD_ACCESS_KEY_SECRET: "sk-newer" };
  const older = { ALICLOUD_ACCESS_KEY: "ak-older", ALICLOUD_SECRET_KEY: "sk-older" };
  const keysOf = (source: SettingsSource) => {
    const keys = readKeys(places, source);
    return keys && [keys.accessKey, keys.secretKey, keys.securityToken];
  };

  it("are those of the first place that has any", () => {
    expect(keysOf(sourceOf(config, { ...newer, ...older }))).toEqual(["ak-config", "sk-config", undefined]);
    expect(keysOf(sourceOf({}, { ...newer, ...older }))).toEqual(["ak-newer", "sk-newer", undefined]);
    expect(keysOf(sourceOf({}, older))).toEqual(["ak-older", "sk-older", undefined]);
    expect(keysOf(sourceOf({ "alicloud:accessKey": "", "alicloud:secretKey": "" }, older))?.[0]).toBe("ak-older");
    expect(keysOf(sourceOf())).toBeUndefined();
  });

  it("never meet a token from another place", () => {
    const tokens = { ALIBABA_CLOUD_SECURITY_TOKEN: "t-newer", ALICLOUD_SECURITY_TOKEN: "t-older" };
    expect(keysOf(sourceOf(config, tokens))?.[2]).toBeUndefined();
    expect(keysOf(sourceOf({}, { ...older, ...tokens }))?.[2]).toBe("t-older");
    expect(keysOf(sourceOf({ ...config, "alicloud:securityToken": "t-config" }, tokens))?.[2]).toBe("t-config");
  });

  it.each(["c4n4ry\n", "c4n4ry\u201c", " c4n4ry"])(
    "with a character that cannot be sent are an error that names them: %j",
    (key) => {
      const config = { "alicloud:accessKey": "ak", "alicloud:secretKey": "sk" };
      for (const name of ["alicloud:accessKey", "alicloud:secretKey", "alicloud:securityToken"]) {
        const read = () => readKeys([configuredKeys], sourceOf({ ...config, [name]: key }));
        expect(read).toThrow(`${name} holds a character that no key or token has, such as a line break; set it anew`);
        expect(read).not.toThrow("c4n4ry");
      }
    },
  );

  it("in half a pair are an error that names both halves and no value", () => {
    const half = (texts: Record<string, string>) => refusal(() => readKeys(places, sourceOf(texts, texts)));
    const advice = "set both in the same place, or neither";
    expect(half({ "alicloud:accessKey": "canary-ak" })).toBe(
      `alicloud:accessKey is set but alicloud:secretKey is not; ${advice}`,
    );
    expect(half({ "alicloud:secretKey": "canary-sk", ...newer })).toBe(
      `alicloud:secretKey is set but alicloud:accessKey is not; ${advice}`,
    );
    expect(half({ ALIBABA_CLOUD_ACCESS_KEY_SECRET: "canary-sk", ALICLOUD_ACCESS_KEY: "ak" })).toBe(
      `ALIBABA_CLOUD_ACCESS_KEY_SECRET is set but ALIBABA_CLOUD_ACCESS_KEY_ID is not; ${advice}`,
    );
  });
});

describe("an endpoint", () => {
  const key = "alicloud:endpoints";
  const env = "ALIBABA_CLOUD_ENDPOINT_KMS";
  const endpoint = (endpoints: unknown, environment?: string) =>
    readEndpoint(
      alicloud.endpoints.kms,
      sourceOf(
        { [key]: typeof endpoints === "string" ? endpoints : JSON.stringify(endpoints) },
        { [env]: environment },
      ),
    )?.href;

  it.each<[string, unknown, string | undefined, string | undefined]>([
    ["an object", { kms: "https://a.example" }, "https://env.example", "https://a.example/"],
    [
      "a list of objects",
      [{ gpdb: "https://b.example" }, { kms: "https://a.example:8443/" }],
      undefined,
      "https://a.example:8443/",
    ],
    ["a bare host", { kms: "a.example" }, undefined, "https://a.example/"],
    ["a bare host with a port", { kms: "a.example:8443" }, undefined, "https://a.example:8443/"],
    ["another service's alone", { gpdb: "https://b.example" }, "env.example", "https://env.example/"],
    ["an empty one", { kms: "" }, "https://env.example", "https://env.example/"],
    ["the environment's", undefined, "https://env.example", "https://env.example/"],
    ["none", undefined, undefined, undefined],
    ["an empty list", [], undefined, undefined],
  ])("from %s", (_, endpoints, environment, expected) => {
    expect(endpoint(endpoints, environment)).toBe(expected);
  });

  it("is no number alone, which a URL would take for an address", () => {
    const example = "must be a URL such as https://kms.cn-hangzhou.aliyuncs.com";
    expect(refusal(() => endpoint({ kms: "4566" }))).toBe(`${key} (kms) ${example}`);
  });

  it.each(["127.0.0.1", "127.8.9.10", "localhost", "kms.localhost", "[::1]"])("may be http: on %s", (host) => {
    expect(endpoint({ kms: `http://${host}:4566` })).toBe(`http://${host}:4566/`);
  });

  it.each(["a.example", "127.0.0.1.example", "localhost.example", "10.0.0.1", "[::2]", "0.0.0.0"])(
    "may not be http: on %s",
    (host) => {
      const rule = "is an http: address, which would send secrets unencrypted; use https: (http: is for loopback only)";
      expect(refusal(() => endpoint({ kms: `http://${host}` }))).toBe(`${key} (kms) ${rule}`);
      expect(refusal(() => endpoint(undefined, `HTTP://${host}`))).toBe(`${env} ${rule}`);
    },
  );

  it.each(["https://", "ftp://a.example", "a b", "https://a.example:99999", { url: "https://a.example" }])(
    "is no URL: %o",
    (url) => {
      const rule = "must be a URL such as https://kms.cn-hangzhou.aliyuncs.com";
      expect(refusal(() => endpoint({ kms: url }))).toBe(`${key} (kms) ${rule}`);
    },
  );

  it.each([
    "https://canary:canary@a.example",
    "https://a.example/canary",
    "https://a.example?canary",
    "a.example/#canary",
  ])("is more than a scheme, a host and a port: %s", (url) => {
    const rule = "must be a scheme and a host with an optional port, and nothing else";
    expect(refusal(() => endpoint({ kms: url }))).toBe(`${key} (kms) ${rule}`);
    expect(refusal(() => endpoint(undefined, url))).toBe(`${env} ${rule}`);
  });

  it.each(["canary.example", '"canary"', "{", "[1]", "null", "7"])("is not in a map: %s", (json) => {
    const rule = `must be an object from a service's name to its URL, such as {"kms": "https://kms.example.com"}`;
    expect(refusal(() => endpoint(json))).toBe(`${key} ${rule}`);
  });

  it.each([
    [alicloud.endpoints.gpdb, "alicloud:endpoints", "gpdb", "ALIBABA_CLOUD_ENDPOINT_GPDB"],
    [huaweicloud.endpoints.kms, "huaweicloud:endpoints", "kms", "HUAWEICLOUD_ENDPOINT_KMS"],
    [huaweicloud.endpoints.iam, "huaweicloud:endpoints", "iam", "HUAWEICLOUD_ENDPOINT_IAM"],
  ])("of $what is where it is documented to be", (setting, config, service, environment) => {
    const read = (source: SettingsSource) => readEndpoint(setting, source)?.host;
    expect(read(sourceOf({ [config]: JSON.stringify({ [service]: "a.example" }) }))).toBe("a.example");
    expect(read(sourceOf({}, { [environment]: "env.example" }))).toBe("env.example");
  });
});

describe("the public address of a region", () => {
  it("is made of the region, in which nothing else may stand", () => {
    const hostOf = (region: string) => `kms.${region}.aliyuncs.com`;
    expect(publicEndpoint(hostOf, "cn-hangzhou").href).toBe("https://kms.cn-hangzhou.aliyuncs.com/");
    for (const region of ["", "evil.example/x", "a@b", "a:1", "a b", "a#"]) {
      expect(refusal(() => publicEndpoint(hostOf, region))).toBe("the region must be 1 to 64 letters, digits, - or _");
    }
  });
});
