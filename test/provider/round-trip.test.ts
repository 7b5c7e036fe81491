import fc, { type Arbitrary } from "fast-check";
import { expect, it } from "vitest";
import { analyticDbSecret } from "../../provider/alicloud/analyticdb-secret";
import { aliyunKmsSecret } from "../../provider/alicloud/kms-secret";
import type { Observed } from "../../provider/definition";
import type { Values } from "../../provider/fields";
import { csmsSecret } from "../../provider/huaweicloud/csms-secret";
import { type Loose, onEmulator } from "./support";

const seed = Number(process.env.SEED ?? 20_160_120);

/** Inputs of a secret, and others that lead to the same one. */
type Pair = readonly [first: Values, second: Values];

const some = (fields: Record<string, Arbitrary<unknown>>, ...requiredKeys: string[]): Arbitrary<Values> =>
  fc.record(fields, { requiredKeys });
const pairOf = (fixed: Arbitrary<Values>, first: Arbitrary<Values>, second: Arbitrary<Values>): Arbitrary<Pair> =>
  fc.tuple(fixed, first, second).map(([all, one, two]) => [
    { ...all, ...one },
    { ...all, ...two },
  ]);

/** Any text at all: quotes, line ends, zeros and every script. */
const anyText = (minLength: number) => fc.string({ unit: "binary", minLength, maxLength: 60 });
const plainText = fc.stringMatching(/^[A-Za-z0-9_.+=:@-]{0,20}$/);
const tags = fc.dictionary(fc.stringMatching(/^k[A-Za-z0-9_.+=:@-]{0,20}$/), plainText, {
  maxKeys: 20,
  noNullPrototype: true,
});
const deletion = { recoveryWindowInDays: fc.integer({ min: 7, max: 30 }), forceDeleteWithoutRecovery: fc.boolean() };

const kmsValue = (version: string) => ({
  secretData: anyText(1),
  versionId: plainText.map((text) => `${version}${text}`),
  secretDataType: fc.constantFrom("text", "binary"),
});
const kmsRest = { description: anyText(0), tags, ...deletion };
const kms = pairOf(
  some(
    {
      secretName: fc.stringMatching(/^[A-Za-z0-9_+=.@-]{1,3}[A-Za-z0-9_/+=.@-]{0,189}$/),
      encryptionKeyId: fc.constantFrom("key-1", "key-2"),
      regionId: fc.constantFrom("cn-hangzhou", "ap-southeast-1"),
    },
    "secretName",
  ),
  some({ ...kmsValue("first"), ...kmsRest }, "secretData"),
  some({ ...kmsValue("second"), ...kmsRest }, "secretData"),
);

const analyticDb = pairOf(
  some(
    {
      dbInstanceId: fc.constantFrom("gp-1", "gp-2"),
      workspaceId: fc.constantFrom("gp-ws-1", "gp-ws-2"),
      username: fc.stringMatching(/^[A-Za-z0-9_]{1,16}$/),
      password: anyText(1),
      secretName: fc.stringMatching(/^[A-Za-z0-9_]{1,16}$/),
      description: anyText(0),
      regionId: fc.constantFrom("cn-hangzhou", "ap-southeast-1"),
    },
    "dbInstanceId",
    "username",
    "password",
  ),
  some({ testConnection: fc.boolean() }),
  some({ testConnection: fc.boolean() }),
);

const rotationConfig = fc
  .tuple(fc.stringMatching(/^[a-z0-9]{1,20}$/), fc.constantFrom("SingleUser", "MultiUser"))
  .map(([InstanceId, SecretSubType]) => ({ InstanceId, SecretSubType }))
  .chain((config) => fc.constantFrom<unknown>(config, JSON.stringify(config), JSON.stringify(config, undefined, 2)));
const period = fc.oneof(
  fc.integer({ min: 4, max: 8760 }).map((hours) => `${hours}h`),
  fc.integer({ min: 1, max: 365 }).map((days) => `${days}d`),
);
const rotation = { rotationPeriod: period, rotationFuncUrn: fc.stringMatching(/^urn:[a-z0-9:]{1,40}$/) };
const csmsRest = fc
  .tuple(
    fc.oneof(
      fc.record({ secretString: anyText(1) }),
      fc.record({
        secretBinary: fc.uint8Array({ minLength: 1, maxLength: 60 }).map((b) => Buffer.from(b).toString("base64")),
      }),
    ),
    some({
      kmsKeyId: fc.uuid(),
      description: anyText(0),
      eventSubscriptions: fc.array(fc.stringMatching(/^[a-zA-Z0-9_-]{1,64}$/), { maxLength: 1 }),
      tags,
      ...rotation,
      ...deletion,
    }),
  )
  .map(([value, rest]): Values => ({ ...value, ...rest }));
