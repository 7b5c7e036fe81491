import type { Faults, StrikingRule } from "./faults";
import type { Service, WireReply, WireRequest } from "./service";
import type { Ending } from "./wire";

/** One API call as it was answered. Holds no parameter and no value. */
export interface RecordedCall {
  readonly service: string;
  readonly operation: string;
  /** ISO 8601, by the emulator's clock. */
  readonly time: string;
  /** HTTP status as the client got it; 0 where it got no answer. */
  readonly status: number;
  /** The fault that struck, if one did. */
  readonly fault?: StrikingRule["kind"];
}

export interface Outcome {
  readonly reply: WireReply;
  readonly ending: Ending;
  readonly delayMs: number;
}

/** What the dispatcher works with; `skew` runs an action with the services' clocks off by so many milliseconds. */
export interface Surroundings {
  readonly services: readonly Service[];
  readonly faults: Faults;
  readonly now: () => number;
  readonly skew: <Result>(ms: number, action: () => Result) => Result;
  readonly calls: RecordedCall[];
  /** The emulator's own address. */
  readonly url: () => string;
}

const NO_REPLY: WireReply = { status: 0 };

const html = { "content-type": "text/html; charset=utf-8" };
const json = { "content-type": "application/json" };

const IMPOSTORS = {
  garbage: (): WireReply => ({ status: 200, headers: json, body: '\u0000\ufffd{"half' }),
  html: (): WireReply => ({
    status: 502,
    headers: html,
    body: "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>",
  }),
  wrongShape: (): WireReply => ({ status: 200, headers: json, body: '{"unexpected":[{"shape":true}]}' }),
  redirect: (url: string): WireReply => ({ status: 302, headers: { location: `${url}/_emulator/elsewhere` } }),
};

const withRetryAfter = (reply: WireReply, seconds: number | undefined): WireReply =>
  seconds === undefined ? reply : { ...reply, headers: { ...reply.headers, "retry-after": String(seconds) } };

/** Dated by the clock of the services, as clients may read it. */
const dated = (reply: WireReply, at: number): WireReply => ({
  ...reply,
  headers: { ...reply.headers, date: new Date(at).toUTCString() },
});

type Struck = Omit<Outcome, "delayMs">;

const whole = (reply: WireReply): Struck => ({ reply, ending: "whole" });

/** What a call comes to under a fault; `act` has the service answer it. */
function strike(rule: StrikingRule, service: Service, request: WireRequest, around: Surroundings): Struck {
  const act = () => service.answer(request);
  switch (rule.kind) {
    case "throttle":
      return whole(withRetryAfter(service.refuse("throttle", request), rule.retryAfter));
    case "quota":
      return whole(service.refuse("quota", request));
    case "error":
      if (rule.act) act();
      return whole(
        withRetryAfter(service.refuse(rule.status === 500 ? "internal" : "unavailable", request), rule.retryAfter),
      );
    case "clockSkew":
      return whole(around.skew(rule.ms, act));
    case "resetBefore":
      return { reply: NO_REPLY, ending: "nothing" };
    case "loseAnswer":
      act();
      return { reply: NO_REPLY, ending: "nothing" };
    case "stall":
    case "truncate":
      return { reply: act(), ending: rule.kind };
    default:
      if (rule.act) act();
      return whole(IMPOSTORS[rule.kind](around.url()));
  }
}

/** Finds the service that a request is meant for, has it act unless a fault strikes, and records the call. */
export function dispatch(request: WireRequest, around: Surroundings): Outcome | undefined {
  const service = around.services.find((candidate) => candidate.accepts(request));
  if (!service) return undefined;
  const operation = service.operationOf(request);
  const now = around.now();
  const time = new Date(now).toISOString();
  const { delayMs, rule } = around.faults.strike(operation, now);
  const struck = rule ? strike(rule, service, request, around) : whole(service.answer(request));
  around.calls.push({
    service: service.name,
    operation,
    time,
    status: struck.reply.status,
    ...(rule && { fault: rule.kind }),
  });
  const clock = now + (rule?.kind === "clockSkew" ? rule.ms : 0);
  return { ...struck, reply: dated(struck.reply, clock), delayMs };
}
