import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type Emulator, startEmulator } from "../../../emulator/server";
import { configFor } from "../../stack-config";
import { hosted } from "../hosted";
import { secret, UNKNOWN } from "./dynamic-provider";
import { type Kind, kinds, Life } from "./outside-life";

let emulator: Emulator;
let folder: string;
beforeAll(async () => {
  emulator = await startEmulator();
  folder = mkdtempSync(join(tmpdir(), "cloud-secrets-outside-"));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await emulator.close();
});
beforeEach(() => {
  emulator.reset();
  vi.spyOn(console, "error").mockImplementation(() => {});
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const first = "c4n4ry-the-first";
const second = "c4n4ry-the-second";
const base64 = (text: string) => Buffer.from(text).toString("base64");
const isReplaced = ({ name }: Kind) => name === "AnalyticDB";

describe.each(Object.values(kinds) as Kind[])("a value of $name that the state does not hold", (kind) => {
  const { field, rest, isBinary } = kind;
  const given = (text: string) => (isBinary ? base64(text) : text);
  const life = () => new Life(emulator, kind.resource);
  const from = (source: object, more: object = {}) => ({ ...rest, ...more, [`${field}From`]: source });
  const changed = isReplaced(kind) ? "replace" : "update";
  const held = () => kind.held(emulator);
  const latest = () => held().at(-1) ?? "";

  it("comes from an environment variable, and again when that changes", async () => {
    vi.stubEnv("APP_VALUE", given(first));
    const app = life();
    expect(await app.up(from({ env: "APP_VALUE" }))).toBe("create");
    expect(held()).toEqual([given(first)]);
    expect(await app.up(from({ env: "APP_VALUE" }))).toBe("same");
    vi.stubEnv("APP_VALUE", given(second));
    const { op, replaces, inputs } = await app.preview(from({ env: "APP_VALUE" }));
    expect(inputs).toMatchObject({ [`${field}From`]: { env: "APP_VALUE", generation: 2 } });
    expect({ op, replaces }).toEqual({ op: changed, replaces: isReplaced(kind) ? ["passwordFrom"] : [] });
    expect(await app.up(from({ env: "APP_VALUE" }))).toBe(changed);
    expect(latest()).toBe(given(second));
    expect(await app.up(from({ env: "APP_VALUE" }))).toBe("same");
    app.hides(first, second);
  });

  it("comes from a file, whose bytes count, and again when that changes", async () => {
    const file = join(folder, "value");
    writeFileSync(file, `${first}\n`);
    const app = life();
    await app.up(from({ file }));
    expect(held()).toEqual([given(`${first}\n`)]);
    expect(await app.up(from({ file }))).toBe("same");
    writeFileSync(file, second);
    expect(await app.up(from({ file }))).toBe(changed);
    expect(latest()).toBe(given(second));
    app.hides(first, second);
  });

  it("is random, and made anew only when what makes it changes", async () => {
    const app = life();
    const random = { length: 40, keepers: { year: "2026" } };
    await app.up(from({ random }));
    const [made = ""] = held();
    expect(Buffer.from(made, isBinary ? "base64" : "utf8")).toHaveLength(40);
    expect(
      await app.up(from({ random: { keepers: { year: "2026" }, length: 40, exclude: isBinary ? undefined : "" } })),
    ).toBe("same");
    await app.refresh();
    expect(await app.up(from({ random }))).toBe("same");
    expect(held()).toEqual([made]);
    expect(await app.up(from({ random: { ...random, keepers: { year: "2027" } } }))).toBe(changed);
    expect(latest()).not.toBe(made);
    app.hides(made, latest());
  });

  it("stays random and the same through a change of something else, except of what needs a new secret", async () => {
    const app = life();
    await app.up(from({ random: {} }));
    const [made = ""] = held();
    expect(await app.up(from({ random: {} }, { description: "two" }))).toBe(changed);
    expect(held()).toHaveLength(1);
    expect(latest() === made).toBe(!isReplaced(kind));
    expect(await app.up(from({ random: {} }, { description: "two" }))).toBe("same");
    app.hides(made, latest());
  });

  it("leaves the state when it is given from elsewhere, and comes back, with no new version where it is the same", async () => {
    vi.stubEnv("APP_VALUE", given(first));
    const app = life();
    await app.up({ ...rest, [field]: given(first) });
    expect(app.outs).toMatchObject({ [field]: given(first) });
    expect(await app.up(from({ env: "APP_VALUE" }))).toBe("update");
    expect(app.outs).not.toHaveProperty(field);
    expect(JSON.stringify([app.inputs, app.outs])).not.toContain(given(first));
    expect(await app.up(from({ env: "APP_VALUE" }))).toBe("same");
    expect(await app.up({ ...rest, [field]: given(first) })).toBe("update");
    expect(app.outs).toMatchObject({ [field]: given(first) });
    expect(app.outs).not.toHaveProperty(`${field}From`);
    expect(await app.up({ ...rest, [field]: given(first) })).toBe("same");
    expect(held()).toEqual([given(first)]);
  });

  it("is another one where a reference takes the place of another literal, and the other way round", async () => {
    vi.stubEnv("APP_VALUE", given(first));
    const app = life();
    await app.up({ ...rest, [field]: given(second) });
    expect(await app.up(from({ env: "APP_VALUE" }))).toBe(changed);
    expect(latest()).toBe(given(first));
    expect(await app.up({ ...rest, [field]: given(second) })).toBe(changed);
    expect(latest()).toBe(given(second));
  });

  it("moves from one place to another without a new version where it is the same", async () => {
    vi.stubEnv("APP_VALUE", given(first));
    const file = join(folder, "same");
    writeFileSync(file, first);
    const app = life();
    await app.up(from({ env: "APP_VALUE" }));
    expect(await app.up(from({ file }))).toBe("update");
    expect(app.outs).toMatchObject({ [`${field}From`]: { file } });
    expect(await app.up(from({ file }))).toBe("same");
    expect(held()).toEqual([given(first)]);
    app.hides(first);
  });

  it("is no difference after a refresh, and the cloud alone knows it", async () => {
    vi.stubEnv("APP_VALUE", given(first));
    const app = life();
    await app.up(from({ env: "APP_VALUE" }));
    const { inputs, outs } = app;
    vi.stubEnv("APP_VALUE", undefined);
    await app.refresh();
    expect(app.inputs).toEqual(inputs);
    expect(app.outs[`${field}From`]).toEqual(outs[`${field}From`]);
    await app.destroy();
    app.hides(first);
  });

  it("must be there, and says where it was looked for", async () => {
    const app = life();
    expect(await app.preview(from({ env: "APP_VALUE" }))).toMatchObject({
      failures: [`${field}From: the environment variable APP_VALUE is not set`],
    });
    vi.stubEnv("APP_VALUE", "");
    expect(await app.preview(from({ env: "APP_VALUE" }))).toMatchObject({
      failures: [`${field}From: the environment variable APP_VALUE is empty`],
    });
    vi.stubEnv("APP_VALUE", given(first));
    expect(await app.preview({ ...from({ env: "APP_VALUE" }), [field]: given(first) })).toMatchObject({
      failures: [`${field}From: cannot be given together with ${field}`],
    });
  });

  it("is left as it is where the program has its changes ignored, also where it is nowhere any more", async () => {
    vi.stubEnv("APP_VALUE", given(first));
    const app = life();
    await app.up(from({ env: "APP_VALUE" }));
    const ignored = { ...rest, [`${field}From`]: app.inputs[`${field}From`] };
    for (const value of [given(second), undefined]) {
      vi.stubEnv("APP_VALUE", value);
      expect(await app.up(ignored)).toBe("same");
    }
    if (!isReplaced(kind)) expect(await app.up({ ...ignored, description: "two" })).toBe("update");
    expect(held()).toEqual([given(first)]);
    app.hides(first, second);
  });

  it("does not silently come before a literal where the program has its changes ignored: both cannot be given", async () => {
    vi.stubEnv("APP_VALUE", given(first));
    const app = life();
    await app.up(from({ env: "APP_VALUE" }));
    const both = { ...rest, [field]: given(second), [`${field}From`]: app.inputs[`${field}From`] };
    const refused = { failures: [`${field}From: cannot be given together with ${field}`] };
    expect(await app.preview(both)).toMatchObject(refused);
    expect((await app.preview({ ...both, [field]: UNKNOWN })).failures).toBeUndefined();
    expect(held()).toEqual([given(first)]);
  });

  it("is known by a digest, which is a secret, salted, and nothing that a program has to give", async () => {
    vi.stubEnv("APP_VALUE", given(first));
    const [one, two] = [life(), life()];
    const { inputs } = await one.preview(from({ env: "APP_VALUE" }));
    const reference = inputs[`${field}From`] as { digest: string };
    expect(reference).toEqual({
      env: "APP_VALUE",
      generation: 1,
      digest: expect.stringMatching(/^scrypt1\.[\w-]{22}\.[\w-]{43}$/),
    });
    const { check } = await hosted(kind.resource, configFor(emulator));
    const marked = { env: "APP_VALUE", digest: secret(expect.any(String)) };
    expect((await check({}, from({ env: "APP_VALUE" }))).inputs).toMatchObject({ [`${field}From`]: marked });
    const other = (await two.preview({ ...rest, [`${field}From`]: reference })).inputs[`${field}From`];
    expect(other).not.toEqual(reference);
    expect(other).toMatchObject({ env: "APP_VALUE" });
  });

  it("has the same digest at each check of a new secret, and another one in each place", async () => {
    vi.stubEnv("APP_VALUE", given(first));
    const digestIn = async (__place: string) => {
      const { inputs } = await life().preview({ ...from({ env: "APP_VALUE" }), __place });
      expect(inputs).not.toHaveProperty("__place");
      return (inputs[`${field}From`] as { digest: string }).digest;
    };
    const digest = await digestIn("project/stack/app");
    expect(await digestIn("project/stack/app")).toBe(digest);
    for (const place of ["project/stack/other", "project/other/app", "other/stack/app"])
      expect(await digestIn(place)).not.toBe(digest);
  });
});
