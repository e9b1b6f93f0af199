import { Badge, type BadgeTone } from "@/components/ui/badge";
import type { Difference } from "./difference";

const kinds: Record<Difference["kind"], { tone: BadgeTone; word: string }> = {
  added: { tone: "ok", word: "Added" },
  removed: { tone: "danger", word: "Removed" },
  moved: { tone: "muted", word: "Moved" },
  changed: { tone: "accent", word: "Changed" },
};

/** What a version changes of the one that counts, in words. */
export function DifferenceList({ all, against }: { all: readonly Difference[]; against: number }) {
  return (
    <section aria-labelledby="difference" className="flex flex-col gap-3">
      <h2 id="difference" className="text-lg font-semibold">
        Compared with version {against}, which counts now
      </h2>
      {all.length === 0 ? (
        <p className="text-sm text-ink-muted">The two say the same.</p>
      ) : (
        <ul className="divide-y rounded-md border bg-surface">
          {all.map(({ kind, what, words }) => (
            <li
              key={`${kind} ${what} ${words}`}
              className="flex flex-wrap items-baseline gap-2 px-4 py-2 text-sm"
            >
              <Badge tone={kinds[kind].tone}>{kinds[kind].word}</Badge>
              <span className="font-medium">{what}</span>
              <span className="min-w-0 basis-full break-words text-ink-muted">{words}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
