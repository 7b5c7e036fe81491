import { describe, expect, it } from "vitest";
import { assumptions } from "../../../emulator/huaweicloud/assumptions";
import { csms } from "../../../emulator/huaweicloud/csms";
import { eps } from "../../../emulator/huaweicloud/eps";
import { projectIdOf } from "../../../emulator/huaweicloud/identity";
import { Projects } from "../../../emulator/huaweicloud/projects";
import {
  type Content,
  caller,
  nestedError,
  optionsAt,
  plain,
  project,
  send,
  testClock,
  token,
  topError,
} from "./client";

const { moveMs } = assumptions;
const finance = "0b8a6b1a-8f0f-4a5c-9f0b-2f6c6d2a1e11";
const enterpriseProjects = "/v1.0/enterprise-projects";

/** EPS and CSMS over the same projects, with the secret `db`. */
function withSecret() {
  const clock = testClock();
  const options = optionsAt(clock.now);
  const projects = new Projects(options);
  const service = eps(options, projects);
  const call = caller(service, clock.now);
  const secrets = caller(csms(options, projects), clock.now);
  const create = (name: string, more = {}, region = "cn-north-4"): Content =>
    secrets(`/v1/${projectIdOf(region)}/secrets`, { method: "POST", body: { name, secret_string: "1", ...more } })
      .content.secret;
  const secret = create("db");
  const move = (to = finance, changes = {}) => {
    const body = { resource_id: secret.id, resource_type: "csms", project_id: project, ...changes };
    return call(`${enterpriseProjects}/${to}/resources-migrate`, { method: "POST", body });
  };
  const filter = (id = "0", changes = {}) => {
    const body = { resource_types: ["csms"], projects: [project], ...changes };
    return call(`${enterpriseProjects}/${id}/resources/filter`, { method: "POST", body });
  };
  const names = (id?: string, changes?: object): string[] =>
    filter(id, changes).content.resources.map((found: Content) => found.resource_name);
  const shown = (name = "db", region = "cn-north-4"): Content =>
    secrets(`/v1/${projectIdOf(region)}/secrets/${name}`).content.secret;
  return { clock, service, call, secrets, create, secret, move, filter, names, shown };
}

