import { describe, expect, it } from "vitest";
import { PartialFailure } from "../../../../provider/definition";
import type { Values } from "../../../../provider/fields";
import { csmsSecret } from "../../../../provider/huaweicloud/csms-secret";
import { canary, failure, type Loose, onEmulator } from "../../support";
import { hasten, path } from "../wire";
import { still, turned } from "./rotated";

const { create, update, remove, refreshed, planned, emulated, huawei, fault, healed, secrets } = onEmulator(
  csmsSecret,
  "csms",
);

const current = () => secrets()[0].versions.find(({ stages }: Loose) => stages.includes("SYSCURRENT"));

describe("the value of a secret that is there already", () => {
  const auto = { ...still, autoRotation: true, rotationPeriod: "1d" };
  const other = { secretString: `${canary} 2`, adoptExisting: true };

  it.each<[string, string, Values]>([
    ["restored", "by itself", auto],
    ["restored", "by a trigger", turned],
    ["adopted", "by itself", auto],
    ["adopted", "by a trigger", turned],
  ])("and is %s becomes the declared one where it is to rotate %s, but never did", async (becomes, _, how) => {
    const before = await create(still);
    if (becomes === "restored") await remove(before);
    const wanted: Values = { ...how, ...other };
    const created = await create(wanted);
    expect(current()).toMatchObject({ id: "v2", secretString: other.secretString });
    expect(created.state).toMatchObject({ versionId: "v2", rotationTrigger: wanted.rotationTrigger });
    expect(planned(await refreshed(created), wanted).changed).toEqual([]);
    expect(emulated().csms.tasks).toEqual([]);
  });

  const rotatedOnce = async () => {
    const before = await create(auto);
    await huawei("POST", path("/rotate"));
    hasten();
    return refreshed(before);
  };

  it("and is adopted becomes the declared one where it is to rotate no more", async () => {
    await rotatedOnce();
    const wanted = { ...still, ...other };
    const created = await create(wanted);
    expect(current()).toMatchObject({ id: "v3", secretString: other.secretString });
    expect(secrets()).toMatchObject([{ autoRotation: false }]);
    expect(planned(await refreshed(created), wanted).changed).toEqual([]);
  });

  it("stays the one that the service made, though it is to rotate no more: only another declared one takes its place", async () => {
    const rotated = await rotatedOnce();
    const made = current();
    let reached = await update(rotated, still);
    expect(planned(await refreshed(reached), still).changed).toEqual([]);
    await remove(reached);
    reached = await create(still);
    expect(current()).toEqual(made);
    expect(planned(await refreshed(reached), still).changed).toEqual([]);
    await update(await refreshed(reached), { ...still, secretString: other.secretString });
    expect(current()).toMatchObject({ id: "v3", secretString: other.secretString });
  });

  it("stays the one that the service made, also where the restoring broke off", async () => {
    const before = await create(auto);
    await huawei("POST", path("/rotate"));
    hasten();
    const { versions } = (await refreshed(before)) && secrets()[0];
    await remove(before);
    fault("ListSecretVersions", { kind: "quota" });
    const error = await failure(create({ ...auto, description: "two" }));
    expect(error).toBeInstanceOf(PartialFailure);
    healed();
    await update(error.observed, { ...auto, description: "two" });
    expect(secrets()).toMatchObject([{ description: "two", versions }]);
  });
});
