import * as pulumi from "@pulumi/pulumi";
import { expect, it } from "vitest";

interface Made {
  readonly type: string;
  readonly inputs: Record<string, unknown>;
}

const made: Record<string, Made> = {};

/** What the databases' plugins would answer, which cannot be had offline. */
const known: Record<string, object> = {
  "alicloud:gpdb/instance:Instance": {},
  "huaweicloud:index/rdsInstance:RdsInstance": { fixedIp: "192.168.0.7" },
};

it("the example declares each secret beside its database, by what the database comes to be", async () => {
  const settings = ["alicloudVpc", "alicloudSwitch", "alicloudZone", "huaweicloudZone", "huaweicloudVpc"];
  const all = [...settings, "huaweicloudSubnet", "huaweicloudSecurityGroup", "password"];
  pulumi.runtime.setAllConfig(Object.fromEntries(all.map((name) => [`project:${name}`, `c4n4ry ${name}`])));
  await pulumi.runtime.setMocks({
    newResource({ type, name, inputs }) {
      made[`${type} ${name}`] = { type, inputs };
      return { id: `${name}-id`, state: { ...inputs, ...known[type] } };
    },
    call: () => ({}),
  });
  const { reportsArn } = await import("../../examples/beside-databases/index.ts");
  await pulumi.runtime.disconnect();

  expect(reportsArn).toBeDefined();
  expect(inputsOf("cloudsecrets:AnalyticDbSecret reports")).toMatchObject({
    dbInstanceId: "warehouse-id",
    username: "reports",
    password: secretOf("c4n4ry password"),
  });
  const value = { host: "192.168.0.7", port: 5432, user: "root", password: "c4n4ry password" };
  expect(inputsOf("cloudsecrets:CsmsSecret orders")).toMatchObject({
    name: "orders-database",
    secretString: secretOf(JSON.stringify(value)),
    description: "What clients of the RDS instance orders sign in with",
  });
});

const inputsOf = (suffix: string) => Object.entries(made).find(([key]) => key.endsWith(suffix))?.[1].inputs;

/** A secret as it goes to the engine. */
const secretOf = (value: string) => ({ "4dabf18193072939515e22adb298388d": expect.anything(), value });
