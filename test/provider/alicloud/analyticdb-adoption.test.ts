import { describe, expect, it } from "vitest";
import { analyticDbSecret } from "../../../provider/alicloud/analyticdb-secret";
import { canary, failure, onEmulator } from "../support";
import { full } from "./analyticdb";

const { create, refreshed, planned, calls, secrets } = onEmulator(analyticDbSecret, "gpdb");

describe("create with adoptExisting", () => {
  it("takes over what is as declared, and makes nothing", async () => {
    const theirs = await create(full);
    const adopting = { ...full, adoptExisting: true };
    expect(await calls(() => create(adopting))).toEqual(["ListSecrets", "GetSecretValue"]);
    const adopted = await create(adopting);
    expect(adopted).toMatchObject({ id: theirs.id, existed: true });
    expect(planned(await refreshed(adopted, adopting), adopting).changed).toEqual([]);
    expect(secrets()).toHaveLength(1);
  });

  it.each([
    ["username", { username: "reader" }],
    ["password", { password: `${canary} theirs` }],
    ["description", { description: "theirs" }],
  ])("touches nothing where the %s differs, which the service cannot change", async (field, theirs) => {
    const { id } = await create({ ...full, ...theirs });
    const before = secrets();
    const error = await failure(create({ ...full, adoptExisting: true }));
    expect(error).toMatchObject({
      kind: "exists",
      message: expect.stringContaining(`${id} exists already and cannot`),
    });
    expect(error.message).toContain(`not as declared: ${field}.`);
    expect(secrets()).toEqual(before);
  });

  it("makes the secret where none has the name", async () => {
    expect(await calls(() => create({ ...full, adoptExisting: true }))).toEqual(["ListSecrets", "CreateSecret"]);
  });
});
