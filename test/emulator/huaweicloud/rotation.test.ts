import { describe, expect, it } from "vitest";
import { testCsms, topError } from "./client";

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

describe("automatic rotation", () => {
  it("happens by itself, once, when the clock passes", () => {
    const { api, clock, service } = testCsms();
    api("POST", "/secrets", rotating);
    clock.time += 4 * hour - 1;
    expect(api("GET", "/secrets/db/versions").content.version_metadatas).toHaveLength(1);
    clock.time += 100 * hour;
    expect(service.state()).toMatchObject({ secrets: [{ rotationTime: clock.time, versions: [{}, { id: "v2" }] }] });
    const [task] = api("GET", "/csms/tasks").content.tasks;
    expect(task).toMatchObject({ operate_type: "SINGLE_USER", task_status: "SUCCESS" });
  });

  it("fails where its function does, and is tried again when it is due again", () => {
    const { api, clock } = testCsms();
    api("POST", "/secrets", { ...rotating, rotation_func_urn: "urn:fails" });
    for (let n = 1; n <= 2; n += 1) {
      clock.time += 4 * hour;
      const { tasks } = api("GET", "/csms/tasks").content;
      expect(tasks).toHaveLength(n);
      expect(tasks[n - 1]).toMatchObject({ task_status: "FAILED", task_time: clock.time });
    }
    expect(api("GET", "/secrets/db/versions").content.version_metadatas).toHaveLength(1);
  });

  it("waits while one by hand is under way, and counts its period from there", () => {
    const { api, clock } = testCsms();
    api("POST", "/secrets", rotating);
    clock.time += 4 * hour - 500;
    api("POST", "/secrets/db/rotate");
    clock.time += 500;
    expect(api("GET", "/csms/tasks").content.tasks).toMatchObject([{ task_status: "PROCESSING" }]);
    clock.time += 500;
    expect(api("GET", "/csms/tasks").content.tasks).toMatchObject([{ task_status: "SUCCESS" }]);
    expect(api("GET", "/secrets/db").content.secret.next_rotation_time).toBe(clock.time + 4 * hour);
  });

  it("does not happen by itself while a deletion is scheduled", () => {
    const { api, clock, service } = testCsms();
    api("POST", "/secrets", rotating);
    api("POST", "/secrets/db/scheduled-deleted-tasks/create", { recovery_window_in_days: 7 });
    clock.time += 5 * hour;
    expect(service.state()).toMatchObject({ tasks: [] });
  });
});
