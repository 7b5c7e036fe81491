import { describe, expect, it } from "vitest";
import { DEFAULT_CREDENTIALS } from "../../../emulator/server";
import { isKind } from "../../../provider/errors";
import { huaweicloudSignIn } from "../../../provider/huaweicloud/credentials";
import { connect } from "../../../provider/huaweicloud/csms-client";
import { limiterOf } from "../../../provider/limiter";
import { failureOf } from "../failures";
import { sourceOf } from "../source";
import { fileWith } from "./profiles";
import { agency, csmsOf, idTokenIn, jwt, onClock, type Texts } from "./signing-in";

const on = onClock();
const { accessKey, secretKey } = DEFAULT_CREDENTIALS;

describe("an agency", () => {
  it("is that of the configuration, else that of the environment, for an hour unless another time is given", async () => {
    const env = {
      HW_ASSUME_ROLE_AGENCY_NAME: "build",
      HW_ASSUME_ROLE_DOMAIN_ID: "d2",
      HW_ASSUME_ROLE_DURATION: "900",
    };
    const own = { ...on.withKeys(), "huaweicloud:domainId": "d1" };
    const listed = `[${agency({ duration: 1800 })["huaweicloud:assumeRole"]}]`;
    await csmsOf(own, env)();
    await csmsOf({ ...own, ...agency() }, env)();
    // The same agency, as a list of one: its keys are there already.
    await csmsOf({ ...own, "huaweicloud:assumeRole": listed })();
    const sent = on.requests.filter(({ rawPath }) => rawPath.includes("securitytokens"));
    expect(sent.map(({ headers }) => headers["x-domain-id"])).toEqual(["d1", "d1"]);
    expect(sent.map(({ body }) => JSON.parse(body.toString()).auth.identity.assume_role)).toEqual([
      { agency_name: "build", domain_id: "d2", duration_seconds: 900 },
      { agency_name: "deploy", domain_name: "company", duration_seconds: 3600 },
    ]);
    expect(on.asked("iam.ListAuthDomains")).toBe(0);
  });

  it("of the environment is taken on top of configured keys too, unless the configuration names none", async () => {
    const env = { HW_ASSUME_ROLE_AGENCY_NAME: "build", HW_ASSUME_ROLE_DOMAIN_ID: "d2" };
    await csmsOf({ ...on.withKeys(), "huaweicloud:assumeRole": '{"agencyName":""}' }, env)();
    expect(on.asked("iam.CreateTemporaryAccessKeyByAgency")).toBe(0);
    await csmsOf(on.withKeys(), env)();
    expect(on.asked("iam.CreateTemporaryAccessKeyByAgency")).toBe(1);
  });

  it("is asked for by configured keys in their own account, not in that which the environment names", async () => {
    await csmsOf({ ...on.withKeys(), ...agency() }, { HW_DOMAIN_ID: "another" })();
    const sent = on.requests.filter(({ rawPath }) => rawPath.includes("securitytokens"));
    expect(sent.map(({ headers }) => headers["x-domain-id"])).not.toContain("another");
    expect(on.asked("iam.ListAuthDomains")).toBe(1);
  });

  it("is taken by whoever signs in: by an instance, and by an OpenID Connect token", async () => {
    await csmsOf({ ...on.withoutKeys(), ...agency() })();
    expect(on.called().slice(0, 2)).toEqual(["metadata.CreateToken", "metadata.ShowSecurityKey"]);
    expect(on.asked("iam.CreateTemporaryAccessKeyByAgency")).toBe(1);
    const env = idTokenIn(fileWith(jwt(60), "token"));
    await csmsOf({ ...on.withoutKeys(), ...agency() }, env)();
    expect(on.asked("iam.CreateTemporaryAccessKeyByAgency")).toBe(2);
    const signers = on.requests.map(({ headers }) => /Access=(\w+)/.exec(headers.authorization ?? "")?.[1]);
    expect(signers).not.toContain(accessKey);
  });

  it.each([
    "c4n4ry",
    '"c4n4ry"',
    "[]",
    "{}",
    '{"agencyName":"c4n4ry"}',
    '{"agencyName":"","domainName":"c4n4ry"}',
    '{"agencyName":"a","domainName":"c4n4ry","domainNmae":"c4n4ry"}',
    '{"agencyName":"a","domainName":"c4n4ry","duration":60}',
    '[{"agencyName":"a","domainId":"c4n4ry"},{"agencyName":"b","domainId":"c4n4ry"}]',
  ])("of a wrong shape is refused before anything is sent: %s", (json) => {
    expect(() => connect(sourceOf({ ...on.withKeys(), "huaweicloud:assumeRole": json }))).toThrow(
      /^huaweicloud:assumeRole must be an object of agencyName and the account .*; duration may be 900 to 86400 seconds$/,
    );
    const half = { HW_ASSUME_ROLE_AGENCY_NAME: "c4n4ry" };
    expect(() => connect(sourceOf(on.withKeys(), half))).toThrow(
      /^HW_ASSUME_ROLE_AGENCY_NAME with HW_ASSUME_ROLE_DOMAIN_NAME/,
    );
  });

  it.each<[string, Texts, RegExp]>([
    [
      "is not there",
      agency({ agencyName: "not-found" }),
      /by the agency "not-found" \(huaweicloud:assumeRole\): IAM Create.* failed: Not Found/,
    ],
    [
      "is asked for with a wrong key",
      { ...agency(), "huaweicloud:secretKey": "c4n4ry-wrong" },
      /IAM ListAuthDomains failed: APIGW\.0301.*Check the access key/,
    ],
  ])("that %s is an error of the sign-in, and none is repeated", async (_, changes, said) => {
    const config = { ...on.withKeys(), ...changes };
    const failure = await failureOf(csmsOf(config)(), "c4n4ry", secretKey);
    expect(failure).toMatchObject({ kind: "credentials", mayHaveActed: false });
    expect(failure.message).toMatch(/^cannot sign in to Huawei Cloud by the agency/);
    expect(failure.message).toMatch(said);
    expect(
      on
        .emulator()
        .calls()
        .filter(({ status }) => status >= 400),
    ).toHaveLength(1);
    // What is found nowhere is no secret that is gone.
    expect(isKind(failure, "notFound")).toBe(false);
  });

  it("counts as one account for the limiter, whatever its keys are", async () => {
    const source = sourceOf({ ...on.withKeys(), ...agency() });
    const signIn = huaweicloudSignIn(source);
    const before = [signIn.account, await signIn.credentials()];
    on.pass(60);
    const after = [signIn.account, await signIn.credentials()];
    expect(after[0]).toBe(before[0]);
    expect(after[1]).not.toEqual(before[1]);
    const others = [{}, { agencyName: "other" }, { domainName: "other" }].map((changes) =>
      huaweicloudSignIn(sourceOf({ ...on.withKeys(), ...agency(changes) })),
    );
    expect(new Set(others.map(({ account }) => limiterOf(on.emulator().url, account))).size).toBe(3);
    expect(others[0]?.account).toBe(signIn.account);
  });
});
