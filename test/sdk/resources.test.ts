import * as pulumi from "@pulumi/pulumi";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { analyticDbSecret } from "../../provider/alicloud/analyticdb-secret";
import { aliyunKmsSecret } from "../../provider/alicloud/kms-secret";
import { csmsEvent } from "../../provider/huaweicloud/csms-event";
import { csmsSecret } from "../../provider/huaweicloud/csms-secret";
import * as sdk from "../../sdk";

const canary = "canary-6ce0";
let made: pulumi.runtime.MockResourceArgs[] = [];
beforeAll(async () => {
  await pulumi.runtime.setMocks({
    newResource(args) {
      made.push(args);
      return { id: args.id || "id-1", state: { ...args.inputs, state: "ENABLED" } };
    },
    call: () => ({}),
  });
});
beforeEach(() => {
  made = [];
});
afterEach(() => {
  vi.restoreAllMocks();
});

const settled = <T>(output: pulumi.Output<T>) => new Promise<T>((resolve) => void output.apply(resolve));
/** How a secret travels to the engine. */
const wrapped = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value: canary };

const cases = [
  [aliyunKmsSecret, sdk.AliyunKmsSecret, { secretName: "db", secretData: canary }],
  [analyticDbSecret, sdk.AnalyticDbSecret, { dbInstanceId: "gp-1", username: "app", password: canary }],
  [csmsSecret, sdk.CsmsSecret, { name: "db", secretString: canary }],
  [csmsEvent, sdk.CsmsEvent, { name: "told", eventTypes: ["SECRET_ROTATED"], notification: {} }],
] as const;

describe.each(cases.map(([definition, Class, least]) => [definition.name, definition, Class, least] as const))(
  "%s",
  (name, { inputs, outputs }, Class, least) => {
    const secrets = Object.keys(inputs).filter((key) => inputs[key]?.secret);
    /** Registers one and waits until it is. */
    async function register(args: object) {
      const resource: pulumi.CustomResource = new (Class as new (name: string, args: object) => pulumi.CustomResource)(
        "it",
        args,
      );
      await settled(resource.urn);
      return resource as pulumi.CustomResource & Record<string, pulumi.Output<unknown>>;
    }

    it("hands over what is given, and the text that names its provider", async () => {
      await register({ ...least, description: "d" });
      const { type, inputs: sent } = made[0] ?? {};
      expect(type).toBe(`pulumi-nodejs:dynamic/cloudsecrets:${name}`);
      expect(Object.keys(sent).sort()).toEqual([...Object.keys(least), "description", "__provider"].sort());
      expect(sent.description).toBe("d");
    });

    it("takes arguments and options that JavaScript leaves out for none, and lets the provider say what is missing", async () => {
      for (const nothing of [[], [undefined], [null], [null, undefined], [null, null]]) {
        const Loose = Class as new (name: string, ...rest: unknown[]) => pulumi.CustomResource;
        await settled(new Loose("it", ...nothing).urn);
        expect(Object.keys(made.at(-1)?.inputs)).toContain("__provider");
        expect(made.at(-1)?.inputs).not.toHaveProperty("description");
      }
    });

    it.each(secrets)("hands %s over as a secret, however it is given", async (key) => {
      for (const value of [canary, Promise.resolve(canary), pulumi.output(canary), pulumi.secret(canary)]) {
        const resource = await register({ ...least, [key]: value });
        expect(made.at(-1)?.inputs[key]).toEqual(wrapped);
        expect(await pulumi.isSecret(resource[key] as pulumi.Output<unknown>)).toBe(true);
        expect(await settled(resource[key] as pulumi.Output<unknown>)).toBe(canary);
      }
    });

    it("tells what the resource is called where it gives no name, except in a preview", async () => {
      const named = Object.keys(inputs).find((key) => inputs[key]?.name);
      const nameless = Object.fromEntries(Object.entries(least).filter(([key]) => key !== named));
      const told = async (args: object) => {
        made = [];
        await register(args);
        return made[0]?.inputs.__called;
      };
      const calledIt = named === undefined ? undefined : "it";
      expect(await told(nameless)).toBe(calledIt);
      expect(await told({ ...nameless, ...(named && { [named]: pulumi.output(undefined) }) })).toBe(calledIt);
      expect(await told({ ...nameless, ...(named && { [named]: "given" }) })).toBeUndefined();
      vi.spyOn(pulumi.runtime, "isDryRun").mockReturnValue(true);
      expect(await told(nameless)).toBe(named === undefined ? undefined : "");
    });

    it("tells in a preview as in an up where it is, if a value of it stays outside the state", async () => {
      const givers = Object.keys(inputs).filter((key) => inputs[key]?.gives);
      for (const isDryRun of [true, false]) {
        vi.spyOn(pulumi.runtime, "isDryRun").mockReturnValue(isDryRun);
        for (const giver of givers) {
          await register({ ...least, [giver]: pulumi.output({ env: "APP_VALUE" }) });
          expect(made.at(-1)?.inputs.__place).toBe("project/stack/it");
        }
        await register(least);
        expect(made.at(-1)?.inputs).not.toHaveProperty("__place");
      }
    });

    it("has every input and output as a property, also those that are not given", async () => {
      const resource = await register(least);
      const names = [...Object.keys(inputs), ...Object.keys(outputs)];
      expect(names.filter((key) => !pulumi.Output.isInstance(resource[key]))).toEqual([]);
      expect(await settled(resource.state as pulumi.Output<unknown>)).toBe("ENABLED");
    });

    it("marks nothing else as a secret", async () => {
      const resource = await register(least);
      const open = [...Object.keys(inputs), ...Object.keys(outputs)].filter((key) => !secrets.includes(key));
      const marked = await Promise.all(open.map((key) => pulumi.isSecret(resource[key] as pulumi.Output<unknown>)));
      expect(marked).not.toContain(true);
    });
  },
);

describe("get", () => {
  it("reads by the id and what else is told, secrets as such", async () => {
    const secret = sdk.CsmsSecret.get("it", "id-of-it", { name: "db", secretString: canary });
    expect(await settled(secret.id)).toBe("id-of-it");
    expect(made[0]).toMatchObject({ id: "id-of-it", inputs: { name: "db", secretString: wrapped } });
    expect(made[0]?.inputs.__provider).toContain("host('CsmsSecret')");
  });

  it("needs nothing but the id", async () => {
    const secret = sdk.AliyunKmsSecret.get("it", pulumi.output("acs:kms:r:1:secret/db"));
    expect(await settled(secret.id)).toBe("acs:kms:r:1:secret/db");
    expect(Object.keys(made[0]?.inputs)).toEqual(["__provider"]);
  });
});

describe("isInstance", () => {
  it("knows its own, also from another copy of the package, and no other", async () => {
    vi.resetModules();
    const copy = await import("../../sdk/index.js");
    expect(copy.AliyunKmsSecret).not.toBe(sdk.AliyunKmsSecret);
    const other = new copy.AliyunKmsSecret("it", { secretName: "db", secretData: canary });
    expect(sdk.AliyunKmsSecret.isInstance(other)).toBe(true);
    expect(sdk.CsmsSecret.isInstance(other)).toBe(false);
    for (const value of [undefined, null, "x", {}, { __pulumiType: "pulumi-nodejs:dynamic/cloudsecrets:CsmsSecret" }])
      expect(sdk.CsmsSecret.isInstance(value)).toBe(false);
  });
});
