import * as pulumi from "@pulumi/pulumi";
import { AliyunKmsSecret, CloudSecretsProvider, CsmsSecret } from "pulumi-cloud-secrets";

const config = new pulumi.Config();
const password = config.requireSecret("password");

// The second account: what is left out here is looked for in the environment, never in the stack's own settings.
const partner = new CloudSecretsProvider("partner", {
  alicloud: {
    region: "cn-shanghai",
    accessKey: config.requireSecret("partnerAlicloudAccessKey"),
    secretKey: config.requireSecret("partnerAlicloudSecretKey"),
    endpoints: config.getObject("partnerAlicloudEndpoints"),
  },
  huaweicloud: {
    region: "cn-east-3",
    accessKey: config.requireSecret("partnerHuaweicloudAccessKey"),
    secretKey: config.requireSecret("partnerHuaweicloudSecretKey"),
    endpoints: config.getObject("partnerHuaweicloudEndpoints"),
  },
});

/** The database's secret in both clouds, for one account. */
class DatabaseSecrets extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  readonly id: pulumi.Output<string>;

  constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
    super("example:index:DatabaseSecrets", name, {}, opts);
    const parent = { parent: this };
    this.arn = new AliyunKmsSecret(`${name}-kms`, { secretName: "orders/database", secretData: password }, parent).arn;
    this.id = new CsmsSecret(`${name}-csms`, { name: "orders-database", secretString: password }, parent).secretId;
  }
}

const ours = new DatabaseSecrets("ours");
const theirs = new DatabaseSecrets("theirs", { providers: [partner] });

export const arns = [ours.arn, theirs.arn];
export const ids = [ours.id, theirs.id];
