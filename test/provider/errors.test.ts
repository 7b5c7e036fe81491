import { describe, expect, it } from "vitest";
import { CloudError, describeFailure, ifFound, isKind, mayHaveActed, withoutSecrets } from "../../provider/errors";

describe("a message of a service that repeats a secret", () => {
  const secret = 'canary "1"\n\\é&=+*!';
  it.each([
    ["plain", secret],
    ["escaped as JSON", JSON.stringify({ SecretData: secret })],
    ["percent-encoded", `SecretData=${encodeURIComponent(secret)}`],
    ["as our form has it", new URLSearchParams({ SecretData: secret }).toString()],
    ["in the middle of more", `InvalidParameter: the value ${secret} is not allowed`],
  ])("is left out, %s", (_, said) => {
    expect(withoutSecrets(said, ["", "other", secret])).toBe("(the message is left out, since it repeats a secret)");
  });

  it("is left out also where it repeats a text of a value that is JSON, unless that is short", () => {
    const value = JSON.stringify({ Accounts: [{ AccountName: "app", AccountPassword: secret }] });
    for (const said of [`the password ${secret} is too weak`, JSON.stringify({ said: secret })])
      expect(withoutSecrets(said, [value])).toContain("left out");
    expect(withoutSecrets("The account app is not there.", [value])).toContain("account app");
  });

  it.each([
    [
      "shortened",
      "the value 'a long canary of 40 characters or s…' is too long",
      "a long canary of 40 characters or so it is",
    ],
    ["as base64", `the value ${Buffer.from(secret).toString("base64")} is wrong`, secret],
    ["escaped as HTML", "the value canary &quot;1&quot; &lt;b&gt; is wrong", 'canary "1" <b>'],
    ["as a short password of a value that is JSON", "the password 'hunter2' is too weak", '{"Password":"hunter2"}'],
    ["as what its base64 says", "the value canary-1 is wrong", Buffer.from("canary-1").toString("base64")],
  ])("is left out, %s", (_, said, value) => {
    expect(withoutSecrets(said, [value])).toContain("left out");
  });

  it("stays where it repeats none", () => {
    expect(withoutSecrets("The quota is exceeded.", ["", "canary"])).toBe("The quota is exceeded.");
    expect(withoutSecrets("The request exceeded a limit.", ["x", "limi"])).toBe("The request exceeded a limit.");
    expect(withoutSecrets("The value x is wrong.", ["x"])).toContain("left out");
    expect(withoutSecrets('"pw" is wrong, the password is', ["pw"])).toContain("left out");
    expect(withoutSecrets("lone surrogates are no reason to fail", ["\ud800"])).toContain("lone");
  });
});

describe("a failed call", () => {
  const failed = (facts: Partial<Parameters<typeof describeFailure>[1]>) =>
    describeFailure('KMS CreateSecret of secret "db"', { kind: "other", said: "No.", ...facts });

  it("is one line: what failed, the service's code and words, where, and what to do next", () => {
    expect(failed({})).toBe('KMS CreateSecret of secret "db" failed: No.');
    expect(failed({ said: "  two\n lines. ", code: "C.1", status: 400 })).toBe(
      'KMS CreateSecret of secret "db" failed: C.1: two lines (HTTP 400).',
    );
    expect(failed({ kind: "clock", code: "C", status: 400, requestId: "r1" })).toBe(
      'KMS CreateSecret of secret "db" failed: C: No (HTTP 400, request r1). The clock of this machine and that of the service differ too much: set this machine\'s clock.',
    );
  });
});

describe("an error of a cloud", () => {
  it("is told by its kind, and may have acted only where it says so", () => {
    const error = new CloudError({ kind: "throttled", message: "m" });
    expect([isKind(error, "denied", "throttled"), isKind(error, "denied"), isKind(new Error("m"), "other")]).toEqual([
      true,
      false,
      false,
    ]);
    expect(mayHaveActed(error)).toBe(false);
    expect(mayHaveActed(new CloudError({ kind: "unavailable", message: "m", mayHaveActed: true }))).toBe(true);
    expect(mayHaveActed(new Error("m"))).toBe(false);
  });
});

describe("ifFound", () => {
  it("is what the call answers, and nothing where the secret is not there", async () => {
    expect(await ifFound(Promise.resolve("it"))).toBe("it");
    expect(await ifFound(Promise.reject(new CloudError({ kind: "notFound", message: "m" })))).toBeUndefined();
  });

  it.each(["credentials", "denied", "throttled", "unavailable", "pendingDeletion"] as const)(
    "is no answer to %s",
    async (kind) => {
      const error = new CloudError({ kind, message: "m", status: 404 });
      await expect(ifFound(Promise.reject(error))).rejects.toBe(error);
    },
  );
});
