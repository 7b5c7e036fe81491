import { createRequire } from "node:module";

/** Shows a warning to the user, once in a process: the engine asks for the same difference several times. */
export function warner(): (message: string) => Promise<void> {
  const said = new Set<string>();
  return async (message) => {
    if (said.has(message)) return;
    said.add(message);
    await tellEngine(message).catch(() => console.error(`warning: ${message}`));
  };
}

const deadlineMs = 5_000;

/** The engine gives its address to each provider that it starts, but its own library does not use it there. */
async function tellEngine(message: string): Promise<void> {
  const [, , address = ""] = process.argv;
  const { EngineClient, LogRequest, LogSeverity, credentials, Metadata } = libraries();
  const request = new LogRequest();
  request.setSeverity(LogSeverity.WARNING);
  request.setMessage(message);
  const client = new EngineClient(address, credentials.createInsecure());
  try {
    const options = { deadline: Date.now() + deadlineMs };
    await new Promise<void>((resolve, reject) => {
      client.log(request, new Metadata(), options, (error) => (error ? reject(error) : resolve()));
    });
  } finally {
    client.close();
  }
}

/** Loaded only for a warning; gRPC is a dependency of Pulumi's, so that is where every package manager has it. */
function libraries() {
  const { EngineClient } =
    require("@pulumi/pulumi/proto/engine_grpc_pb") as typeof import("@pulumi/pulumi/proto/engine_grpc_pb");
  const { LogRequest, LogSeverity } =
    require("@pulumi/pulumi/proto/engine_pb") as typeof import("@pulumi/pulumi/proto/engine_pb");
  const requireOfPulumi = createRequire(require.resolve("@pulumi/pulumi/package.json"));
  const { credentials, Metadata } = requireOfPulumi("@grpc/grpc-js") as typeof import("@grpc/grpc-js");
  return { EngineClient, LogRequest, LogSeverity, credentials, Metadata };
}
