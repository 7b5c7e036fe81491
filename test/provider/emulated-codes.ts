import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const making = /\b(?:new RpcError|refusal|gatewayRefusal|keystoneError)\((?!status\b)/g;
const made = /\b(?:new RpcError|refusal|gatewayRefusal|keystoneError)\(\s*\d{3},\s*(["`])(.+?)\1/g;
const named = /\b[cC]ode: "(.+?)"/g;

/** All codes that stand in the emulator's source of a cloud; throws where one is made in another way than these. */
export function codesWrittenIn(cloud: "alicloud" | "huaweicloud"): string[] {
  const folder = join(__dirname, "../../emulator", cloud);
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const codes = files.flatMap((file) => {
    const source = readFileSync(join(folder, file), "utf8");
    const found = [...source.matchAll(made)].map(([, , code = ""]) => code);
    if (found.length !== [...source.matchAll(making)].length)
      throw new Error(`${file} makes an error unlike the others`);
    return [...found, ...[...source.matchAll(named)].map(([, code = ""]) => code)];
  });
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it stands in the source
  return [...new Set(codes.map((code) => code.replace("${name}", "SecretName")))].sort();
}
