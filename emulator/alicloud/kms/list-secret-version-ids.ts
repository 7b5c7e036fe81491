import { flag, whole } from "../parameters";
import { operation } from "./context";
import { secretRef } from "./fields";
import { timestamp } from "./secret";

export const listSecretVersionIds = operation(
  "ListSecretVersionIds",
  {
    SecretName: secretRef,
    IncludeDeprecated: flag.default(false),
    PageNumber: whole(1, 999_999_999).default(1),
    PageSize: whole(1, 100).default(20),
  },
  ({ SecretName, IncludeDeprecated, PageNumber, PageSize }, { secrets }) => {
    const secret = secrets.find(SecretName);
    // a version without a stage is deprecated
    const found = secret.versions.filter(({ stages }) => IncludeDeprecated || stages.length > 0);
    const page = found.slice((PageNumber - 1) * PageSize, PageNumber * PageSize);
    return {
      SecretName: secret.name,
      VersionIds: {
        VersionId: page.map(({ id, createTime, stages }) => ({
          VersionId: id,
          CreateTime: timestamp(createTime),
          VersionStages: { VersionStage: stages },
        })),
      },
      PageNumber,
      PageSize,
      TotalCount: found.length,
    };
  },
);
