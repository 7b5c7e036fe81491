import type { z } from "zod";
import { KnownCredentials } from "../known-credentials";
import { withRetry } from "../retry";
import { publicEndpoint, readEndpoint, type SettingsSource } from "../settings";
import { alicloudCredentials } from "./credentials";
import { attempt, nameOf, type RpcOperation, type RpcParameters, type RpcService } from "./rpc";
import { type Credentials, signedBy } from "./session";

/** Calls one operation in one region. What is undefined is not sent. */
export type RpcCall<O extends Record<string, RpcOperation>> = <A extends keyof O & string>(
  action: A,
  region: string,
  parameters: RpcParameters,
) => Promise<z.infer<O[A]["reply"]>>;

/** A client of one service: it signs, sends, decodes and repeats, and every failure is a CloudError. */
export function rpcClient<O extends Record<string, RpcOperation>>(
  service: RpcService<O>,
  source: SettingsSource,
): RpcCall<O> {
  const credentials = alicloudCredentials(source);
  const endpoint = readEndpoint(service.endpoint, source);
  const knownCredentials = source.knownCredentials ?? new KnownCredentials();
  return async (action, region, parameters) => {
    const operation = service.operations[action];
    if (!operation) throw new TypeError(`${service.title} has no operation ${action} in its table`);
    const url = endpoint ?? publicEndpoint(service.publicHost, region);
    const request = { service, action, url, parameters: { ...parameters, RegionId: region } };
    const call = nameOf(request);
    const known = (...of: readonly (string | undefined)[]) => knownCredentials.of("Alibaba Cloud", ...of);
    const { account, renewable } = credentials;
    const tried: Credentials = {
      account,
      renewable,
      keys: (ended) => known(account).through(call, () => credentials.keys(ended)),
    };
    const reply = await withRetry(operation.repeatable, (turn) =>
      signedBy(tried, (keys) =>
        known(keys.accessKey, keys.secretKey, keys.securityToken).through(call, async () => {
          await turn(url.origin, account);
          return attempt(request, operation.reply, keys);
        }),
      ),
    );
    return reply as z.infer<O[typeof action]["reply"]>;
  };
}
