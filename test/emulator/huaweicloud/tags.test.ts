import { describe, expect, it } from "vitest";
import { type Content, nestedError, testCsms } from "./client";

function withSecret() {
  const test = testCsms();
  const { id } = test.api("POST", "/secrets", { name: "db", secret_string: "1" }).content.secret;
  const tags = `/csms/${id}/tags`;
  const batch = (action: unknown, list: unknown, more = {}) =>
    test.api("POST", `${tags}/action`, { action, tags: list, ...more });
  return { ...test, id, tags, batch, list: () => test.api("GET", tags).content };
}

const many = (count: number, start = 0) =>
  Array.from({ length: count }, (_, i) => ({ key: `k${i + start}`, value: "v" }));

describe("BatchCreateOrDeleteTags", () => {
  it("adds and changes tags, and removes them by key, absent ones too", () => {
    const { batch, list } = withSecret();
    const reply = batch("create", [
      { key: "env", value: "dev" },
      { key: "größe ü", value: "密 :=+-@/" },
      { key: "bare" },
    ]);
    expect([reply.status, reply.content]).toEqual([204, undefined]);
    batch("create", [{ key: "env", value: "prod" }]);
    expect(list()).toEqual({
      tags: [
        { key: "env", value: "prod" },
        { key: "größe ü", value: "密 :=+-@/" },
        { key: "bare", value: "" },
      ],
      sys_tags: [],
    });
    expect(batch("delete", [{ key: "env" }, { key: "none", value: "x" }]).status).toBe(204);
    expect(list().tags.map((tag: Content) => tag.key)).toEqual(["größe ü", "bare"]);
  });

  it("keeps at most 20, and all or nothing", () => {
    const { batch, list } = withSecret();
    expect(batch("create", many(20)).status).toBe(204);
    expect(nestedError(batch("create", many(2, 19)))).toEqual([400, "CSMS.0002"]);
    expect(list().tags).toHaveLength(20);
    expect(batch("create", many(20)).status).toBe(204);
  });

  it.each([
    ["action", ["replace", many(1)]],
    ["tags", ["create", []]],
    ["tags", ["create", undefined]],
    ["tags", ["create", many(21)]],
    ["tags", ["create", [...many(1), ...many(1)]]],
    ["key", ["create", [{ key: "", value: "v" }]]],
    ["key", ["create", [{ key: "k".repeat(129), value: "v" }]]],
    ["key", ["create", [{ key: "_sys_owner", value: "v" }]]],
    ["key", ["create", [{ key: "a*b", value: "v" }]]],
    ["value", ["create", [{ key: "k", value: "v".repeat(256) }]]],
    ["value", ["create", [{ key: "k", value: "a\nb" }]]],
    ["sequence", ["delete", many(1), { sequence: "1" }]],
  ] as const)("refuses a wrong %s (%#)", (field, [action, list, more]) => {
    const { batch } = withSecret();
    const reply = batch(action, list, more);
    expect(nestedError(reply)).toEqual([400, "CSMS.0002"]);
    expect(reply.content.error.error_msg).toContain(field);
    expect(reply.content).toEqual({ error: { error_code: "CSMS.0002", error_msg: expect.any(String) } });
  });
});

describe("single tags", () => {
  it("CreateSecretTag adds and changes one", () => {
    const { api, tags, list } = withSecret();
    expect(api("POST", tags, { tag: { key: "env", value: "dev" } }).status).toBe(204);
    api("POST", tags, { tag: { key: "env", value: "prod" } });
    expect(list().tags).toEqual([{ key: "env", value: "prod" }]);
    expect(nestedError(api("POST", tags, { key: "env" }))).toEqual([400, "CSMS.0002"]);
  });

  it("CreateSecretTag refuses a 21st", () => {
    const { api, tags, batch } = withSecret();
    batch("create", many(20));
    expect(nestedError(api("POST", tags, { tag: { key: "more" } }))).toEqual([400, "CSMS.0002"]);
  });

  it("DeleteSecretTag removes one that is there", () => {
    const { api, tags, list, batch } = withSecret();
    batch("create", [{ key: "a:b", value: "1" }]);
    expect(api("DELETE", `${tags}/a:b`).status).toBe(204);
    expect(list().tags).toEqual([]);
    expect(nestedError(api("DELETE", `${tags}/a:b`))).toEqual([404, "CSMS.0005"]);
  });

  it("know secrets by id only, and refuse changes while a deletion is scheduled", () => {
    const { api, tags, batch, list } = withSecret();
    expect(nestedError(api("GET", "/csms/db/tags"))).toEqual([404, "CSMS.0005"]);
    expect(nestedError(api("POST", "/csms/db/tags/action", { action: "create", tags: many(1) }))).toEqual([
      404,
      "CSMS.0005",
    ]);
    api("POST", "/secrets/db/scheduled-deleted-tasks/create", { recovery_window_in_days: 7 });
    expect(nestedError(batch("create", many(1)))).toEqual([400, "CSMS.0103"]);
    expect(nestedError(api("POST", tags, { tag: { key: "k" } }))).toEqual([400, "CSMS.0103"]);
    expect(nestedError(api("DELETE", `${tags}/k`))).toEqual([400, "CSMS.0103"]);
    expect(list().tags).toEqual([]);
  });
});

