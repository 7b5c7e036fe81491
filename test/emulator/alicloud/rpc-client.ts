import { startEmulator } from "../../../emulator/server";
import { acs3, type Options, type Parameters } from "./acs3";

// biome-ignore lint/suspicious/noExplicitAny: answers are whatever the wire brings
export type Answer = any;

export interface Reply {
  readonly status: number;
  readonly body: Answer;
}

/** An emulator with a clock that a test can move, and signed calls that follow that clock. */
export async function rpcClient(version: string) {
  let now = Date.parse("2026-03-01T08:00:00Z");
  const emulator = await startEmulator({ now: () => now });
  const call = async (action: string, parameters: Parameters = {}, options: Options = {}): Promise<Reply> => {
    const { status, text } = await acs3(emulator.port, action, parameters, { version, at: now, ...options });
    return { status, body: JSON.parse(text) };
  };
  return {
    emulator,
    call,
    /** The body of a call that must work. */
    ok: async (action: string, parameters: Parameters = {}): Promise<Answer> => {
      const { status, body } = await call(action, parameters);
      if (status !== 200) throw new Error(`${action}: ${status} ${JSON.stringify(body)}`);
      return body;
    },
    /** Status and code of a call that must not. */
    refused: async (action: string, parameters: Parameters = {}): Promise<[number, string]> => {
      const { status, body } = await call(action, parameters);
      return [status, body.Code];
    },
    passDays: (days: number) => {
      now += days * 86_400_000;
    },
    passSeconds: (seconds: number) => {
      now += seconds * 1000;
    },
    iso: (offsetDays = 0) => `${new Date(now + offsetDays * 86_400_000).toISOString().slice(0, 19)}Z`,
  };
}

export const kmsClient = () => rpcClient("2016-01-20");
export const gpdbClient = () => rpcClient("2016-05-03");
export type RpcClient = Awaited<ReturnType<typeof rpcClient>>;
