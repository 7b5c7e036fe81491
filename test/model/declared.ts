import type { Values } from "../../provider/fields";
import type { Form } from "./outside";

export const kinds = ["kms", "gpdb", "csms"] as const;
export type Kind = (typeof kinds)[number];

/** Part of every value that must stay secret. */
export const canary = "c4n4ry-7f3a";

/** A secret as a program declares it, in the words that all three services share. */
export interface Declared {
  /** What the program calls it. */
  readonly key: string;
  readonly kind: Kind;
  /** Undefined where the provider makes it. */
  readonly name: string | undefined;
  /** Of one that is to be made, what it is made anew with. */
  readonly value: string;
  readonly form: Form;
  /** Where a value of this form is. */
  readonly file: string;
  readonly description: string | undefined;
  readonly tags: Readonly<Record<string, string>> | undefined;
  readonly stages: readonly string[];
  readonly isDeletedForGood: boolean;
  readonly adoptExisting: boolean;
}

interface Wording {
  readonly resource: string;
  /** What errors call the service. */
  readonly title: string;
  /** The name's input. */
  readonly name: string;
  /** The value's input. */
  readonly value: string;
  /** What else every such secret needs. */
  readonly rest: Values;
  /** What the service has beside name, value and description. */
  readonly isRich: boolean;
}

/** What the three services call what they have in common. */
export const wordings: Readonly<Record<Kind, Wording>> = {
  kms: { resource: "AliyunKmsSecret", title: "KMS", name: "secretName", value: "secretData", rest: {}, isRich: true },
  gpdb: {
    resource: "AnalyticDbSecret",
    title: "AnalyticDB",
    name: "secretName",
    value: "password",
    rest: { dbInstanceId: "gp-1", username: "app" },
    isRich: false,
  },
  csms: { resource: "CsmsSecret", title: "CSMS", name: "name", value: "secretString", rest: {}, isRich: true },
};

/** The value, or where the provider finds it; what is said in the open has no canary. */
function givenBy({ key, form, file, value }: Declared, field: string): Values {
  if (form === "literal") return { [field]: value };
  const keepers = { is: value.replace(canary, "keeper") };
  return { [`${field}From`]: form === "file" ? { file } : { random: { keepers } }, __place: `model/stack/${key}` };
}

/** The inputs that the program's class gives to the engine. */
export function inputsOf(declared: Declared): Values {
  const { resource, name, value, rest, isRich } = wordings[declared.kind];
  const { description, adoptExisting } = declared;
  const rich = {
    tags: declared.tags,
    versionStages: declared.stages.length > 0 ? [...declared.stages] : undefined,
    forceDeleteWithoutRecovery: declared.isDeletedForGood || undefined,
    ...(declared.name === undefined && { __called: declared.key }),
  };
  const all = {
    ...rest,
    [name]: declared.name,
    ...givenBy(declared, value),
    description,
    adoptExisting: adoptExisting || undefined,
    ...(isRich && rich),
    __provider: `exports.handler=()=>require('pulumi-cloud-secrets/dynamic').host('${resource}')`,
  };
  return Object.fromEntries(Object.entries(all).filter(([, given]) => given !== undefined));
}
