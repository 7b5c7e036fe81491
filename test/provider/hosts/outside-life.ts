import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from "vitest";
import { type Emulator, startEmulator } from "../../../emulator/server";
import { formsOf } from "../../e2e/leaks";
import { configFor } from "../../stack-config";
import { hosted } from "../hosted";
import { type Properties, unwrapped } from "./dynamic-provider";

/** A value field, and what a resource of it needs besides; `held` is what the cloud has, newest last. */
export interface Kind {
  readonly name: string;
  readonly resource: string;
  readonly field: string;
  readonly rest: Properties;
  readonly isBinary?: true;
  held(emulator: Emulator): string[];
}

// biome-ignore lint/suspicious/noExplicitAny: what the emulator holds is read at the wire's edge
const secretsOf = (emulator: Emulator, service: string): any[] => (emulator.state() as any)[service].secrets;
const kms = { regionId: "cn-hangzhou", secretName: "app" };
const csms = { region: "cn-north-4", name: "app" };
const kmsValues = (emulator: Emulator) =>
  secretsOf(emulator, "kms").flatMap(({ Versions }) => Versions.map(({ SecretData }: Properties) => SecretData));
const csmsValues = (emulator: Emulator) =>
  secretsOf(emulator, "csms").flatMap(({ versions }) =>
    versions.map(({ secretString, secretBinary }: Properties) => secretString ?? secretBinary),
  );

export const kinds = {
  kms: { name: "KMS", resource: "AliyunKmsSecret", field: "secretData", rest: kms, held: kmsValues },
  kmsBinary: {
    name: "KMS, binary",
    resource: "AliyunKmsSecret",
    field: "secretData",
    rest: { ...kms, secretDataType: "binary" },
    isBinary: true,
    held: kmsValues,
  },
  gpdb: {
    name: "AnalyticDB",
    resource: "AnalyticDbSecret",
    field: "password",
    rest: { dbInstanceId: "gp-1", username: "app", secretName: "app", regionId: "cn-hangzhou" },
    held: (emulator) => secretsOf(emulator, "gpdb").map(({ Password }) => Password),
  },
  csms: { name: "CSMS", resource: "CsmsSecret", field: "secretString", rest: csms, held: csmsValues },
  csmsBinary: {
    name: "CSMS, binary",
    resource: "CsmsSecret",
    field: "secretBinary",
    rest: csms,
    isBinary: true,
    held: csmsValues,
  },
} as const satisfies Record<string, Kind>;

/** What a preview shows: why there is none, or the inputs and what they lead to. */
interface Preview {
  readonly failures?: readonly string[];
  readonly inputs: Properties;
  readonly op?: string;
  readonly replaces?: readonly string[];
}

/** One resource through the engine's eyes: nothing that this ever gets may show a value that is to stay outside. */
export class Life {
  id = "";
  inputs: Properties = {};
  outs: Properties = {};
  /** What the engine has got so far. */
  private seen = "";

  constructor(
    private readonly emulator: Emulator,
    private readonly resource: string,
  ) {}

  /** What `pulumi preview` comes to. */
  async preview(news: Properties): Promise<Preview> {
    const { check, diff } = await this.host();
    const { inputs: checked = {}, failures = [] } = this.see(await check(this.inputs, news));
    if (failures.length > 0) return { failures: failures.map(({ reason }) => reason), inputs: {} };
    const inputs = unwrapped(checked);
    if (this.id === "") return { inputs, op: "create" };
    const { changes, replaces = [] } = this.see(await diff(this.id, this.outs, inputs));
    return { inputs, replaces, op: replaces.length > 0 ? "replace" : changes ? "update" : "same" };
  }

  /** What `pulumi up` does: `create`, `same`, `update` or `replace`. */
  async up(news: Properties): Promise<string | undefined> {
    const { failures, inputs, op } = await this.preview(news);
    expect(failures).toBeUndefined();
    const host = await this.host();
    if (op === "replace") await this.destroy();
    if (op === "replace" || op === "create") return this.make(unwrapped((await host.check({}, news)).inputs ?? {}), op);
    if (op === "update")
      this.outs = await this.kept(() => host.update(this.id, this.outs, inputs).then(({ outs = {} }) => outs));
    this.inputs = inputs;
    return op;
  }

  private async make(inputs: Properties, op: string): Promise<string> {
    const { create } = await this.host();
    this.outs = await this.kept(async () => {
      const { id, outs = {} } = await create(inputs);
      this.id = id;
      return outs;
    });
    this.inputs = inputs;
    return op;
  }

  /** The outputs, also those of a failure in the middle, which goes on. */
  private async kept(act: () => Promise<Properties>): Promise<Properties> {
    try {
      return unwrapped(this.see(await act()));
    } catch (error) {
      const { id, properties, message, stack } = error as Error & { id?: string; properties?: Properties };
      this.see({ properties, message, stack });
      if (id !== undefined) this.id = id;
      if (properties) this.outs = unwrapped(properties);
      throw error;
    }
  }

  async refresh(): Promise<void> {
    const { read } = await this.host();
    const { id, props = {}, inputs = {} } = this.see(await read(this.id, this.outs));
    this.id = id ?? "";
    this.outs = unwrapped(props);
    this.inputs = unwrapped(inputs);
  }

  async destroy(): Promise<void> {
    const { delete: remove } = await this.host();
    await remove(this.id, this.outs);
  }

  /** No form of a value was ever in anything that the engine got. */
  hides(...values: readonly string[]): void {
    const forms = values.flatMap((value) => [...formsOf(value), ...formsOf(Buffer.from(value, "base64").toString())]);
    expect(forms.filter((form) => form.length > 3 && this.seen.includes(form))).toEqual([]);
  }

  private host = () => hosted(this.resource, configFor(this.emulator));

  private see<T>(answer: T): T {
    this.seen += JSON.stringify(answer);
    return answer;
  }
}

/** One emulator for a file of tests, empty before each, with a clean environment after it; `warned` is what the host printed. */
export function outside() {
  const ground = { emulator: undefined as unknown as Emulator, warned: [] as string[] };
  beforeAll(async () => {
    ground.emulator = await startEmulator();
  });
  afterAll(() => ground.emulator.close());
  beforeEach(() => {
    ground.emulator.reset();
    ground.warned = [];
    vi.spyOn(console, "error").mockImplementation((text) => ground.warned.push(String(text)));
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });
  return ground;
}

export const first = "c4n4ry-the-first";
export const second = "c4n4ry-the-second";
export const third = "c4n4ry-the-third";
/** What the environment variable of the tests holds. */
export const value = (text: string | undefined) => vi.stubEnv("APP_VALUE", text);
