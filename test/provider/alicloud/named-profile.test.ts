import { describe, expect, it } from "vitest";
import { alicloudCredentials } from "../../../provider/alicloud/credentials";
import { failureOf } from "../failures";
import { called, emulator, file, home, listed, type Settings, source } from "./signing-in";

const profile = (name: string, more: object = {}) => ({
  name,
  mode: "AK",
  access_key_id: `ak-${name}`,
  access_key_secret: `c4n4ry-${name}`,
  ...more,
});
/** A file as Alibaba Cloud's CLI writes it. */
const cli = (more: object = {}) =>
  JSON.stringify({ current: "home", profiles: [profile("home"), profile("prod")], ...more });
const cliFile = (content = cli()) => file(".aliyun/config.json", content);
/** The file of the vendor's other tools. */
const iniFile = (...names: string[]) =>
  file(
    ".alibabacloud/credentials",
    names.map((name) => `[${name}]\ntype = access_key\naccess_key_id = ini-${name}\naccess_key_secret = c`).join("\n"),
  );

const usedBy = async (...settings: Settings) => (await alicloudCredentials(source(...settings)).keys()).accessKey;
const refused = async (...settings: Settings) => {
  const error = await failureOf((async () => alicloudCredentials(source(...settings)))(), "c4n4ry", home);
  expect(error.kind).toBe("settings");
  expect(emulator.calls()).toEqual([]);
  return error.message;
};

const other = () => ({ ALICLOUD_SHARED_CREDENTIALS_FILE: file("other.json", cli()) });
const variables = ["ALIBABA_CLOUD_PROFILE", "ALICLOUD_PROFILE"];

describe("a profile that the environment names", () => {
  it.each(variables)("by %s is used, and nobody else's keys where it cannot be", async (variable) => {
    const names = `${variable} names a profile of ~/.aliyun/config.json that cannot be used: `;
    const env = { [variable]: "prod" };
    expect(await refused({}, env)).toBe(`${names}the file cannot be read (ENOENT); correct or unset ${variable}`);
    cliFile();
    expect(await usedBy({}, env)).toBe("ak-prod");
    cliFile(cli({ profiles: [profile("home")] }));
    expect(await refused({}, env)).toBe(`${names}there is none of that name; correct or unset ${variable}`);
    cliFile(cli({ profiles: [profile("home"), { name: "prod", mode: "AK" }] }));
    expect(await refused({}, env)).toBe(`${names}its mode AK needs access_key_id`);
  });

  it("is looked for in the file that the environment names too, and in no other", async () => {
    cliFile(cli({ profiles: [profile("staging")] }));
    iniFile("staging");
    expect(await usedBy({}, { ...other(), ALICLOUD_PROFILE: "prod" })).toBe("ak-prod");
    expect(await refused({}, { ...other(), ALICLOUD_PROFILE: "staging" })).toBe(
      "ALICLOUD_PROFILE names a profile of the file of ALICLOUD_SHARED_CREDENTIALS_FILE that cannot be used: there is none of that name; correct or unset ALICLOUD_PROFILE",
    );
  });

  it.each(variables)(
    "by %s may be one of ~/.alibabacloud/credentials, where the CLI has none of the name",
    async (variable) => {
      iniFile("default", "staging");
      expect(await usedBy({}, { [variable]: "staging" })).toBe("ini-staging");
      cliFile();
      expect(await usedBy({}, { [variable]: "staging" })).toBe("ini-staging");
      expect(await usedBy({}, { [variable]: "prod" })).toBe("ak-prod");
      const withoutCli = { ALIBABA_CLOUD_CLI_PROFILE_DISABLED: "true", [variable]: "prod" };
      expect(await refused({}, withoutCli)).toBe(
        `${variable} names a profile that ~/.alibabacloud/credentials does not have; correct or unset ${variable}`,
      );
    },
  );

  it("is that of the file that the configuration names, as each setting is looked for by itself", async () => {
    const config = { sharedCredentialsFile: file("other.json", cli()) };
    expect(await usedBy(config)).toBe("ak-home");
    for (const variable of variables) {
      expect(await usedBy(config, { [variable]: "prod" })).toBe("ak-prod");
      expect(await refused(config, { [variable]: "staging" })).toBe(
        `${variable} names a profile of the file of alicloud:sharedCredentialsFile that cannot be used: there is none of that name; correct or unset ${variable}`,
      );
    }
    expect(await usedBy({ profile: "home" }, { ...other(), ALICLOUD_PROFILE: "prod" })).toBe("ak-home");
  });
});

describe("a file of profiles that the environment names", () => {
  const current = "the current profile of the file of ALICLOUD_SHARED_CREDENTIALS_FILE cannot be used: ";

  it("is used, and nobody else's keys where it is not there", async () => {
    cliFile();
    expect(await usedBy({}, other())).toBe("ak-home");
    expect(await refused({}, { ALICLOUD_SHARED_CREDENTIALS_FILE: "/nowhere/c4n4ry" })).toBe(
      `${current}the file cannot be read (ENOENT); correct or unset ALICLOUD_SHARED_CREDENTIALS_FILE`,
    );
  });

  it.each([
    ["names no current profile", { current: "" }, "it is not there; name one by alicloud:profile"],
    ["has lost its current profile", { current: "gone" }, "it is not there; name one by alicloud:profile"],
    ["has a current profile without keys", { profiles: [{ name: "home" }] }, "its mode AK needs access_key_id"],
  ])("and that %s is an error", async (_, content, reason) => {
    cliFile();
    const env = { ALICLOUD_SHARED_CREDENTIALS_FILE: file("odd.json", cli(content)) };
    expect(await refused({}, env)).toBe(current + reason);
  });
});

it.each<[string, () => unknown]>([
  ["no file", () => undefined],
  ["a file without a current profile", () => cliFile(cli({ current: "" }))],
  ["a file of profiles without names", () => cliFile(JSON.stringify({ profiles: [profile("", { name: "" })] }))],
  ["a file whose current profile is not there", () => cliFile(cli({ current: "gone" }))],
  ["a current profile without keys", () => cliFile(cli({ profiles: [{ name: "home" }] }))],
])("where nothing is named, %s is none, and what comes after it is used", async (_, prepare) => {
  prepare();
  await listed(source());
  expect(called()).toContain("ecsMetadata.GetRoleKeys");
});
