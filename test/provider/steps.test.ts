import { describe, expect, it, vi } from "vitest";
import { PartialFailure } from "../../provider/definition";
import { CloudError } from "../../provider/errors";
import { createOnce, inSteps, isCreatedIn, once, type Step } from "../../provider/steps";

type State = Readonly<Record<string, number>>;

describe("inSteps", () => {
  const start = { id: "id-1", state: { a: 0 } as State };
  const failure = new CloudError({ kind: "denied", message: "denied, in words" });
  const fail: Step<State> = async () => {
    throw failure;
  };
  const nothing: Step<State> = async () => undefined;
  const caught = (...args: Parameters<typeof inSteps<State>>) => inSteps(...args).catch((error: unknown) => error);

  it("hands each step what the steps before reached", async () => {
    const steps: Step<State>[] = [
      async () => ({ b: 1 }),
      nothing,
      async ({ a = 9, b = 9 }) => ({ a: a + 5, c: b + 1 }),
    ];
    expect(await inSteps(start, steps)).toEqual({ a: 5, b: 1, c: 2 });
    expect(start.state).toEqual({ a: 0 });
  });

  it("fails plainly where nothing has changed yet", async () => {
    const never = vi.fn(nothing);
    expect(await caught(start, [nothing, fail, never])).toBe(failure);
    expect(never).not.toHaveBeenCalled();
  });

  it("keeps what was reached where something has", async () => {
    const partial = await caught(start, [async () => ({ b: 1 }), fail]);
    expect(partial).toBeInstanceOf(PartialFailure);
    expect(partial).toMatchObject({
      message: "denied, in words",
      cause: failure,
      observed: { id: "id-1", state: { a: 0, b: 1 } },
    });
  });

  it("keeps the start where something was done before the steps", async () => {
    expect(await caught(start, [fail], true)).toMatchObject({ name: "PartialFailure", observed: start });
  });

  describe("a step of which nobody knows whether it happened", () => {
    const lost = new CloudError({ kind: "unavailable", message: "lost", mayHaveActed: true });
    const loses: Step<State> = async () => {
      throw lost;
    };

    it("keeps the state as doubtful, also as the first one", async () => {
      expect(await caught(start, [loses])).toMatchObject({ observed: { ...start, isDoubtful: true } });
      expect(await caught(start, [fail], true)).toMatchObject({ observed: { ...start, isDoubtful: false } });
    });

    it("keeps nothing that creating only found there", async () => {
      expect(await caught({ ...start, existed: true }, [loses])).toBe(lost);
    });
  });
});

describe("once", () => {
  const lost = new CloudError({ kind: "unavailable", message: "lost", mayHaveActed: true });
  const exists = new CloudError({ kind: "exists", message: "exists" });
  const act = (...ways: readonly (Error | string)[]) => {
    const left = [...ways];
    return vi.fn(async () => {
      const way = left.shift() ?? "out of ways";
      if (way instanceof Error) throw way;
      return way;
    });
  };

  it("looks for nothing where the answer comes", async () => {
    const looking = act();
    expect(await once(act("made"), looking)).toBe("made");
    expect(looking).not.toHaveBeenCalled();
  });

  it("throws a clear refusal without looking", async () => {
    const [doing, looking] = [act(exists), act("found")];
    await expect(once(doing, looking)).rejects.toBe(exists);
    expect([doing.mock.calls.length, looking.mock.calls.length]).toEqual([1, 0]);
  });

  it("takes what it finds after a lost answer", async () => {
    const doing = act(lost);
    expect(await once(doing, act("found"))).toBe("found");
    expect(doing).toHaveBeenCalledTimes(1);
  });

  it("does it again where it finds that nothing happened", async () => {
    const looking = vi.fn(async () => undefined);
    expect(await once(act(lost, lost, "made"), looking)).toBe("made");
    expect(looking).toHaveBeenCalledTimes(2);
  });

  it("looks once more when the second attempt runs into the first", async () => {
    const looking = vi
      .fn<() => Promise<string | undefined>>()
      .mockResolvedValueOnce(undefined)
      .mockResolvedValue("found");
    expect(await once(act(lost, exists), looking)).toBe("found");
  });

  it("lets the look say that something else is there", async () => {
    await expect(once(act(lost), act(exists))).rejects.toBe(exists);
  });

  it.each(["unavailable", "throttled", "denied", "clock", "credentials", "quota"] as const)(
    "says what may have been carried out where the look fails with %s, and by the name of the lost call",
    async (kind) => {
      const lostCall = new CloudError({ kind: "unavailable", mayHaveActed: true, message: 'creating "db" failed' });
      const looking = act(new CloudError({ kind, message: "looking failed" }));
      await expect(once(act(lostCall), looking)).rejects.toMatchObject({
        kind: "unconfirmed",
        mayHaveActed: true,
        message: expect.stringMatching(/^looking failed .* may have been carried out: creating "db" failed$/),
      });
    },
  );

  it("gives up after three attempts", async () => {
    const doing = act(lost, lost, lost, "made");
    await expect(once(doing, async () => undefined)).rejects.toBe(lost);
    expect(doing).toHaveBeenCalledTimes(3);
  });
});

