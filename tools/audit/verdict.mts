import { z } from "zod";

const advised = z.object({ name: z.string(), severity: z.string() });
const report = z.object({ vulnerabilities: z.record(z.string(), advised) });

export interface Verdict {
  readonly isGood: boolean;
  readonly line: string;
}

/** What `npm audit --json` printed, in one line; a registry that does not answer is no reason to fail. */
export function verdictOf(printed: string): Verdict {
  const read = report.safeParse(parsed(printed));
  if (!read.success) return { isGood: true, line: "advisories: not available, as the registry does not answer" };
  const all = Object.values(read.data.vulnerabilities);
  const grave = all.filter(({ severity }) => severity === "high" || severity === "critical");
  if (grave.length === 0)
    return { isGood: true, line: `advisories: none that is high or critical, ${all.length} lower` };
  return {
    isGood: false,
    line: `advisories: ${grave.map(({ name, severity }) => `${name} (${severity})`).join(", ")}`,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
