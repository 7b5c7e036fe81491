import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_CREDENTIALS, type Emulator, startEmulator } from "../../../emulator/server";
import { isKind } from "../../../provider/errors";
import { huaweicloudSignIn } from "../../../provider/huaweicloud/credentials";
import { connect } from "../../../provider/huaweicloud/csms-client";
import { projectId, region } from "../../../provider/huaweicloud/places";
import { readSetting } from "../../../provider/settings";
import { configFor } from "../../stack-config";
import { sourceOf } from "../source";
import { cliFile, fileWith, keysOfProfile, profileOf } from "./profiles";

const inConfig = (content: unknown, name?: string) =>
  sourceOf({ "huaweicloud:sharedConfigFile": fileWith(content), "huaweicloud:profile": name });
const used = (content: unknown, name?: string) => huaweicloudSignIn(inConfig(content, name)).credentials();

/** Why a file cannot be used: told before anything is sent, and without its content. */
function refusal(content: unknown, name?: string): string {
  const source = inConfig(content, name);
  try {
    connect(source);
  } catch (error) {
    if (!isKind(error, "settings")) throw error;
    expect(error.message).not.toContain("c4n4ry");
    return error.message;
  }
  throw new Error("nothing was refused");
}

describe("a profile of the CLI", () => {
  it("is the one that is named, else the current one", async () => {
    const file = cliFile([profileOf("a"), profileOf("b")], { current: "b" });
    expect(await used(file)).toEqual(keysOfProfile("b"));
    expect(await used(file, "a")).toEqual(keysOfProfile("a"));
  });

  it("may have temporary keys, also such as the CLI has by single sign-on", async () => {
    const temporary = profileOf("a", { securityToken: "c4n4ry-sts" });
    const stsToken = { accessKeyId: "aksso", secretAccessKey: "c4n4ry-sk-sso", securityToken: "c4n4ry-sts" };
    const sso = { name: "sso", mode: "SSO", ssoAuth: { startUrl: "https://…", stsToken } };
    expect(await used(cliFile([temporary]), "a")).toEqual(keysOfProfile("a", "c4n4ry-sts"));
    expect(await used(cliFile([sso]), "sso")).toEqual(keysOfProfile("sso", "c4n4ry-sts"));
  });

  it("is looked for from the home folder on", async () => {
    const file = fileWith(cliFile([profileOf("default")]));
    const at = file.lastIndexOf("/");
    const source = sourceOf({ "huaweicloud:sharedConfigFile": `~${file.slice(at)}` }, { HOME: file.slice(0, at) });
    expect(await huaweicloudSignIn(source).credentials()).toEqual(keysOfProfile("default"));
  });

  it("gives its region and its project, where it signs in and nothing else names them", () => {
    const project = "0123456789abcdef0123456789abcdef";
    const file = fileWith(cliFile([profileOf("default", { region: "eu-west-101", projectId: project })]));
    const named = { "huaweicloud:sharedConfigFile": file };
    const read = (config: Record<string, string>, env = {}) =>
      [region, projectId].map((setting) => readSetting(setting, sourceOf(config, env)));
    expect(read(named)).toEqual(["eu-west-101", project]);
    expect(read({ ...named, "huaweicloud:region": "cn-north-4" })).toEqual(["cn-north-4", project]);
    expect(read({ ...named, "huaweicloud:token": "t" })).toEqual([undefined, undefined]);
    // The project is of the account of the profile, and no agency's.
    const agency = { "huaweicloud:assumeRole": '{"agencyName":"a","domainName":"d"}' };
    expect(read({ ...named, ...agency })).toEqual(["eu-west-101", undefined]);
    expect(read({ "huaweicloud:sharedConfigFile": "/nowhere" })).toEqual([undefined, undefined]);
  });
});

describe("a profile that cannot be used", () => {
  const good = profileOf("default");
  it.each<[string, unknown, string | undefined, RegExp]>([
    ["is in no JSON", '{"c4n4ry', undefined, /cannot be read: it is no JSON$/],
    [
      "is in a file of something else",
      { profiles: "c4n4ry" },
      undefined,
      /is none of Huawei Cloud's CLI: profiles is not/,
    ],
    ["is not there", cliFile([good]), "prod", /has no profile "prod"; it has "default"$/],
    [
      "is the current one of none",
      cliFile([good], { current: "" }),
      undefined,
      /has no current profile; name one by huaweicloud:profile or HW_PROFILE, or make one current/,
    ],
    [
      "has no keys",
      cliFile([profileOf("default", { secretAccessKey: "" })]),
      undefined,
      /has no accessKeyId with a secretAccessKey$/,
    ],
    [
      "has not signed in",
      cliFile([{ name: "s", mode: "SSO", ssoAuth: {} }]),
      "s",
      /sign in by `hcloud configure sso`$/,
    ],
    [
      "is encrypted",
      cliFile([good], { authEncrypt: "true" }),
      undefined,
      /holds encrypted keys.*`hcloud configure set --cli-auth-encrypt=false`/,
    ],
    [
      "is encrypted, which nothing says",
      cliFile([profileOf("default", { accessKeyId: "c4n4ry+c4n4ry/c4n4ry==" })], { authEncrypt: undefined }),
      undefined,
      /holds encrypted keys/,
    ],
    [
      "has half an agency",
      cliFile([profileOf("default", { agencyName: "a" })]),
      undefined,
      /an agencyName, but no agencyDomainId/,
    ],
    [
      "has no source",
      cliFile([profileOf("default", { sourceProfile: "gone" })]),
      undefined,
      /the source profile "gone", which is not there$/,
    ],
  ])("%s", (_, content, name, said) => expect(refusal(content, name)).toMatch(said));

  it("is in no file", () => {
    const source = sourceOf({ "huaweicloud:sharedConfigFile": "/nowhere/config.json" });
    expect(() => huaweicloudSignIn(source)).toThrow(
      /^the file of profiles \/nowhere\/config\.json cannot be read: ENOENT$/,
    );
    expect(() => huaweicloudSignIn(sourceOf({ "huaweicloud:profile": "a" }))).toThrow(/no home folder/);
  });
});

describe("a profile that signs in", () => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await startEmulator();
  });
  afterAll(() => emulator.close());

  const own = profileOf("own", {
    accessKeyId: DEFAULT_CREDENTIALS.accessKey,
    secretAccessKey: DEFAULT_CREDENTIALS.secretKey,
    domainId: "d1",
  });
  const agency = profileOf("agency", {
    accessKeyId: "",
    secretAccessKey: "",
    agencyName: "deploy",
    agencyDomainName: "company",
  });

  it.each([
    ["by its keys", "own", []],
    ["by the instance's agency", "instance", ["metadata.CreateToken", "metadata.ShowSecurityKey"]],
    ["by an agency that its source profile takes", "agency", ["iam.CreateTemporaryAccessKeyByAgency"]],
  ])("%s", async (_, name, before) => {
    emulator.reset();
    const profiles = [own, { ...agency, sourceProfile: "own" }, { name: "instance", mode: "ecsAgency" }];
    const { "huaweicloud:accessKey": _ak, "huaweicloud:secretKey": _sk, ...config } = configFor(emulator);
    const named = { "huaweicloud:sharedConfigFile": fileWith(cliFile(profiles)), "huaweicloud:profile": name };
    expect(await connect(sourceOf({ ...config, ...named })).projectOf("cn-north-4")).toMatch(/^\w{32}$/);
    const called = emulator.calls().map(({ operation }) => operation);
    expect(called).toEqual([...before, "iam.ListProjects"]);
  });
});
