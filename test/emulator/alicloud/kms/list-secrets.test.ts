import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { kmsClient, type RpcClient } from "../rpc-client";
import { managed } from "./managed";

let kms: RpcClient;
beforeAll(async () => {
  kms = await kmsClient();
  for (let n = 1; n <= 12; n += 1) {
    const tags: Record<string, string> =
      n <= 2 ? { Tags: JSON.stringify([{ TagKey: "team", TagValue: `t${n}` }]) } : {};
    const Description = n === 3 ? "third" : "other";
    await kms.ok("CreateSecret", { SecretName: `s${n}`, SecretData: "x", VersionId: "v1", Description, ...tags });
  }
  await kms.ok("CreateSecret", { ...managed.Rds, SecretName: "managed", DKMSInstanceId: "kst-1" });
});
afterAll(() => kms.emulator.close());

async function names(parameters: Record<string, string>): Promise<string[]> {
  const { SecretList } = await kms.ok("ListSecrets", { PageSize: "100", ...parameters });
  return SecretList.Secret.map(({ SecretName }: { SecretName: string }) => SecretName);
}

describe("ListSecrets", () => {
  it("gives 10 a page in the order of creation, without values and tags", async () => {
    const first = await kms.ok("ListSecrets");
    expect(first).toMatchObject({ PageNumber: 1, PageSize: 10, TotalCount: 13 });
    expect(first.SecretList.Secret).toHaveLength(10);
    expect(first.SecretList.Secret[0]).toEqual({
      SecretName: "s1",
      SecretType: "Generic",
      CreateTime: kms.iso(),
      UpdateTime: kms.iso(),
    });
    expect(await names({ PageSize: "10", PageNumber: "2" })).toEqual(["s11", "s12", "managed"]);
    expect(await names({ PageNumber: "3" })).toEqual([]);
  });

  it("brings tags when asked", async () => {
    const { SecretList } = await kms.ok("ListSecrets", { FetchTags: "true" });
    expect(SecretList.Secret[0].Tags).toEqual({ Tag: [{ TagKey: "team", TagValue: "t1" }] });
    expect(SecretList.Secret[4].Tags).toEqual({ Tag: [] });
  });

  it.each([
    ["SecretName", ["s2", "s4", "none"], ["s2", "s4"]],
    ["SecretName", ["s"], []],
    ["Description", ["third"], ["s3"]],
    ["TagKey", ["team"], ["s1", "s2"]],
    ["TagValue", ["t2"], ["s2"]],
    ["SecretType", ["RDS"], ["managed"]],
    ["DKMSInstanceId", ["kst-1"], ["managed"]],
  ])("filters by %s %j", async (Key, Values, expected) => {
    expect(await names({ Filters: JSON.stringify([{ Key, Values }]) })).toEqual(expected);
  });

  it("wants every filter to match", async () => {
    const filters = [
      { Key: "TagKey", Values: ["team"] },
      { Key: "SecretName", Values: ["s2", "s3"] },
    ];
    expect(await names({ Filters: JSON.stringify(filters) })).toEqual(["s2"]);
  });

  it.each([
    ["page 0", { PageNumber: "0" }],
    ["pages of 101", { PageSize: "101" }],
    ["a page that is no number", { PageSize: "many" }],
    ["a filter by value", { Filters: '[{"Key":"SecretData","Values":["x"]}]' }],
    ["filters that are no list", { Filters: "{}" }],
  ])("refuses %s", async (_, parameters) => {
    expect(await kms.refused("ListSecrets", parameters as Record<string, string>)).toEqual([400, "InvalidParameter"]);
  });
});
