import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { projectIdOf } from "../../../emulator/huaweicloud/identity";
import { DEFAULT_CREDENTIALS } from "../../../emulator/server";
import { held } from "../../e2e/by-hand";
import { cliFile, fileWith, profileOf } from "../huaweicloud/profiles";
import { beforePages, looking } from "./looking";

const { look, failure, calls, hand, emulator } = looking();
const make = (name: string, more: object = {}) =>
  hand().csms("POST", "", { name, secret_string: `c4n4ry ${name}`, ...more });
const idOf = (name: string): string => held(emulator(), "csms")[name]?.id;
const tag = (name: string, tags: Record<string, string>) =>
  hand().csmsTags(
    idOf(name),
    Object.entries(tags).map(([key, value]) => ({ key, value })),
  );
const schedule = (name: string) =>
  hand().csms("POST", `${name}/scheduled-deleted-tasks/create`, { recovery_window_in_days: 7 });
/** Lets CSMS hold these in place of its one secret: what no operation leads to, or many at once. */
const hold = (changes: readonly object[]) => {
  const [secret] = Object.values(held(emulator(), "csms"));
  const csms = { secrets: changes.map((change) => ({ ...secret, ...change })), events: [], tasks: [] };
  emulator().load({ ...emulator().state(), csms });
};

describe("getCsmsSecret", () => {
  it("gives all but the value, by name and by id", async () => {
    await make("app", { description: "d" });
    await hand().csms("POST", "app/versions", { secret_string: "c4n4ry two" });
    await tag("app", { team: "a" });
    const secret = await look("getCsmsSecret", { name: "app" });
    expect(secret).toMatchObject({
      secretId: idOf("app"),
      name: "app",
      description: "d",
      state: "ENABLED",
      secretType: "COMMON",
      tags: { team: "a" },
      versions: [
        { id: "v1", stages: ["SYSPREVIOUS"] },
        { id: "v2", stages: ["SYSCURRENT"] },
      ],
      currentVersionId: "v2",
      region: "cn-north-4",
    });
    expect(secret.projectId).toMatch(/^[0-9a-f]{32}$/);
    expect(JSON.stringify(secret)).not.toContain("c4n4ry");
    expect(await look("getCsmsSecret", { secretId: idOf("app") })).toEqual(secret);
  });

  it("asks IAM for the project once in a command", async () => {
    await make("app");
    const called = await calls(() => Promise.all([1, 2, 3].map(() => look("getCsmsSecret", { name: "app" }))));
    expect(called.filter((operation) => operation.startsWith("iam."))).toHaveLength(1);
  });

  it("is in the region and the project of the profile that signs in, where nothing else names them", async () => {
    await make("app");
    const { accessKey: accessKeyId, secretKey: secretAccessKey } = DEFAULT_CREDENTIALS;
    const project = { region: "cn-north-4", projectId: projectIdOf("cn-north-4") };
    const profile = profileOf("default", { accessKeyId, secretAccessKey, ...project });
    const unset = { "huaweicloud:region": "", "huaweicloud:accessKey": "", "huaweicloud:secretKey": "" };
    const config = { ...unset, "huaweicloud:sharedConfigFile": fileWith(cliFile([profile])) };
    const called = await calls(async () =>
      expect(await look("getCsmsSecret", { name: "app" }, config)).toMatchObject({ name: "app", ...project }),
    );
    expect(called.filter((operation) => operation.startsWith("iam."))).toEqual([]);
  });

  it("says what is missing, and what waits for deletion", async () => {
    expect(await failure("getCsmsSecret", { name: "none" })).toMatch(
      /^there is no secret "none" in cn-north-4 \(CSMS\.0106, request .+\); check the name/,
    );
    expect(await failure("getCsmsSecret", { secretId: "id-1" })).toContain(
      'there is no secret with the id "id-1" in cn-north-4; check',
    );
    await make("app");
    await schedule("app");
    for (const which of [{ name: "app" }, { secretId: idOf("app") }])
      expect(await failure("getCsmsSecret", which)).toMatch(
        /^the secret "app" waits for deletion, which is due at .*Z:/,
      );
  });

  it.each([
    [{}, "name: exactly one of name and secretId is needed"],
    [{ name: ".." }, "name: must be 1 to 64 letters, digits, - or _"],
    [{ name: "app", projectId: "p" }, "projectId: must be 32 letters or digits"],
    [
      { secretName: "app" },
      "secretName: is no input of getCsmsSecret; the inputs are name, secretId, region, projectId",
    ],
  ])("names the argument that is wrong: %j", async (args, message) => {
    expect(await failure("getCsmsSecret", args)).toContain(message);
  });
});

