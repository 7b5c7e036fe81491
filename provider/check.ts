import type { z } from "zod";
import type { Shape } from "./diff";
import { type InputField, isAbsent, type Values } from "./fields";
import type { Refusal, Rule } from "./rules";
import { missingSetting, readSetting, type SettingsSource } from "./settings";
import { hasUnknown } from "./unknown";

export interface Checked {
  /** The inputs as given, with what was left out filled in where it is known. */
  readonly inputs: Values;
  readonly failures: readonly Refusal[];
}

/** Holds all inputs against their fields, and reports everything that is wrong at once. No message repeats a value. */
export function check(
  shape: Shape & { readonly rules: readonly Rule[] },
  given: Values,
  source: SettingsSource,
): Checked {
  const inputs = fillIn(shape, given, source);
  const failures = [
    ...Object.keys(inputs).flatMap((name) => (Object.hasOwn(shape.inputs, name) ? [] : [unknownInput(shape, name)])),
    ...Object.entries(shape.inputs).flatMap(([name, field]) =>
      checkField(name, field, inputs[name]).map((refusal) => (name in given ? refusal : withOrigin(refusal, field))),
    ),
  ];
  const wrong = new Set(failures.map(({ property }) => property.split(/[.[]/)[0]));
  const broken = shape.rules.flatMap((rule) => (rule.fields.some((name) => wrong.has(name)) ? [] : rule.check(inputs)));
  return { inputs, failures: [...failures, ...broken] };
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

/** What the program does not hold is looked for where it came from. */
function withOrigin(refusal: Refusal, { setting }: InputField): Refusal {
  if (!setting || refusal.reason.includes(setting.config)) return refusal;
  const places = [`${setting.config} in the stack's configuration`, ...setting.env].join(" or ");
  return { ...refusal, reason: `${refusal.reason} (the value comes from ${places})` };
}

/** A value that is wrong where it stands is not reported a second time where it would be copied to. */
function copyOf(shape: Shape, name: string, inputs: Values): unknown {
  return hasUnknown(inputs[name]) || shape.inputs[name]?.schema.safeParse(inputs[name]).success
    ? inputs[name]
    : undefined;
}

function settingOf(shape: Shape, field: InputField, inputs: Values, source: SettingsSource): unknown {
  const owner = field.settingOf && shape.inputs[field.settingOf]?.setting;
  if (owner && inputs[field.settingOf ?? ""] !== readSetting(owner, source)) return undefined;
  return field.setting && readSetting(field.setting, source);
}

function checkField(property: string, field: InputField, value: unknown): Refusal[] {
  if (isAbsent(value)) {
    if (!field.required) return [];
    return [{ property, reason: field.setting ? missingSetting(field.setting, property) : "is required" }];
  }
  if (hasUnknown(value)) return [];
  const parsed = field.schema.safeParse(value, { error: describeIssue });
  if (parsed.success) return [];
  return parsed.error.issues.map((issue) => ({ property: pathOf(property, issue.path), reason: issue.message }));
}

function pathOf(property: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (whole, step) => whole + (typeof step === "number" ? `[${step}]` : `.${String(step)}`),
    property,
  );
}

/** Zod's own texts name neither the type that was given nor, for long lists, what is allowed in our words. */
function describeIssue(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === "invalid_type") return `must be ${article(issue.expected)}, but is ${typeName(issue.input)}`;
  if (issue.code === "invalid_value") return `must be one of ${issue.values.map(String).join(", ")}`;
  if (issue.code === "invalid_key") return issue.issues[0]?.message;
  return undefined;
}

function typeName(value: unknown): string {
  if (value === null || value === undefined) return "missing";
  if (Array.isArray(value)) return "a list";
  return article(typeof value);
}

function article(type: string): string {
  if (type === "array") return "a list";
  if (type === "record") return "an object";
  return `${/^[aeio]/.test(type) ? "an" : "a"} ${type}`;
}

function unknownInput(shape: Shape, property: string): Refusal {
  const alike = Object.keys(shape.inputs).find(
    (name) => name.toLowerCase() === property.replace(/[_-]/g, "").toLowerCase(),
  );
  const hint = alike ? `did you mean ${alike}?` : `the inputs are ${Object.keys(shape.inputs).join(", ")}`;
  return { property, reason: `is no input of this resource; ${hint}` };
}
