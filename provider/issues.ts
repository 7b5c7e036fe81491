import type { z } from "zod";
import type { Refusal } from "./rules";

/** What is wrong with one value, each at its own place. No message repeats a value. */
export function issuesOf(property: string, schema: z.ZodType, value: unknown): Refusal[] {
  const parsed = schema.safeParse(value, { error: describeIssue });
  if (parsed.success) return [];
  const issues = parsed.error.issues.flatMap(closest);
  const told = issues
    .slice(0, mostTold)
    .map(({ path, message }) => ({ property: pathOf(property, path), reason: message }));
  const untold = issues.length - told.length;
  return untold > 0 ? [...told, { property, reason: `has ${untold} more things wrong with it` }] : told;
}

const mostTold = 10;
const mostKeys = 5;
const longestName = 150;

/** A name that the program gave, as one short piece of a line. */
export function nameInLine(name: string): string {
  const start = name.slice(0, longestName).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, "\ufffd");
  return name.length > longestName ? `${start}…` : start;
}

/** Of several shapes that a value may have, the one that it comes nearest to says what is wrong. */
function closest(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== "invalid_union" || issue.message !== severalShapes) return [issue];
  const [nearest = []] = issue.errors.filter((of) => !otherType(of)).toSorted((a, b) => a.length - b.length);
  return nearest.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
}

/** The type that a shape has, where that of the value is another. */
const otherType = ([first]: readonly z.core.$ZodIssue[]) =>
  first?.code === "invalid_type" && first.path.length === 0 ? first.expected : undefined;

function describeUnion({ errors, input }: z.core.$ZodRawIssue<z.core.$ZodIssueInvalidUnion>): string {
  const types = errors.map((of) => otherType(of));
  if (!types.every((type) => type !== undefined)) return severalShapes;
  return `must be ${[...new Set(types.map(article))].join(" or ")}, but is ${typeName(input)}`;
}

const severalShapes = "has none of the shapes that are allowed";

function pathOf(property: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (whole, step) => whole + (typeof step === "number" ? `[${step}]` : `.${nameInLine(String(step))}`),
    property,
  );
}

/** Zod's own texts name neither the type that was given nor, for long lists, what is allowed in our words. */
function describeIssue(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === "invalid_type") return `must be ${article(issue.expected)}, but is ${typeName(issue.input)}`;
  if (issue.code === "invalid_value") return `must be ${oneOf(issue.values.map(String))}`;
  if (issue.code === "invalid_key") return issue.issues[0]?.message;
  if (issue.code === "unrecognized_keys") return `has members that are not allowed: ${namesInLine(issue.keys)}`;
  if (issue.code === "invalid_union") return describeUnion(issue);
  return undefined;
}

function namesInLine(names: readonly string[]): string {
  const more = names.length > mostKeys ? ` and ${names.length - mostKeys} more` : "";
  return `${names.slice(0, mostKeys).map(nameInLine).join(", ")}${more}`;
}

const oneOf = (values: readonly string[]) => (values.length === 1 ? `${values[0]}` : `one of ${values.join(", ")}`);

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
