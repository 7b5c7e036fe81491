import type { Service, ServiceOptions, WireReply, WireRequest } from "../service";
import { assumptions } from "./assumptions";
import { reply } from "./reply";
import { type GivenOut, givenOut, type IssuedKeys, issueKeys, issueToken, isToken } from "./temporary-keys";

const purpose = "metadata";
const { seconds, aheadMs } = assumptions.instanceKeys;

const operations: Readonly<Record<string, string>> = {
  "PUT /meta-data/latest/api/token": "CreateToken",
  "GET /openstack/latest/securitykey": "ShowSecurityKey",
};
const operationOf = ({ method, rawPath }: WireRequest) => operations[`${method} ${rawPath}`];

const plain = (status: number, body: string): WireReply => ({
  status,
  headers: { "content-type": "text/plain" },
  body,
});

/** The metadata of an ECS instance that has an agency: the agency's keys, to whoever asks, with a token or without. */
export function metadata(options: ServiceOptions): Service {
  let issued: IssuedKeys | undefined;
  const given: GivenOut[] = [];
  const showSecurityKey = ({ headers }: WireRequest): WireReply => {
    const token = headers["x-metadata-token"];
    if (token !== undefined && !isToken(options, purpose, token)) return plain(401, "Unauthorized");
    if (!issued || Date.parse(issued.expires_at) - options.now() <= aheadMs) {
      issued = issueKeys(options, seconds);
      given.push(givenOut(issued));
    }
    return reply({ credential: issued });
  };
  return {
    name: "metadata",
    operations: Object.values(operations),
    accepts: ({ rawPath }) => /^\/(openstack|meta-data)\//.test(rawPath),
    operationOf: (request) => `metadata.${operationOf(request) ?? "Unknown"}`,
    answer(request) {
      const operation = operationOf(request);
      if (operation === "CreateToken") return createToken(request, options, given);
      return operation ? showSecurityKey(request) : plain(404, "Not Found");
    },
    refuse: (fault) => plain({ throttle: 429, quota: 403, unavailable: 503, internal: 500 }[fault], "refused"),
    state: () => ({ keysUntil: issued?.expires_at ?? null, givenOut: [...given] }),
    reset() {
      issued = undefined;
      given.length = 0;
    },
  };
}

function createToken({ headers }: WireRequest, options: ServiceOptions, given: GivenOut[]): WireReply {
  const life = Number(headers["x-metadata-token-ttl-seconds"]);
  if (!Number.isInteger(life) || life < 1 || life > 21_600) return plain(400, "Bad Request");
  const token = issueToken(options, purpose, life);
  given.push({ token });
  return plain(200, token);
}
