const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\]|(?:[a-z0-9-]+\.)+localhost)(?::\d{1,5})?$/i;

/** Whether a Host header names this machine alone: a web page elsewhere cannot make a browser send such a one. */
export const isLoopbackHost = (host: string | undefined): boolean => LOOPBACK.test(host ?? "");
