import { z } from "zod";
import { fields } from "./fields";

/** The parameters in the operations' paths. */
export const secretPath = z.object({ secret_name: fields.secret_name });
export const versionPath = z.object({ secret_name: fields.secret_name, version_id: fields.version_id });
export const stagePath = z.object({ secret_name: fields.secret_name, stage_name: fields.stage_name });
export const replicaPath = z.object({ secret_name: fields.secret_name, region_name: z.string() });
export const tagsPath = z.object({ secret_id: z.string() });
export const tagPath = z.object({ secret_id: z.string(), key: z.string() });
export const eventPath = z.object({ event_name: fields.event_name });
