// Made from the definition of AnalyticDbSecret by `npm run generate`: change that instead.
import * as pulumi from "@pulumi/pulumi";
import { propertiesOf, type Shape, typeOf } from "./registration";

const shape: Shape = {
  name: "AnalyticDbSecret",
  secrets: ["password"],
  properties: [
    "dbInstanceId",
    "workspaceId",
    "username",
    "password",
    "passwordFrom",
    "regionId",
    "secretName",
    "description",
    "testConnection",
    "adoptExisting",
    "arn",
    "status",
    "message",
    "state",
    "requestId",
  ],
};

/** The inputs of an AnalyticDbSecret. */
export interface AnalyticDbSecretArgs {
  /** The id of the AnalyticDB for PostgreSQL instance, such as `gp-bp1g4a97w5`. One of `dbInstanceId` and `workspaceId` is needed. Changing it replaces the secret. */
  dbInstanceId?: pulumi.Input<string>;
  /** The id of a workspace of several instances, such as `gp-ws-1a2b3c`; it wins over `dbInstanceId` where both are given. Changing it replaces the secret. */
  workspaceId?: pulumi.Input<string>;
  /** The database account that signs in. Changing it replaces the secret. */
  username: pulumi.Input<string>;
  /** The account's password. One of `password` and `passwordFrom` is needed. It does not change the password in the database. Always encrypted in the state. Changing it replaces the secret, which gets a new ARN. */
  password?: pulumi.Input<string>;
  /** Where the provider finds the value, in place of `password`, so that it never gets to Pulumi's state: `{ env: "NAME" }` an environment variable; `{ file: "./path" }` a file as it is, from the program's folder; `{ random: { length, characters, exclude, keepers } }` made once. Another value than before is a change. A random value has `length` characters (by default 32) of the kinds in `characters` (by default `lower`, `upper` and `digits`; also `symbols`: `!@#$%^&*()_+-=`), at least one of each where there are as many, and none of `exclude`. It is made anew when anything in `random` changes, such as the texts in `keepers`. Another value replaces the secret, and whatever else replaces it makes a random value anew. */
  passwordFrom?: pulumi.Input<
    | { env: pulumi.Input<string> }
    | { file: pulumi.Input<string> }
    | {
        random: pulumi.Input<{
          length?: pulumi.Input<number>;
          characters?: pulumi.Input<pulumi.Input<"lower" | "upper" | "digits" | "symbols">[]>;
          exclude?: pulumi.Input<string>;
          keepers?: pulumi.Input<{ [key: string]: pulumi.Input<string> }>;
        }>;
      }
  >;
  /** The region the instance is in, such as `cn-hangzhou`; by default the one in the settings. Changing it replaces the secret. */
  regionId?: pulumi.Input<string>;
  /** The secret's name: 1 to 16 letters, digits or `_`; by default the username. Changing it replaces the secret. */
  secretName?: pulumi.Input<string>;
  /** What the secret is for. Changing it replaces the secret, as the service has no operation that changes one. */
  description?: pulumi.Input<string>;
  /** Whether creating the secret tries to sign in to the instance, and fails where that fails. By default false. Changing it alone changes nothing. */
  testConnection?: pulumi.Input<boolean>;
  /** Whether creating takes over what exists already under this name and brings it to what is declared; a warning at preview lists what will differ. From then on it belongs to the stack, which also deletes it. By default false: then it is left alone, and creating fails. Changing it alone changes nothing. */
  adoptExisting?: pulumi.Input<boolean>;
}

