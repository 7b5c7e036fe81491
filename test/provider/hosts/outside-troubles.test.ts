import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type Emulator, startEmulator } from "../../../emulator/server";
import { byHand } from "../../e2e/by-hand";
import { type Kind, kinds, Life } from "./outside-life";

let emulator: Emulator;
let warned: string[] = [];
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());
beforeEach(() => {
  emulator.reset();
  warned = [];
  vi.spyOn(console, "error").mockImplementation((text) => warned.push(String(text)));
  // A wait for another attempt is as long as chance has it.
  vi.spyOn(Math, "random").mockReturnValue(0);
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const first = "c4n4ry-the-first";
const second = "c4n4ry-the-second";
const third = "c4n4ry-the-third";
const value = (text: string | undefined) => vi.stubEnv("APP_VALUE", text);
const fault = (operation: string, kind: "quota" | "loseAnswer" | "resetBefore", times = 1) =>
  emulator.addFaults({ faults: [{ operation, kind, times }] });
/** What fails in the middle, and how it then goes on. */
const failing = async (act: Promise<unknown>) => {
  await expect(act).rejects.toThrow();
  emulator.clearFaults();
};
const versioned: readonly (Kind & { readonly put: string; readonly read: string })[] = [
  { ...kinds.kms, put: "kms.PutSecretValue", read: "kms.DescribeSecret" },
  { ...kinds.csms, put: "csms.CreateSecretVersion", read: "csms.ShowSecret*" },
];

describe.each(versioned)("a value of $name that the state does not hold, where something goes wrong,", (kind) => {
  const { resource, field, rest, put, read } = kind;
  const from = (source: object, more: object = {}) => ({ ...rest, ...more, [`${field}From`]: source });
  const env = (more: object = {}) => from({ env: "APP_VALUE" }, more);
  const random = (year: string, more: object = {}) => from({ random: { keepers: { year } } }, more);
  const held = () => kind.held(emulator);
  const life = () => new Life(emulator, resource);

  it("is still to be put after a put that failed, and is put once", async () => {
    value(first);
    const app = life();
    await app.up(env());
    value(second);
    fault(put, "quota");
    await failing(app.up(env({ description: "two" })));
    expect(held()).toEqual([first]);
    expect(await app.up(env({ description: "two" }))).toBe("update");
    expect(held()).toEqual([first, second]);
    expect(await app.up(env({ description: "two" }))).toBe("same");
    app.hides(first, second);
  });

  it("is not put again where only what comes after it failed", async () => {
    value(first);
    const app = life();
    await app.up(env({ tags: { a: "1" } }));
    value(second);
    fault(resource === "CsmsSecret" ? "csms.BatchCreateOrDeleteTags" : "kms.UntagResource", "quota");
    await failing(app.up(env()));
    expect(held()).toEqual([first, second]);
    expect(await app.up(env())).toBe("update");
    expect(held()).toEqual([first, second]);
    expect(await app.up(env())).toBe("same");
    app.hides(first, second);
  });

  it("is the literal as long as nothing has taken its place", async () => {
    value(second);
    const app = life();
    await app.up({ ...rest, [field]: first });
    fault(put, "quota");
    await failing(app.up(env()));
    expect(app.outs[field] ?? first).toBe(first);
    expect(await app.up(env())).toBe("update");
    expect(held()).toEqual([first, second]);
    expect(JSON.stringify([app.inputs, app.outs])).not.toContain("c4n4ry");
  });

  it("is looked for after a put whose answer was lost for good, and another one where it is random", async () => {
    value(first);
    const app = life();
    await app.up(env());
    value(second);
    const blind = { operation: read, kind: "quota" } as const;
    emulator.addFaults({ faults: [{ operation: put, kind: "loseAnswer" }, blind] });
    await failing(app.up(env()));
    expect(await app.up(env())).toBe("update");
    expect(held().at(-1)).toBe(second);
    expect(await app.up(env())).toBe("same");
    emulator.addFaults({ faults: [{ operation: put, kind: "loseAnswer" }, blind] });
    await failing(app.up(random("2026")));
    await app.up(random("2026"));
    const made = held().at(-1) ?? "";
    expect(await app.up(random("2026"))).toBe("same");
    expect(held().at(-1)).toBe(made);
    app.hides(first, second, ...held());
  });

  it("is found again where a create got no answer, by its digest alone", async () => {
    for (const inputs of [env(), random("2026")]) {
      emulator.reset();
      value(first);
      const app = life();
      emulator.addFaults({
        faults: [
          { operation: "*.CreateSecret", kind: "loseAnswer" },
          { operation: read, kind: "quota" },
        ],
      });
      await failing(app.up(inputs));
      expect(app.id).toBe("unconfirmed:app");
      value(undefined);
      await app.refresh();
      expect(app.id).toMatch(/secret\/app$|^[0-9a-f-]{36}$/);
      value(first);
      expect(await app.up(inputs)).toBe("same");
      expect(held()).toHaveLength(1);
      app.hides(first, ...held());
    }
  });

  it("goes with what a create that got no answer had made, and is made anew", async () => {
    const app = life();
    emulator.addFaults({
      faults: [
        { operation: "*.CreateSecret", kind: "loseAnswer" },
        { operation: read, kind: "quota" },
      ],
    });
    await failing(app.up(random("2026")));
    const [lost = ""] = held();
    await app.up(random("2026"));
    expect(held().at(-1)).not.toBe(undefined);
    expect(await app.up(random("2026"))).toBe("same");
    app.hides(lost, ...held());
  });

  it("comes into a secret that is restored, or taken over, without a version where it is there", async () => {
    value(first);
    const app = life();
    await app.up(env());
    await app.destroy();
    const again = life();
    expect(await again.up(env())).toBe("create");
    expect(held()).toEqual([first]);
    value(second);
    const adopting = life();
    const adopted = env({ adoptExisting: true });
    await adopting.up(adopted);
    expect(warned.join()).toContain(`these will change: ${field}From`);
    expect(held()).toEqual([first, second]);
    expect(await adopting.up(adopted)).toBe("same");
    const third = life();
    await third.up(adopted);
    expect(warned.join()).toContain("nothing of it will change");
    expect(held()).toEqual([first, second]);
    for (const one of [app, again, adopting, third]) one.hides(first, second);
  });

  it("may be put beside another version that is current, and is current again without a new one", async () => {
    value(first);
    const app = life();
    await app.up(env());
    const { currentVersionId } = app.outs;
    value(second);
    const refused = app.preview(env({ currentVersionId })).then(
      ({ failures = [] }) => failures.join(),
      ({ message }: Error) => message,
    );
    expect(await refused).toContain("keeps another version current");
    expect(await app.up(env({ currentVersionId, versionStages: ["next"] }))).toBe("update");
    expect(await app.up(env({ currentVersionId, versionStages: ["next"] }))).toBe("same");
    expect(held()).toEqual([first, second]);
    await app.refresh();
    expect(await app.up(env({ versionStages: ["next"] }))).toBe("update");
    expect(held()).toEqual([first, second]);
    app.hides(first, second);
  });

  it("that is random is moved back to, also where somebody has put another one", async () => {
    const app = life();
    await app.up(random("2026"));
    const [made] = held();
    if (resource === "CsmsSecret") await byHand(emulator).csms("POST", "app/versions", { secret_string: third });
    else await byHand(emulator).kms("PutSecretValue", { SecretName: "app", VersionId: "hand", SecretData: third });
    await app.refresh();
    expect(await app.up(random("2026"))).toBe("update");
    expect(held()).toEqual([made, third]);
    expect(await app.up(random("2026"))).toBe("same");
    app.hides(made ?? "", third);
  });

  it("that is random is another one where it is there no more", async () => {
    const app = life();
    await app.up(random("2026"));
    const [made = ""] = held();
    for (let n = 0; n < 22; n++) {
      const text = `${third} ${n}`;
      if (resource === "CsmsSecret") await byHand(emulator).csms("POST", "app/versions", { secret_string: text });
      else
        await byHand(emulator).kms("PutSecretValue", { SecretName: "app", VersionId: `hand-${n}`, SecretData: text });
    }
    await app.refresh();
    expect(await app.up(random("2026"))).toBe(held().includes(made) ? "same" : "update");
    expect(await app.up(random("2026"))).toBe("same");
    app.hides(made, third, ...held());
  });
});

describe("a value outside the state", () => {
  it("goes on in a new version of CSMS that an end which was taken away needs, random as it is", async () => {
    const { rest, held, resource } = kinds.csms;
    const inputs = { ...rest, secretStringFrom: { random: {} } };
    const app = new Life(emulator, resource);
    await app.up({ ...inputs, expireTime: "2036-01-01T00:00:00Z" });
    const [made = ""] = held(emulator);
    expect(await app.up(inputs)).toBe("update");
    expect(held(emulator)).toEqual([made, made]);
    app.hides(made);
  });

  it("has to be another one in KMS under a version id of the program's own, and stays under another one", async () => {
    const { rest, held, resource } = kinds.kms;
    const given = (versionId: string, year = "2026") => ({
      ...rest,
      versionId,
      secretDataFrom: { random: { keepers: { year } } },
    });
    const app = new Life(emulator, resource);
    await app.up(given("one"));
    expect((await app.preview(given("one", "2027"))).failures).toEqual([
      expect.stringContaining("versionId: secretData changes, so versionId has to change too"),
    ]);
    await app.up(given("two"));
    const [made = "", same] = held(emulator);
    expect(same).toBe(made);
    await app.up(given("three", "2027"));
    expect(new Set(held(emulator)).size).toBe(2);
    app.hides(...held(emulator));
  });

  it("is the first of a secret that KMS rotates, and cannot be another one later", async () => {
    const rds = { secretType: "Rds", extendedConfig: { secretSubType: "SingleUser", dbInstanceId: "rm-1" } };
    const accounts = (password: string) =>
      JSON.stringify({ Accounts: [{ AccountName: "app", AccountPassword: password }] });
    const inputs = { ...kinds.kms.rest, ...rds, secretDataFrom: { env: "APP_VALUE" } };
    value(accounts(first));
    const app = new Life(emulator, kinds.kms.resource);
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
    const app = new Life(emulator, resource);
    const inputs = { ...rest, secretDataFrom: { random: { length: 30 } } };
    await app.up(inputs);
    expect(await app.up({ ...inputs, secretDataType: "binary" })).toBe("update");
    const [text = "", bytes = ""] = held(emulator);
    expect([text.length, Buffer.from(bytes, "base64").length]).toEqual([30, 30]);
    app.hides(text, bytes);
  });

  it("in AnalyticDB is taken over only where it is the same, so no random one", async () => {
    const { rest, resource } = kinds.gpdb;
    value(first);
    const adopted = { ...rest, passwordFrom: { env: "APP_VALUE" }, adoptExisting: true };
    await new Life(emulator, resource).up(adopted);
    expect(await new Life(emulator, resource).up(adopted)).toBe("create");
    const { failures } = await new Life(emulator, resource).preview({ ...adopted, passwordFrom: { random: {} } });
    expect(failures).toEqual([expect.stringMatching(/cannot be taken over, .* not as declared: passwordFrom\./)]);
  });

  it("can move between text and bytes of CSMS", async () => {
    const { rest, held, resource } = kinds.csms;
    const app = new Life(emulator, resource);
    value(first);
    await app.up({ ...rest, secretStringFrom: { env: "APP_VALUE" } });
    const bytes = Buffer.from(second).toString("base64");
    value(bytes);
    const inputs = { ...rest, secretBinaryFrom: { env: "APP_VALUE" } };
    expect(await app.up(inputs)).toBe("update");
    expect(held(emulator)).toEqual([first, bytes]);
    expect(await app.up({ ...inputs, tags: { a: "1" } })).toBe("update");
    expect(await app.up({ ...rest, secretString: third })).toBe("update");
    expect(app.outs).not.toHaveProperty("secretBinaryFrom");
    expect(await app.up({ ...rest, secretString: third })).toBe("same");
    app.hides(first, second);
  });

  it("of a disabled secret of CSMS stays what it was", async () => {
    const { rest, held, resource } = kinds.csms;
    const app = new Life(emulator, resource);
    const inputs = { ...rest, secretStringFrom: { random: {} } };
    await app.up(inputs);
    const [made = ""] = held(emulator);
    // No operation disables a secret, so only the answer is changed.
    const { fetch } = globalThis;
    vi.spyOn(globalThis, "fetch").mockImplementation(async (...request) => {
      const reply = await fetch(...request);
      const text = (await reply.text()).replace('"state":"ENABLED"', '"state":"DISABLED"');
      return new Response(reply.status === 204 ? null : text, reply);
    });
    await app.refresh();
    expect(await app.up({ ...inputs, tags: { a: "1" } })).toBe("update");
    expect(held(emulator)).toEqual([made]);
    app.hides(made);
  });
});
