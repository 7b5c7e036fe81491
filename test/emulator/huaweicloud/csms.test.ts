import { expect, it } from "vitest";
import { csms } from "../../../emulator/huaweicloud/csms";
import { nestedError, optionsAt, plain, project, send, signed, testCsms, token, topError } from "./client";

const secrets = `/v1/${project}/secrets`;
const operations = [
  ["POST", "secrets", "CreateSecret"],
  ["GET", "secrets", "ListSecrets"],
  ["GET", "secrets/db", "ShowSecret"],
  ["PUT", "secrets/db", "UpdateSecret"],
  ["DELETE", "secrets/db", "DeleteSecret"],
  ["POST", "secrets/db/scheduled-deleted-tasks/create", "DeleteSecretForSchedule"],
  ["POST", "secrets/db/scheduled-deleted-tasks/cancel", "RestoreSecret"],
  ["POST", "secrets/db/rotate", "RotateSecret"],
  ["POST", "secrets/db/backup", "DownloadSecretBlob"],
  ["POST", "secrets/restore", "UploadSecretBlob"],
  ["GET", "secrets/restore", "ShowSecret"],
  ["PUT", "secrets/restore", "UpdateSecret"],
  ["DELETE", "secrets/restore", "DeleteSecret"],
  ["POST", "secrets/restore/backup", "DownloadSecretBlob"],
  ["POST", "secrets/db/versions", "CreateSecretVersion"],
  ["GET", "secrets/db/versions", "ListSecretVersions"],
  ["GET", "secrets/db/versions/latest", "ShowSecretVersion"],
  ["PUT", "secrets/db/versions/v1", "UpdateVersion"],
  ["POST", "secrets/db/stages", "CreateSecretStage"],
  ["GET", "secrets/db/stages/s", "ShowSecretStage"],
  ["PUT", "secrets/db/stages/s", "UpdateSecretStage"],
  ["DELETE", "secrets/db/stages/s", "DeleteSecretStage"],
  ["POST", "secrets/db/replicas", "CreateSecretReplica"],
  ["DELETE", "secrets/db/replicas/cn-east-3", "DeleteSecretReplica"],
  ["GET", "csms/replica-regions", "ListSupportRegions"],
  ["GET", "csms/tasks", "ListSecretTask"],
  ["POST", "csms/generate-password", "GenerateRandomPassword"],
  ["POST", "csms/events", "CreateSecretEvent"],
  ["GET", "csms/events", "ListSecretEvents"],
  ["GET", "csms/events/tags", "ShowSecretEvent"],
  ["PUT", "csms/events/e", "UpdateSecretEvent"],
  ["DELETE", "csms/events/e", "DeleteSecretEvent"],
  ["POST", "csms/resource_instances/action", "ListResourceInstances"],
  ["GET", "csms/tags", "ListProjectSecretsTags"],
  ["GET", "csms/id/tags", "ListSecretTags"],
  ["POST", "csms/id/tags", "CreateSecretTag"],
  ["POST", "csms/id/tags/action", "BatchCreateOrDeleteTags"],
  ["DELETE", "csms/id/tags/k", "DeleteSecretTag"],
] as const;

it.each(operations)("%s %s is %s", (method, path, name) => {
  const { service } = testCsms();
  expect(service.operationOf(plain(`/v1/${project}/${path}`, { method }))).toBe(`csms.${name}`);
});

it.each([
  ["PATCH", secrets],
  ["GET", `/v1/${project}/nothing`],
  ["GET", `${secrets}/db/replicas`],
  ["GET", `${secrets}/db/versions/v1/more`],
])("%s %s is no API, whoever asks", (method, path) => {
  const { service } = testCsms();
  const request = plain(path, { method });
  const reply = send(service, request);
  expect(topError(reply)).toEqual([404, "APIG.0101"]);
  expect(reply.content.request_id).toBe(reply.headers?.["x-request-id"]);
  expect(service.operationOf(request)).toBe("csms.Unknown");
});

it("is for /v1 only", () => {
  const { service } = testCsms();
  expect(service.name).toBe("csms");
  expect(service.accepts(plain(secrets))).toBe(true);
  expect(service.accepts(plain("/"))).toBe(false);
  expect(service.accepts(plain("/v3/projects"))).toBe(false);
  expect(service.accepts(plain("/v1.0/enterprise-projects"))).toBe(false);
});

it.each(["short", "%7Bproject_id%7D"])("refuses %s as a project id", (id) => {
  const { service } = testCsms();
  const request = plain(`/v1/${id}/secrets`, { headers: { "X-Auth-Token": token } });
  expect(topError(send(service, request))).toEqual([400, "CSMS.0002"]);
});

