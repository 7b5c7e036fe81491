import { z } from "zod";
import { ABSENT, DENYING } from "../assumptions";
import { whole } from "../parameters";
import { credentialsOf, type Session } from "../sessions";
import { STS } from "./refusals";

const ROLE = /^acs:ram::(\d{1,32}):role\/([\w.@/-]{1,128})$/i;

/** The parameters of both ways to take on a role. */
export const roleFields = {
  RoleArn: z.string().regex(ROLE, "must be the ARN of a role"),
  RoleSessionName: z.string().regex(/^[\w.@-]{2,64}$/, "must be 2 to 64 letters, digits or . @ - _"),
  DurationSeconds: whole(900, 43_200).default(3_600),
  Policy: z.string().max(2_048, "must be at most 2048 characters").optional(),
};

/** Refuses a role that does not exist, or that nobody may take on: its name tells. */
export function checkRole(arn: string): void {
  if (arn.includes(ABSENT)) throw STS.noRole();
  if (arn.includes(DENYING)) throw STS.denied();
}

/** The account and the name of a role, by its ARN. */
export function roleOf(arn: string): { readonly account: string; readonly name: string } {
  const [, account = "", name = ""] = ROLE.exec(arn) ?? [];
  return { account, name };
}

const ROLE_ID = "300000000000000001";

/** What both answer. */
export const assumed = (session: Session) => ({
  Credentials: credentialsOf(session),
  AssumedRoleUser: { Arn: assumedArn(session), AssumedRoleId: principalOf(session) },
});

/** Whom temporary keys act as. */
export function assumedArn({ roleArn, sessionName }: Session): string {
  const { account, name } = roleOf(roleArn);
  return `acs:ram::${account}:assumed-role/${name}/${sessionName}`;
}

export const principalOf = ({ sessionName }: Session): string => `${ROLE_ID}:${sessionName}`;
