import { AliyunKmsSecret, AnalyticDbSecret, CsmsSecret } from "pulumi-cloud-secrets";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_CREDENTIALS } from "../../emulator/server";
import { apart } from "../counts.mts";
import { byHand } from "./by-hand";
import { resourcesIn } from "./checkpoints";
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

  it("are found wherever a run leaves them: a value in the state, a credential in a resource, a short value", async () => {
    const leaky = await startStack();
    const { secretKey, token } = DEFAULT_CREDENTIALS;
    await byHand(leaky.emulator).kms("CreateSecret", { SecretName: "short", SecretData: "1", VersionId: "1" });
    const leaving = (secretString: string) => async () => {
      new AliyunKmsSecret("kms", { secretName: "app", secretData: "c4n4ry", description: secretKey });
      new CsmsSecret("csms", { name: "app", secretString });
      return { plain: "c4n4ry" };
    };
    await leaky.up(leaving(token));
    await leaky.up(leaving(secretKey));
    let failure = "";
    const counted = await apart(async () => {
      const stopped = leaky.stop().then(() => "nothing was found");
      failure = await stopped.catch((error: Error) => error.message);
    });
    const [, ...lines] = failure.split("\n");
    expect(counted).toMatchObject({ searches: 1, leaks: lines.length });
    for (const found of [
      /a canary in .*stacks\/e2e\/test\.json$/m,
      /a canary in .*backups.*\.json$/m,
      /a canary in the events/,
      /a canary in what pulumi up prints/,
      /secretKey in .*history.*\.json$/m,
      /secretKey in the decrypted .*stacks\/e2e\/test\.json$/m,
      /secretKey in the decrypted .*stacks\/e2e\/test\.json\.bak$/m,
      /token in the decrypted .*history.*\.checkpoint\.json$/m,
      /token in the decrypted .*backups.*\.json$/m,
      /SecretData has neither a canary nor 12 characters/,
    ])
      expect(failure).toMatch(found);
    // What was encrypted is gone from the newest one.
    expect(failure).not.toMatch(/token in .*stacks\/e2e\/test\.json$/m);
    expect(failure).not.toMatch(new RegExp(`c4n4ry|${secretKey}|${token}`));
  });

  it("stand in no file and in nothing that is printed, though the program gives plain strings", async () => {
    await stack.preview(first, { diff: true });
    await stack.up(first, { diff: true });
    await stack.up(changed, { diff: true });
    await stack.refresh();
    stack.emulator.addFaults({ faults: [{ operation: "*.*", kind: "quota" }] });
    await expect(stack.up(first, { diff: true })).rejects.toThrow(/quota/i);
    stack.emulator.clearFaults();
    const files = filesBelow(stack.folder);
    for (const kind of ["test.json", "test.json.bak", ".history.json"])
      expect(Object.keys(files)).toContainEqual(expect.stringMatching(`${kind}$`));
    expect(stack.evidence.told("the command lines")).toMatch(/cmd\/dynamic-provider/);
    expect(stack.evidence.told("the requests")).toMatch(/^POST \/v1\/.*\/secrets\?.*"authorization"/m);
    expect(stack.evidence.found(files)).toEqual([]);
  });

  it("are read from a checkpoint as Pulumi itself decrypts it", async () => {
    const shown = await stack.cli("stack", "export", "--show-secrets");
    const { deployment } = JSON.parse(shown, (_, value) => (value?.plaintext ? JSON.parse(value.plaintext) : value));
    const [newest] = Object.entries(await stack.decrypted()).filter(([path]) => path.endsWith("stacks/e2e/test.json"));
    const resources = resourcesIn(newest?.[1]);
    expect(JSON.stringify(resources)).toContain(JSON.stringify(secrets.changedData));
    expect(resources).toEqual(resourcesIn({ checkpoint: { latest: deployment } }));
  });

  it("stand in the engine's most verbose logs only where it writes out its own messages, as for every resource", async () => {
    const loudly = { logToStdErr: true, logVerbosity: 9, logFlow: true, debug: true };
    const runs = [
      await stack.preview(changed, loudly),
      await stack.up(changed, loudly),
      await stack.refresh(loudly),
      await stack.destroy(loudly),
    ];
    expect(runs.flatMap(({ printed }) => printed.split("\n")).length).toBeGreaterThan(1_000);
    expect(stack.evidence.found({})).toEqual([]);
  });
});
