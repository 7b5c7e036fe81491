import { describe, expect, it } from "vitest";
import { assumptions } from "../../../emulator/huaweicloud/assumptions";
import { type Content, nestedError, testCsms, topError } from "./client";

const { rotationMs } = assumptions;
const hour = 3_600_000;
const rotation_func_urn = "urn:fss:cn-north-4:0123:function:default:rotate:latest";
const config = (type: string) => JSON.stringify({ InstanceId: "bin01", SecretSubType: type });
const rds = {
  name: "db",
  secret_string: JSON.stringify({ username: "one", password: "p1" }),
  secret_type: "RDS-FG",
  rotation_config: config("SingleUser"),
};
const rotating = { ...rds, auto_rotation: true, rotation_period: "4h", rotation_func_urn };

/** A service with the secret `db`, and ways to rotate it. */
function withSecret(secret: object = rotating) {
  const test = testCsms();
  const { api, clock } = test;
  api("POST", "/secrets", secret);
  const start = (name = "db") => api("POST", `/secrets/${name}/rotate`);
  const tasks = (query: object = {}): Content[] => api("GET", "/csms/tasks", undefined, { ...query }).content.tasks;
  const rotated = (name?: string): Content => {
    const { rotation_task_id: task_id } = start(name).content;
    clock.time += rotationMs;
    return tasks({ task_id })[0];
  };
  const value = (version = "latest") => {
    const { version: shown } = api("GET", `/secrets/db/versions/${version}`).content;
    return { id: shown.version_metadata.id, ...JSON.parse(shown.secret_string) };
  };
  return { ...test, start, tasks, rotated, value };
}

describe("RotateSecret", () => {
  it("answers with a task that shows at once, before there is a new version", () => {
    const { api, clock, start, tasks, value } = withSecret();
    clock.time += hour;
    const { status, content } = start();
    expect([status, content]).toEqual([200, { rotation_task_id: expect.any(String) }]);
    clock.time += rotationMs - 1;
    expect(tasks()).toMatchObject([{ task_id: content.rotation_task_id, task_status: "PROCESSING" }]);
    expect(value()).toEqual({ id: "v1", username: "one", password: "p1" });
    expect(api("GET", "/secrets/db").content.secret.rotation_time).toBeNull();
  });

  it("makes a version with a new password in its time, and the task tells", () => {
    const { api, clock, start, value } = withSecret();
    clock.time += hour;
    const begun = clock.time;
    const { content } = start();
    // however much later anyone looks
    clock.time += hour;
    expect(value()).toMatchObject({ id: "v2", username: "one", password: expect.stringMatching(/^[\w-]{32}$/) });
    expect(api("GET", "/csms/tasks").content).toEqual({
      tasks: [
        {
          task_id: content.rotation_task_id,
          secret_name: "db",
          rotation_func_urn,
          task_status: "SUCCESS",
          operate_type: "SINGLE_USER",
          task_time: begun,
          attempt_nums: 1,
          task_error_code: null,
          task_error_msg: null,
        },
      ],
      total: 1,
      next_marker: null,
    });
    const end = begun + rotationMs;
    const { secret } = api("GET", "/secrets/db").content;
    expect(secret).toMatchObject({ rotation_time: end, next_rotation_time: end + 4 * hour, update_time: end });
    const [, second] = api("GET", "/secrets/db/versions").content.version_metadatas;
    expect(second).toMatchObject({ create_time: end, version_stages: ["SYSCURRENT"] });
  });

  it("takes turns between two users", () => {
    const { api, rotated, value } = withSecret({ ...rotating, rotation_config: config("MultiUser") });
    api("POST", "/secrets/db/versions", { secret_string: JSON.stringify({ username: "two", password: "p2" }) });
    expect(rotated()).toMatchObject({ task_status: "SUCCESS", operate_type: "MULTI_USER" });
    expect(value()).toMatchObject({ id: "v3", username: "one" });
    rotated();
    expect(value()).toMatchObject({ id: "v4", username: "two" });
  });

  it("makes a password of a value that is no account", () => {
    const { api, rotated } = withSecret({ ...rotating, secret_string: "p1" });
    rotated();
    expect(api("GET", "/secrets/db/versions/v2").content.version.secret_string).toMatch(/^[\w-]{32}$/);
  });

  it.each([
    ["there is no function", rds, "CSMS.0005"],
    [
      "its function fails",
      { ...rds, rotation_func_urn: "urn:fss:cn-north-4:0123:function:default:fails" },
      "CSMS.0501",
    ],
  ])("fails in its task where %s", (_, secret, task_error_code) => {
    const { api, start, tasks, rotated, clock } = withSecret(secret);
    start();
    expect(tasks()).toMatchObject([{ task_status: "PROCESSING", task_error_code: null, task_error_msg: null }]);
    clock.time += rotationMs;
    expect(tasks()).toMatchObject([{ task_status: "FAILED", task_error_code, task_error_msg: expect.any(String) }]);
    expect(api("GET", "/secrets/db").content.secret.rotation_time).toBeNull();
    expect(api("GET", "/secrets/db/versions").content.version_metadatas).toHaveLength(1);
    expect(rotated().task_status).toBe("FAILED");
  });

  it("fails where the secret goes meanwhile, even when another takes the name", () => {
    const { api, clock, start, tasks } = withSecret();
    start();
    api("DELETE", "/secrets/db");
    api("POST", "/secrets", rotating);
    clock.time += rotationMs;
    expect(tasks()).toMatchObject([{ task_status: "FAILED", task_error_code: "CSMS.0106" }]);
    expect(api("GET", "/secrets/db/versions").content.version_metadatas).toHaveLength(1);
  });

  it("fails where a deletion is scheduled meanwhile", () => {
    const { api, clock, start, tasks } = withSecret();
    start();
    api("POST", "/secrets/db/scheduled-deleted-tasks/create", { recovery_window_in_days: 7 });
    clock.time += rotationMs;
    expect(tasks()).toMatchObject([{ task_status: "FAILED", task_error_code: "CSMS.0103" }]);
  });

  it("refuses a secret that is being rotated, and no other", () => {
    const { api, clock, start } = withSecret();
    api("POST", "/secrets", { ...rotating, name: "other" });
    start();
    expect(nestedError(start())).toEqual([400, "CSMS.0003"]);
    expect(start("other").status).toBe(200);
    clock.time += rotationMs;
    expect(start().status).toBe(200);
  });

  it("refuses COMMON, a secret that is not there, and one that waits for deletion, in nested errors", () => {
    const { api, start } = withSecret();
    api("POST", "/secrets", { name: "plain", secret_string: "1" });
    expect(nestedError(start("plain"))).toEqual([400, "CSMS.0003"]);
    expect(nestedError(start("none"))).toEqual([404, "CSMS.0106"]);
    api("POST", "/secrets/db/scheduled-deleted-tasks/create", { recovery_window_in_days: 7 });
    expect(nestedError(start())).toEqual([400, "CSMS.0103"]);
  });
});

