import * as pulumi from "@pulumi/pulumi";

/** What the examples use of `@pulumi/alicloud`, whose plugin cannot be had offline. */
class Instance extends pulumi.CustomResource {
  constructor(
    name: string,
    args: {
      readonly description: pulumi.Input<string>;
      readonly dbInstanceMode: pulumi.Input<string>;
      readonly engine: pulumi.Input<string>;
      readonly engineVersion: pulumi.Input<string>;
      readonly instanceSpec: pulumi.Input<string>;
      readonly segNodeNum: pulumi.Input<number>;
      readonly segStorageType: pulumi.Input<string>;
      readonly storageSize: pulumi.Input<number>;
      readonly vpcId: pulumi.Input<string>;
      readonly vswitchId: pulumi.Input<string>;
      readonly zoneId: pulumi.Input<string>;
    },
  ) {
    super("alicloud:gpdb/instance:Instance", name, args);
  }
}

class Account extends pulumi.CustomResource {
  declare readonly accountName: pulumi.Output<string>;

  constructor(
    name: string,
    args: {
      readonly dbInstanceId: pulumi.Input<string>;
      readonly accountName: pulumi.Input<string>;
      readonly accountPassword: pulumi.Input<string>;
    },
  ) {
    super("alicloud:gpdb/account:Account", name, args);
  }
}

export const gpdb = { Instance, Account };