describe("MigrateResource", () => {
  it("moves a secret in its time, and shows the old enterprise project until then", () => {
    const { move, names, shown, clock, secret, service } = withSecret();
    const reply = move(finance, { region_id: "cn-north-4", associated: false });
    expect([reply.status, reply.content]).toEqual([204, undefined]);
    const doneTime = clock.time + moveMs;
    clock.time += moveMs - 1;
    expect([shown().enterprise_project_id, names(), names(finance)]).toEqual(["0", ["db"], []]);
    const under = { resourceId: secret.id, projectId: project, from: "0", to: finance, doneTime };
    expect(service.state()).toEqual({ moves: [under] });
    clock.time += 1;
    expect(shown()).toEqual({ ...secret, enterprise_project_id: finance });
    expect([names(), names(finance)]).toEqual([[], ["db"]]);
    expect(service.state()).toEqual({ moves: [] });
  });

  it("moves it back to the default", () => {
    const { create, move, shown, clock } = withSecret();
    const { id } = create("other", { enterprise_project_id: finance });
    move("0", { resource_id: id });
    clock.time += moveMs;
    expect(shown("other").enterprise_project_id).toBe("0");
  });

  it("goes where the last call says", () => {
    const { move, shown, clock } = withSecret();
    move();
    clock.time += moveMs - 1;
    move("other");
    clock.time += 1;
    expect(shown().enterprise_project_id).toBe("0");
    clock.time += moveMs;
    expect(shown().enterprise_project_id).toBe("other");
  });

  it("takes a secret that waits for deletion", () => {
    const { move, secrets } = withSecret();
    const schedule = `/v1/${project}/secrets/db/scheduled-deleted-tasks/create`;
    secrets(schedule, { method: "POST", body: { recovery_window_in_days: 7 } });
    expect(move().status).toBe(204);
  });

  it("takes replicas along, and none alone", () => {
    const { move, shown, secrets, clock } = withSecret();
    const there = "cn-east-3";
    secrets(`/v1/${project}/secrets/db/replicas`, { method: "POST", body: { region: there } });
    const replica = { resource_id: shown("db", there).id, project_id: projectIdOf(there) };
    expect(nestedError(move(finance, replica))).toEqual([400, "EPS.0002"]);
    move();
    expect(shown("db", there).enterprise_project_id).toBe("0");
    clock.time += moveMs;
    expect(shown("db", there).enterprise_project_id).toBe(finance);
  });

  it.each([
    ["resource_id", { resource_id: undefined }],
    ["resource_id", { resource_id: "" }],
    ["resource_type", { resource_type: undefined }],
    ["project_id", { project_id: undefined }],
    ["project_id", { project_id: "short" }],
    ["region_id", { region_id: 4 }],
    ["associated", { associated: "true" }],
  ])("refuses a wrong %s (%#)", (field, change) => {
    const reply = withSecret().move(finance, change);
    expect(nestedError(reply)).toEqual([400, "EPS.0002"]);
    expect(reply.content).toEqual({
      error: { error_code: "EPS.0002", error_msg: expect.stringContaining(`: ${field}`) },
    });
  });

  it("refuses every other type of resource", () => {
    expect(nestedError(withSecret().move(finance, { resource_type: "ecs" }))).toEqual([400, "EPS.0025"]);
  });

  it("refuses what does not exist", () => {
    const { move, shown, service } = withSecret();
    const absent = [404, "EPS.0005"];
    expect(nestedError(move("project-not-found"))).toEqual(absent);
    expect(nestedError(move(finance, { resource_id: "db" }))).toEqual(absent);
    expect(nestedError(move(finance, { project_id: projectIdOf("cn-east-3") }))).toEqual(absent);
    expect(shown().enterprise_project_id).toBe("0");
    expect(service.state()).toEqual({ moves: [] });
  });
});

describe("FilterResources", () => {
  it("answers with each secret, and where it is", () => {
    const { filter, secret } = withSecret();
    const { status, content } = filter();
    expect(status).toBe(200);
    expect(content).toEqual({
      resources: [
        {
          enterprise_project_id: "0",
          project_id: project,
          project_name: "cn-north-4",
          resource_id: secret.id,
          resource_name: "db",
          resource_type: "csms",
          resource_detail: null,
        },
      ],
      errors: [],
      total_count: 1,
    });
  });

  it("looks in the projects that are named", () => {
    const { create, names, filter } = withSecret();
    create("far", {}, "cn-east-3");
    expect(names("0", { projects: [projectIdOf("cn-east-3")] })).toEqual(["far"]);
    expect(names("0", { projects: [project, projectIdOf("cn-east-3")] })).toEqual(["db", "far"]);
    expect(filter("0", { projects: ["0".repeat(32)] }).content).toEqual({ resources: [], errors: [], total_count: 0 });
  });

  it("names a project of no known region by its id", () => {
    const { secrets, filter } = withSecret();
    const id = "0".repeat(32);
    secrets(`/v1/${id}/secrets`, { method: "POST", body: { name: "far", secret_string: "1" } });
    expect(filter("0", { projects: [id] }).content.resources[0].project_name).toBe(id);
  });

  it("finds by a part of the name, and pages", () => {
    const { create, names, filter } = withSecret();
    for (const name of ["web", "DB-test"]) create(name);
    expect(names("0", { matches: [{ key: "resource_name", value: "db" }] })).toEqual(["DB-test", "db"]);
    expect(names("0", { offset: 1, limit: 1 })).toEqual(["db"]);
    expect(filter("0", { offset: 1, limit: 1 }).content.total_count).toBe(3);
    expect(names("0", { offset: 3, limit: null, matches: null })).toEqual([]);
  });

  it.each([
    { resource_types: undefined },
    { resource_types: [] },
    { projects: undefined },
    { projects: ["short"] },
    { limit: 0 },
    { limit: 1001 },
    { offset: -1 },
    { matches: [{ key: "resource_id", value: "x" }] },
    { matches: [{ key: "resource_name", value: "x".repeat(256) }] },
  ])("refuses %o", (change) => {
    expect(nestedError(withSecret().filter("0", change))).toEqual([400, "EPS.0002"]);
  });

  it("refuses other types of resources, and an enterprise project that does not exist", () => {
    const { filter } = withSecret();
    expect(nestedError(filter("0", { resource_types: ["csms", "ecs"] }))).toEqual([400, "EPS.0025"]);
    expect(nestedError(filter("not-found"))).toEqual([404, "EPS.0005"]);
  });
});

