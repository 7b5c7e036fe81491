// Made from the definition of CsmsEvent by `npm run generate`: change that instead.
import * as pulumi from "@pulumi/pulumi";
import { propertiesOf, type Shape, typeOf } from "./registration";

const shape: Shape = {
  name: "CsmsEvent",
  secrets: [],
  named: "name",
  properties: [
    "name",
    "eventTypes",
    "state",
    "notification",
    "region",
    "projectId",
    "adoptExisting",
    "eventId",
    "createTime",
    "updateTime",
  ],
};

/** The inputs of a CsmsEvent. */
export interface CsmsEventArgs {
  /** The event's name, unique in its project: 1 to 64 letters, digits, `-` or `_`; secrets subscribe to it by this. When left out, it is made once of the resource's name and random characters. Changing it replaces the event. */
  name?: pulumi.Input<string>;
  /** What is told: any of `SECRET_VERSION_CREATED`, `SECRET_VERSION_EXPIRED`, `SECRET_ROTATED`, `SECRET_ROTATED_FAILED` and `SECRET_DELETED`. The order means nothing. */
  eventTypes: pulumi.Input<
    pulumi.Input<
      | "SECRET_VERSION_CREATED"
      | "SECRET_VERSION_EXPIRED"
      | "SECRET_ROTATED"
      | "SECRET_ROTATED_FAILED"
      | "SECRET_DELETED"
    >[]
  >;
  /** Whether it is told: `ENABLED` (the default) or `DISABLED`. */
  state?: pulumi.Input<"ENABLED" | "DISABLED">;
  /** Whom it is told: a topic of Huawei Cloud SMN, by its URN as `targetId` and its name as `targetName`. The service does not look whether there is one. */
  notification: pulumi.Input<{
    targetType: pulumi.Input<"SMN">;
    targetId: pulumi.Input<string>;
    targetName: pulumi.Input<string>;
  }>;
  /** The region, such as `cn-north-4`; by default the one in the settings. Changing it replaces the resource. */
  region?: pulumi.Input<string>;
  /** The id of the region's project, 32 letters or digits; by default the one in the settings, else the one that IAM names for the region. Changing it replaces the resource. */
  projectId?: pulumi.Input<string>;
  /** Whether creating takes over what exists already under this name and brings it to what is declared; a warning at preview lists what will differ. From then on it belongs to the stack, which also deletes it. By default false: then it is left alone, and creating fails. Changing it alone changes nothing. */
  adoptExisting?: pulumi.Input<boolean>;
}

/** An event of Huawei Cloud CSMS: what is told of the secrets that name it in their `eventSubscriptions`, and whom. */
export class CsmsEvent extends pulumi.CustomResource {
  /** The event's name, unique in its project: 1 to 64 letters, digits, `-` or `_`; secrets subscribe to it by this. When left out, it is made once of the resource's name and random characters. Changing it replaces the event. */
  declare readonly name: pulumi.Output<string>;
  /** What is told: any of `SECRET_VERSION_CREATED`, `SECRET_VERSION_EXPIRED`, `SECRET_ROTATED`, `SECRET_ROTATED_FAILED` and `SECRET_DELETED`. The order means nothing. */
  declare readonly eventTypes: pulumi.Output<
    (
      | "SECRET_VERSION_CREATED"
      | "SECRET_VERSION_EXPIRED"
      | "SECRET_ROTATED"
      | "SECRET_ROTATED_FAILED"
      | "SECRET_DELETED"
    )[]
  >;
  /** Whether it is told: `ENABLED` (the default) or `DISABLED`. */
  declare readonly state: pulumi.Output<"ENABLED" | "DISABLED">;
  /** Whom it is told: a topic of Huawei Cloud SMN, by its URN as `targetId` and its name as `targetName`. The service does not look whether there is one. */
  declare readonly notification: pulumi.Output<{ targetType: "SMN"; targetId: string; targetName: string }>;
  /** The region, such as `cn-north-4`; by default the one in the settings. Changing it replaces the resource. */
  declare readonly region: pulumi.Output<string>;
  /** The id of the region's project, 32 letters or digits; by default the one in the settings, else the one that IAM names for the region. Changing it replaces the resource. */
  declare readonly projectId: pulumi.Output<string>;
  /** Whether creating takes over what exists already under this name and brings it to what is declared; a warning at preview lists what will differ. From then on it belongs to the stack, which also deletes it. By default false: then it is left alone, and creating fails. Changing it alone changes nothing. */
  declare readonly adoptExisting: pulumi.Output<boolean | undefined>;
  /** The event's id. */
  declare readonly eventId: pulumi.Output<string>;
  /** When the event was created (ISO 8601, UTC). */
  declare readonly createTime: pulumi.Output<string | undefined>;
  /** When the event was last changed (ISO 8601, UTC). */
  declare readonly updateTime: pulumi.Output<string | undefined>;

  constructor(name: string, args: CsmsEventArgs, opts?: pulumi.CustomResourceOptions) {
    super(typeOf(shape), name, propertiesOf(shape, name, args, opts), opts ?? {});
  }

  /**
   * Reads what exists already, without managing it; fails where there is none.
   * @param id The event's id.
   * @param state What else tells it apart, where the id does not say all.
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state: Partial<CsmsEventArgs> = {},
    opts?: pulumi.CustomResourceOptions,
  ): CsmsEvent {
    return new CsmsEvent(name, state as CsmsEventArgs, { ...opts, id });
  }

  /** Whether a value is a CsmsEvent, also one of another copy of this package. */
  static override isInstance(value: unknown): value is CsmsEvent {
    return pulumi.CustomResource.isInstance(value) && "__pulumiType" in value && value.__pulumiType === typeOf(shape);
  }
}
