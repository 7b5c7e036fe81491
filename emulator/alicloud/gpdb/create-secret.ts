import { z } from "zod";
import { GPDB_ASSUMED, UNREACHABLE } from "../assumptions";
import { flag } from "../parameters";
import { operation } from "./context";
import { common, DONE, ownerOf, secretName } from "./fields";
import { parameterErrors } from "./refusals";
import type { Owner } from "./store";

function nameOf({ SecretName, Username }: { SecretName?: string; Username: string }): string {
  const name = secretName.safeParse(SecretName ?? Username);
  if (!name.success) throw parameterErrors.invalid("SecretName", "1 to 16 of letters, digits and _, also as Username");
  return name.data;
}

const reachable = ({ instanceId, workspaceId }: Owner): boolean => {
  const id = workspaceId ?? instanceId ?? "";
  return id.startsWith("gp-") && !id.includes(UNREACHABLE);
};

export const createSecret = operation(
  "CreateSecret",
  {
    ...common,
    Username: z.string(),
    Password: z.string(),
    SecretName: secretName.optional(),
    Description: z.string().default(""),
    TestConnection: flag.default(false),
  },
  (input, { secrets }) => {
    const owner = ownerOf(input);
    const name = nameOf(input);
    if (input.TestConnection && !reachable(owner)) return GPDB_ASSUMED.connectionFailed;
    const { arn } = secrets.add({
      owner,
      name,
      username: input.Username,
      password: input.Password,
      description: input.Description,
    });
    return { ...DONE, SecretArn: arn, SecretName: name };
  },
);
