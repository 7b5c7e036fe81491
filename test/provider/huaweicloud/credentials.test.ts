import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { isKind } from "../../../provider/errors";
import { huaweicloudSignIn } from "../../../provider/huaweicloud/credentials";
import { failureOf } from "../failures";
import { recorder } from "../recorder";
import { sourceOf } from "../source";
import { cliFile, fileWith, keysOfProfile, profileOf } from "./profiles";

type Texts = Record<string, string>;
const credentialsOf = (config: Texts = {}, env: Texts = {}) => huaweicloudSignIn(sourceOf(config, env)).credentials();

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

/** A home folder in which the CLI has been set up. */
function homeWith(content: object): string {
  const home = mkdtempSync(join(tmpdir(), "home-"));
  onTestFinished(() => rmSync(home, { recursive: true }));
  mkdirSync(join(home, ".hcloud"));
  writeFileSync(join(home, ".hcloud/config.json"), JSON.stringify(content));
  return home;
}

describe("credentials", () => {
  it("are those of the first place that has any", async () => {
    const file = fileWith(cliFile([profileOf("default"), profileOf("other")]));
    const home = homeWith(cliFile([profileOf("home")], { current: "home" }));
    const places: [Texts, Texts, object][] = [
      [config, {}, keysOf("config")],
      [token, {}, { token: "t-config" }],
      [{ "huaweicloud:sharedConfigFile": file }, {}, keysOfProfile("default")],
      [{}, sdk, keysOf("sdk")],
      [{}, hw, keysOf("hw")],
      [{}, hwToken, { token: "t-env" }],
      [{}, { HW_SHARED_CONFIG_FILE: file, HW_PROFILE: "other" }, keysOfProfile("other")],
      [{}, { HOME: home }, keysOfProfile("home")],
    ];
    for (const [n, [, , expected]] of places.entries()) {
      const rest = places.slice(n);
      const [configs, envs] = [rest.map(([one]) => one), rest.map(([, one]) => one)];
      // A profile in the configuration is named whole there.
      const named = configs.some((one) => "huaweicloud:sharedConfigFile" in one)
        ? { "huaweicloud:profile": "default" }
        : {};
      const found = credentialsOf(Object.assign({}, ...configs, named), Object.assign({}, ...envs));
      expect([n, await found]).toEqual([n, expected]);
    }
  });

  it("are those of the instance's agency where the CLI has no profiles, and an error where it has some and none is current", async () => {
    const agency = "the agency of this instance";
    const homes = [homeWith({}), homeWith(cliFile([])), "/nowhere"];
    for (const HOME of homes) expect(huaweicloudSignIn(sourceOf({}, { HOME })).account).toBe(agency);
    for (const current of ["", undefined]) {
      const HOME = homeWith(cliFile([profileOf("home")], { current }));
      const { kind, message } = await failureOf((async () => huaweicloudSignIn(sourceOf({}, { HOME })))(), "c4n4ry");
      expect(kind).toBe("settings");
      expect(message).toBe(
        `${HOME}/.hcloud/config.json has no current profile; name one by huaweicloud:profile or HW_PROFILE, or make one current by \`hcloud configure set --cli-profile=…\``,
      );
      expect(await credentialsOf({}, { HOME, HW_PROFILE: "home" })).toEqual(keysOfProfile("home"));
    }
    const HOME = homeWith(cliFile([profileOf("home")], { current: "gone" }));
    expect(() => huaweicloudSignIn(sourceOf({}, { HOME }))).toThrow(/has no profile "gone"; it has "home"$/);
  });

  it("keep the token of their own place, and no other", async () => {
    const tokens = { HUAWEICLOUD_SDK_SECURITY_TOKEN: "t-sdk", HW_SECURITY_TOKEN: "t-hw" };
    const own = { ...config, "huaweicloud:securityToken": "t-config" };
    expect(await credentialsOf(own, tokens)).toEqual(keysOf("config", "t-config"));
    expect(await credentialsOf(config, tokens)).toEqual(keysOf("config"));
    expect(await credentialsOf({}, { ...sdk, ...tokens })).toEqual(keysOf("sdk", "t-sdk"));
    expect(await credentialsOf({}, { ...hw, ...tokens })).toEqual(keysOf("hw", "t-hw"));
  });

  it.each<[Texts, RegExp]>([
    [{ HUAWEICLOUD_SDK_SK: "canary-sk", ...hw }, /^HUAWEICLOUD_SDK_SK is set but HUAWEICLOUD_SDK_AK is not; set both/],
    [
      { HUAWEICLOUD_SDK_IDP_ID: "idp" },
      /^HUAWEICLOUD_SDK_IDP_ID is set but HUAWEICLOUD_SDK_ID_TOKEN_FILE is not; set both/,
    ],
    [
      { HUAWEICLOUD_SDK_ID_TOKEN_FILE: "f" },
      /^HUAWEICLOUD_SDK_ID_TOKEN_FILE is set but HUAWEICLOUD_SDK_IDP_ID is not; set/,
    ],
  ])("in half a pair are an error, not another place's: %j", (env, said) => {
    expect(() => huaweicloudSignIn(sourceOf({}, env))).toThrow(said);
  });

  it("that are nowhere are one error that names every place", async () => {
    await using server = await recorder({ status: 404, body: "c4n4ry" });
    const places = [
      "huaweicloud:accessKey and huaweicloud:secretKey in the configuration (the stack's, or the CloudSecretsProvider's)",
      "huaweicloud:token in the configuration (the stack's, or the CloudSecretsProvider's)",
      "huaweicloud:profile or huaweicloud:sharedConfigFile there",
      "HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK in the environment",
      "HW_ACCESS_KEY and HW_SECRET_KEY in the environment",
      "HW_AUTH_TOKEN in the environment",
      "HUAWEICLOUD_SDK_IDP_ID and HUAWEICLOUD_SDK_ID_TOKEN_FILE there",
      "HW_PROFILE or HW_SHARED_CONFIG_FILE there",
      "the current profile of ~/.hcloud/config.json",
      "the agency of this ECS instance: the metadata service of this instance gives no keys (HTTP 404): give the instance an agency, or other credentials",
    ];
    const failure = await failureOf(credentialsOf({}, { HUAWEICLOUD_ENDPOINT_METADATA: server.url }), "c4n4ry");
    expect(isKind(failure, "credentials")).toBe(true);
    expect(failure.message).toBe(`no credentials for Huawei Cloud; looked at ${places.join(", then ")}`);
  });

  it("that are nowhere, on a machine that is no instance, are told after a second at most", async () => {
    await using server = await recorder(() => undefined);
    const started = performance.now();
    const failure = await failureOf(credentialsOf({}, { HUAWEICLOUD_ENDPOINT_METADATA: server.url }));
    expect(performance.now() - started).toBeLessThan(2_500);
    expect(failure.message).toMatch(
      /no credentials for Huawei Cloud; .* no answer from 127\.0\.0\.1:\d+ within 1 s\.?/,
    );
  });
});
