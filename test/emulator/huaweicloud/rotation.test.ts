import { describe, expect, it } from "vitest";
import { type Content, testCsms, topError } from "./client";

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

function value(api: ReturnType<typeof testCsms>["api"], version = "latest") {
  const { version: shown } = api("GET", `/secrets/db/versions/${version}`).content;
  return { id: shown.version_metadata.id, ...JSON.parse(shown.secret_string) };
}

describe("settings", () => {
  it("answers with them, and when the secret is due", () => {
    const { api, clock } = testCsms();
    expect(api("POST", "/secrets", rotating).content.secret).toMatchObject({
      secret_type: "RDS-FG",
      auto_rotation: true,
      rotation_period: "4h",
      rotation_config: rds.rotation_config,
      rotation_func_urn,
      rotation_time: null,
      next_rotation_time: clock.time + 4 * hour,
    });
  });

  it.each(["4h", "240m", "14400s", "365d", "8760h"])("takes a period of %s", (rotation_period) => {
    const { api } = testCsms();
    expect(api("POST", "/secrets", { ...rotating, rotation_period }).status).toBe(200);
  });

  it.each([
    ["rotation_period", { rotation_period: "239m" }],
    ["rotation_period", { rotation_period: "8761h" }],
    ["rotation_period", { rotation_period: "1w" }],
    ["rotation_period", { rotation_period: undefined }],
    ["rotation_func_urn", { rotation_func_urn: undefined }],
    ["rotation_config", { rotation_config: undefined }],
    ["rotation_config", { rotation_config: "{}" }],
    ["rotation_config", { rotation_config: '{"InstanceId":"","SecretSubType":"SingleUser"}' }],
    ["rotation_config", { rotation_config: config("NoUser") }],
    ["rotation_config", { rotation_config: "[", secret_type: "GaussDB-FG" }],
    ["auto_rotation", { secret_type: "COMMON" }],
  ])("refuses a wrong %s (%#)", (field, change) => {
    const { api } = testCsms();
    const reply = api("POST", "/secrets", { ...rotating, ...change });
    expect(topError(reply)).toEqual([400, "CSMS.0002"]);
    expect(reply.content.error_msg).toContain(`: ${field}`);
    expect(topError(api("GET", "/secrets/db"))).toEqual([404, "CSMS.0106"]);
  });

  it("change with UpdateSecret, where the whole still fits", () => {
    const { api, clock } = testCsms();
    api("POST", "/secrets", rds);
    expect(topError(api("PUT", "/secrets/db", { auto_rotation: true }))).toEqual([400, "CSMS.0002"]);
    clock.time += hour;
    const on = { auto_rotation: true, rotation_period: "1d", rotation_func_urn };
    expect(api("PUT", "/secrets/db", on).content.secret.next_rotation_time).toBe(clock.time + 24 * hour);
    clock.time += hour;
    const described = api("PUT", "/secrets/db", { description: "x" }).content.secret;
    expect(described.next_rotation_time).toBe(clock.time + 23 * hour);
    expect(api("PUT", "/secrets/db", { auto_rotation: false }).content.secret.next_rotation_time).toBeNull();
  });
});

