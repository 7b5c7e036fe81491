import type { IncomingMessage } from "node:http";

const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\]|(?:[a-z0-9-]+\.)+localhost)(?::\d{1,5})?$/i;

/** Whether a request names this machine alone, once and for all: a web page elsewhere cannot make a browser send such a one. */
export function isForLoopback({ url = "", headersDistinct }: IncomingMessage): boolean {
  const [host = "", ...others] = headersDistinct.host ?? [];
  // A target that is a whole URL names a host too, and only a proxy has a use for it.
  return url.startsWith("/") && others.length === 0 && LOOPBACK.test(host);
}
