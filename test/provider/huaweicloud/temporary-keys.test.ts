import { describe, expect, it, vi } from "vitest";
import { DEFAULT_CREDENTIALS, type WireRequest } from "../../../emulator/server";
import { failureOf } from "../failures";
import { fileWith } from "./profiles";
import { agency, csmsOf, idTokenIn, jwt, onClock, type Texts } from "./signing-in";

const on = onClock();
const { secretKey } = DEFAULT_CREDENTIALS;

/** How each way is set up, what it asks before the first call, and the operation that gives its keys. */
const ways: [string, () => [Texts, Texts], string[], string][] = [
  [
    "an agency",
    () => [{ ...on.withKeys(), ...agency() }, {}],
    ["iam.ListAuthDomains", "iam.CreateTemporaryAccessKeyByAgency"],
    "iam.CreateTemporaryAccessKeyByAgency",
  ],
  [
    "the metadata of an instance",
    () => [on.withoutKeys(), {}],
    ["metadata.CreateToken", "metadata.ShowSecurityKey"],
    "metadata.ShowSecurityKey",
  ],
  [
    "an OpenID Connect token",
    () => [on.withoutKeys(), idTokenIn(fileWith(jwt(24 * 60), "token"))],
    ["iam.CreateUnscopedTokenWithIdToken", "iam.CreateTemporaryAccessKeyByToken"],
    "iam.CreateTemporaryAccessKeyByToken",
  ],
];

describe.each(ways)("%s", (_, settings, first, gives) => {
  const list = () => csmsOf(...settings());

  it("signs in; nothing is asked before the first call", async () => {
    const call = list();
    expect(on.called()).toEqual([]);
    await call();
    expect(on.called()).toEqual([...first, "csms.ListSecrets"]);
    const { headers } = on.requests.at(-1) as WireRequest;
    expect(headers.authorization).toMatch(/^SDK-HMAC-SHA256 Access=HST\w{17}, SignedHeaders=\S*x-security-token/);
    expect(headers["x-auth-token"]).toBeUndefined();
  });

  it("is asked once for all resources of a process, also those that come later", async () => {
    const [config, env] = settings();
    await Promise.all([1, 2, 3].map(() => csmsOf(config, env)()));
    await csmsOf(config, env)();
    expect([on.asked(gives), on.asked("csms.ListSecrets")]).toEqual([1, 4]);
  });

  it("is asked again some minutes before its keys end, however long an `up` takes", async () => {
    const call = list();
    for (let minutes = 0; minutes < 180; minutes += 4) {
      await call();
      on.pass(4);
    }
    expect(on.called().filter((one) => /\d$/.test(one))).toEqual([]);
    expect([on.asked(gives), on.asked("csms.ListSecrets")]).toEqual([4, 45]);
  });

  it("keeps its keys where it cannot be asked again, as long as they hold", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    const call = list();
    await call();
    on.pass(57);
    on.emulator().addFaults({ faults: [{ operation: gives, kind: "resetBefore" }] });
    await call();
    const failed = on.emulator().calls().length;
    await call();
    // A renewal that failed is not tried again at once.
    expect(on.emulator().calls().length).toBe(failed + 1);
    on.pass(4);
    await failureOf(call(), secretKey);
    on.emulator().clearFaults();
    await call();
    expect(on.asked("csms.ListSecrets")).toBe(4);
  });

  it("is asked again where the service takes its keys for ended, and the call is made once more", async () => {
    const call = list();
    await call();
    on.pass(48);
    // Not so far that the signature's time would be refused.
    on.hurry(13);
    await call();
    expect(on.called().slice(first.length + 1)).toEqual(["csms.ListSecrets 401", ...first, "csms.ListSecrets"]);
  });
});
