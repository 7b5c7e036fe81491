import { z } from "zod";
import { operation } from "../operation";
import { secretPath } from "../paths";
import { secretNamed } from "../secrets";
import { wireSecret } from "../wire";

export const showSecret = operation({
  name: "ShowSecret",
  input: z.object({ path: secretPath }),
  run: ({ path }, { project }) => ({ secret: wireSecret(secretNamed(project, path.secret_name)) }),
});
