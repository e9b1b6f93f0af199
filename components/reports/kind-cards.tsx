import { SoftLink } from "@/components/ui/soft-link";
import type { KindView } from "@/lib/reports/view";

/** The reports there are, each with the question it answers and what asks for it. */
export function KindCards({ kinds }: { kinds: readonly KindView[] }) {
  return (
    <ul className="grid gap-3 md:grid-cols-2 xl:grid-cols-4">
      {kinds.map(({ id, title, question, basis }) => (
        <li
          key={id}
          className="relative flex flex-col gap-2 rounded-md border bg-surface px-4 py-3 hover:bg-hover"
        >
          <h2 className="font-semibold">
            <SoftLink href={`/reports/${id}`} className="text-accent after:absolute after:inset-0">
              {title}
            </SoftLink>
          </h2>
          <p className="text-sm">{question}</p>
          <p className="mt-auto pt-1 text-xs text-ink-muted">{basis.join(" · ")}</p>
        </li>
      ))}
    </ul>
  );
}
