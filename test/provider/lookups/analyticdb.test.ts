import { describe, expect, it } from "vitest";
import { held } from "../../e2e/by-hand";
import { looking } from "./looking";

const { look, failure, calls, hand, emulator } = looking();
const own = { dbInstanceId: "gp-1" };
const make = (SecretName: string, more: Record<string, string> = {}) =>
  hand().gpdb("CreateSecret", {
    RegionId: "cn-hangzhou",
    DBInstanceId: "gp-1",
    SecretName,
    Username: "app",
    Password: `c4n4ry ${SecretName}`,
    ...more,
  });
const arnOf = (name: string): string =>
  Object.values(held(emulator(), "gpdb")).find(({ SecretArn }) => SecretArn.includes(`/${name}-`))?.SecretArn;

describe("getAnalyticDbSecret", () => {
  it("gives all but the password, by name and by ARN, for which no permission to read it is needed", async () => {
    await make("app", { Description: "d" });
    const secret = await look("getAnalyticDbSecret", { ...own, secretName: "app" });
    expect(secret).toEqual({
      arn: arnOf("app"),
      secretName: "app",
      username: "app",
      description: "d",
      dbInstanceId: "gp-1",
      regionId: "cn-hangzhou",
      state: "ENABLED",
    });
    expect(await look("getAnalyticDbSecret", { ...own, arn: arnOf("app") }, { "alicloud:region": "" })).toEqual(secret);
    const called = await calls(() => look("getAnalyticDbSecret", { ...own, secretName: "app" }));
    expect(called).toEqual(["gpdb.ListSecrets"]);
  });

  it("says what is missing", async () => {
    expect(await failure("getAnalyticDbSecret", { ...own, secretName: "none" })).toMatch(
      /^there is no secret "none" of instance gp-1 in cn-hangzhou; check the name/,
    );
    const inWorkspace = { workspaceId: "gp-ws-1", secretName: "none" };
    expect(await failure("getAnalyticDbSecret", inWorkspace)).toContain("of workspace gp-ws-1 in");
  });

  it.each([
    [{ secretName: "app" }, "dbInstanceId: one of dbInstanceId and workspaceId is needed"],
    [own, "secretName: exactly one of secretName and arn is needed"],
    [{ ...own, arn: "acs:kms:r:1:secret/app" }, "arn: must be acs:gpdb:<region>:<account>:secret/"],
  ])("names the argument that is wrong: %j", async (args, message) => {
    expect(await failure("getAnalyticDbSecret", args)).toContain(message);
  });
});

describe("getAnalyticDbSecretValue", () => {
  it("gives the account and the password, by name and by ARN", async () => {
    await make("app");
    const value = {
      username: "app",
      password: "c4n4ry app",
      arn: arnOf("app"),
      secretName: "app",
      dbInstanceId: "gp-1",
    };
    expect(await look("getAnalyticDbSecretValue", { ...own, secretName: "app" })).toMatchObject(value);
    expect(await look("getAnalyticDbSecretValue", { ...own, arn: arnOf("app") })).toMatchObject(value);
  });

  it("says what is missing", async () => {
    const none = await failure("getAnalyticDbSecretValue", { ...own, secretName: "none" });
    expect(none).toMatch(/^there is no secret "none" of instance gp-1 in cn-hangzhou \(Secret\.NotFound, request /);
  });
});

describe("listAnalyticDbSecrets", () => {
  const names = async (args: object) =>
    (await look("listAnalyticDbSecrets", args)).secrets.map(({ secretName }: { secretName: string }) => secretName);

  it("gives all of one owner, narrowed down by name and account", async () => {
    for (let n = 0; n < 40; n++) await make(`app_${n}`);
    await make("other", { Username: "other" });
    await make("theirs", { DBInstanceId: "gp-2" });
    expect(await names(own)).toHaveLength(41);
    expect(await names({ ...own, namePrefix: "app_3" })).toHaveLength(11);
    expect(await names({ ...own, secretName: "app_3" })).toEqual(["app_3"]);
    expect(await names({ ...own, username: "other" })).toEqual(["other"]);
    expect(await names({ dbInstanceId: "gp-2" })).toEqual(["theirs"]);
    expect(await names({ workspaceId: "gp-ws-1" })).toEqual([]);
    expect(JSON.stringify(await look("listAnalyticDbSecrets", own))).not.toContain("c4n4ry");
  });
});
