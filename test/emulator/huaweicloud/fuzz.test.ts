import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csms } from "../../../emulator/huaweicloud/csms";
import { eps } from "../../../emulator/huaweicloud/eps";
import { projectIdOf } from "../../../emulator/huaweicloud/identity";
import { Projects } from "../../../emulator/huaweicloud/projects";
import { type Content, optionsAt, plain, project, send, testClock, token } from "./client";

const there = projectIdOf("cn-east-3");
const secrets = `/v1/${project}/secrets`;

/** Addresses of both services; `*` stands for the id of the secret `db`. */
const PATHS = [
  ...[secrets, `${secrets}/db`, `${secrets}/db/rotate`, `${secrets}/db/versions`, `${secrets}/db/versions/v1`],
  ...[`${secrets}/db/stages`, `${secrets}/db/stages/blue`, `${secrets}/db/backup`, `${secrets}/db/replicas`],
  ...[`${secrets}/db/replicas/cn-east-3`, `${secrets}/db/scheduled-deleted-tasks/create`, `${secrets}/db/versions/v2`],
  ...[`${secrets}/db/scheduled-deleted-tasks/cancel`, `/v1/${there}/secrets`, `/v1/${there}/secrets/db`],
  ...[`/v1/${there}/secrets/db/versions`, `/v1/${there}/secrets/db/versions/latest`, `/v1/${project}/csms/events`],
  ...[`/v1/${project}/csms/events/ops`, `/v1/${project}/csms/*/tags`, `/v1/${project}/csms/*/tags/action`],
  ...[`/v1/${project}/csms/tasks`, `/v1/${project}/csms/replica-regions`],
  ...["/v1.0/enterprise-projects/ep/resources-migrate", "/v1.0/enterprise-projects/0/resources/filter"],
];

/** Right values of what a body can hold. */
const RIGHT: Record<string, unknown> = {
  name: "db",
  secret_string: '{"username":"one"}',
  secret_type: "RDS-FG",
  rotation_config: '{"InstanceId":"a","SecretSubType":"MultiUser"}',
  rotation_func_urn: "urn",
  auto_rotation: true,
  rotation_period: "4h",
  event_subscriptions: ["ops"],
  description: "d",
  region: "cn-east-3",
  version_id: "v1",
  version_stages: ["blue"],
  expire_time: 1900000000000,
  recovery_window_in_days: 7,
  event_types: ["SECRET_ROTATED"],
  state: "ENABLED",
  notification: { target_type: "SMN", target_id: "urn", target_name: "ops" },
  tag: { key: "k", value: "v" },
  tags: [{ key: "k", value: "v" }],
  action: "create",
  resource_id: "*",
  resource_type: "csms",
  resource_types: ["csms"],
  project_id: project,
  projects: [project],
};

const NAMES = Object.keys(RIGHT);

const call = fc.record({
  method: fc.constantFrom("GET", "POST", "POST", "PUT", "DELETE"),
  path: fc.constantFrom(...PATHS),
  without: fc.subarray(NAMES, { maxLength: 2 }),
  wrong: fc.dictionary(fc.constantFrom(...NAMES), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 1, noNullPrototype: true }),
  later: fc.constantFrom(0, 0, 500, 1_000, 4 * 3_600_000),
});

/** Both services over the same projects, the secret `db` there already. */
function bothServices() {
  const clock = testClock();
  const options = optionsAt(clock.now);
  const projects = new Projects(options);
  const services = [csms(options, projects), eps(options, projects)];
  const answer = (method: string, path: string, body: object) => {
    const request = plain(path, { method, body, headers: { "X-Auth-Token": token } });
    const service = services.find((candidate) => candidate.accepts(request));
    if (!service) throw new Error(`no service for ${path}`);
    return send(service, request);
  };
  const { id }: Content = answer("POST", secrets, RIGHT).content.secret;
  return { clock, services, answer, id };
}

describe("whatever is asked, and in whichever order", () => {
  it("the answer is one that the service could give, never an internal error", () => {
    fc.assert(
      fc.property(fc.array(call, { minLength: 5, maxLength: 25 }), (calls) => {
        const { clock, services, answer, id } = bothServices();
        for (const { method, path, without, wrong, later } of calls) {
          clock.time += later;
          const body = { ...RIGHT, resource_id: id, ...wrong };
          for (const name of without) delete body[name as keyof typeof body];
          const { status } = answer(method, path.replace("*", id), body);
          expect([200, 204, 400, 403, 404], `${method} ${path}`).toContain(status);
        }
        for (const service of services) expect(JSON.parse(JSON.stringify(service.state()))).toBeTypeOf("object");
      }),
      { numRuns: 200 },
    );
  });
});