const csmsFixed = {
  name: fc.stringMatching(/^[a-zA-Z0-9_-]{1,64}$/),
  region: fc.constantFrom("cn-north-4", "ap-southeast-1"),
  enterpriseProjectId: fc.constantFrom("0", "0f8d1b6e-1a11-4a5b-9d3a-000000000001"),
};
const rotated = { ...csmsFixed, secretType: fc.constantFrom("RDS-FG", "GaussDB-FG"), rotationConfig };
const turning = fc
  .tuple(csmsRest, fc.record({ autoRotation: fc.constant(true), ...rotation }))
  .map(([rest, turns]): Values => ({ ...rest, ...turns }));
const csms = fc.oneof(
  pairOf(some({ ...csmsFixed, secretType: fc.constant("COMMON") }, "name"), csmsRest, csmsRest),
  pairOf(
    some(rotated, "name", "secretType", "rotationConfig"),
    fc.oneof(csmsRest, turning),
    fc.oneof(csmsRest, turning),
  ),
);

type Emulated = ReturnType<typeof onEmulator>;
const nothing = { changed: [], replaces: [], refused: [], deleteBeforeReplace: true };

/** Every way from inputs to a secret and on to others ends where nothing is left to do. */
async function holds(on: Emulated, pairs: Arbitrary<Pair>, expectSecret: (secret: Loose, inputs: Values) => void) {
  const settles = async (reached: Observed, inputs: Values) => {
    expect(on.planned(reached, inputs)).toEqual(nothing);
    const refreshed = await on.refreshed(reached, inputs);
    expect(on.planned(refreshed, inputs)).toEqual(nothing);
    expect(on.secrets()).toHaveLength(1);
    expectSecret(on.secrets()[0], inputs);
    return refreshed;
  };
  const property = fc.asyncProperty(pairs, fc.boolean(), async ([first, second], refreshes) => {
    on.forget();
    const created = await on.create(first);
    const refreshed = await settles(created, first);
    const from = refreshes ? refreshed : created;
    expect(on.planned(from, second)).toMatchObject({ replaces: [], refused: [] });
    await settles(await on.update(from, second), second);
  });
  await fc.assert(property, { seed, numRuns: 100 });
}

const onKms = onEmulator(aliyunKmsSecret, "kms");
const onGpdb = onEmulator(analyticDbSecret, "gpdb");
const onCsms = onEmulator(csmsSecret, "csms");

it("any AliyunKmsSecret comes to what is declared, and so does any change of it", () =>
  holds(onKms, kms, (secret, { secretData, secretDataType = "text", versionId = expect.any(String), ...rest }) => {
    const { secretName, description = "", tags: declared = {}, regionId = "cn-hangzhou", encryptionKeyId } = rest;
    expect(secret).toMatchObject({
      SecretName: secretName,
      Description: description,
      EncryptionKeyId: encryptionKeyId,
      RegionId: regionId,
    });
    expect(secret.Tags).toEqual(declared);
    expect(secret.Versions.find(({ VersionStages }: Loose) => VersionStages.includes("ACSCurrent"))).toMatchObject({
      SecretData: secretData,
      SecretDataType: secretDataType,
      VersionId: versionId,
    });
  }));

it("any AnalyticDbSecret comes to what is declared, and testing its connection changes nothing", () =>
  holds(onGpdb, analyticDb, (secret, inputs) => {
    const { username, password, description = "", regionId = "cn-hangzhou", workspaceId, dbInstanceId } = inputs;
    expect(secret).toMatchObject({
      ...(workspaceId ? { WorkspaceId: workspaceId } : { DBInstanceId: dbInstanceId }),
      SecretName: inputs.secretName ?? username,
      Username: username,
      Password: password,
      Description: description,
      RegionId: regionId,
    });
  }));

it("any CsmsSecret comes to what is declared, and so does any change of it", () =>
  holds(onCsms, csms, (secret, inputs) => {
    const { name, description = "", autoRotation = false, eventSubscriptions = [], secretType = "COMMON" } = inputs;
    expect(secret).toMatchObject({ name, autoRotation, eventSubscriptions, secretType });
    expect(secret.description ?? "").toBe(description);
    expect(secret.tags).toEqual(inputs.tags ?? {});
    for (const field of ["kmsKeyId", "rotationPeriod", "rotationFuncUrn", "enterpriseProjectId"])
      expect(secret[field]).toEqual(inputs[field] ?? secret[field]);
    const { secretString, secretBinary } = secret.versions.find(({ stages }: Loose) => stages.includes("SYSCURRENT"));
    expect({ secretString, secretBinary }).toEqual({
      secretString: inputs.secretString,
      secretBinary: inputs.secretBinary,
    });
  }));
