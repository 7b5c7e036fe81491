import { AliyunKmsSecret, AnalyticDbSecret, CsmsSecret } from "pulumi-cloud-secrets";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { filesBelow, formsOf, leaks } from "./leaks";
import { passphrase, startStack, type TestStack } from "./support";

const value = (of: string) => `c4n4ry "${of}"\\ & ünïcode + /?=`;
const secrets = {
  secretData: value("kms"),
  password: value("gpdb"),
  secretString: value("csms"),
  changedData: value("kms, changed"),
  changedPassword: value("gpdb, changed"),
  changedString: value("csms, changed"),
};
const secretBinary = Buffer.from(value("binary")).toString("base64");
const credentials = { secretKey: "c4n4ry/of+the=secret-key", passphrase };
const hidden = { ...secrets, secretBinary, binary: value("binary"), ...credentials };

const program = (secretData: string, password: string, secretString: string) => async () => {
  const kms = new AliyunKmsSecret("kms", { secretName: "app", secretData });
  const gpdb = new AnalyticDbSecret("gpdb", { dbInstanceId: "gp-1", username: "app", password });
  const csms = new CsmsSecret("csms", { name: "app", secretString });
  new CsmsSecret("binary", { name: "binary", secretBinary });
  return { kms: kms.secretData, gpdb: gpdb.password, csms: csms.secretString, arn: gpdb.arn };
};
const first = program(secrets.secretData, secrets.password, secrets.secretString);
const changed = program(secrets.changedData, secrets.changedPassword, secrets.changedString);

let stack: TestStack;
beforeAll(async () => {
  stack = await startStack({ secretKey: credentials.secretKey });
});
afterAll(() => stack.stop());

describe("values of secrets, and credentials", { timeout: 120_000 }, () => {
  it("are looked for in every form that they could have", () => {
    for (const form of formsOf(hidden.secretData)) {
      expect(leaks({ file: `xx${form}yy` }, hidden)).toContain("secretData in file");
    }
    for (const before of ["", "a", "ab"]) {
      const file = Buffer.from(`${before}${hidden.password}more`).toString("base64");
      expect(leaks({ file }, hidden)).toEqual(["password in file"]);
    }
  });

  it("stand in no file and in nothing that is printed, though the program gives plain strings", async () => {
    const runs = {
      preview: await stack.preview(first, { diff: true }),
      up: await stack.up(first, { diff: true }),
      "up again": await stack.up(changed, { diff: true }),
      refresh: await stack.refresh(),
    };
    const told = Object.fromEntries(
      Object.entries(runs).flatMap(([name, { printed, events }]) => [
        [`what ${name} prints`, printed],
        [`the events of ${name}`, events],
      ]),
    );
    stack.emulator.addFaults({ faults: [{ operation: "*.*", kind: "quota" }] });
    told["a failing up"] = await stack.up(first, { diff: true }).then(
      () => expect.fail("it did not fail"),
      (error: Error) => error.message,
    );
    stack.emulator.clearFaults();
    const files = filesBelow(stack.folder);
    for (const kind of ["test.json", "test.json.bak", ".history.json"])
      expect(Object.keys(files)).toContainEqual(expect.stringMatching(`${kind}$`));
    expect(leaks({ ...told, ...files }, hidden)).toEqual([]);
  });

  it("stand in the engine's most verbose logs only where it writes out its own messages, as for every resource", async () => {
    const loudly = { logToStdErr: true, logVerbosity: 9, logFlow: true, debug: true };
    const runs = [
      await stack.preview(changed, loudly),
      await stack.up(changed, loudly),
      await stack.refresh(loudly),
      await stack.destroy(loudly),
    ];
    const lines = runs.flatMap(({ printed }) => printed.split("\n"));
    const others = lines.filter((line) => !/arshaling property for RPC|RegisterResource RPC finished/.test(line));
    expect(others.length).toBeGreaterThan(1_000);
    expect(leaks({ "the loud logs": others.join("\n"), ...filesBelow(stack.folder) }, hidden)).toEqual([]);
  });
});
