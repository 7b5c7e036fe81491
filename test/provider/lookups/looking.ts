import { afterAll, beforeAll, beforeEach, expect, onTestFinished, vi } from "vitest";
import { type Emulator, startEmulator } from "../../../emulator/server";
import { lookUp } from "../../../provider/hosts/lookups";
import { byHand } from "../../e2e/by-hand";
import { configFor } from "../../stack-config";
import type { Loose } from "../support";

/** Has something happen before each page of a list, the first of which is 1; a Response stands in for the service's. */
export function beforePages(
  isPage: (request: { readonly url: string; readonly headers: Headers }) => boolean,
  act: (page: number, body: string) => Promise<Response | undefined>,
): void {
  const send = globalThis.fetch;
  let page = 0;
  vi.spyOn(globalThis, "fetch").mockImplementation(async (url, init) => {
    const asked = { url: String(url), headers: new Headers(init?.headers) };
    const answer = isPage(asked) ? await act(++page, String(init?.body)) : undefined;
    return answer ?? send(url, init);
  });
  onTestFinished(() => void vi.restoreAllMocks());
}

/** Look-ups as programs make them, on an emulator that each test finds empty. */
export function looking() {
  let emulator: Emulator;
  let command = {};
  beforeAll(async () => {
    emulator = await startEmulator();
  });
  afterAll(() => emulator.close());
  beforeEach(() => {
    emulator.reset();
    command = {};
  });

  const look = (name: string, args: object, config: Record<string, string> = {}): Promise<Loose> =>
    lookUp(name, args as Record<string, unknown>, { ...configFor(emulator), ...config }, command);
  return {
    look,
    hand: () => byHand(emulator),
    emulator: () => emulator,
    /** The one line that a look-up fails with. */
    async failure(name: string, args: object, config: Record<string, string> = {}): Promise<string> {
      const { message } = await look(name, args, config).then(
        () => expect.unreachable("nothing failed"),
        (error: Error) => error,
      );
      expect(message.startsWith(`${name}: `)).toBe(true);
      expect(message).not.toMatch(/\n|c4n4ry/);
      return message.slice(name.length + 2);
    },
    /** The operations that an action calls, in order. */
    async calls(act: () => Promise<unknown>): Promise<string[]> {
      const before = emulator.calls().length;
      await act();
      return emulator.calls(before).map(({ operation }) => operation);
    },
  };
}
