import { describe, expect, it } from "vitest";
import { isKind } from "../../../provider/errors";
import { huaweicloudCredentials } from "../../../provider/huaweicloud/credentials";
import { sourceOf } from "../source";

const config = { "huaweicloud:accessKey": "ak-config", "huaweicloud:secretKey": "sk-config" };
const token = { "huaweicloud:token": "t-config" };
const sdk = { HUAWEICLOUD_SDK_AK: "ak-sdk", HUAWEICLOUD_SDK_SK: "sk-sdk" };
const hw = { HW_ACCESS_KEY: "ak-hw", HW_SECRET_KEY: "sk-hw" };
const hwToken = { HW_AUTH_TOKEN: "t-env" };
const keysOf = (from: string, securityToken?: string) => ({
  accessKey: `ak-${from}`,
  secretKey: `sk-${from}`,
  securityToken,
});

describe("credentials", () => {
  it.each<[string, Record<string, string>, Record<string, string>, object]>([
    ["keys in the configuration", { ...config, ...token }, { ...sdk, ...hw, ...hwToken }, keysOf("config")],
    ["a token in the configuration", token, { ...sdk, ...hw, ...hwToken }, { token: "t-config" }],
    ["the SDK's variables", {}, { ...sdk, ...hw, ...hwToken }, keysOf("sdk")],
    ["the provider's variables", {}, { ...hw, ...hwToken }, keysOf("hw")],
    ["a token in the environment", {}, hwToken, { token: "t-env" }],
  ])("are %s, before what comes after it", (_, configuration, env, expected) => {
    expect(huaweicloudCredentials(sourceOf(configuration, env))).toEqual(expected);
  });

  it("keep the token of their own place, and no other", () => {
    const tokens = { HUAWEICLOUD_SDK_SECURITY_TOKEN: "t-sdk", HW_SECURITY_TOKEN: "t-hw" };
    const own = { ...config, "huaweicloud:securityToken": "t-config" };
    expect(huaweicloudCredentials(sourceOf(own, tokens))).toEqual(keysOf("config", "t-config"));
    expect(huaweicloudCredentials(sourceOf(config, tokens))).toEqual(keysOf("config"));
    expect(huaweicloudCredentials(sourceOf({}, { ...sdk, ...tokens }))).toEqual(keysOf("sdk", "t-sdk"));
    expect(huaweicloudCredentials(sourceOf({}, { ...hw, ...tokens }))).toEqual(keysOf("hw", "t-hw"));
  });

  it("in half a pair are an error, not another place's", () => {
    const half = () => huaweicloudCredentials(sourceOf({}, { HUAWEICLOUD_SDK_SK: "canary-sk", ...hw }));
    expect(half).toThrow(/^HUAWEICLOUD_SDK_SK is set but HUAWEICLOUD_SDK_AK is not; set both/);
  });

  it("that are nowhere are one error that names every place", () => {
    const places = [
      "huaweicloud:accessKey and huaweicloud:secretKey in the stack's configuration",
      "huaweicloud:token in the stack's configuration",
      "HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK in the environment",
      "HW_ACCESS_KEY and HW_SECRET_KEY in the environment",
      "HW_AUTH_TOKEN in the environment",
    ];
    let error: unknown;
    try {
      huaweicloudCredentials(sourceOf());
    } catch (failure) {
      error = failure;
    }
    expect(isKind(error, "settings")).toBe(true);
    expect((error as Error).message).toBe(`no credentials for Huawei Cloud; looked at ${places.join(", then ")}`);
  });
});
