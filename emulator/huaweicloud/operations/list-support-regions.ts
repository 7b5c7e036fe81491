import { z } from "zod";
import { operation } from "../operation";
import { regions } from "../regions";

export const listSupportRegions = operation({
  name: "ListSupportRegions",
  input: z.object({}),
  run: () => ({ regions, total: regions.length }),
});
