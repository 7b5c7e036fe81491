import { DEFAULT_CREDENTIALS, type Emulator } from "../emulator/server";

/** The stack configuration with which the provider works against an emulator. */
export function configFor({ url }: Pick<Emulator, "url">): Record<string, string> {
  const { accessKey, secretKey } = DEFAULT_CREDENTIALS;
  return {
    "alicloud:region": "cn-hangzhou",
    "alicloud:accessKey": accessKey,
    "alicloud:secretKey": secretKey,
    "alicloud:endpoints": JSON.stringify({ kms: url, gpdb: url }),
    "huaweicloud:region": "cn-north-4",
    "huaweicloud:accessKey": accessKey,
    "huaweicloud:secretKey": secretKey,
    "huaweicloud:endpoints": JSON.stringify({ kms: url, iam: url, eps: url, metadata: url }),
  };
}
