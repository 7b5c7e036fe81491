import { ACCOUNT_ID } from "../assumptions";
import { operation } from "./context";
import { assumedArn, principalOf, roleOf } from "./fields";

export const getCallerIdentity = operation("GetCallerIdentity", {}, (_, { caller }) => {
  if (!caller) {
    const root = { AccountId: ACCOUNT_ID, UserId: ACCOUNT_ID, PrincipalId: ACCOUNT_ID };
    return { ...root, IdentityType: "Account", Arn: `acs:ram::${ACCOUNT_ID}:root` };
  }
  return {
    AccountId: roleOf(caller.roleArn).account,
    RoleId: principalOf(caller).split(":")[0],
    PrincipalId: principalOf(caller),
    IdentityType: "AssumedRoleUser",
    Arn: assumedArn(caller),
  };
});
