import { describe, expect, it, vi } from "vitest";
import { byHand } from "../../e2e/by-hand";
import { first, type Kind, kinds, Life, outside, second, third, value } from "./outside-life";

const ground = outside();
const fault = (operation: string, kind: "quota" | "loseAnswer" | "resetBefore", times = 1) =>
  ground.emulator.addFaults({ faults: [{ operation, kind, times }] });
/** What fails in the middle, and how it then goes on. */
const failing = async (act: Promise<unknown>) => {
  await expect(act).rejects.toThrow();
  ground.emulator.clearFaults();
};
const versioned: readonly (Kind & { readonly put: string; readonly read: string; readonly update: string })[] = [
  { ...kinds.kms, put: "kms.PutSecretValue", read: "kms.DescribeSecret", update: "kms.UpdateSecret" },
  { ...kinds.csms, put: "csms.CreateSecretVersion", read: "csms.ShowSecret*", update: "csms.UpdateSecret" },
];

describe.each(versioned)("a value of $name that the state does not hold, where something goes wrong,", (kind) => {
  const { resource, field, rest, put, read, update } = kind;
  const from = (source: object, more: object = {}) => ({ ...rest, ...more, [`${field}From`]: source });
  const env = (more: object = {}) => from({ env: "APP_VALUE" }, more);
  const random = (year: string, more: object = {}) => from({ random: { keepers: { year } } }, more);
  const held = () => kind.held(ground.emulator);
  const life = () => new Life(ground.emulator, resource);
  /** Somebody else puts other values. */
  const theirs = async (...texts: string[]) => {
    const { csms, kms } = byHand(ground.emulator);
    for (const [n, text] of texts.entries())
      if (resource === "CsmsSecret") await csms("POST", "app/versions", { secret_string: text });
      else await kms("PutSecretValue", { SecretName: "app", VersionId: `hand-${n}`, SecretData: text });
  };
  /** More than a secret has versions. */
  const many = Array.from({ length: 22 }, (_, n) => `${third} ${n}`);

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
    ground.emulator.addFaults({ faults: [{ operation: put, kind: "loseAnswer" }, blind] });
    await failing(app.up(env()));
    expect(await app.up(env())).toBe("update");
    expect(held().at(-1)).toBe(second);
    expect(await app.up(env())).toBe("same");
    ground.emulator.addFaults({ faults: [{ operation: put, kind: "loseAnswer" }, blind] });
    await failing(app.up(random("2026")));
    await app.up(random("2026"));
    const made = held().at(-1) ?? "";
    expect(await app.up(random("2026"))).toBe("same");
    expect(held().at(-1)).toBe(made);
    app.hides(first, second, ...held());
  });

  it("that is to stay, but is nowhere any more, is told of where it would have to be put, and nothing is lost", async () => {
    value(first);
    const app = life();
    await app.up(env());
    vi.spyOn(Math, "random").mockReturnValue(0);
    fault(update, "loseAnswer", 99);
    await failing(app.up(env({ description: "two" })));
    await theirs(...many);
    value(undefined);
    const ignored = () => ({ ...rest, description: "three", [`${field}From`]: app.inputs[`${field}From`] });
    await expect(app.up(ignored())).rejects.toThrow(
      `${field} is to stay as it was, but the secret has another value by now, and ${field}From does not lead to`,
    );
    const left = held();
    expect([left.includes(first), left.at(-1)]).toEqual([false, many.at(-1)]);
    await app.refresh();
    await app.up(ignored());
    expect(await app.up(ignored())).toBe("same");
    expect(held()).toEqual(left);
    app.hides(first, third);
  });

  it("is found again where a create got no answer, by its digest alone", async () => {
    for (const inputs of [env(), random("2026")]) {
      ground.emulator.reset();
      value(first);
      const app = life();
      ground.emulator.addFaults({
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
    ground.emulator.addFaults({
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
    expect(ground.warned.join()).toContain(`these will change: ${field}From`);
    expect(held()).toEqual([first, second]);
    expect(await adopting.up(adopted)).toBe("same");
    const third = life();
    await third.up(adopted);
    expect(ground.warned.join()).toContain("nothing of it will change");
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
    await theirs(third);
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
    await theirs(...many);
    await app.refresh();
    expect(await app.up(random("2026"))).toBe(held().includes(made) ? "same" : "update");
    expect(await app.up(random("2026"))).toBe("same");
    app.hides(made, third, ...held());
  });
});
