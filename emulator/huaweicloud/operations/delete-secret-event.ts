import { z } from "zod";
import { eventNamed } from "../events";
import { operation } from "../operation";
import { eventPath } from "../paths";

export const deleteSecretEvent = operation({
  name: "DeleteSecretEvent",
  errors: "nested",
  input: z.object({ path: eventPath }),
  run({ path }, { project }) {
    project.events.delete(eventNamed(project, path.event_name).name);
    return undefined;
  },
});
