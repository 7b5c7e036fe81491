import type { ServiceOptions, WireRequest } from "../../service";
import type { RpcCall } from "../rpc";
import { gatewayRefusal } from "../rpc-error";
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

function checkClaim(claim: Claim, options: ServiceOptions): void {
  if (claim.accessKey !== options.accessKey) throw unknownAccessKey();
  const off = Math.abs(options.now() - Date.parse(claim.date));
  if (!DATE.test(claim.date) || !(off <= WINDOW_MS)) throw illegalTimestamp(claim.dateName);
  if (!claim.signedWith(options.secretKey)) throw wrongSignature();
}

/** Returns the check that every request passes first: throws an RpcError unless it is signed, timely and new. */
export function signatureGate(options: ServiceOptions): (request: WireRequest, call: RpcCall) => void {
  const nonces = new Nonces();
  return (request, call) => {
    const claim = call.signedBy === "ACS3" ? acs3Claim(request) : v1Claim(request, call.fields);
    checkClaim(claim, options);
    if (!nonces.spend(claim.nonce, options.now())) throw usedNonce();
  };
}
