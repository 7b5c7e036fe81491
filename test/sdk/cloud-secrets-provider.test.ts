import * as pulumi from "@pulumi/pulumi";
import { beforeAll, beforeEach, expect, it, vi } from "vitest";
import { AliyunKmsSecret, CloudSecretsProvider, CsmsSecret, getCsmsSecret } from "../../sdk";

let made: pulumi.runtime.MockResourceArgs[] = [];
beforeAll(async () => {
  await pulumi.runtime.setMocks({
    newResource(args) {
      made.push(args);
      return { id: args.id || "id-1", state: args.inputs };
    },
    call: () => ({}),
  });
});
beforeEach(() => {
  made = [];
});

const settled = <T>(output: pulumi.Output<T>) => new Promise<T>((resolve) => void output.apply(resolve));
const wrapped = (value: string) => ({ "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value });

it("hands its settings over as texts under their configuration keys, credentials as secrets however they are given", async () => {
  const provider = new CloudSecretsProvider("prod-sh", {
    alicloud: {
      region: pulumi.output("cn-shanghai"),
      accessKey: "c4n4ry-ak",
      secretKey: Promise.resolve("c4n4ry-sk"),
      securityToken: undefined,
      endpoints: { kms: pulumi.output("https://kms.example.com") },
    },
    huaweicloud: { token: pulumi.secret("c4n4ry-token") },
  });
  await settled(provider.urn);
  expect(made).toMatchObject([{ type: "pulumi:providers:pulumi-nodejs", name: "prod-sh" }]);
  expect(made[0]?.inputs).toEqual({
    "alicloud:region": "cn-shanghai",
    "alicloud:accessKey": wrapped("c4n4ry-ak"),
    "alicloud:secretKey": wrapped("c4n4ry-sk"),
    "alicloud:endpoints": '{"kms":"https://kms.example.com"}',
    "huaweicloud:token": wrapped("c4n4ry-token"),
  });
  expect(await pulumi.isSecret(provider.settings)).toBe(true);
  expect(await settled(provider.settings)).toMatchObject({ "alicloud:secretKey": "c4n4ry-sk" });
});

it("needs no settings: then those of the environment count", async () => {
  await settled(new CloudSecretsProvider("ambient").urn);
  expect(made[0]?.inputs).toEqual({});
});

it.each([
  [
    { alicloud: { regoin: "c4n4ry" } },
    /^CloudSecretsProvider wrong: alicloud\.regoin is no setting; there are region, /,
  ],
  [
    { alicloud: { endpoints: { Kms: "https://c4n4ry.example.com" } } },
    /^CloudSecretsProvider wrong: alicloud\.endpoints\.Kms is no setting; there are kms, gpdb, sts, ecsMetadata$/,
  ],
  [{ aws: {} }, /^CloudSecretsProvider wrong: aws is no setting; there are alicloud, huaweicloud$/],
])("refuses settings that there are not: %j", (args, message) => {
  expect(() => new CloudSecretsProvider("wrong", args as object)).toThrow(message);
});

it("is the only kind of provider that resources and look-ups take", async () => {
  class Other extends pulumi.ProviderResource {
    constructor() {
      super("random", "other", {});
    }
  }
  const options = { provider: new Other() as CloudSecretsProvider };
  expect(() => new CsmsSecret("wrong", { secretString: "c4n4ry" }, options)).toThrow(
    /^CsmsSecret wrong: the option provider must be a CloudSecretsProvider$/,
  );
  expect(() => getCsmsSecret({ name: "db" }, options)).toThrow(
    /^getCsmsSecret: the option provider must be a CloudSecretsProvider$/,
  );
  const own = { provider: new CloudSecretsProvider("own") };
  await settled(new AliyunKmsSecret("right", { secretData: "c4n4ry" }, own).urn);
});

it("knows its own, also from another copy of the package, and no other", async () => {
  vi.resetModules();
  const copy = await import("../../sdk/index.js");
  expect(copy.CloudSecretsProvider).not.toBe(CloudSecretsProvider);
  expect(CloudSecretsProvider.isInstance(new copy.CloudSecretsProvider("it"))).toBe(true);
  for (const value of [undefined, {}, { settings: {} }]) expect(CloudSecretsProvider.isInstance(value)).toBe(false);
});

it("is not needed where JavaScript leaves options out, and the only option that a look-up has", async () => {
  const look = getCsmsSecret as (args: object, opts: unknown) => pulumi.Output<unknown>;
  const later = { name: new Promise<string>(() => {}) };
  for (const none of [null, {}, { provider: undefined, parent: undefined }])
    expect(pulumi.Output.isInstance(look(later, none))).toBe(true);
  const parent = new pulumi.ComponentResource("of:the:Program", "parent");
  for (const opts of [{ parent }, { dependsOn: [parent] }])
    expect(() => look(later, opts)).toThrow(
      `getCsmsSecret: ${Object.keys(opts)} is no option of a look-up; there is provider`,
    );
});
