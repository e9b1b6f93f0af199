import { dataClass } from "@/lib/catalog/classes";

/** One column: what it holds, and what was proposed for it. */
export type Judged = { column: string; label: string; proposed: string };

export type Score = { f1: number; precision: number; recall: number; exact: number; wrong: string[] };

const isSensitive = (classId: string) => (dataClass(classId)?.sensitivity ?? 0) >= 2;

/** How well sensitive columns were told from others, and how many classes are exact; the words name what is not. */
export function scoreOf(judged: readonly Judged[]): Score {
  const count = (of: (one: Judged) => boolean) => judged.filter(of).length;
  const both = count(({ label, proposed }) => isSensitive(label) && isSensitive(proposed));
  const precision =
    both /
    Math.max(
      1,
      count(({ proposed }) => isSensitive(proposed)),
    );
  const recall =
    both /
    Math.max(
      1,
      count(({ label }) => isSensitive(label)),
    );
  const wrong = judged.filter(({ label, proposed }) => label !== proposed);
  return {
    f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
    precision,
    recall,
    exact: 1 - wrong.length / judged.length,
    wrong: wrong.map(({ column, label, proposed }) => `${column}: ${proposed}, not ${label}`),
  };
}
