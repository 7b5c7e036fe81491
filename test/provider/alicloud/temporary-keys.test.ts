import { describe, expect, it, vi } from "vitest";
import { rpcClient } from "../../../provider/alicloud/client";
import { alicloudCredentials } from "../../../provider/alicloud/credentials";
import { kmsApi } from "../../../provider/alicloud/kms-api";
import {
  account,
  arn,
  byOidc,
  byRole,
  called,
  emulator,
  file,
  jwt,
  keys,
  listed,
  lister,
  minute,
  oidc,
  oidcVariables,
  pass,
  secret,
  sessions,
  source,
} from "./signing-in";

describe("temporary keys", () => {
  const roleSource = (name: string) => source({ ...keys, assumeRole: { roleArn: arn(name) } });
  const signIns = () => called().filter((operation) => operation.startsWith("sts.")).length;

  it("are asked for once by all resources of the process, however many call at once", async () => {
    const clients = Array.from({ length: 10 }, () => lister(roleSource("one")));
    await Promise.all(clients.map((call) => call()));
    await rpcClient(kmsApi, roleSource("one"))("CreateSecret", "cn-hangzhou", secret("app"));
    expect([signIns(), called().length]).toEqual([1, 12]);
    await listed(roleSource("another"));
    expect(signIns()).toBe(2);
  });

  it("stand for one account in the limits of calls, whatever they are now", async () => {
    const { account: ofRole } = alicloudCredentials(roleSource("one"));
    expect([ofRole, alicloudCredentials(source({ assumeRoleWithOidc: oidc() })).account]).toEqual([account, account]);
  });

  it("are renewed a few minutes before they end, through hours of calls", async () => {
    const call = lister(roleSource("long"));
    for (let passed = 0; passed < 180; passed += 7) {
      await call();
      pass(7 * minute);
    }
    expect(emulator.calls().filter(({ status }) => status !== 200)).toEqual([]);
    // At 0, 56, 112 and 168 minutes: an hour each, less the last minutes.
    expect(signIns()).toBe(4);
  });

  it("of each role in a chain are renewed, and a token is read from its file anew", async () => {
    const variables = oidcVariables();
    const call = lister(source({ assumeRole: { roleArn: arn("chained") } }, variables));
    for (let hour = 0; hour < 3; hour++) {
      file("token", jwt(60 * minute, `c4n4ry-${hour}`));
      await call();
      pass(58 * minute);
    }
    expect(called()).toEqual(Array.from({ length: 3 }, () => [...byOidc, ...byRole, "gpdb.ListSecrets"]).flat());
  });

  it("of an instance are taken from it again before they end", async () => {
    const call = lister(source({ ecsRoleName: "emulated-instance" }));
    for (let hour = 0; hour < 12; hour++) {
      await call();
      pass(59 * minute);
    }
    expect(emulator.calls().filter(({ status }) => status !== 200)).toEqual([]);
    expect(sessions()).toHaveLength(2);
  });

  it("that the service takes for ended are renewed once, and the call made again, once for all", async () => {
    const call = rpcClient(kmsApi, roleSource("early"));
    const create = (name: string) => call("CreateSecret", "cn-hangzhou", secret(name));
    await create("before");
    // As where the service's clock is before this machine's.
    const [session] = sessions();
    emulator.load({ ...emulator.state(), sts: { sessions: [{ ...session, Expiration: "2020-01-01T00:00:00Z" }] } });
    await Promise.all(["a", "b", "c"].map(create));
    expect(called().filter((operation) => operation.startsWith("sts."))).toEqual(byRole);
    expect(emulator.calls().filter(({ status }) => status === 400)).toHaveLength(3);
  });

  it("go on to be used while they last where no others can be had", async () => {
    const call = lister(roleSource("kept"));
    await call();
    pass(57 * minute);
    emulator.addFaults({ faults: [{ operation: "sts.*", kind: "error", status: 503 }] });
    await call();
    await call();
    expect(emulator.calls().map(({ operation, status }) => `${operation} ${status}`)).toEqual([
      "sts.AssumeRole 200",
      "gpdb.ListSecrets 200",
      "sts.AssumeRole 503",
      "gpdb.ListSecrets 200",
      "gpdb.ListSecrets 200",
    ]);
  });

  it("are asked for again where STS is unavailable for a while, also for a call that must not be made twice", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    emulator.addFaults({ faults: [{ operation: "sts.*", kind: "loseAnswer", times: 2 }] });
    const call = rpcClient(kmsApi, roleSource("late"));
    await call("CreateSecret", "cn-hangzhou", secret("app"));
    expect(called()).toEqual([...byRole, ...byRole, ...byRole, "kms.CreateSecret"]);
  });
});
