import { createHash } from "node:crypto";
import { z } from "zod";

const aim = {
  /** An operation's name, `kms.CreateSecret`, or a glob over it, `*.GetSecretValue`. */
  operation: z.string().min(1),
  /** Each matching call with this chance, drawn from the seed. */
  share: z.number().min(0).max(1).optional(),
  /** Only this matching call, counted from 1. */
  nth: z.int().positive().optional(),
  /** The first so many matching calls. */
  times: z.int().positive().optional(),
  /** Those that would be more than so many matching calls in a second. */
  perSecond: z.int().positive().optional(),
};

const dayMs = 86_400_000;
const skew = z
  .int()
  .min(-3_650 * dayMs)
  .max(3_650 * dayMs);
const retryAfter = z.int().nonnegative().optional();
/** Whether the service acts before its answer is replaced. */
const act = z.boolean().default(false);

const fault = z
  .discriminatedUnion("kind", [
    z.strictObject({ ...aim, kind: z.literal("delay"), ms: z.int().positive().max(dayMs) }),
    z.strictObject({ ...aim, kind: z.literal("throttle"), retryAfter }),
    z.strictObject({ ...aim, kind: z.literal("quota") }),
    z.strictObject({
      ...aim,
      kind: z.literal("error"),
      status: z.union([z.literal(500), z.literal(503)]),
      retryAfter,
      act,
    }),
    z.strictObject({ ...aim, kind: z.literal("resetBefore") }),
    z.strictObject({ ...aim, kind: z.literal("loseAnswer") }),
    z.strictObject({ ...aim, kind: z.literal("stall") }),
    z.strictObject({ ...aim, kind: z.literal("truncate") }),
    z.strictObject({ ...aim, kind: z.literal("garbage"), act }),
    z.strictObject({ ...aim, kind: z.literal("html"), act }),
    z.strictObject({ ...aim, kind: z.literal("wrongShape"), act }),
    z.strictObject({ ...aim, kind: z.literal("redirect"), act }),
    z.strictObject({
      ...aim,
      kind: z.literal("clockSkew"),
      ms: skew.refine((ms) => ms !== 0, { error: "must not be 0" }),
    }),
  ])
  .refine(
    ({ share, nth, times, perSecond }) => [share, nth, times, perSecond].filter((one) => one !== undefined).length <= 1,
    { error: "give one of share, nth, times and perSecond" },
  );

/** Which calls go wrong, and how. Rules of one plan share its seed; the same plan over the same calls does the same. */
export const faultPlan = z.strictObject({ seed: z.int().default(1), faults: z.array(fault).min(1) });

/** A plan as callers write it. */
export type FaultPlan = z.input<typeof faultPlan>;

export type FaultRule = z.output<typeof fault>;

/** A rule that changes what the client gets, not only when. */
export type StrikingRule = Exclude<FaultRule, { kind: "delay" }>;

interface PlannedFault {
  readonly seed: number;
  /** Its place in its plan. */
  readonly index: number;
  readonly rule: FaultRule;
  readonly aims: RegExp;
  /** Calls so far that the rule's operation matches. */
  matched: number;
  /** How many of those went wrong by it. */
  fired: number;
  /** When the calls of the last second came that it let pass. */
  passed: readonly number[];
}

/** 0 to 1, the same for the same seed, rule and call. */
function draw(seed: number, rule: number, call: number): number {
  return createHash("sha256").update(`${seed}/${rule}/${call}`).digest().readUInt32BE() / 2 ** 32;
}

const globOf = (glob: string): RegExp =>
  new RegExp(`^${glob.replace(/[\\^$.+?()[\]{}|]/g, "\\$&").replaceAll("*", ".*")}$`);

/** The rules in force, and how often each has struck. */
export class Faults {
  #planned: PlannedFault[] = [];

  /** Takes the names of all operations: a rule that aims at none of them is a mistake. */
  constructor(private readonly operations: readonly string[]) {}

  /** Throws a ZodError for a plan that is none. */
  add(plan: FaultPlan): void {
    const { seed, faults } = this.#checked(plan);
    const planned = faults.map((rule, index) => ({
      seed,
      index,
      rule,
      aims: globOf(rule.operation),
      matched: 0,
      fired: 0,
      passed: [],
    }));
    this.#planned.push(...planned);
  }

  #checked(plan: FaultPlan) {
    const aimsAtSome = ({ operation }: FaultRule) => {
      const aims = globOf(operation);
      return this.operations.some((name) => aims.test(name));
    };
    return faultPlan
      .superRefine(({ faults }, context) => {
        for (const [n, rule] of faults.entries())
          if (!aimsAtSome(rule))
            context.addIssue({
              code: "custom",
              path: ["faults", n, "operation"],
              message: "there is no such operation",
            });
      })
      .parse(plan);
  }

  clear(): void {
    this.#planned = [];
  }

  /** The rules in the order in which they were added. */
  list() {
    return this.#planned.map(({ seed, rule, matched, fired }) => ({ ...rule, seed, matched, fired }));
  }

  /** What befalls a call at this time: all the delays that strike, and the first other fault. */
  strike(operation: string, now: number): { delayMs: number; rule?: StrikingRule } {
    let delayMs = 0;
    let first: StrikingRule | undefined;
    for (const planned of this.#planned) {
      if (!planned.aims.test(operation) || !strikes(planned, now)) continue;
      const { rule } = planned;
      if (rule.kind !== "delay" && first) continue;
      planned.fired += 1;
      if (rule.kind === "delay") delayMs += rule.ms;
      else first = rule;
    }
    return { delayMs, rule: first };
  }
}

function strikes(planned: PlannedFault, now: number): boolean {
  planned.matched += 1;
  const { seed, index, matched, rule } = planned;
  if (rule.share !== undefined) return draw(seed, index, matched) < rule.share;
  if (rule.perSecond !== undefined) return !passes(planned, now, rule.perSecond);
  return rule.nth === undefined ? matched <= (rule.times ?? Number.POSITIVE_INFINITY) : matched === rule.nth;
}

function passes(planned: PlannedFault, now: number, perSecond: number): boolean {
  const recent = planned.passed.filter((time) => time > now - 1_000);
  const isFree = recent.length < perSecond;
  planned.passed = isFree ? [...recent, now] : recent;
  return isFree;
}
