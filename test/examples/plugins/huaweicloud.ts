import * as pulumi from "@pulumi/pulumi";

/** What the examples use of the package that Pulumi makes of Huawei Cloud's Terraform provider. */
export class RdsInstance extends pulumi.CustomResource {
  declare readonly name: pulumi.Output<string>;
  declare readonly fixedIp: pulumi.Output<string>;

  constructor(
    name: string,
    args: {
      readonly name: pulumi.Input<string>;
      readonly flavor: pulumi.Input<string>;
      readonly availabilityZones: pulumi.Input<string>[];
      readonly vpcId: pulumi.Input<string>;
      readonly subnetId: pulumi.Input<string>;
      readonly securityGroupId: pulumi.Input<string>;
      readonly db: {
        readonly type: pulumi.Input<string>;
        readonly version: pulumi.Input<string>;
        readonly password: pulumi.Input<string>;
      };
      readonly volume: { readonly type: pulumi.Input<string>; readonly size: pulumi.Input<number> };
    },
  ) {
    super("huaweicloud:index/rdsInstance:RdsInstance", name, { ...args, fixedIp: undefined });
  }
}
