import { randomUUID } from "node:crypto";
import { z } from "zod";
import { Refusal } from "../failures";
import { fields } from "../fields";
import type { SecretEvent } from "../model";
import { operation } from "../operation";
import { wireEvent } from "../wire";

export const createSecretEvent = operation({
  name: "CreateSecretEvent",
  errors: "nested",
  input: z.object({
    body: z.object({
      name: fields.event_name,
      event_types: fields.event_types,
      state: fields.event_state,
      notification: fields.notification,
    }),
  }),
  run({ body }, { project, now }) {
    if (project.events.has(body.name)) throw new Refusal("alreadyExists");
    const event: SecretEvent = {
      eventId: randomUUID(),
      name: body.name,
      eventTypes: body.event_types,
      state: body.state,
      createTime: now,
      updateTime: now,
      notification: body.notification,
    };
    project.events.set(event.name, event);
    return { event: wireEvent(event) };
  },
});
