import type { ServiceOptions, WireRequest } from "../../service";
import type { RpcCall } from "../rpc";
import { gatewayRefusal } from "../rpc-error";
import type { Session, Sessions } from "../sessions";
import { acs3Claim } from "./acs3";
import type { Claim } from "./claim";
import { v1Claim } from "./v1";

const WINDOW_MS = 15 * 60_000;
const DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

const unknownAccessKey = () =>
  gatewayRefusal(404, "InvalidAccessKeyId.NotFound", "The Access Key ID provided does not exist in our records.");

const illegalTimestamp = (name: string) =>
  gatewayRefusal(
    400,
    "IllegalTimestamp",
    `The input parameter "${name}" is not within 15 minutes of the server's time.`,
  );

// the real message repeats the string to sign, and with it the parameters: left out, since those may be secrets
const wrongSignature = () =>
  gatewayRefusal(400, "SignatureDoesNotMatch", "Specified signature is not matched with our calculation.");

const missingToken = () => gatewayRefusal(400, "MissingSecurityToken", "SecurityToken is mandatory for this action.");

const anothersToken = () =>
  gatewayRefusal(400, "InvalidSecurityToken.MismatchWithAccessKey", "The token is not that of the AccessKeyId.");

const endedToken = () => gatewayRefusal(400, "InvalidSecurityToken.Expired", "Specified SecurityToken is expired.");

const usedNonce = () => gatewayRefusal(400, "SignatureNonceUsed", "Specified signature nonce was used already.");

/** The nonces of the last half hour: older ones are refused by their date anyway. */
class Nonces {
  readonly #seen = new Map<string, number>();

  /** Whether the nonce is new; it is not from then on. */
  spend(nonce: string, now: number): boolean {
    for (const [old, at] of this.#seen) {
      if (now - at <= 2 * WINDOW_MS) break;
      this.#seen.delete(old);
    }
    if (this.#seen.has(nonce)) return false;
    this.#seen.set(nonce, now);
    return true;
  }
}

/** The secret key that a claim has to be signed with; throws for temporary keys without their token. */
function secretKeyOf({ accessKey, securityToken }: Claim, options: ServiceOptions, session?: Session): string {
  if (accessKey === options.accessKey) return options.secretKey;
  if (!session) throw unknownAccessKey();
  if (!securityToken) throw missingToken();
  if (securityToken !== session.securityToken) throw anothersToken();
  return session.secretKey;
}

function checkClaim(claim: Claim, options: ServiceOptions, sessions: Sessions): void {
  const session = sessions.find(claim.accessKey);
  const secretKey = secretKeyOf(claim, options, session);
  const off = Math.abs(options.now() - Date.parse(claim.date));
  if (!DATE.test(claim.date) || !(off <= WINDOW_MS)) throw illegalTimestamp(claim.dateName);
  if (!claim.signedWith(secretKey)) throw wrongSignature();
  if (session && session.endsAt <= options.now()) throw endedToken();
}

/** Returns the check that every request passes first: throws an RpcError unless it is signed, timely and new. Gives the access key. */
export function signatureGate(
  options: ServiceOptions,
  sessions: Sessions,
): (request: WireRequest, call: RpcCall) => string {
  const nonces = new Nonces();
  return (request, call) => {
    const claim = call.signedBy === "ACS3" ? acs3Claim(request) : v1Claim(request, call.fields);
    checkClaim(claim, options, sessions);
    if (!nonces.spend(claim.nonce, options.now())) throw usedNonce();
    return claim.accessKey;
  };
}