describe("createOnce", () => {
  const lost = new CloudError({ kind: "unavailable", message: "creating failed", mayHaveActed: true });
  const denied = new CloudError({ kind: "denied", message: "looking failed" });
  const taken = new CloudError({ kind: "exists", message: "the name is taken" });
  const fails = (error: Error) => async () => {
    throw error;
  };
  const asked = { name: "db", state: { name: "db" }, proof: "made" };

  it("keeps what was asked for where nobody knows whether it happened, with all that tells it later", async () => {
    const before = Date.now();
    const error = await createOnce(asked, fails(lost), fails(denied)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PartialFailure);
    const { observed, message } = error as PartialFailure;
    expect(observed).toMatchObject({ id: "unconfirmed:db", state: asked.state, unconfirmed: { proof: "made" } });
    const { started = 0, ended = 0 } = observed.unconfirmed ?? {};
    expect([before, started, ended, Date.now()]).toEqual([before, started, ended, Date.now()].toSorted());
    expect(message).toMatch(/^looking failed .* carried out: creating failed It is kept in the state as unconfirmed: /);
  });

  it("keeps nothing of a create that happened, or did not", async () => {
    expect(await createOnce(asked, fails(lost), async () => "found")).toBe("found");
    await expect(createOnce(asked, fails(denied), async () => undefined)).rejects.toBe(denied);
  });

  it("keeps what may be made later than anybody looks, or was seen by the next create alone", async () => {
    for (const last of [lost, taken]) {
      const acts = vi
        .fn(async () => "made")
        .mockRejectedValue(last)
        .mockRejectedValueOnce(lost);
      const kept = await createOnce(asked, acts, async () => undefined).catch((error: unknown) => error);
      expect(kept).toBeInstanceOf(PartialFailure);
      expect(kept).toMatchObject({ observed: { id: "unconfirmed:db" }, cause: { kind: "unconfirmed" } });
    }
  });
});

describe("isCreatedIn", () => {
  const [started, ended] = [Date.UTC(2026, 5, 9, 8), Date.UTC(2026, 5, 9, 9)];
  it.each([
    ["later", "2026-06-09T08:00:01Z", true],
    ["before, by as much as clocks may differ", "2026-06-09T07:45:00Z", true],
    ["before that", "2026-06-09T07:44:59Z", false],
    ["after its end, by as much as clocks may differ", "2026-06-09T09:15:00Z", true],
    ["after that", "2026-06-09T09:15:01Z", false],
    ["at a time that is not told", undefined, false],
    ["at a time that cannot be read", "yesterday", false],
  ])("of what was created %s", (_, createTime, expected) => {
    expect(isCreatedIn({ started, ended }, createTime)).toBe(expected);
  });

  it("has no end while the create goes on", () => {
    expect(isCreatedIn({ started }, "2026-06-09T23:00:00Z")).toBe(true);
  });
});
