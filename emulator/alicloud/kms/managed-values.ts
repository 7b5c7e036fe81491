import { generateKeyPairSync, randomBytes } from "node:crypto";
import { z } from "zod";
import { jsonOf } from "../parameters";
import type { Managed } from "./extended-config";
import { parameterErrors } from "./refusals";
import { timestamp } from "./secret";

const text = z.string().min(1);

/** A reader of SecretData in one form; what it throws names the form, and nothing that was sent. */
const form =
  <Value>(schema: z.ZodType<Value>, words: string) =>
  (sent: string): Value => {
    const read = jsonOf(schema).safeParse(sent);
    if (read.success) return read.data;
    throw parameterErrors.invalid("SecretData", `must be JSON with ${words} alone`);
  };

const first = <Item>(item: z.ZodType<Item>) => z.tuple([item], item).transform(([one]) => one);

const accounts = form(
  z.strictObject({ Accounts: first(z.strictObject({ AccountName: text, AccountPassword: text })) }),
  "Accounts of AccountName and AccountPassword",
);

const accessKeys = form(
  z.strictObject({ AccessKeys: first(z.strictObject({ AccessKeyId: text, AccessKeySecret: text })) }),
  "AccessKeys of AccessKeyId and AccessKeySecret",
);

const passwordLogin = form(z.strictObject({ UserName: text, Password: text }), "UserName and Password");

const keyLogin = form(
  z.strictObject({ UserName: text, PublicKey: text, PrivateKey: text }),
  "UserName, PublicKey and PrivateKey",
);

const random = (): string => randomBytes(18).toString("base64url");

const newAccount = (AccountName = "") => ({ AccountName, AccountPassword: random() });

const stamped = (accessKey: { AccessKeyId: string; AccessKeySecret: string }, now: number) => ({
  ...accessKey,
  GenerateTimestamp: timestamp(now),
});

function newKeys() {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519", {
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  return { PublicKey: publicKey, PrivateKey: privateKey };
}

/** What a new secret shows for the value that was sent; throws when that has not the form of the type. */
function shownFirst({ type, config }: Managed, sent: string, now: number): object {
  switch (type) {
    case "Rds":
      return accounts(sent).Accounts;
    case "RAMCredentials":
      return stamped(accessKeys(sent).AccessKeys, now);
    case "ECS":
      return config.SecretSubType === "Password" ? passwordLogin(sent) : keyLogin(sent);
    default:
      if (sent !== "$Auto") throw parameterErrors.invalid("SecretData", `must be $Auto for ${type}`);
      return newAccount(config.AccountName);
  }
}

interface Shown {
  readonly AccountName?: string;
  readonly UserName?: string;
}

/** What a rotation makes of the value that is shown: the same account or user, new credentials. */
function shownNext({ type, config }: Managed, { AccountName, UserName }: Shown, now: number): object {
  switch (type) {
    case "RAMCredentials":
      return stamped({ AccessKeyId: `AK${random()}`, AccessKeySecret: random() }, now);
    case "ECS":
      return { UserName, ...(config.SecretSubType === "Password" ? { Password: random() } : newKeys()) };
    default:
      return newAccount(AccountName);
  }
}

export const firstValue = (managed: Managed, sent: string, now: number): string =>
  JSON.stringify(shownFirst(managed, sent, now));

export const nextValue = (managed: Managed, shown: string, now: number): string =>
  JSON.stringify(shownNext(managed, JSON.parse(shown), now));