describe("the service", () => {
  const path = `${enterpriseProjects}/0/resources/filter`;

  it("knows its operations by name, and no others", () => {
    const { service, call } = withSecret();
    const name = (method: string, rawPath: string) => service.operationOf(plain(rawPath, { method }));
    expect(name("POST", path)).toBe("eps.FilterResources");
    expect(name("POST", `${enterpriseProjects}/0/resources-migrate`)).toBe("eps.MigrateResource");
    expect(name("GET", enterpriseProjects)).toBe("eps.Unknown");
    expect(topError(call(enterpriseProjects))).toEqual([404, "APIG.0101"]);
    expect([service.name, service.accepts(plain(path)), service.accepts(plain("/v1/x/secrets"))]).toEqual([
      "eps",
      true,
      false,
    ]);
  });

  it("authenticates as IAM does, for a domain too, in its own words", () => {
    const { service, call } = withSecret();
    const body = { resource_types: ["csms"], projects: [project] };
    const headers = { "X-Domain-Id": "any" };
    expect(call(path, { method: "POST", body, headers }).status).toBe(200);
    const bearing = (text: string) =>
      send(service, plain(path, { method: "POST", body, headers: { "X-Auth-Token": text } }));
    expect(bearing(token).status).toBe(200);
    expect(nestedError(bearing("other"))).toEqual([401, "EPS.0003"]);
    expect(nestedError(send(service, plain(path, { method: "POST", body })))).toEqual([401, "EPS.0003"]);
  });

  it("refuses a body that is no JSON object", () => {
    const { service } = withSecret();
    const request = plain(path, { method: "POST", headers: { "X-Auth-Token": token } });
    expect(nestedError(send(service, { ...request, body: Buffer.from("[") }))).toEqual([400, "EPS.0002"]);
  });

  it("forgets on reset", () => {
    const { service, move, names } = withSecret();
    move();
    service.reset();
    expect([service.state(), names()]).toEqual([{ moves: [] }, []]);
  });

  it.each([
    ["throttle", 403, "EPS.0006"],
    ["quota", 403, "EPS.0004"],
    ["internal", 500, "EPS.0000"],
  ] as const)("reports the fault %s as %i %s", (kind, status, error_code) => {
    const { status: given, body } = withSecret().service.refuse(kind);
    expect([given, JSON.parse(body ?? "")]).toEqual([status, { error: { error_code, error_msg: expect.any(String) } }]);
  });

  it("leaves a 503 to the gateway", () => {
    const { status, body } = withSecret().service.refuse("unavailable");
    expect([status, JSON.parse(body ?? "").error_code]).toEqual([503, "APIGW.0202"]);
  });

  it("turns a defect of its own into a 500 that tells nothing", () => {
    const broken = eps(
      optionsAt(() => {
        throw new Error("s3cr3t");
      }),
    );
    const reply = send(broken, plain(path, { method: "POST", headers: { "X-Auth-Token": token } }));
    expect(nestedError(reply)).toEqual([500, "EPS.0000"]);
    expect(JSON.stringify(reply)).not.toContain("s3cr3t");
  });
});
