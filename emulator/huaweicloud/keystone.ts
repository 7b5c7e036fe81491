import type { WireReply } from "../service";
import { reply } from "./reply";

/** IAM's own form of an error: the title is its code. */
export function keystoneError(status: number, title: string, message: string): WireReply {
  return reply({ error: { code: status, title, message } }, status);
}

/** What is asked of IAM without the right to. */
export const notAuthenticated = (): WireReply =>
  keystoneError(401, "Unauthorized", "The request you have made requires authentication.");
