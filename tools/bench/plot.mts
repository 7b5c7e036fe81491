import type { Report } from "./report.mts";

const WIDTH = 720;
const HEIGHT = 360;
const LEFT = 56;
const BASE = 290;
const TOP = 64;
const COLORS = { floor: "#b8bfc9", ours: "#4f6bed" } as const;

/** Bars of each step's time, the engine's floor beside the secrets. */
export function plot({ n, latencyMs, steps }: Report): string {
  const most = Math.max(...steps.flatMap(({ seconds }) => [seconds.floor, seconds.ours]));
  const slot = (WIDTH - LEFT - 16) / steps.length;
  const heightOf = (seconds: number) => (seconds / most) * (BASE - TOP);
  const bars = steps.flatMap(({ step, seconds, ratio }, index) => {
    const x = LEFT + index * slot;
    const bar = (side: "floor" | "ours", offset: number) =>
      `<rect x="${round(x + offset)}" y="${round(BASE - heightOf(seconds[side]))}" width="${round(slot * 0.34)}" height="${round(heightOf(seconds[side]))}" fill="${COLORS[side]}"><title>${seconds[side].toFixed(2)} s</title></rect>`;
    const middle = x + slot * 0.5;
    return [
      bar("floor", slot * 0.14),
      bar("ours", slot * 0.52),
      text(middle, BASE + 20, step),
      text(middle, BASE + 38, `× ${ratio.toFixed(2)}`, "#5b6470"),
    ];
  });
  const scale = [0, 0.5, 1].flatMap((part) => {
    const y = BASE - part * (BASE - TOP);
    return [
      `<line x1="${LEFT}" x2="${WIDTH - 16}" y1="${y}" y2="${y}" stroke="#e3e6ea"/>`,
      `<text x="${LEFT - 8}" y="${y + 4}" text-anchor="end" fill="#5b6470">${(most * part).toFixed(1)} s</text>`,
    ];
  });
  const key = (["floor", "ours"] as const).flatMap((side, index) => [
    `<rect x="${LEFT + index * 200}" y="36" width="12" height="12" fill="${COLORS[side]}"/>`,
    `<text x="${LEFT + 18 + index * 200}" y="46">${side === "floor" ? "empty dynamic resources" : "secrets"}</text>`,
  ]);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" font-family="sans-serif" font-size="13" fill="#1f2430">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    `<text x="${LEFT}" y="22" font-size="15" font-weight="bold">${n} resources, ${latencyMs} ms per call</text>`,
    ...key,
    ...scale,
    ...bars,
    "</svg>\n",
  ].join("\n");
}

const round = (value: number): string => value.toFixed(1);
const text = (x: number, y: number, content: string, fill = "#1f2430"): string =>
  `<text x="${round(x)}" y="${y}" text-anchor="middle" fill="${fill}">${content}</text>`;
