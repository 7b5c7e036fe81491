import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { getRequestListener, type HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { Hono } from "hono";
import { ecsMetadata } from "./alicloud/ecs-metadata";
import { gpdb } from "./alicloud/gpdb/gpdb";
import { kms } from "./alicloud/kms/kms";
import { Sessions } from "./alicloud/sessions";
import { sts } from "./alicloud/sts/sts";
import { controlRoutes } from "./control";
import { dispatch, type RecordedCall, type Surroundings } from "./dispatch";
import { type FaultPlan, Faults } from "./faults";
import { csms } from "./huaweicloud/csms";
import { eps } from "./huaweicloud/eps";
import { iam } from "./huaweicloud/iam";
import { metadata } from "./huaweicloud/metadata";
import { Projects } from "./huaweicloud/projects";
import { isForLoopback } from "./loopback";
import type { Service, ServiceOptions, WireRequest } from "./service";
import { readWire, writeWire } from "./wire";

export type { RecordedCall } from "./dispatch";
export type { FaultPlan } from "./faults";
export type { WireRequest } from "./service";

/** The credentials that are accepted unless others are given. */
export const DEFAULT_CREDENTIALS = {
  accessKey: "emulator",
  secretKey: "emulator-secret-key",
  token: "emulator-token",
} as const;

/** All services; EPS sees the secrets of CSMS, and KMS and AnalyticDB the temporary keys that STS and ECS give. */
function servicesOf(options: ServiceOptions): Service[] {
  const projects = new Projects(options);
  const sessions = new Sessions(options);
  const alicloud = [kms, gpdb, sts, ecsMetadata].map((service) => service(options, sessions));
  return [...alicloud, csms(options, projects), iam(options), eps(options, projects), metadata(options)];
}

export interface EmulatorOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** How long each answer of a service is held back, in milliseconds. */
  readonly latencyMs?: number;
  readonly accessKey?: string;
  readonly secretKey?: string;
  /** The X-Auth-Token that Huawei Cloud's services accept. */
  readonly token?: string;
  /** The services' clock, in milliseconds since 1970. */
  readonly now?: () => number;
  /** Told of each request that is not for the emulator itself, as it came, before it is answered. */
  readonly onRequest?: (request: WireRequest) => void;
}

export interface Emulator {
  /** `http://127.0.0.1:<port>`. */
  readonly url: string;
  readonly port: number;
  /** What each service holds, under its name, values included. */
  state(): Record<string, unknown>;
  /** The API calls so far in the order in which they were answered, without the first `since`. */
  calls(since?: number): readonly RecordedCall[];
  /** Resets, and takes in what `state` gave, also of another emulator; throws a ZodError for anything else. */
  load(state: Readonly<Record<string, unknown>>): void;
  /** Forgets all secrets, calls and faults. */
  reset(): void;
  /** Makes calls go wrong; throws a ZodError for a plan that is none. */
  addFaults(plan: FaultPlan): void;
  clearFaults(): void;
  /** Stops listening and ends every connection. */
  close(): Promise<void>;
}

// 30 KB of secret in a query is 92 KB once percent-encoded
const MAX_HEADER_BYTES = 256 * 1024;

function surroundings(options: EmulatorOptions, url: () => string): Surroundings {
  const now = options.now ?? Date.now;
  let skewMs = 0;
  const serviceOptions: ServiceOptions = {
    now: () => now() + skewMs,
    accessKey: options.accessKey ?? DEFAULT_CREDENTIALS.accessKey,
    secretKey: options.secretKey ?? DEFAULT_CREDENTIALS.secretKey,
    token: options.token ?? DEFAULT_CREDENTIALS.token,
  };
  const services = servicesOf(serviceOptions);
  return {
    services,
    faults: new Faults(services.flatMap(({ name, operations }) => operations.map((one) => `${name}.${one}`))),
    now,
    skew: (ms, action) => {
      skewMs = ms;
      try {
        return action();
      } finally {
        skewMs = 0;
      }
    },
    calls: [],
    url,
  };
}

type Controls = Omit<Emulator, "url" | "port" | "close"> & { faults(): readonly unknown[] };

function controls({ services, faults, calls }: Surroundings): Controls {
  const reset = () => {
    for (const service of services) service.reset();
    faults.clear();
    calls.length = 0;
  };
  return {
    state: () => Object.fromEntries(services.map((service) => [service.name, service.state()])),
    calls: (since = 0) => calls.slice(since),
    faults: () => faults.list(),
    addFaults: (plan) => faults.add(plan),
    clearFaults: () => faults.clear(),
    load: (state) => {
      reset();
      for (const service of services) service.load?.(state[service.name]);
    },
    reset,
  };
}

/** `closing` wakes the answers that are held back. */
function application(around: Surroundings, control: Controls, options: EmulatorOptions, closing: AbortSignal) {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.use("*", async (c, next) => {
    if (isForLoopback(c.env.incoming)) return next();
    return c.json({ error: "the emulator answers only to loopback hosts" }, 403);
  });
  app.route("/_emulator", controlRoutes(control));
  app.all("/_emulator/*", (c) => c.notFound());
  app.all("*", async (c) => {
    const request = await readWire(c.env.incoming);
    options.onRequest?.(request);
    const outcome = dispatch(request, around);
    if (!outcome) return c.notFound();
    const heldMs = (options.latencyMs ?? 0) + outcome.delayMs;
    if (heldMs > 0) await sleep(heldMs, undefined, { signal: closing }).catch(() => undefined);
    writeWire(c.env.outgoing, outcome.reply, outcome.ending);
    return RESPONSE_ALREADY_SENT;
  });
  app.notFound((c) => c.json({ error: "no emulated service has this address" }, 404));
  return app;
}

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });

/**
 * Starts Alibaba Cloud KMS, AnalyticDB for PostgreSQL and STS, Huawei Cloud CSMS, its IAM and EPS, and both clouds' metadata of an
 * ECS instance on one port of 127.0.0.1.
 * Rejects with EADDRINUSE when the port is taken.
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const closing = new AbortController();
  let port = 0;
  const url = () => `http://127.0.0.1:${port}`;
  const around = surroundings(options, url);
  const { faults: _, ...control } = controls(around);
  const app = application(around, controls(around), options, closing.signal);
  const server = createServer(
    { maxHeaderSize: MAX_HEADER_BYTES, keepAliveTimeout: 60_000 },
    getRequestListener(app.fetch),
  );
  port = await listen(server, options.port ?? 0);
  return {
    ...control,
    url: url(),
    port,
    close: async () => {
      closing.abort();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
