import { generateKeyPairSync, sign } from "node:crypto";

/** One ASN.1 value; no part of a certificate of ours is longer than 64 KB. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const length = body.length < 128 ? [body.length] : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

const sequence = (...parts: readonly Buffer[]) => der(0x30, ...parts);

/** A certificate for localhost that nobody vouches for, and its key. */
export function selfSigned(): { cert: string; key: string } {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const ecdsaWithSha256 = sequence(Buffer.from("06082a8648ce3d040302", "hex"));
  const commonName = sequence(Buffer.from("0603550403", "hex"), der(0x0c, Buffer.from("localhost")));
  const name = sequence(der(0x31, commonName));
  const years = ["200101000000Z", "491231235959Z"].map((time) => der(0x17, Buffer.from(time)));
  const spki = publicKey.export({ type: "spki", format: "der" });
  const facts = sequence(der(0x02, Buffer.from([1])), ecdsaWithSha256, name, sequence(...years), name, spki);
  const signature = der(0x03, Buffer.from([0]), sign("sha256", facts, privateKey));
  const base64 = sequence(facts, ecdsaWithSha256, signature).toString("base64");
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}
