import { describe, expect, it, vi } from "vitest";
import { UNKNOWN } from "./dynamic-provider";
import { first, kinds, Life, outside, second, third, value } from "./outside-life";

const ground = outside();

describe("a value outside the state", () => {
  it("goes on in a new version of CSMS that an end which was taken away needs, random as it is", async () => {
    const { rest, held, resource } = kinds.csms;
    const inputs = { ...rest, secretStringFrom: { random: {} } };
    const app = new Life(ground.emulator, resource);
    await app.up({ ...inputs, expireTime: "2036-01-01T00:00:00Z" });
    const [made = ""] = held(ground.emulator);
    expect(await app.up(inputs)).toBe("update");
    expect(held(ground.emulator)).toEqual([made, made]);
    app.hides(made);
  });

  it("has to be another one in KMS under a version id of the program's own, and stays under another one", async () => {
    const { rest, held, resource } = kinds.kms;
    const given = (versionId: string, year = "2026") => ({
      ...rest,
      versionId,
      secretDataFrom: { random: { keepers: { year } } },
    });
    const app = new Life(ground.emulator, resource);
    await app.up(given("one"));
    expect((await app.preview(given("one", "2027"))).failures).toEqual([
      expect.stringContaining("versionId: secretData changes, so versionId has to change too"),
    ]);
    await app.up(given("two"));
    const [made = "", same] = held(ground.emulator);
    expect(same).toBe(made);
    await app.up(given("three", "2027"));
    expect(new Set(held(ground.emulator)).size).toBe(2);
    app.hides(...held(ground.emulator));
  });

  it("is the first of a secret that KMS rotates, and cannot be another one later", async () => {
    const rds = { secretType: "Rds", extendedConfig: { secretSubType: "SingleUser", dbInstanceId: "rm-1" } };
    const accounts = (password: string) =>
      JSON.stringify({ Accounts: [{ AccountName: "app", AccountPassword: password }] });
    const inputs = { ...kinds.kms.rest, ...rds, secretDataFrom: { env: "APP_VALUE" } };
    value(accounts(first));
    const app = new Life(ground.emulator, kinds.kms.resource);
    await app.up(inputs);
    expect(await app.up({ ...inputs, rotationTrigger: "1" })).toBe("update");
    await app.refresh();
    expect(await app.up({ ...inputs, rotationTrigger: "1" })).toBe("same");
    value(accounts(second));
    expect((await app.preview({ ...inputs, rotationTrigger: "1" })).failures).toEqual([
      expect.stringMatching(/^secretDataFrom: KMS keeps the value of a secret of type Rds itself/),
    ]);
    app.hides(first, second);
  });

  it("is random in a new form where KMS is to take it for binary", async () => {
    const { rest, held, resource } = kinds.kms;
    const app = new Life(ground.emulator, resource);
    const inputs = { ...rest, secretDataFrom: { random: { length: 30 } } };
    await app.up(inputs);
    expect(await app.up({ ...inputs, secretDataType: "binary" })).toBe("update");
    const [text = "", bytes = ""] = held(ground.emulator);
    expect([text.length, Buffer.from(bytes, "base64").length]).toEqual([30, 30]);
    app.hides(text, bytes);
  });

  it.each([
    ["of a variable", { env: "APP_VALUE" }],
    ["made at random", { random: {} }],
  ])("%s may stay while KMS's type of it is not known yet, so a preview refuses nothing", async (_, secretDataFrom) => {
    const { rest, held, resource } = kinds.kms;
    value(Buffer.from(first).toString("base64"));
    const given = { ...rest, secretDataFrom, secretDataType: "text" };
    const app = new Life(ground.emulator, resource);
    for (const more of [{ versionId: "one" }, { versionId: "two", currentVersionId: "one", versionStages: ["next"] }]) {
      await app.up({ ...given, ...more });
      const { versionStages, ...bare } = more as typeof more & { versionStages?: string[] };
      expect(await app.preview({ ...given, ...bare, secretDataType: UNKNOWN })).toMatchObject({ op: "update" });
      await app.up({ ...given, ...bare });
    }
    expect(new Set(held(ground.emulator)).size).toBe(1);
  });

  it("in AnalyticDB is taken over only where it is the same, so no random one", async () => {
    const { rest, resource } = kinds.gpdb;
    value(first);
    const adopted = { ...rest, passwordFrom: { env: "APP_VALUE" }, adoptExisting: true };
    await new Life(ground.emulator, resource).up(adopted);
    expect(await new Life(ground.emulator, resource).up(adopted)).toBe("create");
    const { failures } = await new Life(ground.emulator, resource).preview({
      ...adopted,
      passwordFrom: { random: {} },
    });
    expect(failures).toEqual([expect.stringMatching(/cannot be taken over, .* not as declared: passwordFrom\./)]);
  });

  it("can move between text and bytes of CSMS", async () => {
    const { rest, held, resource } = kinds.csms;
    const app = new Life(ground.emulator, resource);
    value(first);
    await app.up({ ...rest, secretStringFrom: { env: "APP_VALUE" } });
    const bytes = Buffer.from(second).toString("base64");
    value(bytes);
    const inputs = { ...rest, secretBinaryFrom: { env: "APP_VALUE" } };
    expect(await app.up(inputs)).toBe("update");
    expect(held(ground.emulator)).toEqual([first, bytes]);
    expect(await app.up({ ...inputs, tags: { a: "1" } })).toBe("update");
    expect(await app.up({ ...rest, secretString: third })).toBe("update");
    expect(app.outs).not.toHaveProperty("secretBinaryFrom");
    expect(await app.up({ ...rest, secretString: third })).toBe("same");
    app.hides(first, second);
  });

  it("of a disabled secret of CSMS stays what it was", async () => {
    const { rest, held, resource } = kinds.csms;
    const app = new Life(ground.emulator, resource);
    const inputs = { ...rest, secretStringFrom: { random: {} } };
    await app.up(inputs);
    const [made = ""] = held(ground.emulator);
    // No operation disables a secret, so only the answer is changed.
    const { fetch } = globalThis;
    vi.spyOn(globalThis, "fetch").mockImplementation(async (...request) => {
      const reply = await fetch(...request);
      const text = (await reply.text()).replace('"state":"ENABLED"', '"state":"DISABLED"');
      return new Response(reply.status === 204 ? null : text, reply);
    });
    await app.refresh();
    expect(await app.up({ ...inputs, tags: { a: "1" } })).toBe("update");
    expect(held(ground.emulator)).toEqual([made]);
    app.hides(made);
  });
});
