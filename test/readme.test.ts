import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import ts from "typescript";
import { afterAll, beforeAll, expect, it } from "vitest";
import { lookups } from "../provider/lookups";
import { resources } from "../provider/resources";
import { withReference } from "../tools/sdk/reference.mts";

const root = join(__dirname, "..");
const readme = readFileSync(join(root, "README.md"), "utf8");
const folder = join(root, ".cache/readme");
const file = join(folder, "example.ts");
beforeAll(() => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, /```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? "");
});
afterAll(() => rmSync(folder, { recursive: true }));

it("the README's example is right in its types", () => {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const program = ts.createProgram([file], options);
  expect(ts.getPreEmitDiagnostics(program).map(({ messageText }) => messageText)).toEqual([]);
});

it("the README's example declares the secret that it says", async () => {
  const made: pulumi.runtime.MockResourceArgs[] = [];
  await pulumi.runtime.setMocks({
    newResource(args) {
      made.push(args);
      return { id: "id", state: { ...args.inputs, arn: "acs:kms:r:1:secret/orders/database" } };
    },
    call: () => ({}),
  });
  pulumi.runtime.setAllConfig({ "project:password": "hunter2" }, ["project:password"]);
  const { arn } = (await import(file)) as { arn: pulumi.Output<string> };
  expect(await new Promise((resolve) => void arn.apply(resolve))).toBe("acs:kms:r:1:secret/orders/database");
  expect(made).toMatchObject([
    { type: "pulumi-nodejs:dynamic/cloudsecrets:AliyunKmsSecret", inputs: { secretName: "orders/database" } },
  ]);
});

it("the README's reference is that of the definitions", () => {
  expect(withReference(readme, resources, lookups)).toBe(readme);
});
