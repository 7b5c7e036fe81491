import type { z } from "zod";
import { KnownCredentials } from "../known-credentials";
import { withRetry } from "../retry";
import { publicEndpoint, readEndpoint, type SettingsSource } from "../settings";
import { alicloudCredentials } from "./credentials";
import { attempt, nameOf, type RpcOperation, type RpcParameters, type RpcService } from "./rpc";
import { signedBy } from "./session";

/** Calls one operation in one region. What is undefined is not sent. */
export type RpcCall<O extends Record<string, RpcOperation>> = <A extends keyof O & string>(
  action: A,
  region: string,
  parameters: RpcParameters,
) => Promise<z.infer<O[A]["reply"]>>;

const cloud = "Alibaba Cloud";

/** A client of one service: it signs, sends, decodes and repeats, and every failure is a CloudError. */
export function rpcClient<O extends Record<string, RpcOperation>>(
  service: RpcService<O>,
  source: SettingsSource,
): RpcCall<O> {
  const known = source.knownCredentials ?? new KnownCredentials();
  const credentials = known.found(cloud, () => alicloudCredentials(source));
  const signIn = known.signIn(cloud, credentials.way);
  const endpoint = readEndpoint(service.endpoint, source);
  return async (action, region, parameters) => {
    const operation = service.operations[action];
    if (!operation) throw new TypeError(`${service.title} has no operation ${action} in its table`);
    const url = endpoint ?? publicEndpoint(service.publicHost, region);
    const request = { service, action, url, parameters: { ...parameters, RegionId: region } };
    const call = nameOf(request);
    const reply = await signIn.during(call, (asking) =>
      withRetry(operation.does, (turn) =>
        signedBy({ ...credentials, keys: (ended) => asking(() => credentials.keys(ended)) }, (keys) =>
          known.keys(cloud, region, keys.accessKey, keys.secretKey, keys.securityToken).through(call, async () => {
            await turn(url.origin, credentials.account);
            return attempt(request, operation.reply, keys);
          }),
        ),
      ),
    );
    return reply as z.infer<O[typeof action]["reply"]>;
  };
}
