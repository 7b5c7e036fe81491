import { rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { AliyunKmsSecret, AnalyticDbSecret, CsmsSecret } from "pulumi-cloud-secrets";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { byHand, held } from "./by-hand";
import { leaks } from "./leaks";
import { startStack, type TestStack } from "./support";

const canary = (of: string) => `c4n4ry "${of}"\\ & ünïcode + /?=`;
const values = { env: canary("environment"), envLater: canary("environment, later"), text: canary("file") };
const bytes = Buffer.from([0, 255, ...Buffer.from(canary("bytes"))]);
const variable = "CLOUD_SECRETS_TEST_VALUE";

interface Declared {
  readonly year?: string;
  readonly description?: string;
  readonly ignoreChanges?: string[];
}
const program =
  ({ year = "2026", description = "one", ignoreChanges = [] }: Declared = {}) =>
  async () => {
    const from = { env: variable };
    new AliyunKmsSecret("env", { secretName: "env", secretDataFrom: from }, { ignoreChanges });
    new AnalyticDbSecret("login", { dbInstanceId: "gp-1", username: "app", passwordFrom: from }, { ignoreChanges });
    new CsmsSecret("text", { name: "text", secretStringFrom: { file: pathOf("value.txt") } });
    new CsmsSecret("bytes", { name: "bytes", secretBinaryFrom: { file: pathOf("value.bin") } });
    new AliyunKmsSecret("random", {
      secretName: "random",
      secretDataFrom: { random: { length: 40, characters: ["lower", "symbols"], keepers: { year } } },
      description,
    });
    new CsmsSecret("key", { name: "key", secretBinaryFrom: { random: { keepers: { year } } }, description });
  };

let stack: TestStack;
/** From where the program is, which here is where the tests run. */
const pathOf = (name: string) => relative(process.cwd(), join(stack.folder, "work", name));
const write = (name: string, content: string | Buffer) => writeFileSync(join(stack.folder, "work", name), content);
const settings = (value: string | undefined) => {
  if (value === undefined) delete process.env[variable];
  else process.env[variable] = value;
};
const kmsValues = (name: string): string[] =>
  held(stack.emulator, "kms")[name]?.Versions.map(({ SecretData }: { SecretData: string }) => SecretData);
const csmsValues = (name: string): string[] =>
  held(stack.emulator, "csms")[name]?.versions.map(
    ({ secretString, secretBinary }: Record<string, string>) => secretString ?? secretBinary,
  );
const password = () => Object.values(held(stack.emulator, "gpdb"))[0]?.Password;

/** What the engine has stored so far, as texts by their paths. */
const decrypted = async () =>
  Object.fromEntries(Object.entries(await stack.decrypted()).map(([path, file]) => [path, JSON.stringify(file)]));
const placesOf = (text: string, files: Record<string, string>) =>
  Object.keys(files).filter((path) => files[path]?.includes(text));

/** Also decrypted, nothing that the engine ever stored has any of the values that the clouds have by now. */
async function expectOutside() {
  const inClouds = [
    ...["env", "random"].flatMap(kmsValues),
    ...["text", "bytes", "key"].flatMap(csmsValues),
    password(),
  ];
  const both = inClouds.flatMap((value, n) => [
    [`value ${n}`, value],
    [`value ${n}, decoded`, Buffer.from(value, "base64").toString()],
  ]);
  const files = await decrypted();
  for (const kind of [/test\.json$/, /\.bak$/, /history/, /backups/])
    expect(Object.keys(files)).toContainEqual(expect.stringMatching(kind));
  expect(leaks(files, Object.fromEntries(both.filter(([, value]) => value.length > 3)))).toEqual([]);
  expect(placesOf("c4n4ry", files)).toEqual([]);
}

beforeAll(async () => {
  settings(values.env);
  stack = await startStack();
  write("value.txt", values.text);
  write("value.bin", bytes);
});
afterAll(async () => {
  settings(undefined);
  for (const name of ["value.txt", "value.bin"]) rmSync(join(stack.folder, "work", name));
  await stack.stop();
});

describe("values that the state does not hold, not even encrypted", { timeout: 180_000 }, () => {
  it("come from the environment, from files, and out of nowhere", async () => {
    await stack.preview(program(), { diff: true });
    await stack.up(program(), { diff: true });
    expect(kmsValues("env")).toEqual([values.env]);
    expect(password()).toBe(values.env);
    expect(csmsValues("text")).toEqual([values.text]);
    expect(csmsValues("bytes")).toEqual([bytes.toString("base64")]);
    expect(kmsValues("random")).toEqual([expect.stringMatching(/^[a-z!@#$%^&*()_+=-]{40}$/)]);
    expect(Buffer.from(csmsValues("key")[0] ?? "", "base64")).toHaveLength(32);
    await expectOutside();
  });

  it("are no change as long as they stay, for which no cloud is asked", async () => {
    const calls = stack.emulator.calls().length;
    expect((await stack.up()).steps).toEqual([]);
    expect(stack.emulator.calls()).toHaveLength(calls);
    expect((await stack.refresh()).printed).toContain("7 unchanged");
    expect((await stack.up()).steps).toEqual([]);
  });

  it("are seen to change by a preview, which shows no more than that, and become new versions", async () => {
    settings(values.envLater);
    write("value.txt", `${values.text}\n`);
    const { steps, printed } = await stack.preview(program(), { diff: true });
    expect(steps.toSorted()).toEqual(
      ["update env", "update text", "replace login", "create-replacement login", "delete-replaced login"].toSorted(),
    );
    expect(printed.match(/~ generation: 1 => 2/g)).toHaveLength(2);
    expect(printed).toMatch(/a change of passwordFrom replaces the secret, which gets a new ARN/);
    await stack.up(program(), { diff: true });
    expect(kmsValues("env")).toEqual([values.env, values.envLater]);
    expect(csmsValues("text")).toEqual([values.text, `${values.text}\n`]);
    expect(password()).toBe(values.envLater);
    expect((await stack.up()).steps).toEqual([]);
    await expectOutside();
  });

  it("are made anew only when their keepers change", async () => {
    const [random, key] = [kmsValues("random"), csmsValues("key")];
    expect((await stack.up(program({ description: "two" }))).steps.toSorted()).toEqual(["update key", "update random"]);
    expect([kmsValues("random"), csmsValues("key")]).toEqual([random, key]);
    const { steps } = await stack.up(program({ description: "two", year: "2027" }));
    expect(steps.toSorted()).toEqual(["update key", "update random"]);
    for (const made of [kmsValues("random"), csmsValues("key")])
      expect([made.length, new Set(made).size]).toEqual([2, 2]);
    await expectOutside();
  });

  it("are brought back where a refresh shows that somebody else's is there, which stays outside too", async () => {
    const put = (n: number) =>
      byHand(stack.emulator).kms("PutSecretValue", {
        SecretName: "env",
        VersionId: `hand-${n}`,
        SecretData: canary(`hand ${n}`),
      });
    for (let n = 0; n < 11; n++) await put(n);
    expect((await stack.refresh()).printed).toMatch(/env updated .*\[diff: ~secretDataFrom\]/);
    await expectOutside();
    const news = program({ description: "two", year: "2027" });
    expect((await stack.preview(news, { diff: true })).printed).toMatch(/\+ env +: "/);
    expect((await stack.up(news)).steps).toEqual(["update env"]);
    expect(kmsValues("env").at(-1)).toBe(values.envLater);
    expect((await stack.up()).steps).toEqual([]);
    await expectOutside();
  });

  it("are refused at preview where they cannot be had, and left alone where changes are ignored", async () => {
    settings(undefined);
    const news = { description: "two", year: "2027" };
    const refused = stack.preview(program(news));
    await expect(refused).rejects.toThrow(
      /(secretData|password)From: the environment variable CLOUD_SECRETS_TEST_VALUE is not set/,
    );
    const ignoreChanges = ["secretDataFrom", "passwordFrom"];
    expect((await stack.up(program({ ...news, ignoreChanges }))).steps).toEqual([]);
  });

  it("are not needed to destroy what they went to", async () => {
    await stack.destroy();
    expect(stack.state()).toEqual({});
  });
});

describe("a value that the state holds", { timeout: 120_000 }, () => {
  it("leaves it without a new version when it is given from elsewhere, and comes back so", async () => {
    settings(values.env);
    const literal = async () => void new CsmsSecret("moved", { name: "moved", secretString: values.env });
    const outside = async () => void new CsmsSecret("moved", { name: "moved", secretStringFrom: { env: variable } });
    const newest = expect.stringMatching(/stacks\/e2e\/test\.json$/);
    await stack.up(literal);
    expect(placesOf("c4n4ry", await decrypted())).toContainEqual(newest);
    expect((await stack.up(outside)).steps).toEqual(["update moved"]);
    const places = placesOf("c4n4ry", await decrypted());
    expect(places).not.toContainEqual(newest);
    for (const older of [/history/, /backups/]) expect(places).toContainEqual(expect.stringMatching(older));
    expect((await stack.up(outside)).steps).toEqual([]);
    expect((await stack.up(literal)).steps).toEqual(["update moved"]);
    expect(csmsValues("moved")).toEqual([values.env]);
    await stack.destroy();
  });
});
