import { z } from "zod";
import { eventNamed, requireUnheard } from "../events";
import { operation } from "../operation";
import { eventPath } from "../paths";

export const deleteSecretEvent = operation({
  name: "DeleteSecretEvent",
  errors: "nested",
  input: z.object({ path: eventPath }),
  run({ path }, { project }) {
    const { name } = eventNamed(project, path.event_name);
    requireUnheard(project, name);
    project.events.delete(name);
    return undefined;
  },
});
