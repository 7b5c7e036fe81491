import { beforeEach, describe, expect, it } from "vitest";
import { held } from "../../e2e/by-hand";
import { beforePages, looking } from "./looking";

const { look, failure, calls, hand, emulator } = looking();
const make = (SecretName: string, more: Record<string, string> = {}) =>
  hand().kms("CreateSecret", { SecretName, SecretData: `c4n4ry ${SecretName}`, VersionId: "1", ...more });
const put = (SecretName: string, VersionId: string, more: Record<string, string> = {}) =>
  hand().kms("PutSecretValue", { SecretName, VersionId, SecretData: `c4n4ry ${VersionId}`, ...more });
const arnOf = (name: string): string => held(emulator(), "kms")[name]?.Arn;
const tags = (of: Record<string, string>) =>
  JSON.stringify(Object.entries(of).map(([TagKey, TagValue]) => ({ TagKey, TagValue })));

describe("getAliyunKmsSecret", () => {
  it("gives all but the value, by name and by ARN", async () => {
    await make("app", { Description: "d", Tags: tags({ team: "a" }) });
    await put("app", "2");
    const secret = await look("getAliyunKmsSecret", { secretName: "app" });
    expect(secret).toMatchObject({
      arn: arnOf("app"),
      secretName: "app",
      secretType: "Generic",
      regionId: "cn-hangzhou",
      description: "d",
      state: "ENABLED",
      tags: { team: "a" },
      automaticRotation: false,
      versions: [
        { id: "1", stages: ["ACSPrevious"] },
        { id: "2", stages: ["ACSCurrent"] },
      ],
      currentVersionId: "2",
    });
    expect(secret.createTime).toMatch(/^\d{4}-\d\d-\d\dT[\d:]+Z$/);
    expect(JSON.stringify(secret)).not.toContain("c4n4ry");
    expect(await look("getAliyunKmsSecret", { arn: arnOf("app") }, { "alicloud:region": "cn-shanghai" })).toEqual(
      secret,
    );
  });

  it("says what is missing, and what waits for deletion", async () => {
    expect(await failure("getAliyunKmsSecret", { secretName: "none" })).toMatch(
      /^there is no secret "none" in cn-hangzhou \(Forbidden\.ResourceNotFound, request .+\); check the name/,
    );
    await make("app");
    await hand().kms("DeleteSecret", { SecretName: "app" });
    expect(await failure("getAliyunKmsSecret", { secretName: "app" })).toMatch(
      /^the secret "app" waits for deletion, which is due at \d{4}-.+Z: restore it/,
    );
  });

  it("takes no secret of this account for one of another that has its name", async () => {
    await make("app");
    const arn = arnOf("app").replace(/:\d{16}:/, ":1111111111111111:");
    expect(await failure("getAliyunKmsSecret", { arn })).toContain(`there is no secret "${arn}" in cn-hangzhou`);
  });

  it.each([
    [{}, "secretName: exactly one of secretName and arn is needed, and none is given"],
    [{ secretName: "a", arn: "acs:kms:r:1:secret/a" }, "secretName: exactly one of"],
    [{ secretName: 7 }, "secretName: must be a string, but is a number"],
    [{ arn: "app" }, "arn: must be acs:kms:<region>:<account>:secret/<secretName>"],
    [{ SecretName: "app" }, "SecretName: is no input of getAliyunKmsSecret; did you mean secretName?"],
    [{ secretName: "app", regionId: "r/../x" }, "regionId: must be 1 to 64 letters, digits, - or _"],
  ])("names the argument that is wrong: %j", async (args, message) => {
    expect(await failure("getAliyunKmsSecret", args)).toContain(message);
  });

  it("needs a region, and credentials", async () => {
    const none = await failure("getAliyunKmsSecret", { secretName: "app" }, { "alicloud:region": "" });
    expect(none).toMatch(/^regionId: the region of Alibaba Cloud is set nowhere/);
    const half = await failure("getAliyunKmsSecret", { secretName: "app" }, { "alicloud:secretKey": "" });
    expect(half).toContain("alicloud:accessKey is set but alicloud:secretKey is not");
  });
});

