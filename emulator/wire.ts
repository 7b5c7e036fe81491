import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { WireReply, WireRequest } from "./service";

/** How much of a reply reaches the client before something cuts it off. */
export type Ending = "whole" | "nothing" | "stall" | "truncate";

/** The request as it came, its body read to the end: GET bodies too, since signatures cover them. */
export async function readWire(incoming: IncomingMessage): Promise<WireRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const url = incoming.url ?? "/";
  const mark = url.indexOf("?");
  const headers = Object.entries(incoming.headers).map(([name, value = ""]) => [name, [value].flat().join(", ")]);
  return {
    method: incoming.method ?? "GET",
    rawPath: mark < 0 ? url : url.slice(0, mark),
    rawQuery: mark < 0 ? "" : url.slice(mark + 1),
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks),
  };
}

/** Writes a reply, or as much of it as the ending lets through. A client that has left is no error. */
export function writeWire(outgoing: ServerResponse, { status, headers, body = "" }: WireReply, ending: Ending): void {
  const socket = outgoing.socket;
  if (!socket || outgoing.destroyed || ending === "nothing") {
    socket?.destroy();
    return;
  }
  const bytes = Buffer.from(body);
  if (bytes.length === 0 && ending !== "whole") {
    writeUnfinished(socket, status, ending);
    return;
  }
  // 204 must not have a length, and all else must, so that a cut is noticed
  const length = status === 204 ? {} : { "content-length": bytes.length };
  outgoing.writeHead(status, { ...headers, ...length });
  if (ending === "whole") outgoing.end(bytes);
  else if (ending === "stall") outgoing.flushHeaders();
  else outgoing.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => socket.destroy());
}

/** Without a body, nothing after the headers could be held back: they do not end. */
function writeUnfinished(socket: Socket, status: number, ending: Ending): void {
  socket.write(`HTTP/1.1 ${status} \r\n`, () => {
    if (ending === "truncate") socket.destroy();
  });
}
