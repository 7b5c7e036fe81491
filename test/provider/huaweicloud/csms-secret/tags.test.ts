import { describe, expect, it } from "vitest";
import type { Values } from "../../../../provider/fields";
import { csmsSecret } from "../../../../provider/huaweicloud/csms-secret";
import { canary, failure, type Loose, onEmulator } from "../../support";
import { between, projectId } from "../wire";

const { create, update, refreshed, planned, huawei, fault, secrets } = onEmulator(csmsSecret, "csms");

const inputs = { name: "db", projectId, secretString: canary };
const many = (prefix: string, count = 20) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`${prefix}${n}`, "1"]));

/** What each change of tags asks for, and what is there after it. */
async function moments(act: () => Promise<unknown>): Promise<{ asked: Loose; tags: Values }[]> {
  const seen: { asked: Loose; tags: Values }[] = [];
  between(async ({ path, body }, served) => {
    if (!path.endsWith("/tags/action")) return undefined;
    const reply = await served();
    seen.push({ asked: body, tags: secrets()[0].tags });
    return reply;
  });
  await act();
  return seen;
}

describe("tags", () => {
  it("change by their difference: what stays is in no call and there all the time", async () => {
    const created = await create({ ...inputs, tags: { stays: "1", also: "", changes: "1", goes: "1" } });
    const tags = { stays: "1", also: "", changes: "2", comes: "1" };
    const seen = await moments(() => update(created, { ...inputs, tags }));
    expect(seen).toEqual([
      { asked: { action: "delete", tags: [{ key: "goes" }] }, tags: { stays: "1", also: "", changes: "1" } },
      {
        asked: {
          action: "create",
          tags: [
            { key: "changes", value: "2" },
            { key: "comes", value: "1" },
          ],
        },
        tags,
      },
    ]);
  });

  it.each<[string, Values | undefined, string[]]>([
    ["more", { a: "1", b: "1", c: "1" }, ["create"]],
    ["fewer", { a: "1" }, ["delete"]],
    ["another value", { a: "1", b: "2" }, ["create"]],
    ["none", undefined, ["delete"]],
    ["the same in another order", { b: "1", a: "1" }, []],
  ])("become %s by no other call", async (_, tags, actions) => {
    const created = await create({ ...inputs, tags: { a: "1", b: "1" } });
    const seen = await moments(() => update(created, { ...inputs, tags }));
    expect(seen.map(({ asked }) => asked.action)).toEqual(actions);
    expect(secrets()).toMatchObject([{ tags: tags ?? {} }]);
  });

  it("are not taken for none where what answers has another shape", async () => {
    const created = await create({ ...inputs, tags: { a: "1" } });
    fault("ListSecretTags", { kind: "wrongShape" });
    expect(await failure(refreshed(created))).toMatchObject({ kind: "unavailable" });
  });

  it("that are 20 make room before 20 others come", async () => {
    const created = await create({ ...inputs, tags: { ...many("old", 19), stays: "1" } });
    const seen = await moments(() => update(created, { ...inputs, tags: { ...many("new", 19), stays: "1" } }));
    expect(seen.map(({ tags }) => Object.keys(tags).length)).toEqual([1, 20]);
    expect(seen.every(({ tags }) => tags.stays === "1")).toBe(true);
  });

  it("of somebody else stay where the declared ones change without a refresh, and are drift after one", async () => {
    const created = await create({ ...inputs, tags: { a: "1" } });
    await huawei("POST", `/v1/${projectId}/csms/${created.id}/tags`, { tag: { key: "theirs", value: "1" } });
    const wanted = { ...inputs, tags: { a: "2" } };
    const updated = await update(created, wanted);
    expect(secrets()).toMatchObject([{ tags: { a: "2", theirs: "1" } }]);
    const drifted = await refreshed(updated);
    expect(planned(drifted, wanted).changed).toEqual(["tags"]);
    const seen = await moments(() => update(drifted, wanted));
    expect(seen).toEqual([{ asked: { action: "delete", tags: [{ key: "theirs" }] }, tags: { a: "2" } }]);
  });

  it.each(["loseAnswer", "wrongShape"] as const)("are as declared where an answer is none: %s", async (kind) => {
    const created = await create({ ...inputs, tags: { a: "1", b: "1" } });
    fault("BatchCreateOrDeleteTags", { kind, times: 1 });
    await update(created, { ...inputs, tags: { b: "2" } });
    expect(secrets()).toMatchObject([{ tags: { b: "2" } }]);
  });
});
