import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { duration, during } from "../../tools/engine/progress.mts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const after = (ms: number) => new Promise<string>((resolve) => setTimeout(resolve, ms, "made"));

async function shown(isTTY: boolean, ms: number): Promise<string[]> {
  const texts: string[] = [];
  let done = 0;
  const out = { isTTY, columns: 30, write: (text: string) => texts.push(text) };
  const work = during(out, () => `compiling, ${++done} packages`, after(ms));
  await vi.advanceTimersByTimeAsync(ms);
  expect(await work).toBe("made");
  return texts;
}

it.each([
  [420, "0.4 s"],
  [9_960, "10 s"],
  [59_400, "59 s"],
  [59_600, "1 min 00 s"],
  [245_000, "4 min 05 s"],
])("says %d ms as %s", (ms, text) => expect(duration(ms)).toBe(text));

it("writes a line every 15 s where there is no terminal", async () => {
  expect(await shown(false, 31_000)).toEqual(["compiling, 1 packages, 15 s\n", "compiling, 2 packages, 30 s\n"]);
});

it("ticks in one line of a terminal, no wider than it, and clears the line", async () => {
  const texts = await shown(true, 2_500);
  expect(texts).toEqual([
    "\r\x1b[2Kcompiling, 1 packages, 0.0 s",
    "\r\x1b[2Kcompiling, 2 packages, 1.0 s",
    "\r\x1b[2Kcompiling, 3 packages, 2.0 s",
    "\r\x1b[2K",
  ]);
  expect(Math.max(...(await shown(true, 100_000)).map((text) => text.length))).toBeLessThanOrEqual(5 + 29);
});

it("stops and clears when the work fails", async () => {
  const texts: string[] = [];
  const out = { isTTY: true, write: (text: string) => texts.push(text) };
  await expect(during(out, () => "compiling", Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect([texts.at(-1), vi.getTimerCount()]).toEqual(["\r\x1b[2K", 0]);
});
