import type { WireRequest } from "../service";
import type { Operation } from "./operation";
import { batchCreateOrDeleteTags } from "./operations/batch-create-or-delete-tags";
import { createSecret } from "./operations/create-secret";
import { createSecretEvent } from "./operations/create-secret-event";
import { createSecretReplica } from "./operations/create-secret-replica";
import { createSecretStage } from "./operations/create-secret-stage";
import { createSecretTag } from "./operations/create-secret-tag";
import { createSecretVersion } from "./operations/create-secret-version";
import { deleteSecret } from "./operations/delete-secret";
import { deleteSecretEvent } from "./operations/delete-secret-event";
import { deleteSecretForSchedule } from "./operations/delete-secret-for-schedule";
import { deleteSecretReplica } from "./operations/delete-secret-replica";
import { deleteSecretStage } from "./operations/delete-secret-stage";
import { deleteSecretTag } from "./operations/delete-secret-tag";
import { downloadSecretBlob } from "./operations/download-secret-blob";
import { generateRandomPassword } from "./operations/generate-random-password";
import { listProjectSecretsTags } from "./operations/list-project-secrets-tags";
import { listResourceInstances } from "./operations/list-resource-instances";
import { listSecretEvents } from "./operations/list-secret-events";
import { listSecretTags } from "./operations/list-secret-tags";
import { listSecretTask } from "./operations/list-secret-task";
import { listSecretVersions } from "./operations/list-secret-versions";
import { listSecrets } from "./operations/list-secrets";
import { listSupportRegions } from "./operations/list-support-regions";
import { restoreSecret } from "./operations/restore-secret";
import { rotateSecret } from "./operations/rotate-secret";
import { showSecret } from "./operations/show-secret";
import { showSecretEvent } from "./operations/show-secret-event";
import { showSecretStage } from "./operations/show-secret-stage";
import { showSecretVersion } from "./operations/show-secret-version";
import { updateSecret } from "./operations/update-secret";
import { updateSecretEvent } from "./operations/update-secret-event";
import { updateSecretStage } from "./operations/update-secret-stage";
import { updateVersion } from "./operations/update-version";
import { uploadSecretBlob } from "./operations/upload-secret-blob";
import { type Route, routeIn } from "./router";

const secrets = "/v1/{project_id}/secrets";
const secret = `${secrets}/{secret_name}`;
const csms = "/v1/{project_id}/csms";

/** The whole API; the first that fits a request is its route. */
const routes: readonly Route<Operation>[] = [
  ["POST", secrets, createSecret],
  ["GET", secrets, listSecrets],
  ["POST", `${secrets}/restore`, uploadSecretBlob],
  ["GET", secret, showSecret],
  ["PUT", secret, updateSecret],
  ["DELETE", secret, deleteSecret],
  ["POST", `${secret}/scheduled-deleted-tasks/create`, deleteSecretForSchedule],
  ["POST", `${secret}/scheduled-deleted-tasks/cancel`, restoreSecret],
  ["POST", `${secret}/rotate`, rotateSecret],
  ["POST", `${secret}/backup`, downloadSecretBlob],
  ["POST", `${secret}/versions`, createSecretVersion],
  ["GET", `${secret}/versions`, listSecretVersions],
  ["GET", `${secret}/versions/{version_id}`, showSecretVersion],
  ["PUT", `${secret}/versions/{version_id}`, updateVersion],
  ["POST", `${secret}/stages`, createSecretStage],
  ["GET", `${secret}/stages/{stage_name}`, showSecretStage],
  ["PUT", `${secret}/stages/{stage_name}`, updateSecretStage],
  ["DELETE", `${secret}/stages/{stage_name}`, deleteSecretStage],
  ["POST", `${secret}/replicas`, createSecretReplica],
  ["DELETE", `${secret}/replicas/{region_name}`, deleteSecretReplica],
  ["GET", `${csms}/replica-regions`, listSupportRegions],
  ["GET", `${csms}/tasks`, listSecretTask],
  ["POST", `${csms}/generate-password`, generateRandomPassword],
  ["POST", `${csms}/events`, createSecretEvent],
  ["GET", `${csms}/events`, listSecretEvents],
  ["GET", `${csms}/events/{event_name}`, showSecretEvent],
  ["PUT", `${csms}/events/{event_name}`, updateSecretEvent],
  ["DELETE", `${csms}/events/{event_name}`, deleteSecretEvent],
  ["POST", `${csms}/resource_instances/action`, listResourceInstances],
  ["GET", `${csms}/tags`, listProjectSecretsTags],
  ["GET", `${csms}/{secret_id}/tags`, listSecretTags],
  ["POST", `${csms}/{secret_id}/tags`, createSecretTag],
  ["POST", `${csms}/{secret_id}/tags/action`, batchCreateOrDeleteTags],
  ["DELETE", `${csms}/{secret_id}/tags/{key}`, deleteSecretTag],
];

/** A request's operation and the parameters in its path, decoded; undefined where the API has none. */
export const routeOf = (request: WireRequest) => routeIn(routes, request);

export const operationNames = routes.map(([, , { name }]) => name);