describe("the project of a look-up", () => {
  const other = "0123456789abcdef0123456789abcdef";
  const projectOf = async (config: Record<string, string> = {}, args = {}) =>
    (await look("getCsmsSecret", { name: "app", ...args }, config)).projectId;
  beforeEach(async () => {
    await make("app");
    await hand().csms("POST", `../../${other}/secrets`, { name: "app", secret_string: "c4n4ry other" });
  });
  afterEach(() => vi.unstubAllEnvs());

  it("is the configured one, without a question to IAM", async () => {
    expect(await calls(() => look("getCsmsSecretValue", { name: "app" }, { "huaweicloud:projectId": other }))).toEqual([
      "csms.ShowSecretStage",
      "csms.ShowSecretVersion",
    ]);
  });

  it("is the environment's only in the environment's region", async () => {
    vi.stubEnv("HW_REGION_NAME", "eu-west-101");
    vi.stubEnv("HW_PROJECT_ID", other);
    expect(await projectOf()).toBe(projectIdOf("cn-north-4"));
    expect(await projectOf({}, { region: "eu-west-101" })).toBe(other);
    vi.stubEnv("HW_REGION_NAME", "cn-north-4");
    expect(await projectOf()).toBe(other);
  });

  it("is that of the profile that signs in, in its region", async () => {
    const { accessKey: accessKeyId, secretKey: secretAccessKey } = DEFAULT_CREDENTIALS;
    const own = profileOf("default", { accessKeyId, secretAccessKey, region: "eu-west-101", projectId: other });
    const noKeys = { "huaweicloud:region": "", "huaweicloud:accessKey": "", "huaweicloud:secretKey": "" };
    const config = { ...noKeys, "huaweicloud:sharedConfigFile": fileWith(cliFile([own])) };
    expect(await projectOf(config)).toBe(other);
    expect(await projectOf({ ...config, "huaweicloud:region": "cn-north-4" })).toBe(projectIdOf("cn-north-4"));
  });
});

describe("getCsmsSecretValue", () => {
  it("gives the current value, or that of a version or a stage, text or binary", async () => {
    await make("app");
    const binary = Buffer.from("c4n4ry two").toString("base64");
    await hand().csms("POST", "app/versions", { secret_binary: binary, version_stages: ["blue"] });
    expect(await look("getCsmsSecretValue", { name: "app" })).toMatchObject({
      secretString: "c4n4ry app",
      versionId: "v1",
      versionStages: ["SYSCURRENT"],
      name: "app",
      region: "cn-north-4",
    });
    const second = { secretBinary: binary, versionId: "v2", versionStages: ["blue"] };
    expect(await look("getCsmsSecretValue", { name: "app", versionId: "v2" })).toMatchObject(second);
    const staged = await look("getCsmsSecretValue", { secretId: idOf("app"), versionStage: "blue" });
    expect(staged).toMatchObject(second);
    expect(staged).not.toHaveProperty("secretString");
  });

  it("says whether the secret or its version is missing, and what cannot be read", async () => {
    const value = (args: object = {}) => failure("getCsmsSecretValue", { name: "app", ...args });
    expect(await value()).toContain('there is no secret "app" in cn-north-4');
    await make("app");
    expect(await value({ versionId: "v9" })).toContain('the secret "app" has no version v9 (CSMS.0005');
    expect(await value({ versionStage: "blue" })).toContain('the secret "app" has no version with the stage blue');
    expect(await value({ versionId: "v1", versionStage: "blue" })).toContain("versionStage: cannot be given together");
    expect(await value({ versionId: "../x" })).toContain("versionId: must be a version's id, such as v2");
    await schedule("app");
    expect(await value()).toContain('the secret "app" waits for deletion');
    expect(await value({ versionId: "v1" })).toContain('the secret "app" waits for deletion');
  });
});

describe("a secret that is not enabled", () => {
  it.each(["DISABLED", "FROZEN"])("is told as %s where its value is read, and looked up as it is", async (state) => {
    await make("app");
    hold([{ state }]);
    const said = new RegExp(
      `^the secret "app" is ${state}, so its value cannot be read \\(CSMS\\.0109, request .+\\); have it enabled in CSMS$`,
    );
    for (const which of [{}, { versionId: "v1" }, { versionStage: "SYSCURRENT" }])
      expect(await failure("getCsmsSecretValue", { name: "app", ...which })).toMatch(said);
    expect(await failure("getCsmsSecretValue", { name: "app", versionStage: "blue" })).toContain(
      "no version with the stage blue",
    );
    expect(await look("getCsmsSecret", { name: "app" })).toMatchObject({ state, currentVersionId: "v1" });
    for (const args of [{}, { state }])
      expect(await look("listCsmsSecrets", args)).toMatchObject({ secrets: [{ name: "app", state }] });
    expect(await look("listCsmsSecrets", { state: "ENABLED" })).toEqual({ secrets: [] });
  });
});

