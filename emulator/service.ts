/** One HTTP request as it came over the wire, nothing decoded yet. */
export interface WireRequest {
  readonly method: string;
  /** As sent, percent-escapes kept: signatures cover it. */
  readonly rawPath: string;
  /** As sent, without the `?`. */
  readonly rawQuery: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface WireReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Faults that every cloud can answer with, each in its own words. */
export type Fault = "throttle" | "quota" | "unavailable" | "internal";

/** What a service needs from its surroundings. */
export interface ServiceOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly accessKey: string;
  readonly secretKey: string;
  /** The one X-Auth-Token that is accepted (Huawei Cloud). */
  readonly token: string;
}

/** One emulated cloud service. It authenticates, validates and answers by itself, and never throws. */
export interface Service {
  /** Key of its part of `GET /_emulator/state`. */
  readonly name: string;
  /** The names of its operations, without its own. */
  readonly operations: readonly string[];
  /** Whether a request is meant for this service. */
  accepts(request: WireRequest): boolean;
  /** The API operation's name, `kms.CreateSecret` for example: what `/_emulator/calls` shows and faults are aimed at. */
  operationOf(request: WireRequest): string;
  answer(request: WireRequest): WireReply;
  /** The reply with which this cloud itself reports such a fault; the request decides its format where there are several. */
  refuse(kind: Fault, request?: WireRequest): WireReply;
  /** All that it holds as plain JSON, values included. */
  state(): unknown;
  /** Takes in what `state` gave, where it then held nothing; throws a ZodError for anything else. */
  load?(state: unknown): void;
  reset(): void;
}
