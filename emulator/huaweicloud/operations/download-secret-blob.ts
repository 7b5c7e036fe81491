import { z } from "zod";
import { seal } from "../blobs";
import { operation } from "../operation";
import { secretPath } from "../paths";
import { enabledSecret } from "../secrets";

export const downloadSecretBlob = operation({
  name: "DownloadSecretBlob",
  input: z.object({ path: secretPath }),
  run: ({ path }, { project }) => ({ secret_blob: seal(project, enabledSecret(project, path.secret_name)) }),
});
