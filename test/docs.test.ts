import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, it } from "vitest";
import { z } from "zod";
import { analyticDbSecret } from "../provider/alicloud/analyticdb-secret";
import { gpdbApi } from "../provider/alicloud/gpdb-api";
import { kmsApi } from "../provider/alicloud/kms-api";
import { aliyunKmsSecret } from "../provider/alicloud/kms-secret";
import { stsApi } from "../provider/alicloud/sts-api";
import type { Definition } from "../provider/definition";
import { csmsApi } from "../provider/huaweicloud/csms-api";
import { csmsEvent } from "../provider/huaweicloud/csms-event";
import { csmsSecret } from "../provider/huaweicloud/csms-secret";
import { epsApi } from "../provider/huaweicloud/eps-api";
import { iamApi } from "../provider/huaweicloud/iam-api";
import { lookups } from "../provider/lookups";
import { resources } from "../provider/resources";

// docs/operations.md is held to what the emulator's operations take, what the provider reads, and the properties that there are.

const root = join(__dirname, "..");
const page = readFileSync(join(root, "docs/operations.md"), "utf8");

interface Service {
  readonly title: string;
  /** The provider's table. */
  readonly called: Readonly<Record<string, { readonly reply: z.ZodType }>>;
  /** The emulator's folder, with a file for each operation. */
  readonly folder: string | undefined;
  readonly definitionsOf: (operation: string) => readonly Definition[];
  /** Operations that neither the provider nor the emulator has. */
  readonly beyond: readonly string[];
}

const service = (
  title: string,
  { operations: called }: { readonly operations: Service["called"] },
  folder: string | undefined,
  definitionsOf: Service["definitionsOf"],
  beyond = "",
): Service => ({ title, called, folder, definitionsOf, beyond: beyond.split(/\s+/).filter(Boolean) });

const secretOrEvent = (operation: string) => [/SecretEvents?$/.test(operation) ? csmsEvent : csmsSecret];
const inCsms = `BatchImportSecrets CheckSecrets CreateAgency CreateGrants DeleteGrant ListGrants ListNotificationRecords ListUsers ShowAgency
  ShowSecretFunctionTemplates ShowSecretsConfig ShowUserDetail UpdateGrant UpdateSecretsConfig UpdateUserPassword`;

const services = [
  service("KMS", kmsApi, "alicloud/kms", () => [aliyunKmsSecret], "GetRandomPassword ListResourceTags"),
  service("AnalyticDB", gpdbApi, "alicloud/gpdb", () => [analyticDbSecret]),
  service("STS", stsApi, "alicloud/sts", () => []),
  service("CSMS", csmsApi, "huaweicloud/operations", secretOrEvent, inCsms),
  service("EPS", epsApi, "huaweicloud/enterprise-projects", () => [csmsSecret]),
  service("IAM", iamApi, undefined, () => [csmsSecret, csmsEvent]),
];
const each = it.each(services.map((one) => [one.title, one] as const));

/** Fields that are sent (→) or answered (←), and what becomes of them. */
interface Row {
  readonly arrow: string;
  readonly names: readonly string[];
  readonly what: string;
}

/** An operation on the page; one without a name stands for all of its service. */
interface Operation {
  readonly name: string;
  readonly text: string;
  readonly rows: readonly Row[];
}

const quoted = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code);
const rowsOf = (text: string): Row[] =>
  [...text.matchAll(/^\| ([→←]) (.+?) \| (.+) \|$/gm)].map(([, arrow = "", names = "", what = ""]) => ({
    arrow,
    names: quoted(names),
    what,
  }));
