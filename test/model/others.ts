import type { Emulator } from "../../emulator/server";
import { byHand } from "../e2e/by-hand";
import type { Found } from "./cloud";
import type { What } from "./plans";

/** Others who work on the clouds behind the stack's back. */
export class Others {
  private readonly hand: ReturnType<typeof byHand>;

  /** `fresh` gives a text that nobody has used. */
  constructor(
    emulator: Emulator,
    private readonly fresh: (prefix?: string) => string,
  ) {
    this.hand = byHand(emulator);
  }

  edit(found: Found, what: What): Promise<void> {
    return found.kind === "kms" ? this.editKms(found.name, what) : this.editCsms(found, what);
  }

  private async editKms(SecretName: string, what: What): Promise<void> {
    const [SecretData, Description] = [this.fresh(), "by hand"];
    const versions = { SecretName, VersionId: this.fresh("v"), SecretData };
    if (what === "description") await this.hand.kms("UpdateSecret", { SecretName, Description });
    else if (what === "tags")
      await this.hand.kms("TagResource", { SecretName, Tags: '[{"TagKey":"by","TagValue":"hand"}]' });
    else if (what === "stages") await this.hand.kms("PutSecretValue", { ...versions, VersionStages: '["blue"]' });
    else await this.hand.kms("PutSecretValue", versions);
  }

  private async editCsms({ name, id }: Found, what: What): Promise<void> {
    const value = { secret_string: this.fresh() };
    if (what === "description") await this.hand.csms("PUT", name, { description: "by hand" });
    else if (what === "tags") await this.hand.csmsTags(id, [{ key: "by", value: "hand" }]);
    else if (what === "stages")
      await this.hand.csms("POST", `${name}/versions`, { ...value, version_stages: ["blue"] });
    else await this.hand.csms("POST", `${name}/versions`, value);
  }

  delete({ kind, name, id }: Found, forGood: boolean): Promise<void> {
    if (kind === "kms")
      return this.hand.kms("DeleteSecret", { SecretName: name, ForceDeleteWithoutRecovery: String(forGood) });
    if (kind === "gpdb")
      return this.hand.gpdb("DeleteSecret", { DBInstanceId: "gp-1", RegionId: "cn-hangzhou", SecretArn: id });
    if (forGood) return this.hand.csms("DELETE", name);
    return this.hand.csms("POST", `${name}/scheduled-deleted-tasks/create`, { recovery_window_in_days: 7 });
  }

  restore({ kind, name }: Found): Promise<void> {
    if (kind === "kms") return this.hand.kms("RestoreSecret", { SecretName: name });
    return this.hand.csms("POST", `${name}/scheduled-deleted-tasks/cancel`);
  }
}
