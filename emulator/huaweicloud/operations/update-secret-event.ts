import { z } from "zod";
import { eventNamed } from "../events";
import { fields, optional } from "../fields";
import { operation } from "../operation";
import { eventPath } from "../paths";
import { wireEvent } from "../wire";

export const updateSecretEvent = operation({
  name: "UpdateSecretEvent",
  errors: "nested",
  input: z.object({
    path: eventPath,
    body: z.object({
      event_types: optional(fields.event_types),
      state: optional(fields.event_state),
      notification: optional(fields.notification),
    }),
  }),
  run({ path, body }, { project, now }) {
    const event = eventNamed(project, path.event_name);
    event.eventTypes = body.event_types ?? event.eventTypes;
    event.state = body.state ?? event.state;
    event.notification = body.notification ?? event.notification;
    event.updateTime = now;
    return { event: wireEvent(event) };
  },
});