/** A secret of AnalyticDB for PostgreSQL: an account and its password, which the Data API signs in with. */
export class AnalyticDbSecret extends pulumi.CustomResource {
  /** The id of the AnalyticDB for PostgreSQL instance, such as `gp-bp1g4a97w5`. One of `dbInstanceId` and `workspaceId` is needed. Changing it replaces the secret. */
  declare readonly dbInstanceId: pulumi.Output<string | undefined>;
  /** The id of a workspace of several instances, such as `gp-ws-1a2b3c`; it wins over `dbInstanceId` where both are given. Changing it replaces the secret. */
  declare readonly workspaceId: pulumi.Output<string | undefined>;
  /** The database account that signs in. Changing it replaces the secret. */
  declare readonly username: pulumi.Output<string>;
  /** The account's password. One of `password` and `passwordFrom` is needed. It does not change the password in the database. Always encrypted in the state. Changing it replaces the secret, which gets a new ARN. */
  declare readonly password: pulumi.Output<string | undefined>;
  /** Where the provider finds the value, in place of `password`, so that it never gets to Pulumi's state: `{ env: "NAME" }` an environment variable; `{ file: "./path" }` a file as it is, from the program's folder; `{ random: { length, characters, exclude, keepers } }` made once. Another value than before is a change. A random value has `length` characters (by default 32) of the kinds in `characters` (by default `lower`, `upper` and `digits`; also `symbols`: `!@#$%^&*()_+-=`), at least one of each where there are as many, and none of `exclude`. It is made anew when anything in `random` changes, such as the texts in `keepers`. Another value replaces the secret, and whatever else replaces it makes a random value anew. */
  declare readonly passwordFrom: pulumi.Output<
    | { env: string }
    | { file: string }
    | {
        random: {
          length?: number;
          characters?: ("lower" | "upper" | "digits" | "symbols")[];
          exclude?: string;
          keepers?: { [key: string]: string };
        };
      }
    | undefined
  >;
  /** The region the instance is in, such as `cn-hangzhou`; by default the one in the settings. Changing it replaces the secret. */
  declare readonly regionId: pulumi.Output<string>;
  /** The secret's name: 1 to 16 letters, digits or `_`; by default the username. Changing it replaces the secret. */
  declare readonly secretName: pulumi.Output<string>;
  /** What the secret is for. Changing it replaces the secret, as the service has no operation that changes one. */
  declare readonly description: pulumi.Output<string | undefined>;
  /** Whether creating the secret tries to sign in to the instance, and fails where that fails. By default false. Changing it alone changes nothing. */
  declare readonly testConnection: pulumi.Output<boolean | undefined>;
  /** Whether creating takes over what exists already under this name and brings it to what is declared; a warning at preview lists what will differ. From then on it belongs to the stack, which also deletes it. By default false: then it is left alone, and creating fails. Changing it alone changes nothing. */
  declare readonly adoptExisting: pulumi.Output<boolean | undefined>;
  /** The secret's ARN: `acs:gpdb:<region>:<account>:secret/<secretName>-<32 random letters and digits>`. The Data API takes it. Each new secret gets a new one. */
  declare readonly arn: pulumi.Output<string>;
  /** How creating ended: `success`. */
  declare readonly status: pulumi.Output<string | undefined>;
  /** The service's message about it, unless that repeats the password. */
  declare readonly message: pulumi.Output<string | undefined>;
  /** `ENABLED`: the service knows no other state. */
  declare readonly state: pulumi.Output<string>;
  /** The id of the request that made the secret, for Alibaba Cloud's support. */
  declare readonly requestId: pulumi.Output<string | undefined>;

  constructor(name: string, args: AnalyticDbSecretArgs, opts?: pulumi.CustomResourceOptions) {
    super(typeOf(shape), name, propertiesOf(shape, name, args, opts), opts ?? {});
  }

  /**
   * Reads what exists already, without managing it; fails where there is none.
   * @param id The secret's ARN.
   * @param state What else tells it apart, where the id does not say all.
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state: Partial<AnalyticDbSecretArgs> = {},
    opts?: pulumi.CustomResourceOptions,
  ): AnalyticDbSecret {
    return new AnalyticDbSecret(name, state as AnalyticDbSecretArgs, { ...opts, id });
  }

  /** Whether a value is an AnalyticDbSecret, also one of another copy of this package. */
  static override isInstance(value: unknown): value is AnalyticDbSecret {
    return pulumi.CustomResource.isInstance(value) && "__pulumiType" in value && value.__pulumiType === typeOf(shape);
  }
}