describe("listCsmsSecrets", () => {
  const names = async (args: object) =>
    (await look("listCsmsSecrets", args)).secrets.map(({ name }: { name: string }) => name);

  it("gives every page, in which each secret is once", async () => {
    const all = Array.from({ length: 230 }, (_, n) => `app-${String(n).padStart(3, "0")}`);
    for (const name of all) await make(name);
    expect(await names({})).toEqual(all);
    const called = await calls(() => look("listCsmsSecrets", {}));
    expect(called.filter((operation) => operation === "csms.ListSecrets").length).toBeGreaterThanOrEqual(3);
    expect(await names({ namePrefix: "app-22" })).toHaveLength(10);
  }, 60_000);

  it("of tagged ones that changes while it is read is read again from the start", async () => {
    await make("one");
    await make("two");
    // More than a page of others come before ours, of which the first goes after the first page.
    const tagged = [...Array.from({ length: 1_000 }, (_, n) => `id-${n}`), idOf("one"), idOf("two")];
    const offsets: string[] = [];
    beforePages(
      ({ url }) => url.endsWith("/csms/resource_instances/action"),
      async (page, body) => {
        if (page === 2) tagged.shift();
        const { offset } = JSON.parse(body);
        offsets.push(offset);
        const resources = tagged.slice(+offset, +offset + 1_000).map((resource_id) => ({ resource_id }));
        return Response.json({ resources, total_count: tagged.length });
      },
    );
    expect(await names({ tags: { team: "a" } })).toEqual(["one", "two"]);
    expect(offsets).toEqual(["0", "1000", "0", "1000"]);
  });

  it("gives all that have a tag, on however many pages CSMS tells them", async () => {
    await make("app");
    const all = Array.from({ length: 2_600 }, (_, n) => ({ id: `id-${n}`, name: `app-${String(n).padStart(4, "0")}` }));
    const isTagged = (n: number) => n % 26 !== 0;
    hold(all.map((one, n) => ({ ...one, tags: isTagged(n) ? { team: "a" } : { team: "b" } })));
    const wanted = all.filter((_, n) => isTagged(n)).map(({ name }) => name);
    expect(wanted).toHaveLength(2_500);
    const called = await calls(async () => expect(await names({ tags: { team: "a" } })).toEqual(wanted));
    expect(called.filter((operation) => operation === "csms.ListResourceInstances")).toHaveLength(3);
  }, 60_000);

  it("narrows down by name, tags, type, enterprise project and state", async () => {
    await make("one");
    await make("one-more", { enterprise_project_id: "ep-1" });
    await make("two");
    await tag("one", { team: "a", tier: "1" });
    await tag("one-more", { team: "a", tier: "2" });
    expect(await names({ tags: { team: "a" } })).toEqual(["one", "one-more"]);
    expect(await names({ tags: { team: "a", tier: "1" } })).toEqual(["one"]);
    expect(await names({ tags: { tier: "3" } })).toEqual([]);
    expect(await names({ enterpriseProjectId: "ep-1" })).toEqual(["one-more"]);
    await schedule("one-more");
    expect(await names({})).toEqual(["one", "two"]);
    expect(await names({ state: "PENDING_DELETE" })).toEqual(["one-more"]);
    expect(await names({ name: "one" })).toEqual(["one"]);
    expect(await names({ name: "nobodys" })).toEqual([]);
    expect(await names({ secretType: "RDS-FG" })).toEqual([]);
    expect(await names({ secretType: "COMMON", namePrefix: "t" })).toEqual(["two"]);
    const { secrets } = await look("listCsmsSecrets", { state: "PENDING_DELETE" });
    expect(secrets[0]).toMatchObject({ state: "PENDING_DELETE", scheduledDeleteTime: expect.stringMatching(/Z$/) });
    expect(JSON.stringify(await look("listCsmsSecrets", {}))).not.toContain("c4n4ry");
  });
});

it("a function that there is not is a newer version's", async () => {
  await expect(look("getNothing", {})).rejects.toThrow(/has no function getNothing; is a newer version/);
});
