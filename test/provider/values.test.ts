import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { aliyunKmsSecret } from "../../provider/alicloud/kms-secret";
import { check } from "../../provider/check";
import { csmsSecret } from "../../provider/huaweicloud/csms-secret";
import { normalizeRandom, randomBase64, randomText } from "../../provider/random";
import { unknown } from "../../provider/unknown";
import { sourceOf } from "./source";

const canary = "c4n4ry-3a7e";
const folder = mkdtempSync(join(tmpdir(), "cloud-secrets-values-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, content: string | Buffer) => {
  writeFileSync(join(folder, name), content);
  return { file: join(folder, name) };
};

const env = { VALUE: canary, LONG: canary.repeat(10_000), JSON: `{"a":"${canary}"}` };
const kms = (inputs: object, variables: Record<string, string> = env) =>
  check(aliyunKmsSecret, { secretName: "app", regionId: "cn-hangzhou", ...inputs }, sourceOf({}, variables));
const csms = (inputs: object) => check(csmsSecret, { name: "app", region: "cn-north-4", ...inputs }, sourceOf({}, env));
const said = ({ failures }: ReturnType<typeof check>) =>
  failures.map(({ property, reason }) => `${property}: ${reason}`);

describe("a random text", () => {
  it.each([
    [{}, /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[a-zA-Z0-9]{32}$/],
    [
      { length: 4, characters: ["lower", "upper", "digits", "symbols"] },
      /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)(?=.*[!@#$%^&*()_+=-]).{4}$/,
    ],
    [{ length: 3, characters: ["symbols"], exclude: "!@#$%^&*()" }, /^[_+=-]{3}$/],
    [{ length: 2, exclude: "l1O0" }, /^[a-km-zA-NP-Z2-9]{2}$/],
    [{ length: 500, characters: ["digits"] }, /^\d{500}$/],
  ] as const)("of %j has what it is to have, and nothing else", (spec, pattern) => {
    const texts = Array.from({ length: 50 }, () =>
      randomText({ ...spec, characters: "characters" in spec ? [...spec.characters] : undefined }),
    );
    expect(texts.filter((text) => !pattern.test(text))).toEqual([]);
    expect(new Set(texts).size).toBeGreaterThan(20);
  });

  it("is drawn from all characters alike", () => {
    const counts = new Map<string, number>();
    for (const character of randomText({ length: 62_000 })) counts.set(character, (counts.get(character) ?? 0) + 1);
    expect(counts.size).toBe(62);
    // Six standard deviations of what chance makes of 1,000.
    for (const count of counts.values()) expect(Math.abs(count - 1_000)).toBeLessThan(200);
  });

  it("means the same in whatever order its kinds and exclusions stand, and with what is left out", () => {
    expect(normalizeRandom({ characters: ["upper", "digits", "lower"], exclude: "" })).toEqual(normalizeRandom({}));
    expect(normalizeRandom({ exclude: "ab", keepers: {} })).toEqual(normalizeRandom({ exclude: "ba" }));
    expect(normalizeRandom({ keepers: { a: "1" } })).not.toEqual(normalizeRandom({ keepers: { a: "2" } }));
    expect(normalizeRandom({ exclude: "0O0" })).toEqual(normalizeRandom({ exclude: "O0" }));
  });
});

it("random bytes are as many as asked for, as base64", () => {
  const [one = "", two] = [randomBase64({}), randomBase64({})];
  expect(one).not.toBe(two);
  expect(Buffer.from(one, "base64")).toHaveLength(32);
  expect(Buffer.from(randomBase64({ length: 7 }), "base64")).toHaveLength(7);
});

describe("a reference at check", () => {
  it("leads to a value that stands in none of the inputs", () => {
    const { inputs, values, failures } = kms({ secretDataFrom: { env: "VALUE" } });
    expect({ values, failures }).toEqual({ values: { secretData: canary }, failures: [] });
    expect(inputs).toEqual({ secretName: "app", regionId: "cn-hangzhou", secretDataFrom: { env: "VALUE" } });
  });

  it("is held to all that a value in its place is, and no message repeats that", () => {
    const rds = { secretType: "Rds", extendedConfig: { secretSubType: "SingleUser", dbInstanceId: "rm-1" } };
    const form = 'must be JSON such as {"Accounts":[{"AccountName":"…","AccountPassword":"…"}]} when secretType is Rds';
    const told = [
      said(kms({ secretDataFrom: { env: "LONG" } })),
      said(kms({ ...rds, secretDataFrom: { env: "JSON" } })),
      said(kms({ ...rds, secretDataFrom: { random: {} } })),
      said(csms({ secretBinaryFrom: { env: "VALUE" } })),
    ];
    expect(told).toEqual([
      ["secretDataFrom: the environment variable LONG: must be at most 30,720 bytes in UTF-8"],
      [`secretDataFrom: the environment variable JSON: ${form}`],
      [`secretDataFrom: a random value: ${form}`],
      ["secretBinaryFrom: the environment variable VALUE: must be base64"],
    ]);
    expect(JSON.stringify(told)).not.toContain(canary);
  });

  it("counts as the one value that is needed, and as one too many", () => {
    const [text, bytes] = [{ secretStringFrom: { env: "VALUE" } }, { secretBinaryFrom: { random: {} } }];
    expect([said(csms(text)), said(csms(bytes))]).toEqual([[], []]);
    const tooMany = "exactly one of secretString and secretBinary is needed, and more than one is given";
    expect(said(csms({ ...text, ...bytes }))).toEqual([
      `secretStringFrom: the environment variable VALUE: ${tooMany}`,
      `secretBinaryFrom: a random value: ${tooMany}`,
    ]);
    expect(said(csms({ ...text, secretString: "x" }))).toEqual([
      "secretStringFrom: cannot be given together with secretString",
    ]);
    expect(said(csms({ ...bytes, secretString: "x" }))).toEqual([
      `secretString: ${tooMany}`,
      `secretBinaryFrom: a random value: ${tooMany}`,
    ]);
  });

  it("waits for what is unknown, be it the reference, its form or the value that it may replace", () => {
    for (const reference of [unknown, { env: unknown }, { random: { keepers: { id: unknown } } }]) {
      expect(kms({ secretDataFrom: reference })).toMatchObject({ failures: [], values: { secretData: unknown } });
    }
    const form = { secretDataType: unknown, secretDataFrom: { env: "VALUE" } };
    expect(kms(form)).toMatchObject({ failures: [], values: { secretData: unknown } });
    expect(kms({ secretData: unknown, secretDataFrom: { env: "VALUE" } })).toMatchObject({ failures: [] });
  });

  it("leads to the text of a file as it is, or to its bytes", () => {
    const text = file("text", `\ufeff${canary}\r\n`);
    const bytes = file("bytes", Buffer.from([0xff, 0x00, 0xc3]));
    expect(kms({ secretDataFrom: text }).values).toEqual({ secretData: `\ufeff${canary}\r\n` });
    expect(kms({ secretDataFrom: bytes, secretDataType: "binary" }).values).toEqual({ secretData: "/wDD" });
    expect(csms({ secretBinaryFrom: bytes }).values).toEqual({ secretBinary: "/wDD" });
    expect(said(kms({ secretDataFrom: bytes }))).toEqual([
      `secretDataFrom: the file ${bytes.file} must be text in UTF-8`,
    ]);
    expect(said(kms({ secretDataFrom: file("empty", "") }))).toEqual([
      `secretDataFrom: the file ${join(folder, "empty")}: must not be empty`,
    ]);
  });

  it("reads no file that is none, or far too large, yet one behind a link", () => {
    const large = file("large", Buffer.alloc(1024 * 1024 + 1, "x"));
    expect(said(kms({ secretDataFrom: large }))).toEqual([
      `secretDataFrom: the file ${large.file} is larger than 1 MB`,
    ]);
    expect(said(kms({ secretDataFrom: { file: "/dev/zero" } }))).toEqual([
      "secretDataFrom: the file /dev/zero is no file",
    ]);
    symlinkSync(file("linked", canary).file, join(folder, "link"));
    expect(kms({ secretDataFrom: { file: join(folder, "link") } }).values).toEqual({ secretData: canary });
  });

  it("does not repeat what may be a value, put where its name or path belongs", () => {
    const held = "c4n4ry_like_a_name";
    for (const value of [held, "c4n4ry-with-more", "c4n4ry with spaces"])
      expect(said(kms({ secretDataFrom: { env: value } }, { HELD: held }))).toEqual([
        "secretDataFrom: env names no environment variable that is set; it is not shown, as it may be the value itself",
      ]);
    for (const value of ["-----BEGIN c4n4ry-----\nMIIE\n", `c4n4ry${"A".repeat(300)}`])
      expect(said(kms({ secretDataFrom: { file: value } }))).toEqual([
        "secretDataFrom: file is not the path of one; it is not shown, as it may be the value itself",
      ]);
    expect(kms({ secretDataFrom: { env: "my-variable" } }, { "my-variable": canary }).failures).toEqual([]);
  });

  it("takes no variable for one that JavaScript's objects have anyway", () => {
    expect(said(kms({ secretDataFrom: { env: "constructor" } }))).toEqual([
      "secretDataFrom: the environment variable constructor is not set",
    ]);
  });
});
