import { Badge } from "@/components/ui/badge";
import type { ScenarioLine } from "@/lib/policies/view";

/** The scenarios of a policy, and how each comes out. */
export function ScenarioList({ lines }: { lines: readonly ScenarioLine[] }) {
  return (
    <section aria-labelledby="scenarios" className="flex flex-col gap-3">
      <h2 id="scenarios" className="text-lg font-semibold">
        Scenarios
      </h2>
      {lines.length === 0 ? (
        <p className="text-sm text-ink-muted">
          None yet. A draft needs at least one before it can be activated.
        </p>
      ) : (
        <ul className="divide-y rounded-md border bg-surface">
          {lines.map(({ name, passed, words }) => (
            <li key={name} className="flex flex-wrap items-center gap-2 px-4 py-2 text-sm">
              <Badge tone={passed ? "ok" : "danger"}>{passed ? "Passes" : "Fails"}</Badge>
              <span className="font-medium">{name}</span>
              {!passed && <span className="text-ink-muted">{words}</span>}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
