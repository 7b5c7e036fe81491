import { expect, vi } from "vitest";
import { projectIdOf } from "../../../emulator/huaweicloud/identity";
import type { Observed } from "../../../provider/definition";
import type { Values } from "../../../provider/fields";
import { millisecondsOf } from "../../../provider/huaweicloud/csms-schemas";
import type { Loose, onEmulator } from "../support";

/** The platform's own, as they were before a test listens to them. */
const send = globalThis.fetch;
const elapsed = performance.now.bind(performance);

export const projectId = projectIdOf("cn-north-4");
/** Where the secret `db` is. */
export const path = (rest = "") => `/v1/${projectId}/secrets/db${rest}`;

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Loose;
}

const onward = () => vi.mocked(fetch).getMockImplementation() ?? send;

/** Hears every request before the service does; an answer of its own takes the place of the service's. */
export function between(hear: (asked: Asked, served: () => Promise<Response>) => unknown): void {
  const further = onward();
  vi.mocked(fetch).mockImplementation(async (url, init) => {
    const { body, method = "GET" } = init ?? {};
    const { pathname, searchParams: query } = new URL(String(url));
    const asked = { method, path: pathname, query, body: typeof body === "string" ? JSON.parse(body) : {} };
    const served = () => further(url, init);
    const answer = await hear(asked, served);
    return answer instanceof Response ? answer : served();
  });
}

/** Whatever waits finds its time over at its next call: each comes so much later, by the clocks of both sides. */
export function hasten(ms = 2_000): void {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
  const further = onward();
  let ahead = 0;
  vi.spyOn(performance, "now").mockImplementation(() => elapsed() + ahead);
  vi.mocked(fetch).mockImplementation((url, init) => {
    ahead += ms;
    vi.setSystemTime(Date.now() + ms);
    return further(url, init);
  });
}

/** Versions and their stages as the emulator and a state tell them, to be compared. */
export const told = (versions: Loose): { id: string; stages: string[] }[] =>
  versions.map(({ id, stages }: Loose) => ({ id, stages: [...stages].sort() }));

/** A state tells what the service has, before a refresh and after it, and nothing is left to do. */
export async function settled(
  on: ReturnType<typeof onEmulator>,
  observed: Observed,
  wanted: Values,
): Promise<Observed> {
  const there = told(on.secrets()[0].versions);
  const { versionId, currentVersionId, versionStages, expireTime } = observed.state;
  expect(told(observed.state.versions)).toEqual(there);
  expect(there.find(({ stages }) => stages.includes("SYSCURRENT"))?.id).toBe(currentVersionId);
  expect(on.planned(observed, wanted)).toMatchObject({ changed: [], refused: [] });
  expect(await on.calls(() => on.update(observed, wanted))).toEqual([]);
  const again = await on.refreshed(observed);
  expect(told(again.state.versions)).toEqual(there);
  expect(again.state).toMatchObject({ versionId, currentVersionId, versionStages });
  expect(millisecondsOf(again.state.expireTime)).toBe(millisecondsOf(expireTime));
  expect(on.planned(again, wanted)).toMatchObject({ changed: [], refused: [] });
  return again;
}