function withThree() {
  const test = testCsms();
  const tagged = { "db-main": { env: "prod", team: "a" }, "db-test": { env: "test", team: "a" }, web: { env: "prod" } };
  for (const [name, tags] of Object.entries(tagged)) {
    const { id } = test.api("POST", "/secrets", { name, secret_string: "1" }).content.secret;
    const list = Object.entries(tags).map(([key, value]) => ({ key, value }));
    test.api("POST", `/csms/${id}/tags/action`, { action: "create", tags: list });
  }
  const find = (body: object) => test.api("POST", "/csms/resource_instances/action", { action: "filter", ...body });
  const names = (body: object) => find(body).content.resources.map((found: Content) => found.resource_name);
  return { ...test, find, names };
}

it("ListProjectSecretsTags gathers the values of each key", () => {
  const { api } = withThree();
  expect(api("GET", "/csms/tags").content).toEqual({
    tags: [
      { key: "env", values: ["prod", "test"] },
      { key: "team", values: ["a"] },
    ],
  });
});

describe("ListResourceInstances", () => {
  it("answers with each secret and its tags", () => {
    const { find, api } = withThree();
    const { secret } = api("GET", "/secrets/web").content;
    expect(find({ matches: [{ key: "resource_name", value: "web" }] })).toMatchObject({
      status: 200,
      content: {
        resources: [
          {
            resource_id: secret.id,
            resource_detail: secret,
            resource_name: "web",
            tags: [{ key: "env", value: "prod" }],
            sys_tags: [],
          },
        ],
        total_count: 1,
      },
    });
  });

  it.each([
    [{}, ["db-main", "db-test", "web"]],
    [{ tags: [{ key: "env", values: ["prod"] }] }, ["db-main", "web"]],
    [{ tags: [{ key: "env", values: ["prod", "test"] }, { key: "team" }] }, ["db-main", "db-test"]],
    [{ tags: [{ key: "team", values: ["b"] }] }, []],
    [{ matches: [{ key: "resource_name", value: "DB" }] }, ["db-main", "db-test"]],
    [{ matches: [{ key: "resource_name", value: "" }] }, []],
    [{ limit: "1", offset: "1" }, ["db-test"]],
    [{ limit: 2 }, ["db-main", "db-test"]],
  ])("finds by %o", (query, expected) => {
    expect(withThree().names(query)).toEqual(expected);
  });

  it("counts", () => {
    const { find } = withThree();
    const { content } = find({ action: "count", tags: [{ key: "env", values: ["prod"] }] });
    expect(content).toEqual({ total_count: 2 });
  });

  it("shows 10 unless asked for more, and counts all", () => {
    const { api } = testCsms();
    for (let i = 0; i < 11; i++) api("POST", "/secrets", { name: `n${i}`, secret_string: "1" });
    const { content } = api("POST", "/csms/resource_instances/action", { action: "filter" });
    expect([content.resources.length, content.total_count]).toEqual([10, 11]);
  });

  it.each([
    { action: "find" },
    { limit: "0" },
    { limit: "1001" },
    { offset: "-1" },
    { matches: [{ key: "id", value: "x" }] },
    { sequence: "1" },
  ])("refuses %o", (query) => {
    expect(nestedError(withThree().find(query))).toEqual([400, "CSMS.0002"]);
  });
});
