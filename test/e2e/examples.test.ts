import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type Emulator, startEmulator } from "../../emulator/server";
import { byHand, held } from "./by-hand";
import { startStack, type TestStack } from "./support";

/** An example as a program that runs from the start each time. */
const example = (name: string) => async () => {
  vi.resetModules();
  return { ...(await import(`../../examples/${name}/index.ts`)) };
};

let stack: TestStack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.stop());

describe("examples/lookups", { timeout: 120_000 }, () => {
  it("reads what somebody else made", async () => {
    const hand = byHand(stack.emulator);
    await hand.kms("CreateSecret", { SecretName: "orders/database", SecretData: "c4n4ry one", VersionId: "1" });
    await hand.kms("PutSecretValue", { SecretName: "orders/database", SecretData: "c4n4ry two", VersionId: "2" });
    const warehouse = { RegionId: "cn-hangzhou", DBInstanceId: "gp-orders", SecretName: "warehouse", Username: "app" };
    await hand.gpdb("CreateSecret", { ...warehouse, Password: "c4n4ry-warehouse" });
    await hand.csms("POST", "", { name: "orders-cache", secret_string: "c4n4ry cache" });
    const tags = { action: "create", tags: [{ key: "team", value: "orders" }] };
    await hand.csms("POST", `../csms/${held(stack.emulator, "csms")["orders-cache"]?.id}/tags/action`, tags);

    const { outputs } = await stack.up(example("lookups"));
    expect(outputs).toEqual({
      connection: "postgres://app:c4n4ry-warehouse@warehouse/orders",
      hasChanged: true,
      cachePassword: "c4n4ry cache",
      arn: held(stack.emulator, "kms")["orders/database"]?.Arn,
      namesOfOrders: ["orders-cache"],
    });
    const hidden = { connection: "[secret]", hasChanged: "[secret]", cachePassword: "[secret]" };
    expect(stack.exported()).toMatchObject(hidden);
    await stack.destroy();
    expect(held(stack.emulator, "kms")["orders/database"]?.PlannedDeleteTime).toBeUndefined();
  });
});

describe("examples/two-accounts", { timeout: 120_000 }, () => {
  let partner: Emulator;
  const keys = { accessKey: "partner", secretKey: "c4n4ry-partner-key" };
  beforeAll(async () => {
    partner = await startEmulator(keys);
  });
  afterAll(() => partner.close());

  it("keeps the same secret in both", async () => {
    stack.emulator.reset();
    const kms = partner.url;
    const endpoints = { Alicloud: { kms }, Huaweicloud: { kms, iam: kms } };
    await stack.configure({
      "e2e:password": "c4n4ry",
      ...Object.fromEntries(
        Object.entries(endpoints).flatMap(([cloud, addresses]) => [
          [`e2e:partner${cloud}AccessKey`, keys.accessKey],
          [`e2e:partner${cloud}SecretKey`, keys.secretKey],
          [`e2e:partner${cloud}Endpoints`, JSON.stringify(addresses)],
        ]),
      ),
    });
    const { outputs } = await stack.up(example("two-accounts"));
    expect(outputs.arns).toEqual([stack.emulator, partner].map((one) => held(one, "kms")["orders/database"]?.Arn));
    expect(outputs.ids).toEqual([stack.emulator, partner].map((one) => held(one, "csms")["orders-database"]?.id));
    await stack.destroy();
    expect(held(partner, "kms")["orders/database"]?.PlannedDeleteTime).toBeDefined();
  });
});
