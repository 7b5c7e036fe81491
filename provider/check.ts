import type { Shape } from "./diff";
import { giverOf, type InputField, isAbsent, namesWhere, type Values } from "./fields";
import { issuesOf, nameInLine } from "./issues";
import { makeName } from "./names";
import type { Refusal, Rule } from "./rules";
import { whyUnsendable } from "./sendable";
import { missingSetting, placeInConfiguration, readSetting, readSettingOf, type SettingsSource } from "./settings";
import { hasUnknown } from "./unknown";
import { follow } from "./values";

export interface Checked {
  /** The inputs as given, with what was left out filled in where it is known. */
  readonly inputs: Values;
  /** The values that references among them lead to; `unknown` where that cannot be told. They are in no other part. */
  readonly values: Values;
  readonly failures: readonly Refusal[];
  /** The input that the provider names by itself, if any. */
  readonly made: string | undefined;
}

/** What is known of a resource beside its new inputs. */
export interface Before {
  readonly olds?: Values;
  /** What the program calls the resource; empty where no name is to be made yet, as in a preview. */
  readonly resource?: string | undefined;
}

/** Holds all inputs against their fields, and reports everything that is wrong at once. No message repeats a value. */
export function check(
  shape: Shape & { readonly rules: readonly Rule[]; readonly called?: string },
  given: Values,
  source: SettingsSource,
  before: Before = {},
): Checked {
  const { inputs, made } = named(shape, fillIn(shape, given, source), before);
  const found = follow(shape.inputs, inputs, source.env);
  // What a reference leads to is held against all that a value in its place would be.
  const whole = { ...inputs, ...found.values };
  const isNameless = made !== undefined && before.resource === undefined;
  const failures = [
    ...Object.keys(inputs).flatMap((name) =>
      Object.hasOwn(shape.inputs, name) ? [] : [unknownInput(shape, name, shape.called)],
    ),
    ...Object.entries(shape.inputs).flatMap(([name, field]) =>
      checkField(name, field, whole).map((refusal) => (name in given ? refusal : withOrigin(refusal, field))),
    ),
    ...found.failures,
    ...(isNameless && isAbsent(inputs[made]) ? [{ property: made, reason: "is required" }] : []),
  ];
  const wrong = new Set(failures.map(({ property }) => property.split(/[.[]/)[0]));
  const isNew = Object.keys(before.olds ?? {}).length === 0;
  const broken = shape.rules.flatMap((rule) =>
    rule.fields.some((name) => wrong.has(name)) ? [] : rule.check(whole, isNew),
  );
  const told = [...failures, ...broken].map((refusal) => ofGiver(shape, refusal, whole, found.from));
  return { inputs, values: found.values, failures: told, made };
}

/** What is wrong with a value that a reference leads to is said of the reference; of a missing value, that one may be given. */
function ofGiver(shape: Shape, { property, reason }: Refusal, whole: Values, from: Readonly<Record<string, string>>) {
  const giver = giverOf(shape.inputs, property);
  if (giver && property in from) return { property: giver, reason: `${from[property]}: ${reason}` };
  return { property, reason: giver && isAbsent(whole[property]) ? `${reason} (${giver} gives it too)` : reason };
}

function fillIn(shape: Shape, given: Values, source: SettingsSource): Record<string, unknown> {
  const inputs = Object.fromEntries(Object.entries(given).filter(([, value]) => !isAbsent(value)));
  for (const [name, field] of Object.entries(shape.inputs)) {
    if (name in inputs) continue;
    const value = field.defaultsTo ? copyOf(shape, field.defaultsTo, inputs) : settingOf(shape, field, inputs, source);
    if (!isAbsent(value)) inputs[name] = value;
  }
  return inputs;
}

/** A name that is left out is made once: what the secret has already stays. */
function named(shape: Shape, inputs: Values, { olds = {}, resource }: Before): Pick<Checked, "inputs" | "made"> {
  const [field] = namesWhere(shape.inputs, ({ name }) => name);
  const rule = field && shape.inputs[field]?.name;
  if (!rule) return { inputs, made: undefined };
  const prefix = rule.prefix(inputs);
  const { [field]: given, ...others } = inputs;
  if (prefix === undefined) return { inputs: given === rule.placeholder ? others : inputs, made: undefined };
  if (!isAbsent(given)) return { inputs, made: undefined };
  const kept = rule.prefix(olds) === prefix ? olds[field] : undefined;
  const name = kept ?? (resource ? makeName(rule, prefix, resource) : undefined);
  return { inputs: isAbsent(name) ? inputs : { ...inputs, [field]: name }, made: field };
}

/** What the program does not hold is looked for where it came from. */
function withOrigin(refusal: Refusal, { setting }: InputField): Refusal {
  if (!setting || refusal.reason.includes(setting.config)) return refusal;
  const places = [
    placeInConfiguration(setting.config),
    ...setting.env,
    ...(setting.further ? [setting.further.place] : []),
  ].join(" or ");
  return { ...refusal, reason: `${refusal.reason} (the value comes from ${places})` };
}

/** A value that is wrong where it stands is not reported a second time where it would be copied to. */
function copyOf(shape: Shape, name: string, inputs: Values): unknown {
  return hasUnknown(inputs[name]) || shape.inputs[name]?.schema.safeParse(inputs[name]).success
    ? inputs[name]
    : undefined;
}

function settingOf(shape: Shape, field: InputField, inputs: Values, source: SettingsSource): unknown {
  const { setting, settingOf: ofField } = field;
  const owner = ofField && shape.inputs[ofField]?.setting;
  if (!setting || !owner) return setting && readSetting(setting, source);
  return readSettingOf(setting, owner, inputs[ofField], source);
}

function checkField(property: string, field: InputField, inputs: Values): Refusal[] {
  const value = inputs[property];
  if (isAbsent(value)) {
    if (!field.required) return [];
    return [{ property, reason: field.setting ? missingSetting(field.setting, property) : "is required" }];
  }
  if (hasUnknown(value)) return [];
  const reason = whyUnsendable(value);
  if (reason) return [{ property, reason }];
  return issuesOf(property, field.variant?.(inputs) ?? field.schema, value);
}

function unknownInput(shape: Shape, property: string, whole = "this resource"): Refusal {
  const alike = Object.keys(shape.inputs).find(
    (name) => name.toLowerCase() === property.replace(/[_-]/g, "").toLowerCase(),
  );
  const hint = alike ? `did you mean ${alike}?` : `the inputs are ${Object.keys(shape.inputs).join(", ")}`;
  return { property: nameInLine(property), reason: `is no input of ${whole}; ${hint}` };
}
