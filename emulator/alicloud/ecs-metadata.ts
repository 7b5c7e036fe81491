import { randomUUID } from "node:crypto";
import type { Service, ServiceOptions, WireReply, WireRequest } from "../service";
import { ACCOUNT_ID, INSTANCE_ROLE, INSTANCE_SESSION } from "./assumptions";
import { credentialsOf, isoSecond, type Session, type Sessions } from "./sessions";

const TOKEN = "/latest/api/token";
const ROLES = "/latest/meta-data/ram/security-credentials/";
const TTL_HEADER = "x-aliyun-ecs-metadata-token-ttl-seconds";
const LONGEST_TTL = 21_600;
const DONE = "Success";

const text = (status: number, body: string): WireReply => ({ status, headers: { "content-type": "text/plain" }, body });
const json = (body: object): WireReply => ({
  status: 200,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

/** The metadata service of an ECS instance: its RAM role and that role's keys, for those who have a token of the service. */
export function ecsMetadata(options: ServiceOptions, sessions: Sessions): Service {
  const tokens = new Map<string, number>();
  let current: Session | undefined;

  const giveToken = ({ headers }: WireRequest): WireReply => {
    const seconds = Number(headers[TTL_HEADER]);
    if (!(seconds >= 1 && seconds <= LONGEST_TTL)) return text(400, "bad request");
    const token = randomUUID();
    tokens.set(token, options.now() + seconds * 1000);
    return text(200, token);
  };

  const keys = (): WireReply => {
    const { seconds, renewedBefore } = INSTANCE_SESSION;
    const isOld = !current || current.endsAt - options.now() <= renewedBefore * 1000;
    if (!current || isOld || !sessions.find(current.accessKey))
      current = sessions.issue(`acs:ram::${ACCOUNT_ID}:role/${INSTANCE_ROLE}`, "i-emulated", seconds);
    return json({ Code: DONE, LastUpdated: isoSecond(options.now()), ...credentialsOf(current) });
  };

  const operations: Readonly<Record<string, readonly [name: string, answer: (request: WireRequest) => WireReply]>> = {
    [`PUT ${TOKEN}`]: ["PutToken", giveToken],
    [`GET ${ROLES}`]: ["ListRoles", () => text(200, INSTANCE_ROLE)],
    [`GET ${ROLES}${INSTANCE_ROLE}`]: ["GetRoleKeys", keys],
  };
  const operationOf = ({ method, rawPath }: WireRequest) => operations[`${method} ${rawPath}`];
  const isAdmitted = ({ method, headers }: WireRequest) =>
    method === "PUT" || (tokens.get(headers["x-aliyun-ecs-metadata-token"] ?? "") ?? 0) > options.now();

  return {
    name: "ecsMetadata",
    operations: Object.values(operations).map(([name]) => name),
    accepts: ({ rawPath }) => rawPath === TOKEN || rawPath.startsWith("/latest/meta-data/"),
    operationOf: (request) => `ecsMetadata.${operationOf(request)?.[0] ?? "Unknown"}`,
    answer: (request) => {
      if (!isAdmitted(request)) return text(403, "forbidden");
      return operationOf(request)?.[1](request) ?? text(404, "not found");
    },
    refuse: (kind) => (kind === "unavailable" ? text(503, "unavailable") : text(kind === "internal" ? 500 : 429, kind)),
    state: () => ({ role: INSTANCE_ROLE }),
    reset: () => {
      tokens.clear();
      current = undefined;
    },
  };
}