describe("RotateSecret", () => {
  it("makes a version with a new password, and a task that tells", () => {
    const { api, clock } = testCsms();
    api("POST", "/secrets", rotating);
    clock.time += hour;
    const { status, content } = api("POST", "/secrets/db/rotate");
    expect(status).toBe(200);
    expect(content).toEqual({ version_id: "v2", secret_name: "db", rotation_task_id: expect.any(String) });
    expect(value(api)).toMatchObject({ id: "v2", username: "one" });
    expect(value(api).password).not.toBe("p1");
    expect(api("GET", "/csms/tasks").content).toEqual({
      tasks: [
        {
          task_id: content.rotation_task_id,
          secret_name: "db",
          rotation_func_urn,
          task_status: "SUCCESS",
          operate_type: "MANUAL",
          task_time: clock.time,
          attempt_nums: 1,
          task_error_code: null,
          task_error_msg: null,
        },
      ],
      total: 1,
      next_marker: null,
    });
    const { secret } = api("GET", "/secrets/db").content;
    expect(secret).toMatchObject({ rotation_time: clock.time, next_rotation_time: clock.time + 4 * hour });
  });

  it("takes turns between two users", () => {
    const { api } = testCsms();
    api("POST", "/secrets", { ...rotating, rotation_config: config("MultiUser") });
    api("POST", "/secrets/db/versions", { secret_string: JSON.stringify({ username: "two", password: "p2" }) });
    api("POST", "/secrets/db/rotate");
    expect(value(api)).toMatchObject({ id: "v3", username: "one" });
    api("POST", "/secrets/db/rotate");
    expect(value(api)).toMatchObject({ id: "v4", username: "two" });
  });

  it("makes a password of a value that is no account", () => {
    const { api } = testCsms();
    api("POST", "/secrets", { ...rotating, secret_string: "p1" });
    api("POST", "/secrets/db/rotate");
    expect(api("GET", "/secrets/db/versions/v2").content.version.secret_string).toMatch(/^[\w-]{32}$/);
  });

  it("fails in its task where there is no function", () => {
    const { api } = testCsms();
    api("POST", "/secrets", rds);
    const { content } = api("POST", "/secrets/db/rotate");
    expect(content.version_id).toBe("v1");
    const { tasks } = api("GET", "/csms/tasks", undefined, { task_id: content.rotation_task_id }).content;
    expect(tasks).toEqual([expect.objectContaining({ task_status: "FAILED", task_error_code: "CSMS.0005" })]);
    expect(api("GET", "/secrets/db").content.secret.rotation_time).toBeNull();
  });

  it("refuses COMMON, a secret that is not there, and one that waits for deletion", () => {
    const { api } = testCsms();
    api("POST", "/secrets", { name: "plain", secret_string: "1" });
    expect(topError(api("POST", "/secrets/plain/rotate"))).toEqual([400, "CSMS.0003"]);
    expect(topError(api("POST", "/secrets/db/rotate"))).toEqual([404, "CSMS.0106"]);
    api("POST", "/secrets", rotating);
    api("POST", "/secrets/db/scheduled-deleted-tasks/create", { recovery_window_in_days: 7 });
    expect(topError(api("POST", "/secrets/db/rotate"))).toEqual([400, "CSMS.0103"]);
  });

  it("happens by itself, once, when the clock passes", () => {
    const { api, clock, service } = testCsms();
    api("POST", "/secrets", rotating);
    clock.time += 4 * hour - 1;
    expect(api("GET", "/secrets/db/versions").content.version_metadatas).toHaveLength(1);
    clock.time += 100 * hour;
    expect(service.state()).toMatchObject({ secrets: [{ rotationTime: clock.time, versions: [{}, { id: "v2" }] }] });
    const [task] = api("GET", "/csms/tasks").content.tasks;
    expect(task).toMatchObject({ operate_type: "AUTO", task_status: "SUCCESS" });
  });

  it("does not happen by itself while a deletion is scheduled", () => {
    const { api, clock, service } = testCsms();
    api("POST", "/secrets", rotating);
    api("POST", "/secrets/db/scheduled-deleted-tasks/create", { recovery_window_in_days: 7 });
    clock.time += 5 * hour;
    expect(service.state()).toMatchObject({ tasks: [] });
  });
});

describe("ListSecretTask", () => {
  const ids = (content: Content) => content.tasks.map((task: Content) => task.task_id);

  it("filters and pages in the order of time", () => {
    const { api } = testCsms();
    api("POST", "/secrets", rotating);
    api("POST", "/secrets", { ...rds, name: "other" });
    const [first, second, failed] = ["db", "db", "other"].map(
      (name) => api("POST", `/secrets/${name}/rotate`).content.rotation_task_id,
    );
    const list = (query: object) => api("GET", "/csms/tasks", undefined, { ...query }).content;
    expect(ids(list({ secret_name: "db" }))).toEqual([first, second]);
    expect(ids(list({ status: "FAILED" }))).toEqual([failed]);
    expect(list({ limit: 2 })).toMatchObject({ total: 3, next_marker: failed });
    expect(ids(list({ limit: 2, marker: failed }))).toEqual([failed]);
  });

  it("refuses a status that no task can have been asked for", () => {
    const { api } = testCsms();
    expect(topError(api("GET", "/csms/tasks", undefined, { status: "DONE" }))).toEqual([400, "CSMS.0002"]);
  });
});
