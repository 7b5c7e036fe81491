import type { IncomingMessage } from "node:http";

const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\]|(?:[a-z0-9-]+\.)+localhost)(?::\d{1,5})?$/i;

/** Whether a request names this machine alone, once and for all, and comes from no web page of elsewhere. */
export function isForLoopback({ url = "", headersDistinct }: IncomingMessage): boolean {
  const [host = "", ...others] = headersDistinct.host ?? [];
  const origins = headersDistinct.origin ?? [];
  if (!origins.every((origin) => LOOPBACK.test(origin.replace(/^https?:\/\//, "")))) return false;
  // A target that is a whole URL names a host too, and only a proxy has a use for it.
  return url.startsWith("/") && others.length === 0 && LOOPBACK.test(host);
}