const namesIn = (of: Operation, by: string) => of.rows.flatMap((row) => (row.arrow === by ? row.names : [])).sort();
const sectionOf = (title: string) =>
  page
    .split(/^## /m)
    .find((part) => part.startsWith(`${title}\n`))
    ?.slice(title.length) ?? "";

function operationsOf({ title }: Service): { readonly all: Operation; readonly listed: readonly Operation[] } {
  const [head = "", ...parts] = sectionOf(title).split(/^### /m);
  const [all, ...listed] = [`\n${head}`, ...parts].map((part): Operation => {
    const text = part.slice(part.indexOf("\n")).trim();
    return { name: part.slice(0, part.indexOf("\n")), text, rows: rowsOf(text) };
  });
  return { all: all as Operation, listed };
}

/** Where a schema has its leaves: `replicas[].status`. */
function leaves(schema: unknown, at = ""): string[] {
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape).flatMap(([name, member]) => leaves(member, at ? `${at}.${name}` : name));
  if (schema instanceof z.ZodArray) return leaves(schema.element, `${at}[]`);
  if (schema instanceof z.ZodUnion) return [...new Set(schema.options.flatMap((option) => leaves(option, at)))];
  if (schema instanceof z.ZodPipe) return leaves(schema.in, at);
  const { innerType } = (schema as { def: { innerType?: unknown } }).def;
  if (innerType) return leaves(innerType, at);
  return at ? [at] : [];
}

/** A field as it is called on the wire: lists in a form are numbered. */
const wireName = (path: string, folder: string) =>
  folder.startsWith("alicloud") ? path.replaceAll("[]", ".N") : path.replace(/^(path|query|body)\./, "");

/** What each of the emulator's operations takes; of those of IAM, which stand in one file, only the names are known. */
async function emulated({ folder }: Service): Promise<Map<string, readonly string[] | undefined>> {
  const at = join(root, "emulator", folder ?? "huaweicloud");
  if (folder === undefined) {
    const names = readFileSync(join(at, "iam.ts"), "utf8").matchAll(/^ {2}"[A-Z]+ \S+": \["(\w+)"/gm);
    return new Map([...names].map(([, name = ""]) => [name, undefined]));
  }
  const modules: object[] = await Promise.all(readdirSync(at).map((file) => import(join(at, file))));
  const operations = modules
    .flatMap((module): Partial<{ name: string; input: z.ZodType }>[] => Object.values(module))
    .filter((value) => value?.input && value.name);
  const taken = (input: unknown) => leaves(input).map((path) => wireName(path, folder));
  return new Map(operations.map(({ name = "", input }) => [name, taken(input).sort()]));
}

const plain = (path: string) => path.replace(/\[\]$/, "");
const fieldsOf = ({ inputs, outputs }: Definition) =>
  Object.entries({ ...inputs, ...outputs }).flatMap(([name, { schema }]) => leaves(schema, name).map(plain));
/** Properties with all that they are in: `replicas` of `replicas[].status`. */
const pathsOf = (definition: Definition) =>
  fieldsOf(definition).flatMap((path) => [...path.matchAll(/\.|$/g)].map(({ index }) => plain(path.slice(0, index))));
const isProperty = (code: string) => /^[a-z][A-Za-z0-9]*(\[\])?(\.[A-Za-z]\w*(\[\])?)*$/.test(code);

each("the operations of %s are those of the emulator, of the provider, and a few beyond", async (_, of) => {
  const known = [...(await emulated(of)).keys(), ...Object.keys(of.called), ...of.beyond];
  const names = operationsOf(of).listed.map(({ name }) => name);
  expect(names.sort()).toEqual([...new Set(known)].sort());
});

each("the operations of %s are marked where the provider does not call them", (_, of) => {
  for (const { name, text, rows } of operationsOf(of).listed) {
    const isCalled = name in of.called;
    expect([name, text.startsWith("Not called: ")]).toEqual([name, !isCalled]);
    const claims = rows.filter(({ arrow, what }) => what !== (arrow === "→" ? "not sent" : "not read"));
    if (!isCalled) expect([name, claims]).toEqual([name, []]);
  }
});

each("the operations of %s stand with all that they take, and nothing else", async (_, of) => {
  const { all, listed } = operationsOf(of);
  for (const [name, takes = []] of await emulated(of)) {
    const sent = namesIn(listed.find((one) => one.name === name) ?? all, "→");
    // What is in a parameter's JSON text stands below it.
    const parameters = sent.filter((one) => !sent.some((other) => one.startsWith(`${other}.`)));
    const own = takes.filter((one) => sent.includes(one) || !namesIn(all, "→").includes(one));
    if (of.folder) expect([name, parameters]).toEqual([name, own]);
  }
});

each("the operations of %s stand with all that is read of an answer, the rest as not read", (_, of) => {
  const { all, listed } = operationsOf(of);
  for (const operation of listed) {
    const { name, rows } = operation;
    const expected = leaves(of.called[name]?.reply ?? z.object());
    const answered = [...namesIn(operation, "←"), ...namesIn(all, "←")];
    expect([name, expected.filter((one) => !answered.includes(one))]).toEqual([name, []]);
    expect(answered).toEqual([...new Set(answered)]);
    const more = rows.filter(({ arrow, names }) => arrow === "←" && !names.some((one) => expected.includes(one)));
    expect(more.filter(({ what }) => !what.includes("not read"))).toEqual([]);
  }
});

each("the operations of %s name no property that there is not", (_, of) => {
  const { all, listed } = operationsOf(of);
  const everywhere = listed.flatMap(({ name }) => of.definitionsOf(name));
  for (const operation of [all, ...listed]) {
    const known = [
      ...(operation === all ? everywhere : of.definitionsOf(operation.name)).flatMap(pathsOf),
      ...lookups.flatMap(({ name, args, result }) => [name, ...Object.keys(args), ...Object.keys(result)]),
    ];
    const said = quoted(operation.text.replace(/^\| [→←] .+? \| /gm, "")).filter(isProperty);
    expect(said.filter((path) => !known.includes(path))).toEqual([]);
  }
});

it.each(resources.map((one) => [one.name, one] as const))("every property of %s stands somewhere", (name, resource) => {
  const rows = services.flatMap((of) => {
    const { all, listed } = operationsOf(of);
    const own = listed.filter((one) => of.definitionsOf(one.name).includes(resource));
    return own.length > 0 ? [all, ...own].flatMap((one) => one.rows) : [];
  });
  const carried = new Set(rows.flatMap(({ what }) => quoted(what)));
  const reasons = sectionOf("What no operation carries").matchAll(/^\| `(\w+)` \| `(\w+)` \| .{20,} \|$/gm);
  const listed = [...reasons].flatMap(([, of, property = ""]) => (of === name ? [property] : []));
  const missing = fieldsOf(resource).filter((path) => !carried.has(path));
  // Of where a value is found, no part goes anywhere.
  const inputOf = (path: string) => path.split(".")[0] ?? "";
  const told = missing.map((path) => (resource.inputs[inputOf(path)]?.gives ? inputOf(path) : path));
  expect([...new Set(told)].sort()).toEqual(listed.sort());
});

it("the emulator's files that docs/assumptions.md names are there", () => {
  const files = readdirSync(join(root, "emulator"), { recursive: true }).map((file) => basename(String(file)));
  const named = quoted(readFileSync(join(root, "docs/assumptions.md"), "utf8"));
  expect(named.filter((code) => /^[\w-]+\.ts$/.test(code) && !files.includes(code))).toEqual([]);
});
