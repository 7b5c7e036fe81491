import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { BasicCredentials } from "@huaweicloud/huaweicloud-sdk-core/auth/BasicCredentials";
import { HcClient } from "@huaweicloud/huaweicloud-sdk-core/HcClient";
import { DefaultHttpClient } from "@huaweicloud/huaweicloud-sdk-core/http/DefaultHttpClient";
import { type Logger, LogLevel } from "@huaweicloud/huaweicloud-sdk-core/logger";
import { Region } from "@huaweicloud/huaweicloud-sdk-core/region/region";
import { afterAll, beforeAll, expect, it } from "vitest";
import { csms } from "../../../emulator/huaweicloud/csms";
import { iam } from "../../../emulator/huaweicloud/iam";
import type { Service } from "../../../emulator/service";
import { accessKey, type Content, optionsAt, project, secretKey } from "./client";

const services = [csms(optionsAt(Date.now)), iam(optionsAt(Date.now))];
const server = serve(services);
let endpoint = "";

beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

it("the vendor's client takes a secret through its life", async () => {
  const client = vendorClient();
  const { secret } = await send(client, "POST", "/secrets", { name: "db", secret_string: "größe" });
  expect(secret).toMatchObject({ name: "db", state: "ENABLED" });
  await send(client, "POST", "/secrets/db/versions", { secret_binary: "AAEC" });
  const { version } = await send(client, "GET", "/secrets/db/versions/latest", {});
  expect(version).toMatchObject({ secret_string: null, secret_binary: "AAEC", version_metadata: { id: "v2" } });
  const tags = [{ key: "a b", value: "c d" }];
  await send(client, "POST", `/csms/${secret.id}/tags/action`, { action: "create", tags });
  expect((await send(client, "GET", `/csms/${secret.id}/tags`)).tags).toEqual(tags);
  expect((await send(client, "GET", "/secrets", undefined, { limit: 1, marker: "a" })).secrets).toHaveLength(1);
  expect(await send(client, "DELETE", "/secrets/db", {})).toEqual({ httpStatusCode: 204 });
  await expect(send(client, "GET", "/secrets/db")).rejects.toMatchObject({
    httpStatusCode: 404,
    errorCode: "CSMS.0106",
    requestId: expect.stringMatching(/^[0-9a-f]{32}$/),
  });
});

it("the vendor's client finds the project of its region", async () => {
  const client = vendorClient(null).withRegion(new Region("cn-north-4", endpoint));
  expect((await send(client, "GET", "/secrets")).secrets).toEqual([]);
  expect(services[1]?.state()).toMatchObject({ projects: [{ name: "cn-north-4", id: project }] });
});

it("the vendor's client would create a project where there is none, and is refused", async () => {
  const client = vendorClient(null).withRegion(new Region("cn-none-1", endpoint));
  await expect(send(client, "GET", "/secrets")).rejects.toMatchObject({ httpStatusCode: 403 });
  expect(services[1]?.state()).toMatchObject({ refusedCreations: [{ time: expect.any(Number) }] });
});

function vendorClient(projectId: string | null = project): HcClient {
  const silent: Logger = {
    debug() {},
    info() {},
    warn() {},
    error() {},
    setLevel() {},
    getLevel: () => LogLevel.ERROR,
    setName() {},
  };
  const options = { logger: silent, headers: {}, axiosRequestConfig: { maxRedirects: 0, timeout: 5000 } };
  const credential = new BasicCredentials().withAk(accessKey).withSk(secretKey).withIamEndpoint(endpoint);
  if (projectId) credential.withProjectId(projectId);
  return new HcClient(new DefaultHttpClient(options, [endpoint]), options)
    .withEndpoints([endpoint])
    .withCredential(credential);
}

async function send(client: HcClient, method: string, path: string, data?: object, queryParams = {}): Promise<Content> {
  const url = `/v1/{project_id}${path}`;
  return client.sendRequest({
    method,
    url,
    contentType: "application/json",
    queryParams,
    pathParams: {},
    headers: {},
    data,
  });
}

/** The least that turns HTTP into the services' requests. */
function serve(services: readonly Service[]): Server {
  return createServer(async (incoming, outgoing) => {
    const [rawPath = "", rawQuery = ""] = (incoming.url ?? "").split("?");
    const headers = incoming.headers as Record<string, string>;
    const body = Buffer.concat(await incoming.toArray());
    const request = { method: incoming.method ?? "", rawPath, rawQuery, headers, body };
    const reply = services.find((service) => service.accepts(request))?.answer(request) ?? { status: 404 };
    outgoing.writeHead(reply.status, reply.headers).end(reply.body);
  });
}