it.each(["{", "[1]", "null", '"text"', "\xff"])("refuses %s as a body", (text) => {
  const { service } = testCsms();
  const body = Buffer.from(text, "latin1");
  const headers = { "X-Auth-Token": token };
  const request = (path: string) => ({ ...plain(`/v1/${project}/${path}`, { method: "POST", headers }), body });
  expect(topError(send(service, request("secrets")))).toEqual([400, "CSMS.0004"]);
  expect(nestedError(send(service, request("csms/events")))).toEqual([400, "CSMS.0004"]);
});

it("answers an empty body as one without parameters", () => {
  const { service } = testCsms();
  const request = plain(secrets, { method: "POST", headers: { "X-Auth-Token": token } });
  expect(topError(send(service, request))).toEqual([400, "CSMS.0002"]);
});

it("decodes what stands in the path, and takes what cannot be decoded as it is", () => {
  const { api, service } = testCsms();
  const { id } = api("POST", "/secrets", { name: "db", secret_string: "1" }).content.secret;
  const headers = { "X-Auth-Token": token };
  api("POST", `/csms/${id}/tags`, { tag: { key: "a b:c" } });
  const remove = (raw: string) =>
    send(service, plain(`/v1/${project}/csms/${id}/tags/${raw}`, { method: "DELETE", headers })).status;
  expect([remove("100%"), remove("a%20b%3Ac")]).toEqual([404, 204]);
});

it("answers to a trailing slash too", () => {
  const { service, clock } = testCsms();
  expect(send(service, signed(clock.now(), `${secrets}/`)).status).toBe(200);
});

it("shows all that it holds, values included, until reset", () => {
  const { api, service, clock } = testCsms();
  const { secret } = api("POST", "/secrets", { name: "db", secret_string: "1", description: "main" }).content;
  api("POST", "/secrets/db/versions", { secret_binary: "AAEC", version_stages: ["blue"], expire_time: 1900000000000 });
  api("POST", `/csms/${secret.id}/tags`, { tag: { key: "env", value: "dev" } });
  const notification = { target_type: "SMN", target_id: "urn", target_name: "ops" };
  api("POST", "/csms/events", { name: "ops", event_types: ["SECRET_ROTATED"], state: "ENABLED", notification });
  const version = { createTime: clock.time, kmsKeyId: secret.kms_key_id };
  expect(JSON.parse(JSON.stringify(service.state()))).toEqual({
    secrets: [
      {
        id: secret.id,
        name: "db",
        projectId: project,
        state: "ENABLED",
        kmsKeyId: secret.kms_key_id,
        description: "main",
        createTime: clock.time,
        updateTime: clock.time,
        scheduledDeleteTime: null,
        secretType: "COMMON",
        autoRotation: false,
        rotationPeriod: null,
        rotationConfig: null,
        rotationFuncUrn: null,
        rotationTime: null,
        nextRotationTime: null,
        lastUsedTime: null,
        eventSubscriptions: [],
        enterpriseProjectId: "0",
        domainId: secret.domain_id,
        replicaType: "STANDALONE",
        replicas: [],
        tags: { env: "dev" },
        versions: [
          { ...version, id: "v1", secretString: "1", stages: ["SYSCURRENT"] },
          { ...version, id: "v2", secretBinary: "AAEC", stages: ["blue"], expireTime: 1900000000000 },
        ],
      },
    ],
    events: [expect.objectContaining({ name: "ops", projectId: project, eventTypes: ["SECRET_ROTATED"] })],
    tasks: [],
  });
  service.reset();
  expect(service.state()).toEqual({ secrets: [], events: [], tasks: [] });
});

it("turns a defect of its own into a 500 that tells nothing", () => {
  const broken = csms(
    optionsAt(() => {
      throw new Error("s3cr3t");
    }),
  );
  const reply = send(broken, plain(secrets, { headers: { "X-Auth-Token": token } }));
  expect(topError(reply)).toEqual([500, "APIGW.0601"]);
  expect(JSON.stringify(reply)).not.toContain("s3cr3t");
});

it("reports a quota in the shape of the operation that met it", () => {
  const { service } = testCsms();
  const error = (path: string) => JSON.parse(service.refuse("quota", plain(`/v1/${project}/${path}`)).body ?? "");
  expect(error("secrets")).toHaveProperty("error_code", "CSMS.0202");
  expect(error("csms/events")).toHaveProperty("error.error_code", "CSMS.0202");
});

it.each([
  ["throttle", 429, "APIGW.0308"],
  ["quota", 400, "CSMS.0202"],
  ["unavailable", 503, "APIGW.0202"],
  ["internal", 500, "APIGW.0601"],
] as const)("reports the fault %s as %i %s", (kind, status, code) => {
  const { service } = testCsms();
  const reply = service.refuse(kind);
  expect(reply.status).toBe(status);
  expect(JSON.parse(reply.body ?? "")).toMatchObject({ error_code: code, error_msg: expect.any(String) });
  expect(reply.headers).toHaveProperty("x-request-id");
});
