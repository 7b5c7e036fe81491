import { z } from "zod";
import { eventNamed } from "../events";
import { operation } from "../operation";
import { eventPath } from "../paths";
import { wireEvent } from "../wire";

export const showSecretEvent = operation({
  name: "ShowSecretEvent",
  errors: "nested",
  input: z.object({ path: eventPath }),
  run: ({ path }, { project }) => ({ event: wireEvent(eventNamed(project, path.event_name)) }),
});
