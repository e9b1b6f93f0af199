export interface Command {
  label: string;
  href: string;
  /** The heading it stands under: "Pages", "Tables of shop". */
  group: string;
  /** Other words people may type for it. */
  also?: string;
}

/** How well a label fits what was typed: higher is better, null when letters are missing or out of order. */
export function fit(typed: string, text: string): number | null {
  const [wanted, label] = [typed.toLowerCase().replaceAll(/\s+/g, ""), text.toLowerCase()];
  if (wanted === "") return 0;
  let score = 0;
  let at = -1;
  for (const letter of wanted) {
    const found = label.indexOf(letter, at + 1);
    if (found < 0) return null;
    // Letters side by side and at the start of a word are what people mean; distance is what they do not.
    if (found === at + 1) score += 3;
    if (found === 0 || /[\s_.\-/]/.test(label[found - 1] ?? "")) score += 2;
    score -= Math.min(found - at - 1, 5) * 0.2;
    at = found;
  }
  return score - label.length * 0.01;
}

/** The commands that fit, best first, at most `limit`; their own order where they fit alike. */
export function bestCommands(typed: string, commands: readonly Command[], limit: number): readonly Command[] {
  return commands
    .map((command) => ({ command, score: bestFit(typed, command) }))
    .filter((one): one is { command: Command; score: number } => one.score !== null)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, limit)
    .map(({ command }) => command);
}

function bestFit(typed: string, command: Command): number | null {
  const label = fit(typed, command.label);
  const also = command.also === undefined ? null : fit(typed, command.also);
  if (label === null) return also === null ? null : also - 1;
  return Math.max(label, also === null ? label : also - 1);
}