describe("getAliyunKmsSecretValue", () => {
  it("gives the current value, or that of a version or a stage, by name and by ARN", async () => {
    await make("app");
    await put("app", "2", { VersionStages: JSON.stringify(["blue"]), SecretDataType: "binary" });
    expect(await look("getAliyunKmsSecretValue", { secretName: "app" })).toMatchObject({
      secretData: "c4n4ry app",
      secretDataType: "text",
      versionId: "1",
      versionStages: ["ACSCurrent"],
      secretName: "app",
      regionId: "cn-hangzhou",
    });
    const blue = { secretData: "c4n4ry 2", secretDataType: "binary", versionId: "2", versionStages: ["blue"] };
    expect(await look("getAliyunKmsSecretValue", { arn: arnOf("app"), versionId: "2" })).toMatchObject(blue);
    expect(await look("getAliyunKmsSecretValue", { secretName: "app", versionStage: "blue" })).toMatchObject(blue);
    expect(await calls(() => look("getAliyunKmsSecretValue", { secretName: "app" }))).toEqual(["kms.GetSecretValue"]);
  });

  it("says whether the secret or its version is missing, and what waits for deletion", async () => {
    const value = (args: object) => failure("getAliyunKmsSecretValue", { secretName: "app", ...args });
    expect(await value({})).toContain('there is no secret "app" in cn-hangzhou');
    expect(await value({ versionId: "9" })).toContain('there is no secret "app" in cn-hangzhou');
    await make("app");
    expect(await value({ versionId: "9" })).toContain('the secret "app" has no version 9 (Forbidden.ResourceNotFound');
    expect(await value({ versionStage: "blue" })).toMatch(
      /the secret "app" has no version with the stage blue \(.*\); a look-up without the value lists its versions/,
    );
    expect(await value({ versionId: "1", versionStage: "blue" })).toContain("versionStage: cannot be given together");
    await hand().kms("DeleteSecret", { SecretName: "app" });
    expect(await value({})).toMatch(/Rejected\.ResourceInDeleteWindow.*It waits for deletion: restore it/);
  });
});

describe("listAliyunKmsSecrets", () => {
  const names = async (args: object) =>
    (await look("listAliyunKmsSecrets", args)).secrets.map(({ secretName }: { secretName: string }) => secretName);

  it("gives every page, in which each secret is once", async () => {
    const all = Array.from({ length: 230 }, (_, n) => `app/${String(n).padStart(3, "0")}`);
    for (const name of all) await make(name);
    expect(await names({})).toEqual(all);
    expect(await calls(() => look("listAliyunKmsSecrets", {}))).toEqual(Array(3).fill("kms.ListSecrets"));
    expect(await names({ namePrefix: "app/22" })).toHaveLength(10);
  }, 60_000);

  describe("that changes while it is read", () => {
    const all = Array.from({ length: 150 }, (_, n) => `app/${String(n).padStart(3, "0")}`);
    const forGood = { ForceDeleteWithoutRecovery: "true" };
    const isPage = ({ headers }: { headers: Headers }) => headers.get("x-acs-action") === "ListSecrets";
    beforeEach(async () => {
      for (const name of all) await make(name);
    }, 60_000);

    it("is read again from the start: nothing that is there is left out, and nothing that is gone is in it", async () => {
      beforePages(isPage, async (page) => {
        if (page === 2) await hand().kms("DeleteSecret", { SecretName: "app/000", ...forGood });
        if (page === 4) await make("an");
        return undefined;
      });
      const called = await calls(async () => expect((await names({})).sort()).toEqual(["an", ...all.slice(1)]));
      expect(called.filter((operation) => operation === "kms.ListSecrets")).toHaveLength(6);
    });

    it("all the time is an error after three readings, and no list that lacks something", async () => {
      beforePages(isPage, async (page) => {
        await hand().kms("DeleteSecret", { SecretName: `${all[page]}`, ...forGood });
        return undefined;
      });
      const called = await calls(async () =>
        expect(await failure("listAliyunKmsSecrets", {})).toBe(
          "the list of secrets changed each of the 3 times that it was read, so it may lack some; try again",
        ),
      );
      expect(called.filter((operation) => operation === "kms.ListSecrets")).toHaveLength(6);
    });
  });

  it("narrows down by name, tags, type and state", async () => {
    await make("one", { Tags: tags({ team: "a", tier: "1" }) });
    await make("one-more", { Tags: tags({ team: "a", tier: "2" }) });
    await make("two", { Tags: tags({ a: "team" }) });
    await hand().kms("DeleteSecret", { SecretName: "one-more" });
    expect(await names({})).toEqual(["one", "two"]);
    expect(await names({ state: "PENDING_DELETE" })).toEqual(["one-more"]);
    expect(await names({ secretName: "one" })).toEqual(["one"]);
    expect(await names({ secretName: "nobodys" })).toEqual([]);
    expect(await names({ tags: { team: "a", tier: "1" } })).toEqual(["one"]);
    expect(await names({ tags: { team: "a", tier: "2" } })).toEqual([]);
    expect(await names({ secretType: "Rds" })).toEqual([]);
    expect(await names({ secretType: "Generic", namePrefix: "t" })).toEqual(["two"]);
    expect(await names({ regionId: "cn-shanghai" })).toEqual([]);
    const { secrets } = await look("listAliyunKmsSecrets", { state: "PENDING_DELETE" });
    expect(secrets).toEqual([
      expect.objectContaining({ state: "PENDING_DELETE", plannedDeleteTime: expect.stringMatching(/Z$/) }),
    ]);
    expect(secrets[0].tags).toEqual({ team: "a", tier: "2" });
  });
});
