import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

type Linear = readonly [number, number, number];
type Colour = { rgb: Linear; alpha: number };

const css = readFileSync(new URL("./globals.css", import.meta.url), "utf8");

/** Linear sRGB of an OKLCH colour (CSS Color 4, section 9.3), each channel clipped to what a screen can show. */
function linear(l: number, c: number, h: number): Linear {
  const a = c * Math.cos((h * Math.PI) / 180);
  const b = c * Math.sin((h * Math.PI) / 180);
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const middle = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clip = (value: number) => Math.min(1, Math.max(0, value));
  return [
    clip(4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short),
    clip(-1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short),
    clip(-0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short),
  ];
}

function parse(text: string): Colour {
  const match = /oklch\(([\d.]+) ([\d.]+) ([\d.]+)(?: \/ ([\d.]+))?\)/.exec(text);
  if (!match) throw new Error(`not an OKLCH colour: ${text}`);
  return { rgb: linear(Number(match[1]), Number(match[2]), Number(match[3])), alpha: Number(match[4] ?? 1) };
}

const tokens = new Map(
  [...css.matchAll(/--color-([\w-]+):\s*light-dark\(\s*(oklch\([^)]+\)),\s*(oklch\([^)]+\))\s*\)/g)].map(
    ([, name, light, dark]) => [name!, { light: parse(light!), dark: parse(dark!) }],
  ),
);

function luminance([r, g, b]: Linear): number {
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** WCAG 2.2 contrast ratio of two tokens in one theme. */
function contrast(ink: string, ground: string, theme: "light" | "dark"): number {
  const [one, two] = [ink, ground].map((name) => {
    const token = tokens.get(name);
    if (!token) throw new Error(`no token ${name}`);
    return luminance(token[theme].rgb);
  });
  return (Math.max(one!, two!) + 0.05) / (Math.min(one!, two!) + 0.05);
}

/** Text needs 4.5 (WCAG 1.4.3), glyphs and the edges of controls 3 (1.4.11). */
const text: Record<string, readonly string[]> = {
  ink: ["paper", "surface", "sunken", "hover", "accent-tint", "ok-tint", "danger-tint"],
  "ink-muted": ["paper", "surface", "sunken", "hover", "accent-tint", "ok-tint", "danger-tint"],
  "ink-faint": ["paper", "surface", "sunken", "hover"],
  accent: ["paper", "surface", "sunken", "hover", "accent-tint"],
  "on-accent": ["accent", "accent-hover"],
  "on-danger": ["danger", "danger-hover"],
  danger: ["paper", "surface", "danger-tint", "hover"],
  ok: ["paper", "surface", "ok-tint", "hover"],
  "lit-ink": ["lit"],
  glass: ["glass-tint", "surface", "paper"],
  "veil-ink": ["veil", "veil-thread", "hover", "accent-tint"],
  s4: ["paper", "surface", "sunken"],
  s3: ["paper", "surface", "sunken"],
  s2: ["paper", "surface", "sunken"],
  s1: ["paper", "surface", "sunken"],
  paper: ["ink"],
};
const glyphs: Record<string, readonly string[]> = {
  "line-strong": ["paper", "surface", "sunken"],
  "lit-line": ["lit", "surface", "veil"],
  accent: ["hover", "lit", "veil", "accent-tint"],
  "plot-1": ["surface"],
  "plot-2": ["surface"],
  "plot-3": ["surface"],
  "plot-4": ["surface"],
  "plot-5": ["surface"],
};

const cases = (pairs: Record<string, readonly string[]>) =>
  Object.entries(pairs).flatMap(([ink, grounds]) =>
    grounds.flatMap((ground) => (["light", "dark"] as const).map((theme) => ({ ink, ground, theme }))),
  );

describe("colours", () => {
  test("the formula gives the known contrast of black on white", () => {
    const ratio = (luminance(linear(1, 0, 0)) + 0.05) / (luminance(linear(0, 0, 0)) + 0.05);
    expect(ratio).toBeCloseTo(21, 1);
  });

  test("every colour is declared for both themes, and nothing else is", () => {
    const declared = [...css.matchAll(/--color-([\w-]+):/g)].map(([, name]) => name!);
    const plain = new Set(["transparent", "current"]);
    expect(declared.filter((name) => !tokens.has(name) && !plain.has(name))).toEqual([]);
    expect(tokens.size).toBeGreaterThan(30);
  });

  test.each(cases(text))("$ink on $ground reads at AA in $theme", ({ ink, ground, theme }) => {
    expect(contrast(ink, ground, theme)).toBeGreaterThanOrEqual(4.5);
  });

  test.each(cases(glyphs))("$ink is seen on $ground in $theme", ({ ink, ground, theme }) => {
    expect(contrast(ink, ground, theme)).toBeGreaterThanOrEqual(3);
  });
});
