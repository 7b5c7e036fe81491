/** A refusal of an RPC service: what the error body says, and with which HTTP status. */
export class RpcError extends Error {
  readonly status: number;
  readonly code: string;
  /** Refused before the service was reached: such bodies carry HostId and Recommend. */
  readonly gateway: boolean;

  constructor(status: number, code: string, message: string, gateway = false) {
    super(message);
    this.status = status;
    this.code = code;
    this.gateway = gateway;
  }
}

/** A refusal that needs no details, for tables of them. */
export const refusal = (status: number, code: string, message: string) => (): RpcError =>
  new RpcError(status, code, message);

/** A refusal by the gateway in front of the service: signatures, time stamps, unknown actions. */
export const gatewayRefusal = (status: number, code: string, message: string): RpcError =>
  new RpcError(status, code, message, true);

/** The gateway's answer to a common parameter or header that is not there. */
export const notSupplied = (name: string): RpcError =>
  gatewayRefusal(400, "MissingParameter", `The input parameter "${name}" that is mandatory is not supplied.`);
