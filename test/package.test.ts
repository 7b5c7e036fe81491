import { execFileSync } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = join(__dirname, "..");
let packed: string[];
/** A project that has the package from its tarball, and nothing else but Pulumi. */
let project: string;

const run = (command: string, args: readonly string[], cwd = project) =>
  execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
const write = (name: string, content: string) => writeFileSync(join(project, name), content);

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), "package-"));
  const [{ filename, files }] = JSON.parse(run("npm", ["pack", "--json", `--pack-destination=${project}`], root));
  packed = (files as { path: string }[]).map(({ path }) => path);
  write("package.json", '{ "private": true }');
  const quiet = ["--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"];
  run("npm", ["install", ...quiet, join(project, filename), "@pulumi/pulumi@3.270.0"]);
}, 600_000);
afterAll(() => rmSync(project, { recursive: true, force: true }));

it("holds what is built, its papers, and nothing else", () => {
  const sources = globSync("{provider,sdk,emulator}/**/*.ts", { cwd: root }).map((file) => file.slice(0, -3));
  const built = sources.flatMap((source) => [`dist/${source}.js`, `dist/${source}.d.ts`]);
  const papers = [
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "SECURITY.md",
    "package.json",
    ...globSync("docs/*.md", { cwd: root }),
  ];
  expect(packed.sort(), "remove dist if a source was renamed").toEqual([...built, ...papers].sort());
});

