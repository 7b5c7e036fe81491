export interface Setting {
  readonly value: string;
  readonly secret: boolean;
}

export const ALICLOUD_REGION = "cn-hangzhou";

/** What a user sets for the two clouds, with an emulator's address. */
export function emulatedClouds(url: string, accessKey: string, secretKey: string): Record<string, Setting> {
  const plain = (value: string): Setting => ({ value, secret: false });
  const both = (cloud: string, region: string, services: string[]) => ({
    [`${cloud}:region`]: plain(region),
    [`${cloud}:accessKey`]: plain(accessKey),
    [`${cloud}:secretKey`]: { value: secretKey, secret: true },
    [`${cloud}:endpoints`]: plain(JSON.stringify(Object.fromEntries(services.map((name) => [name, url])))),
  });
  return {
    ...both("alicloud", ALICLOUD_REGION, ["kms", "gpdb"]),
    ...both("huaweicloud", "cn-north-4", ["kms", "iam"]),
  };
}
