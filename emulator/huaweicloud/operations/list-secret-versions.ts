import { z } from "zod";
import { fields, pageQuery } from "../fields";
import { operation } from "../operation";
import { page } from "../paging";
import { secretPath } from "../paths";
import { secretNamed } from "../secrets";
import { wireVersion } from "../wire";

export const listSecretVersions = operation({
  name: "ListSecretVersions",
  input: z.object({ path: secretPath, query: pageQuery.extend({ marker: fields.version_id.optional() }) }),
  run({ path, query }, { project }) {
    const secret = secretNamed(project, path.secret_name);
    const { items, page_info } = page(secret.versions, {
      limit: query.limit,
      markerOf: (version) => version.id,
      startsAt: (version) => numberOf(version.id) >= numberOf(query.marker ?? "v0"),
    });
    return { version_metadatas: items.map((version) => wireVersion(secret, version)), page_info };
  },
});

function numberOf(versionId: string): number {
  return Number(versionId.slice(1));
}