describe("in a project of its own", () => {
  const classes = "AliyunKmsSecret,AnalyticDbSecret,CloudSecretsProvider,CsmsEvent,CsmsSecret";

  it("works with import", () => {
    write(
      "main.mjs",
      'import * as all from "pulumi-cloud-secrets";\nimport { CsmsSecret } from "pulumi-cloud-secrets";\nconsole.log(Object.keys(all).filter((name) => /^[A-Z]/.test(name)).sort().join(), CsmsSecret.name);',
    );
    expect(run("node", ["main.mjs"]).trim()).toBe(`${classes} CsmsSecret`);
  });

  it("works with require", () => {
    write(
      "main.cjs",
      'console.log(Object.keys(require("pulumi-cloud-secrets")).filter((name) => /^[A-Z]/.test(name)).sort().join());',
    );
    expect(run("node", ["main.cjs"]).trim()).toBe(classes);
  });

  it("opens no path but the public ones", () => {
    write(
      "deep.cjs",
      'try { require("pulumi-cloud-secrets/dist/provider/check.js") } catch (error) { console.log(error.code) }',
    );
    expect(run("node", ["deep.cjs"]).trim()).toBe("ERR_PACKAGE_PATH_NOT_EXPORTED");
  });

  it("has all that making a secret of each kind needs", () => {
    write("make.mjs", makeEach);
    expect(JSON.parse(run("node", ["make.mjs"]))).toEqual([
      expect.stringMatching(/^acs:kms:/),
      expect.stringMatching(/^acs:gpdb:/),
      expect.stringMatching(/^[0-9a-f-]{36}$/),
    ]);
  });

  it("has types that strict programs compile with", () => {
    write("program.ts", program);
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    const options = ["--strict", "--noEmit", "--module", "nodenext", "--target", "es2023", "--types", "node"];
    expect(() => run("node", [tsc, ...options, "program.ts"])).not.toThrow();
  }, 120_000);

  it("brings nothing but packages under the licences that docs/dependencies.md names", () => {
    const page = readFileSync(join(root, "docs/dependencies.md"), "utf8").split("## Licences of all")[1] ?? "";
    const named = [...page.matchAll(/`([^`]+)`/g)].map(([, text]) => text);
    const inOwnWords = [...page.matchAll(/^\| `(.+?)` \| `(.+?)` \|/gm)].map(
      ([, name, licence]) => `${name}: ${licence}`,
    );
    const installed: { name: string; license: string }[] = JSON.parse(run("npm", ["query", ":root *"]));
    expect(installed.length).toBeGreaterThan(100);
    const others = installed.filter(({ name, license }) => {
      const isOwn = inOwnWords.some((words) => words.endsWith(`: ${license}`));
      return isOwn ? !inOwnWords.includes(`${name}: ${license}`) : !named.includes(license);
    });
    expect(others.map(({ name, license }) => `${name}: ${license}`)).toEqual([]);
  });

  it("brings the emulator's command", () => {
    expect(run("npx", ["--no-install", "cloud-secrets-emulator", "--help"])).toContain("--latency-ms");
  });
});

const makeEach = `
import { DEFAULT_CREDENTIALS, startEmulator } from "pulumi-cloud-secrets/emulator";
import { host } from "pulumi-cloud-secrets/dynamic";

const emulator = await startEmulator();
const { accessKey, secretKey } = DEFAULT_CREDENTIALS;
const endpoints = JSON.stringify(Object.fromEntries(["kms", "gpdb", "iam"].map((service) => [service, emulator.url])));
const config = { region: "cn-north-4", accessKey, secretKey, endpoints };
const make = async (name, inputs) => {
  const provider = host(name);
  await provider.configure({ config: { get: (key) => config[key.split(":")[1]] } });
  const checked = await provider.check({}, inputs);
  if (checked.failures.length > 0) throw new Error(JSON.stringify(checked.failures));
  return (await provider.create({ ...checked.inputs, ...inputs })).id;
};
const ids = [
  await make("AliyunKmsSecret", { secretName: "db", secretData: "v" }),
  await make("AnalyticDbSecret", { dbInstanceId: "gp-1", username: "app", password: "v" }),
  await make("CsmsSecret", { name: "db", secretString: "v" }),
];
console.log(JSON.stringify(ids));
await emulator.close();
`;

const program = `
import * as pulumi from "@pulumi/pulumi";
import {
  AliyunKmsSecret,
  AnalyticDbSecret,
  type AliyunKmsSecretArgs,
  CloudSecretsProvider,
  CsmsEvent,
  CsmsSecret,
  getAliyunKmsSecretValue,
  listCsmsSecrets,
} from "pulumi-cloud-secrets";
import { type Emulator, startEmulator } from "pulumi-cloud-secrets/emulator";

const args: AliyunKmsSecretArgs = {
  secretName: "db",
  secretData: pulumi.secret("v"),
  tags: pulumi.output({ a: "1" }),
};
const kms = new AliyunKmsSecret("a", args, { protect: true });
const gpdb = new AnalyticDbSecret("b", { dbInstanceId: kms.arn, username: "app", password: kms.secretData.apply((value) => value ?? "") });
const csms = CsmsSecret.get("c", "id", { name: "db" });
export const arn: pulumi.Output<string> = gpdb.arn;
export const version: pulumi.Output<string> = csms.currentVersionId;
const managed: AliyunKmsSecretArgs = {
  secretType: "Rds",
  extendedConfig: { secretSubType: "SingleUser", dbInstanceId: kms.arn, customData: { owner: ["us"] } },
  secretDataFrom: { env: "RDS" },
};
new AliyunKmsSecret("f", managed);
export const other: unknown = AliyunKmsSecret.isInstance(csms) ? csms.secretName : undefined;
export const emulator: Promise<Emulator> = startEmulator({ port: 0 });
new CsmsSecret("d", { secretString: "v", replicaRegions: ["cn-east-3", { region: kms.regionId }] });
const provider = new CloudSecretsProvider("prod-sh", { alicloud: { region: "cn-shanghai", secretKey: pulumi.secret("v") } });
new AliyunKmsSecret("i", args, { provider });
export const value: pulumi.Output<string> = getAliyunKmsSecretValue({ arn: kms.arn }, { provider }).secretData;
export const names: pulumi.Output<string[]> = listCsmsSecrets().secrets.apply((all) => all.map(({ name }) => name));
// @ts-expect-error no such setting
new CloudSecretsProvider("wrong", { alicloud: { regoin: "cn-shanghai" } });
// @ts-expect-error a notification is needed
new CsmsEvent("g", { eventTypes: ["SECRET_ROTATED"] });
// @ts-expect-error of another type
new AliyunKmsSecret("h", { ...managed, extendedConfig: { secretSubType: "SingleUser", userName: "app" } });
// @ts-expect-error no such input
new AliyunKmsSecret("e", { ...args, secretNmae: "x" });
`;
