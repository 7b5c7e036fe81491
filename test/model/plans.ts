import fc from "fast-check";
import type { FaultPlan } from "../../emulator/faults";
import { type Kind, kinds } from "./declared";
import { type Hazard, hazardKinds } from "./engine";
import { type Form, forms } from "./outside";

type Rule = FaultPlan["faults"][number];

const aims = [
  "*.*",
  "kms.*",
  "gpdb.*",
  "csms.*",
  "iam.*",
  "*.Create*",
  "*.CreateSecret",
  "*.Delete*",
  "*.*Version*",
  "*.*Tag*",
  "*.Restore*",
  "*.Update*",
  "*.Get*",
  "*.Show*",
  "*.Describe*",
  "*.List*",
];

const choice = fc.oneof(
  fc.record({ share: fc.constantFrom(0.1, 0.3, 0.6) }),
  fc.record({ nth: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ times: fc.integer({ min: 1, max: 12 }) }),
);
const act = fc.boolean();
const retryAfter = fc.constantFrom(0, 1, 5);
const minutes = 60_000;

const kind = fc.oneof(
  fc.record({ kind: fc.constant("delay"), ms: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ kind: fc.constant("throttle"), retryAfter }, { requiredKeys: ["kind"] }),
  fc.record({ kind: fc.constant("quota") }),
  fc.record({ kind: fc.constant("error"), status: fc.constantFrom(500, 503), act }),
  fc.record({ kind: fc.constantFrom("resetBefore", "stall", "truncate") }),
  { arbitrary: fc.record({ kind: fc.constant("loseAnswer") }), weight: 3 },
  fc.record({ kind: fc.constantFrom("garbage", "html", "wrongShape", "redirect"), act }),
  fc.record({ kind: fc.constant("clockSkew"), ms: fc.constantFrom(-40 * minutes, 40 * minutes) }),
);

/** Any faults of the emulator on any calls. */
const faultPlan: fc.Arbitrary<FaultPlan> = fc.record({
  seed: fc.nat(1_000),
  faults: fc.array(
    fc
      .tuple(fc.constantFrom(...aims), choice, kind)
      .map(([operation, chosen, fault]) => ({ operation, ...chosen, ...fault }) as Rule),
    { minLength: 1, maxLength: 3 },
  ),
});

const which = fc.nat(3);
const faults = fc.option(faultPlan, { nil: undefined, freq: 3 });
const whats = ["value", "description", "tags", "stages"] as const;
const what = fc.constantFrom(...whats);

const others = [
  { arbitrary: fc.record({ do: fc.constant("change"), which, what: fc.constantFrom(...whats, "form") }), weight: 5 },
  { arbitrary: fc.record({ do: fc.constant("rename"), which }), weight: 1 },
  { arbitrary: fc.record({ do: fc.constant("drop"), which }), weight: 1 },
  { arbitrary: fc.record({ do: fc.constant("add"), which }), weight: 1 },
  { arbitrary: fc.record({ do: fc.constant("refresh"), faults }), weight: 1 },
  { arbitrary: fc.record({ do: fc.constant("edit"), which, what }), weight: 2 },
  { arbitrary: fc.record({ do: fc.constant("delete"), which, forGood: fc.boolean() }), weight: 1 },
  { arbitrary: fc.record({ do: fc.constant("restore"), which }), weight: 1 },
  { arbitrary: fc.record({ do: fc.constant("destroy"), faults }), weight: 1 },
];

/** What happens to a stack: commands, changes of its program, and what others do in the cloud meanwhile. */
export type Step =
  | { readonly do: "up"; readonly faults: FaultPlan | undefined; readonly hazard?: Hazard | undefined }
  | { readonly do: "refresh" | "destroy"; readonly faults: FaultPlan | undefined }
  | { readonly do: "change"; readonly which: number; readonly what: What | "form" }
  | { readonly do: "edit"; readonly which: number; readonly what: What }
  | { readonly do: "rename" | "drop" | "add" | "restore"; readonly which: number }
  | { readonly do: "delete"; readonly which: number; readonly forGood: boolean };

export type What = (typeof whats)[number];

/** A secret of the first program, before it gets its key, its name and its first value. */
export interface Sketch {
  readonly kind: Kind;
  readonly form: Form;
  readonly isNamed: boolean;
  readonly isRich: boolean;
  readonly isDeletedForGood: boolean;
}

export const sketches: fc.Arbitrary<Sketch[]> = fc.array(
  fc.record({
    kind: fc.constantFrom(...kinds),
    // Most programs still have their values in them.
    form: fc.constantFrom("literal", ...forms),
    isNamed: fc.boolean(),
    isRich: fc.boolean(),
    isDeletedForGood: fc.boolean(),
  }),
  { minLength: 1, maxLength: 4 },
);

const stepsWith = (up: fc.Arbitrary<unknown>, maxLength: number) =>
  fc.array(fc.oneof({ arbitrary: up, weight: 6 }, ...others), { minLength: 2, maxLength }) as fc.Arbitrary<Step[]>;

export const steps = stepsWith(fc.record({ do: fc.constant("up"), faults }), 10);

const hazard = fc.record({ kind: fc.constantFrom(...hazardKinds), atCall: fc.integer({ min: 1, max: 6 }) });
/** The answer comes late enough for something to happen before. */
const late: FaultPlan = { faults: [{ operation: "*.*", kind: "delay", ms: 500 }] };

/** With what can happen to a real process, and not so many, as each command takes seconds. */
export const realSteps = stepsWith(
  fc.oneof(
    fc.record({ do: fc.constant("up"), faults }),
    fc.record({ do: fc.constant("up"), faults: fc.constant(late), hazard }),
  ),
  5,
);
