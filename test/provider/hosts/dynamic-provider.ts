import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { credentials, Server, ServerCredentials, type ServiceError } from "@grpc/grpc-js";
import { EngineService, type IEngineServer } from "@pulumi/pulumi/proto/engine_grpc_pb";
import type { LogRequest } from "@pulumi/pulumi/proto/engine_pb";
import { LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as rpc from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";

export type Properties = Record<string, unknown>;

/** How the engine tells a value that it does not know yet. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** How a secret looks on the engine's wire. */
export const secret = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});

/** Outputs as the engine hands them back: it keeps the marks of secrets to itself, at any depth. */
export const unwrapped = (values: Properties): Properties =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, plainValue(value)]));

function plainValue(value: unknown): unknown {
  if (isSecret(value)) return plainValue(value.value);
  if (Array.isArray(value)) return value.map(plainValue);
  return typeof value === "object" && value !== null ? unwrapped(value as Properties) : value;
}

const isSecret = (value: unknown): value is ReturnType<typeof secret> =>
  typeof value === "object" && value !== null && "4dabf18193072939515e22adb298388d" in value;

/** The text that this package stores with each resource. */
export const providerOf = (resource: string) =>
  `exports.handler=()=>require('pulumi-cloud-secrets/dynamic').host('${resource}')`;

/** The value of every secret below: what must not be seen where it is not expected. */
export const canary = "c4n4ry-of-the-value";
export const kms = {
  secretName: "app",
  secretData: canary,
  regionId: "cn-hangzhou",
  __provider: providerOf("AliyunKmsSecret"),
};
export const csms = {
  name: "app",
  secretString: canary,
  region: "cn-north-4",
  __provider: providerOf("CsmsSecret"),
};
export const gpdb = {
  dbInstanceId: "gp-1",
  username: "app",
  secretName: "app",
  password: canary,
  regionId: "cn-hangzhou",
  __provider: providerOf("AnalyticDbSecret"),
};

export const failureOf = (call: Promise<unknown>): Promise<Error> =>
  call.then(
    () => Promise.reject(new Error("it did not fail")),
    (error: Error) => error,
  );

const root = join(__dirname, "../../..");
const main = join(root, "node_modules/@pulumi/pulumi/cmd/dynamic-provider/index.js");

/** The engine's own process for dynamic resources, spoken to as the engine does. */
export async function startDynamicProvider(config: Record<string, string>, env: Record<string, string> = {}) {
  const { PATH = "" } = process.env;
  const log = await startLog();
  const child = spawn(process.execPath, [main, log.address], { cwd: root, env: { PATH, ...env } });
  const output = { text: "" };
  child.stderr.on("data", (chunk: Buffer) => {
    output.text += chunk;
  });
  const [port] = (await once(child.stdout, "data")) as [Buffer];
  child.stdout.on("data", (chunk: Buffer) => {
    output.text += chunk;
  });
  const client = new ResourceProviderClient(`127.0.0.1:${port.toString().trim()}`, credentials.createInsecure());
  return {
    ...methods(client, config),
    /** What it printed: the engine shows it to the user. */
    printed: () => output.text,
    /** The warnings that it has shown since they were last asked for. */
    warnings: () => log.warnings.splice(0),
    async stop() {
      client.close();
      child.kill();
      await once(child, "close");
      log.server.forceShutdown();
    },
  };
}

/** The part of the engine that shows messages to the user. */
async function startLog() {
  const warnings: string[] = [];
  const server = new Server();
  const log: IEngineServer["log"] = ({ request }: { request: LogRequest }, answer) => {
    if (request.getSeverity() === LogSeverity.WARNING) warnings.push(request.getMessage());
    answer(null, new Empty());
  };
  server.addService({ log: EngineService.log } as typeof EngineService, { log } as unknown as IEngineServer);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return { server, warnings, address: `127.0.0.1:${port}` };
}

type Answer<Reply> = (error: ServiceError | null, reply: Reply) => void;

function methods(client: ResourceProviderClient, config: Record<string, string>) {
  const ask = <Reply>(call: (answer: Answer<Reply>) => unknown) =>
    new Promise<Reply>((resolve, reject) => {
      call((error, reply) => (error ? reject(error) : resolve(reply)));
    });
  return {
    configure: () =>
      ask<rpc.ConfigureResponse>((answer) => {
        const request = new rpc.ConfigureRequest();
        request.setArgs(struct(config));
        client.configure(request, answer);
      }),
    async check(olds: Properties, news: Properties) {
      const request = new rpc.CheckRequest();
      request.setOlds(struct(olds));
      request.setNews(struct(news));
      const reply = await ask<rpc.CheckResponse>((answer) => client.check(request, answer));
      return { inputs: plain(reply.getInputs()), failures: reply.toObject().failuresList };
    },
    async diff(id: string, olds: Properties, news: Properties) {
      const request = new rpc.DiffRequest();
      request.setId(id);
      request.setOlds(struct(olds));
      request.setNews(struct(news));
      const reply = await ask<rpc.DiffResponse>((answer) => client.diff(request, answer));
      const changes = reply.getChanges() === rpc.DiffResponse.DiffChanges.DIFF_SOME;
      return { changes, replaces: reply.getReplacesList(), deleteBeforeReplace: reply.getDeletebeforereplace() };
    },
    async create(properties: Properties) {
      const request = new rpc.CreateRequest();
      request.setProperties(struct(properties));
      const reply = await ask<rpc.CreateResponse>((answer) => client.create(request, answer));
      return { id: reply.getId(), outs: plain(reply.getProperties()) };
    },
    /** A refresh hands over the state's outputs, a lookup only what the program says. */
    async read(id: string, given: { properties: Properties } | { inputs: Properties }) {
      const request = new rpc.ReadRequest();
      request.setId(id);
      if ("properties" in given) request.setProperties(struct(given.properties));
      else request.setInputs(struct(given.inputs));
      const reply = await ask<rpc.ReadResponse>((answer) => client.read(request, answer));
      return { id: reply.getId(), outs: plain(reply.getProperties()), inputs: plain(reply.getInputs()) };
    },
    async update(id: string, olds: Properties, news: Properties) {
      const request = new rpc.UpdateRequest();
      request.setId(id);
      request.setOlds(struct(olds));
      request.setNews(struct(news));
      return plain((await ask<rpc.UpdateResponse>((answer) => client.update(request, answer))).getProperties());
    },
    async delete(id: string, properties: Properties) {
      const request = new rpc.DeleteRequest();
      request.setId(id);
      request.setProperties(struct(properties));
      await ask((answer) => client.delete(request, answer));
    },
  };
}

/** What an error tells of a resource that is kept although its making failed. */
export function keptPart(error: unknown) {
  const [details] = (error as ServiceError).metadata.get("grpc-status-details-bin") as Buffer[];
  const packed = details && Status.deserializeBinary(details).getDetailsList()[0];
  const kept = packed?.unpack(rpc.ErrorResourceInitFailed.deserializeBinary, "pulumirpc.ErrorResourceInitFailed");
  return kept && { id: kept.getId(), properties: plain(kept.getProperties()), reasons: kept.getReasonsList() };
}

const struct = (values: Properties) => Struct.fromJavaScript(values as Record<string, JavaScriptValue>);
const plain = (values: Struct | undefined) => (values?.toJavaScript() ?? {}) as Properties;
