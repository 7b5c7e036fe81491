import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { kmsClient, type RpcClient } from "../rpc-client";

let kms: RpcClient;
beforeAll(async () => {
  kms = await kmsClient();
});
afterAll(() => kms.emulator.close());
beforeEach(async () => {
  kms.emulator.reset();
  await kms.ok("CreateSecret", { SecretName: "db", SecretData: "x", VersionId: "v1" });
});

const json = (tags: Record<string, string>) =>
  JSON.stringify(Object.entries(tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue })));

const numbered = (count: number, from = 1): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n + from}`, "v"]));

const plural = { RegionId: "cn-hangzhou", ResourceType: "secret", "ResourceId.1": "db" };

const fields = (tags: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(tags).flatMap(([key, value], n) => [
      [`Tag.${n + 1}.Key`, key],
      [`Tag.${n + 1}.Value`, value],
    ]),
  );

async function tagsOf(SecretName = "db"): Promise<Record<string, string>> {
  const { Tags } = await kms.ok("DescribeSecret", { SecretName, FetchTags: "true" });
  return Object.fromEntries(Tags.Tag.map((tag: { TagKey: string; TagValue: string }) => [tag.TagKey, tag.TagValue]));
}

describe("TagResources and UntagResources", () => {
  it("lay tags over those that there are, and take them away", async () => {
    await kms.ok("TagResources", { ...plural, ...fields({ team: "a", stage: "test" }) });
    await kms.ok("TagResources", { ...plural, ...fields({ team: "b", empty: "" }) });
    expect(await tagsOf()).toEqual({ team: "b", stage: "test", empty: "" });
    await kms.ok("UntagResources", { ...plural, "TagKey.1": "team", "TagKey.2": "absent" });
    expect(await tagsOf()).toEqual({ stage: "test", empty: "" });
    await kms.ok("UntagResources", { ...plural, All: "true" });
    expect(await tagsOf()).toEqual({});
  });

  it("ignore All beside keys, and need one of the two", async () => {
    await kms.ok("TagResources", { ...plural, ...fields({ a: "1", b: "2" }) });
    await kms.ok("UntagResources", { ...plural, "TagKey.1": "a", All: "true" });
    expect(await tagsOf()).toEqual({ b: "2" });
    expect(await kms.refused("UntagResources", plural)).toEqual([400, "MissingParameter"]);
  });

  it("change all the secrets named, or none", async () => {
    await kms.ok("CreateSecret", { SecretName: "db2", SecretData: "x", VersionId: "v1" });
    const both = { ...plural, "ResourceId.2": "db2", ...fields({ a: "1" }) };
    await kms.ok("TagResources", both);
    expect([await tagsOf(), await tagsOf("db2")]).toEqual([{ a: "1" }, { a: "1" }]);
    const oneMissing = { ...both, "ResourceId.2": "none", ...fields({ a: "2" }) };
    expect(await kms.refused("TagResources", oneMissing)).toEqual([404, "Forbidden.ResourceNotFound"]);
    expect(await tagsOf()).toEqual({ a: "1" });
  });

  it("hold 20 tags per secret, over all calls", async () => {
    await kms.ok("TagResources", { ...plural, ...fields(numbered(20)) });
    await kms.ok("TagResources", { ...plural, ...fields({ k1: "changed" }) });
    expect(await kms.refused("TagResources", { ...plural, ...fields({ one: "more" }) })).toEqual([
      400,
      "Rejected.LimitExceeded",
    ]);
    expect(Object.keys(await tagsOf())).toHaveLength(20);
  });

  it.each([
    ["no region", { ...plural, RegionId: "", ...fields({ a: "1" }) }, 400, "MissingParameter"],
    ["no secret", { ...plural, "ResourceId.1": "", ...fields({ a: "1" }) }, 400, "InvalidParameter"],
    ["no tag", plural, 400, "MissingParameter"],
    ["a tag without a key", { ...plural, "Tag.1.Value": "1" }, 400, "InvalidParameter"],
    ["an unknown type", { ...plural, ResourceType: "bucket", ...fields({ a: "1" }) }, 400, "InvalidParameter"],
    ["a key", { ...plural, ResourceType: "key", ...fields({ a: "1" }) }, 404, "Forbidden.KeyNotFound"],
    ["21 tags", { ...plural, ...fields(numbered(21)) }, 400, "InvalidParameter"],
  ])("TagResources refuses %s", async (_, parameters, status, code) => {
    expect(await kms.refused("TagResources", parameters as Record<string, string>)).toEqual([status, code]);
  });
});

describe("TagResource and UntagResource", () => {
  it("tag one secret with JSON", async () => {
    await kms.ok("TagResource", { SecretName: "db", Tags: json({ a: "1", b: "2" }) });
    await kms.ok("UntagResource", { SecretName: "db", TagKeys: '["a","absent"]' });
    expect(await tagsOf()).toEqual({ b: "2" });
  });

  it.each([
    ["more than 10 tags at once", { SecretName: "db", Tags: json(numbered(11)) }, 400, "InvalidParameter"],
    ["two resources", { SecretName: "db", KeyId: "k", Tags: json({ a: "1" }) }, 400, "InvalidParameter"],
    ["no resource", { Tags: json({ a: "1" }) }, 400, "MissingParameter"],
    ["a key", { KeyId: "k", Tags: json({ a: "1" }) }, 404, "Forbidden.KeyNotFound"],
    ["a certificate", { CertificateId: "c", Tags: json({ a: "1" }) }, 404, "Forbidden.ResourceNotFound"],
    ["no tags", { SecretName: "db" }, 400, "MissingParameter"],
    ["tags that are no JSON", { SecretName: "db", Tags: "a=1" }, 400, "InvalidParameter"],
  ])("TagResource refuses %s", async (_, parameters, status, code) => {
    expect(await kms.refused("TagResource", parameters as Record<string, string>)).toEqual([status, code]);
  });
});

describe("a tag", () => {
  const create = (tags: string) => ({ SecretName: "new", SecretData: "x", VersionId: "v1", Tags: tags });

  it("may hold letters, digits and / \\ _ - . + = : @, 128 of them", async () => {
    const longest = { "aZ9/\\_-.+=:@": "aZ9/\\_-.+=:@", ["k".repeat(128)]: "v".repeat(128) };
    await kms.ok("CreateSecret", create(json(longest)));
    expect(await tagsOf("new")).toEqual(longest);
  });

  it.each([
    ["a key of 129 characters", { ["k".repeat(129)]: "v" }],
    ["a value of 129 characters", { k: "v".repeat(129) }],
    ["an empty key", { "": "v" }],
    ["a blank", { "a b": "v" }],
    ["a blank in the value", { a: "v w" }],
    ["a key of the cloud", { aliyunTeam: "v" }],
    ["another key of the cloud", { "acs:team": "v" }],
  ])("may not have %s", async (_, tags) => {
    expect(await kms.refused("CreateSecret", create(json(tags as Record<string, string>)))).toEqual([
      400,
      "InvalidParameter",
    ]);
  });

  it("may not be given twice", async () => {
    const twice = '[{"TagKey":"a","TagValue":"1"},{"TagKey":"a","TagValue":"2"}]';
    expect(await kms.refused("CreateSecret", create(twice))).toEqual([400, "InvalidParameter"]);
  });

  it("is one of 20 at most at creation", async () => {
    expect(await kms.refused("CreateSecret", create(json(numbered(21))))).toEqual([400, "Rejected.LimitExceeded"]);
    await kms.ok("CreateSecret", create(json(numbered(20))));
  });
});

describe("ListTagResources", () => {
  it("lists tags by secret and by tag", async () => {
    await kms.ok("CreateSecret", { SecretName: "db2", SecretData: "x", VersionId: "v1", Tags: json({ a: "2" }) });
    await kms.ok("TagResource", { SecretName: "db", Tags: json({ a: "1", b: "1" }) });
    const named = await kms.ok("ListTagResources", plural);
    expect(named.TagResources.TagResource).toEqual([
      { ResourceId: "db", ResourceType: "secret", TagKey: "a", TagValue: "1" },
      { ResourceId: "db", ResourceType: "secret", TagKey: "b", TagValue: "1" },
    ]);
    expect(named.NextToken).toBe("");
    const { RegionId, ResourceType } = plural;
    const byTag = await kms.ok("ListTagResources", { RegionId, ResourceType, "Tag.1.Key": "a", "Tag.1.Value": "2" });
    expect(byTag.TagResources.TagResource.map((row: { ResourceId: string }) => row.ResourceId)).toEqual(["db2"]);
    expect(await kms.refused("ListTagResources", { RegionId, ResourceType })).toEqual([400, "MissingParameter"]);
  });

  it("gives 200 rows a page, and a token for the next", async () => {
    const names = Array.from({ length: 11 }, (_, n) => `s${n}`);
    for (const SecretName of names) {
      await kms.ok("CreateSecret", { SecretName, SecretData: "x", VersionId: "v1", Tags: json(numbered(20)) });
    }
    const all = {
      RegionId: "cn-hangzhou",
      ResourceType: "secret",
      ...Object.fromEntries(names.map((name, n) => [`ResourceId.${n + 1}`, name])),
    };
    const first = await kms.ok("ListTagResources", all);
    expect(first.TagResources.TagResource).toHaveLength(200);
    const second = await kms.ok("ListTagResources", { ...all, NextToken: first.NextToken });
    expect(second.TagResources.TagResource).toHaveLength(20);
    expect(second.NextToken).toBe("");
  });
});
