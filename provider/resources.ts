import { analyticDbSecret } from "./alicloud/analyticdb-secret";
import { aliyunKmsSecret } from "./alicloud/kms-secret";
import type { Definition } from "./definition";
import { csmsEvent } from "./huaweicloud/csms-event";
import { csmsSecret } from "./huaweicloud/csms-secret";

/** Every resource of the provider. */
export const resources: readonly Definition[] = [aliyunKmsSecret, analyticDbSecret, csmsSecret, csmsEvent];
