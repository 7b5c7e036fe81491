import { describe, expect, it } from "vitest";
import { PartialFailure } from "../../../../provider/definition";
import { csmsSecret } from "../../../../provider/huaweicloud/csms-secret";
import { canary, failure, type Loose, onEmulator } from "../../support";
import { between, hasten, path, projectId } from "../wire";

const { create, update, refreshed, planned, calls, fault, secrets } = onEmulator(csmsSecret, "csms");

const alone = { name: "db", projectId, secretString: canary };
const copied = { ...alone, replicaRegions: ["cn-east-3"] };
const copies = () => secrets()[0].replicas.map(({ region }: Loose) => region);

/** All replicas have this status, whatever the emulator says. */
function withStatus(status: string) {
  between(async ({ method, path: asked }, served) => {
    if (method !== "GET" || asked !== path()) return undefined;
    const { secret } = (await (await served()).json()) as Loose;
    return Response.json({
      secret: { ...secret, replicas: secret.replicas.map((one: Loose) => ({ ...one, status })) },
    });
  });
}

describe("a region that takes no replicas", () => {
  it("is refused with the list of those that do, before any is made or removed", async () => {
    hasten();
    const created = await create(copied);
    const wanted = { ...alone, replicaRegions: ["ap-southeast-1", "eu-nowhere-1"] };
    const act = async () => {
      const error = await failure(update(created, wanted));
      expect(error).toMatchObject({ kind: "invalid" });
      expect(error).not.toBeInstanceOf(PartialFailure);
      expect(error.message).toMatch(
        /^CSMS CreateSecretReplica of secret "db" failed: there can be no replica in eu-nowhere-1\. Regions that take one: .*ap-southeast-1, /,
      );
    };
    expect(await calls(act)).toEqual(["ListSupportRegions"]);
    expect(copies()).toEqual(["cn-east-3"]);
  });

  it("at creation leaves the secret, without any", async () => {
    const error = await failure(create({ ...alone, replicaRegions: ["cn-east-3", "eu-nowhere-1"] }));
    expect(error).toBeInstanceOf(PartialFailure);
    expect(error.observed).toMatchObject({ id: secrets()[0].id });
    expect(copies()).toEqual([]);
    expect(planned(error.observed, copied).changed).toEqual(["replicaRegions"]);
    hasten();
    await update(error.observed, copied);
    expect(copies()).toEqual(["cn-east-3"]);
  });

  it.each(["APIG.0101", "APIGW.0101"])("as one whose service has no such operation (%s) is told", async (code) => {
    const created = await create(alone);
    between(({ path: asked }) => {
      if (!asked.endsWith("/replica-regions")) return undefined;
      return Response.json({ error_code: code, error_msg: "The API does not exist", request_id: "1" }, { status: 404 });
    });
    const error = await failure(update(created, copied));
    expect(error).toMatchObject({ kind: "invalid" });
    expect(error.message).toBe(`CSMS in the region cn-north-4 makes no replicas (${code}): leave replicaRegions out.`);
    expect(copies()).toEqual([]);
  });

  it("is not taken for one where the list fails otherwise", async () => {
    const created = await create(alone);
    fault("ListSupportRegions", { kind: "throttle", retryAfter: 0 });
    expect(await failure(update(created, copied))).toMatchObject({ kind: "throttled" });
  });
});

describe("a replica whose answer is lost", () => {
  it.each(["loseAnswer", "truncate"] as const)("by %s is made once", async (kind) => {
    const created = await create(alone);
    hasten();
    fault("CreateSecretReplica", { kind, times: 1 });
    expect(await calls(() => update(created, copied))).toEqual([
      "ListSupportRegions",
      "CreateSecretReplica",
      "ShowSecret",
      "ShowSecret",
    ]);
    expect(copies()).toEqual(["cn-east-3"]);
  });

  it("is made again where nothing had happened", async () => {
    const created = await create(alone);
    hasten();
    fault("CreateSecretReplica", { kind: "resetBefore", times: 1 });
    const updated = await update(created, copied);
    expect(copies()).toEqual(["cn-east-3"]);
    expect(planned(await refreshed(updated), copied).changed).toEqual([]);
  });
});

describe("a replica that comes to nothing", () => {
  it("is an error that tells the region, and taking it out removes it", async () => {
    const created = await create(alone);
    hasten();
    withStatus("FAILED");
    const error = await failure(update(created, copied));
    expect(error).toBeInstanceOf(PartialFailure);
    expect(error.message).toMatch(
      /secret "db" failed: its replica in cn-east-3 has the status FAILED\. Take the region/,
    );
    expect(error.observed.state).toMatchObject({ replicaRegions: ["cn-east-3"], replicas: [{ status: "FAILED" }] });
    for (const failed of [error.observed, await refreshed(error.observed)])
      expect(planned(failed, alone).changed).toEqual(["replicaRegions"]);
    await update(error.observed, alone);
    expect(copies()).toEqual([]);
  });

  it("is an error where it is never listed, which keeps those that are", async () => {
    const created = await create({ ...alone, replicaRegions: ["cn-north-1"] });
    const wanted = { ...alone, replicaRegions: ["cn-north-1", "cn-east-3"] };
    hasten(10_000);
    fault("CreateSecretReplica", { kind: "wrongShape", act: false, times: 1 });
    const error = await failure(update(created, wanted));
    expect(error).toBeInstanceOf(PartialFailure);
    expect(error.message).toBe(
      'CSMS CreateSecretReplica of secret "db" failed: after a minute there is no replica in cn-east-3. The next `pulumi up` makes it again.',
    );
    expect(error.observed.state).toMatchObject({ replicaRegions: ["cn-north-1"] });
    expect(planned(error.observed, wanted).changed).toEqual(["replicaRegions"]);
    const updated = await update(error.observed, wanted);
    expect(copies()).toEqual(["cn-north-1", "cn-east-3"]);
    expect(planned(updated, wanted).changed).toEqual([]);
  });

  it("is no error where it only takes long, and is told as under way", async () => {
    const created = await create(alone);
    hasten(100_000);
    withStatus("IN_PROGRESS");
    const { state } = await update(created, copied);
    expect(state).toMatchObject({ replicaRegions: ["cn-east-3"], replicas: [{ status: "IN_PROGRESS" }] });
  });

  it("is a CSMS error where its region has another secret of that name", async () => {
    const region = "cn-east-3";
    await create({ name: "db", secretString: canary, region });
    const created = await create(alone);
    const error = await failure(update(created, copied));
    expect(error.message).toMatch(/^CSMS CreateSecretReplica of secret "db" failed: CSMS\.0101: /);
    expect(planned(created, copied).changed).toEqual(["replicaRegions"]);
  });
});
