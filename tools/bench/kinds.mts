import * as pulumi from "@pulumi/pulumi";
import { AliyunKmsSecret, AnalyticDbSecret, CsmsSecret } from "pulumi-cloud-secrets";

export const KINDS = ["kms", "gpdb", "csms"] as const;
export type Kind = (typeof KINDS)[number];

export const STEPS = ["create", "change", "no change", "refresh", "destroy"] as const;
export type Step = (typeof STEPS)[number];

interface Facts {
  readonly type: string;
  /** Calls per secret in each step. */
  readonly calls: Readonly<Record<Step, number>>;
  make(n: number, value: pulumi.Input<string>): pulumi.CustomResource;
}

const typeOf = (name: string) => `pulumi-nodejs:dynamic/cloudsecrets:${name}`;
const refreshOnly = { create: 1, change: 2, "no change": 0, destroy: 2 };

export const FACTS: Readonly<Record<Kind, Facts>> = {
  kms: {
    type: typeOf("AliyunKmsSecret"),
    // changes and deletion go by the name: one call looks whose it is
    calls: { ...refreshOnly, refresh: 3 },
    make: (n, secretData) => new AliyunKmsSecret(`secret-${n}`, { secretName: `bench-${n}`, secretData }),
  },
  gpdb: {
    type: typeOf("AnalyticDbSecret"),
    // a change is a replacement: one call deletes the old secret; one looks whether a name is free before it is made
    calls: { ...refreshOnly, create: 2, change: 3, refresh: 1, destroy: 1 },
    make: (n, password) =>
      new AnalyticDbSecret(`secret-${n}`, {
        dbInstanceId: "gp-bench",
        username: "app",
        password,
        secretName: `bench_${n}`,
      }),
  },
  csms: {
    type: typeOf("CsmsSecret"),
    calls: { ...refreshOnly, refresh: 4 },
    make: (n, secretString) => new CsmsSecret(`secret-${n}`, { name: `bench-${n}`, secretString }),
  },
};

export const EMPTY = "pulumi-nodejs:dynamic/bench:Empty";

/** A resource whose provider does nothing; it is replaced where the secret of its number is. */
class Empty extends pulumi.CustomResource {
  constructor(n: number, value: string, replaced: boolean) {
    const name = `empty-${n}`;
    const __provider = 'exports.handler=()=>require("cloud-secrets-empty.cjs").host("EmptyResource")';
    super(EMPTY, name, { name, value, replaced, __provider });
  }
}

export const kindOf = (n: number, kinds: readonly Kind[]): Kind => kinds[n % kinds.length] as Kind;

export function secrets(count: number, kinds: readonly Kind[], value: string): void {
  for (let n = 0; n < count; n += 1) FACTS[kindOf(n, kinds)].make(n, value);
}

export function empties(count: number, kinds: readonly Kind[], value: string): void {
  for (let n = 0; n < count; n += 1) new Empty(n, value, kindOf(n, kinds) === "gpdb");
}
