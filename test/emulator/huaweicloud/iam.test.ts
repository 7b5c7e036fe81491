import { expect, it } from "vitest";
import { iam } from "../../../emulator/huaweicloud/iam";
import { caller, optionsAt, plain, project, send, testClock, token, topError } from "./client";

function testIam() {
  const clock = testClock();
  const service = iam(optionsAt(clock.now));
  return { clock, service, call: caller(service, clock.now) };
}

const projects = "/v3/projects";

it("lists the one project of a region, the same in every run", () => {
  const { call, service } = testIam();
  const { status, content } = call(projects, { query: { name: "cn-north-4" }, headers: { "X-Domain-Id": "any" } });
  expect(status).toBe(200);
  expect(content.projects).toEqual([
    expect.objectContaining({ id: project, name: "cn-north-4", enabled: true, is_domain: false }),
  ]);
  expect(content.projects[0].domain_id).toMatch(/^[0-9a-f]{32}$/);
  expect(content.links).toEqual({ self: expect.stringMatching(/\/v3\/projects$/), next: null, previous: null });
  expect(service.state()).toEqual({
    projects: [{ name: "cn-north-4", id: project }],
    refusedCreations: [],
    givenOut: [],
  });
});

it("gives another region another project, and all that were asked for without a name", () => {
  const { call } = testIam();
  call(projects, { query: { name: "eu-west-101" } });
  call(projects, { query: { name: "ap-southeast-1" } });
  const names = call(projects).content.projects.map((p: { name: string }) => p.name);
  expect(names).toEqual(["eu-west-101", "ap-southeast-1"]);
  const ids = call(projects).content.projects.map((p: { id: string }) => p.id);
  expect(new Set(ids).size).toBe(2);
});

it("has no project for cn-none-*", () => {
  const { call, service } = testIam();
  expect(call(projects, { query: { name: "cn-none-1" } }).content.projects).toEqual([]);
  expect(service.state()).toMatchObject({ projects: [] });
});

it("refuses and records every attempt to create a project", () => {
  const { call, service, clock } = testIam();
  const reply = call(projects, { method: "POST", body: { project: { name: "cn-none-1" } } });
  expect(reply).toMatchObject({ status: 403, content: { error: { code: 403, title: "Forbidden" } } });
  expect(service.state()).toMatchObject({ refusedCreations: [{ time: clock.time }] });
  service.reset();
  expect(service.state()).toEqual({ projects: [], refusedCreations: [], givenOut: [] });
});

it("authenticates as the other services do", () => {
  const { service } = testIam();
  expect(topError(send(service, plain(projects)))).toEqual([401, "APIGW.0301"]);
  expect(send(service, plain(projects, { headers: { "X-Auth-Token": token } })).status).toBe(200);
});

it("knows its operations by name, and no others", () => {
  const { service, call } = testIam();
  const name = (method: string, path: string) => service.operationOf(plain(path, { method }));
  expect(name("GET", projects)).toBe("iam.ListProjects");
  expect(name("POST", projects)).toBe("iam.CreateProject");
  expect(name("GET", "/v3/users")).toBe("iam.Unknown");
  expect(topError(call("/v3/users"))).toEqual([404, "APIG.0101"]);
  expect(service.accepts(plain(projects))).toBe(true);
  expect(service.accepts(plain("/v1/x/secrets"))).toBe(false);
});

it("reports each fault in its own words", () => {
  const { service } = testIam();
  const statuses = (["throttle", "quota", "unavailable", "internal"] as const).map(
    (kind) => service.refuse(kind).status,
  );
  expect(statuses).toEqual([429, 403, 503, 500]);
});