describe("ListSecretTask", () => {
  const ids = (content: Content) => content.tasks.map((task: Content) => task.task_id);

  it("filters and pages in the order of time", () => {
    const { api, clock, start } = withSecret();
    api("POST", "/secrets", { ...rds, name: "other" });
    const [first, second, failed] = ["db", "db", "other"].map((name) => {
      const { rotation_task_id } = start(name).content;
      clock.time += rotationMs;
      return rotation_task_id;
    });
    const list = (query: object) => api("GET", "/csms/tasks", undefined, { ...query }).content;
    expect(ids(list({ secret_name: "db" }))).toEqual([first, second]);
    expect(ids(list({ status: "FAILED" }))).toEqual([failed]);
    expect(ids(list({ status: "SUCCESS", secret_name: "db" }))).toEqual([first, second]);
    expect(ids(list({ task_id: second, limit: 5 }))).toEqual([second]);
    expect(ids(list({ task_id: "none" }))).toEqual([]);
    expect(list({ limit: 2 })).toMatchObject({ total: 3, next_marker: failed });
    expect(ids(list({ limit: 2, marker: failed }))).toEqual([failed]);
  });

  it("finds what is under way by no status", () => {
    const { start, tasks } = withSecret();
    start();
    expect([tasks({ status: "SUCCESS" }), tasks({ status: "FAILED" })]).toEqual([[], []]);
    expect(tasks({ secret_name: "db" })).toHaveLength(1);
  });

  it.each([
    { status: "DONE" },
    { status: "PROCESSING" },
    { task_id: "a", secret_name: "db" },
    { task_id: "a", status: "SUCCESS" },
  ])("refuses %o", (query) => {
    const { api } = testCsms();
    expect(topError(api("GET", "/csms/tasks", undefined, query))).toEqual([400, "CSMS.0002"]);
  });
});
