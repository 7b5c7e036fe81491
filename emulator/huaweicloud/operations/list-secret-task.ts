import { z } from "zod";
import { fields, pageQuery } from "../fields";
import { operation } from "../operation";
import { page } from "../paging";
import { wireTask } from "../wire";

const query = pageQuery
  .extend({
    secret_name: fields.secret_name.optional(),
    status: z.enum(["SUCCESS", "FAILED"]).optional(),
    task_id: z.string().optional(),
  })
  .refine(({ secret_name, status, task_id }) => task_id === undefined || (secret_name ?? status) === undefined, {
    path: ["task_id"],
    message: "goes with no other filter",
  });

export const listSecretTask = operation({
  name: "ListSecretTask",
  input: z.object({ query }),
  run({ query }, { project }) {
    const matching = project.tasks.filter(
      (task) =>
        task.secretName === (query.secret_name ?? task.secretName) &&
        task.taskStatus === (query.status ?? task.taskStatus) &&
        task.taskId === (query.task_id ?? task.taskId),
    );
    const { items, page_info } = page(matching, {
      limit: query.limit,
      markerOf: (task) => task.taskId,
      startsAt: (task) => query.marker === undefined || task.taskId === query.marker,
    });
    return { tasks: items.map(wireTask), total: matching.length, next_marker: page_info.next_marker };
  },
});
