import { writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { connect } from "../../../provider/huaweicloud/csms-client";
import { failureOf } from "../failures";
import { recorder } from "../recorder";
import { sourceOf } from "../source";
import { fileWith } from "./profiles";
import { csmsOf, idTokenIn, jwt, onClock } from "./signing-in";

const on = onClock();

describe("an OpenID Connect token", () => {
  it("is read anew for each renewal, as it lasts no longer than its keys", async () => {
    const file = fileWith(jwt(10), "token");
    const call = csmsOf(on.withoutKeys(), idTokenIn(file));
    await call();
    on.pass(70);
    const failure = await failureOf(call(), "c4n4ry", jwt(10));
    expect(failure.message).toContain(`by the token in ${file} (HUAWEICLOUD_SDK_ID_TOKEN_FILE): `);
    writeFileSync(file, `${jwt(10)}\n`);
    await call();
    expect(on.asked("csms.ListSecrets")).toBe(2);
  });

  it("that has ended is told before anything is sent, without what it holds", () => {
    const source = sourceOf(on.withoutKeys(), idTokenIn(fileWith(jwt(-1), "token")));
    expect(() => connect(source)).toThrow(/, whose token ended at \d{4}-[\dT:.-]+Z; have a new one written there$/);
    expect(() => connect(source)).not.toThrow(/c4n4ry/);
  });

  it.each(["c4n4ry", "a.c4n4ry.b"])("is IAM's to judge where its end cannot be told: %#", async (token) => {
    const call = csmsOf(on.withoutKeys(), idTokenIn(fileWith(token, "token")));
    const failure = await failureOf(call(), "c4n4ry");
    expect(failure.message).toMatch(/IAM CreateUnscopedTokenWithIdToken failed: Unauthorized.*Check the access key/);
  });

  it("may end so late that there is no such date", async () => {
    await csmsOf(on.withoutKeys(), idTokenIn(fileWith(jwt(1e300), "token")))();
    expect(on.asked("csms.ListSecrets")).toBe(1);
  });

  it("that is not there is told before anything is sent", () => {
    const connected = (file: string) => () => connect(sourceOf(on.withoutKeys(), idTokenIn(file)));
    expect(connected("/nowhere")).toThrow(
      /^HUAWEICLOUD_SDK_ID_TOKEN_FILE names \/nowhere, which cannot be read: ENOENT$/,
    );
    expect(connected(fileWith("\n", "token"))).toThrow(/which is empty$/);
  });

  it("stands in no message that IAM repeats it in", async () => {
    const token = jwt(10);
    await using server = await recorder({
      status: 401,
      body: { error: { code: 401, title: "Unauthorized", message: `not ${token}` } },
    });
    const config = { ...on.withoutKeys(), "huaweicloud:endpoints": JSON.stringify({ iam: server.url }) };
    const failure = await failureOf(csmsOf(config, idTokenIn(fileWith(token, "token")))(), token);
    expect(failure.message).toContain("Unauthorized: (the message is left out");
    expect(server.requests.map(({ headers }) => headers["x-idp-id"])).toEqual(["idp"]);
  });
});
