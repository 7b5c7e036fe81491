#!/usr/bin/env node
import { parseArgs } from "node:util";
import { z } from "zod";
import { DEFAULT_CREDENTIALS, type EmulatorOptions, startEmulator } from "./server";

const HELP = `Alibaba Cloud KMS, AnalyticDB for PostgreSQL and STS, Huawei Cloud CSMS, IAM and EPS, and both clouds' metadata of an ECS instance, emulated on 127.0.0.1.

cloud-secrets-emulator [options]
  --port <n>             port to listen on; 0 takes a free one (default 4566)
  --latency-ms <n>       hold each answer back so long (default 0)
  --access-key <key>     the access key that is accepted (default ${DEFAULT_CREDENTIALS.accessKey})
  --secret-key <key>     its secret key (default ${DEFAULT_CREDENTIALS.secretKey})
  --token <token>        the X-Auth-Token that is accepted (default ${DEFAULT_CREDENTIALS.token})
  --help                 this text

GET  /_emulator/state    all that is stored, values included
POST /_emulator/state    take that in again, in place of what is stored
GET  /_emulator/calls    the API calls so far; ?since=<n> leaves out the first n
POST /_emulator/faults   make calls go wrong: {"seed": 1, "faults": [{"operation": "kms.*", "kind": "throttle", "share": 0.2}]}
POST /_emulator/reset    forget everything`;

const number = (most: number, reason: string) =>
  z
    .string()
    .regex(/^\d{1,9}$/, reason)
    .transform(Number)
    .refine((value) => value <= most, reason);

const filled = z.string().min(1, "must not be empty");

const flags = z
  .object({
    port: number(65_535, "must be a port from 0 to 65535").prefault("4566"),
    "latency-ms": number(600_000, "must be milliseconds from 0 to 600000").prefault("0"),
    "access-key": filled.optional(),
    "secret-key": filled.optional(),
    token: filled.optional(),
    help: z.boolean().default(false),
  })
  .refine((given) => (given["access-key"] === undefined) === (given["secret-key"] === undefined), {
    path: ["access-key"],
    error: "and --secret-key go together",
  });

/** Says in one line why the command line or the start is no good, and ends the process. */
function refuse(message: string, exitCode: number): never {
  console.error(`cloud-secrets-emulator: ${message}`);
  process.exit(exitCode);
}

function argumentError(error: unknown): string {
  if (!(error instanceof Error)) return "bad arguments";
  // a stray word may be a secret key that lost its flag
  if (error.message.startsWith("Unexpected argument")) return "there is an argument without a flag; see --help";
  const [, flag] = /^Option '(--[\w-]+).*' argument is ambiguous/.exec(error.message) ?? [];
  if (flag) return `${flag} needs a value, and none that begins with "-"; see --help`;
  // the first sentence names the flag, the rest is advice
  return error.message.split(/\.\s/)[0] ?? "";
}

function parseFlags(argv: string[]): unknown {
  const value = { type: "string" } as const;
  try {
    return parseArgs({
      args: argv,
      options: {
        port: value,
        "latency-ms": value,
        "access-key": value,
        "secret-key": value,
        token: value,
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch (error) {
    return refuse(argumentError(error), 2);
  }
}

function readOptions(argv: string[]): EmulatorOptions | "help" {
  const read = flags.safeParse(parseFlags(argv));
  const issue = read.error?.issues[0];
  if (!read.success) return refuse(`--${String(issue?.path[0])} ${issue?.message}`, 2);
  if (read.data.help) return "help";
  return {
    port: read.data.port,
    latencyMs: read.data["latency-ms"],
    accessKey: read.data["access-key"],
    secretKey: read.data["secret-key"],
    token: read.data.token,
  };
}

function startFailure(error: unknown, port: number | undefined): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "EADDRINUSE") return `port ${port} is in use; give another one with --port`;
  if (code === "EACCES") return `port ${port} is not allowed; give another one with --port`;
  return `cannot start: ${error instanceof Error ? error.message : String(error)}`;
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options === "help") {
    console.log(HELP);
    return;
  }
  const emulator = await startEmulator(options).catch((error: unknown) => refuse(startFailure(error, options.port), 1));
  const stop = () => void emulator.close().then(() => process.exit(0));
  process.once("SIGINT", stop).once("SIGTERM", stop);
  console.log(`accepts the access key ${options.accessKey ?? DEFAULT_CREDENTIALS.accessKey}`);
  console.log(`listening on ${emulator.url}`);
}

void main();
