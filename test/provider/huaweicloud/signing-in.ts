import { afterAll, afterEach, beforeAll, beforeEach, vi } from "vitest";
import { type Emulator, startEmulator, type WireRequest } from "../../../emulator/server";
import { connect } from "../../../provider/huaweicloud/csms-client";
import { configFor } from "../../stack-config";
import { sourceOf } from "../source";

export const minute = 60_000;
export type Texts = Record<string, string>;

const place = { region: "cn-north-4", projectId: "0123456789abcdef0123456789abcdef" };

/** An emulator whose clock goes with that of the tests, which only they move on. */
export function onClock() {
  let emulator: Emulator;
  let aheadMs = 0;
  const requests: WireRequest[] = [];
  beforeAll(async () => {
    const now = () => Date.now() + aheadMs;
    emulator = await startEmulator({ now, onRequest: (request) => requests.push(request) });
  });
  afterAll(() => emulator.close());
  let begin = Date.now();
  beforeEach(() => {
    aheadMs = 0;
    emulator.reset();
    requests.length = 0;
    // So long after the test before that no keys of that one hold.
    begin += 48 * 60 * minute;
    vi.useFakeTimers({ toFake: ["Date"], now: begin });
  });
  afterEach(() => void vi.useRealTimers());
  const called = () =>
    emulator.calls().map(({ operation, status }) => (status < 300 ? operation : `${operation} ${status}`));
  return {
    emulator: () => emulator,
    requests,
    called,
    asked: (operation: string) => called().filter((one) => one === operation).length,
    pass: (minutes: number) => void vi.setSystemTime(Date.now() + minutes * minute),
    /** Sets the clock of the services alone. */
    hurry(minutes: number) {
      aheadMs = minutes * minute;
    },
    withKeys: () => configFor(emulator),
    withoutKeys: () => {
      const { "huaweicloud:accessKey": _ak, "huaweicloud:secretKey": _sk, ...config } = configFor(emulator);
      return config;
    },
  };
}

/** Calls CSMS as these settings sign in. */
export function csmsOf(config: Texts, env: Texts = {}) {
  const { csms } = connect(sourceOf(config, env));
  return () => csms("ListSecrets", place);
}

export const agency = (changes: object = {}) => ({
  "huaweicloud:assumeRole": JSON.stringify({ agencyName: "deploy", domainName: "company", ...changes }),
});

/** A token of OpenID Connect. */
export function jwt(lastsMinutes: number): string {
  const claims = JSON.stringify({ sub: "c4n4ry", exp: (Date.now() + lastsMinutes * minute) / 1_000 });
  return ["{}", claims, "c4n4ry-signature"].map((part) => Buffer.from(part).toString("base64url")).join(".");
}

/** The settings that such a token in a file is used by. */
export const idTokenIn = (file: string) => ({
  HUAWEICLOUD_SDK_IDP_ID: "idp",
  HUAWEICLOUD_SDK_ID_TOKEN_FILE: file,
});
