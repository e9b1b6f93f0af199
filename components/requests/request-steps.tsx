import { Check, CircleDashed, Hourglass, LockOpen } from "lucide";
import { Timeline, TimelineStep } from "@/components/ui/timeline";
import type { StepView } from "@/lib/requests/view";

const looks = {
  filled: { icon: Check, tone: "ok" },
  waits: { icon: Hourglass, tone: "waiting" },
  later: { icon: CircleDashed, tone: "waiting" },
} as const;

/** What it takes until it opens: every step with who filled it or who can, by name. */
export function RequestSteps({ steps }: { steps: readonly StepView[] }) {
  return (
    <section aria-label="Steps" className="grid content-start gap-3">
      <p className="text-sm font-medium text-ink-muted">Who decides</p>
      <Timeline label="Steps until it opens">
        {steps.map((step, at) => (
          <TimelineStep key={at} {...looks[step.state]} title={titleOf(step, at, steps.length)}>
            {step.ways.map((way, index) => (
              <p key={index}>
                {index > 0 && "Or "}
                {wayWords(way)}
              </p>
            ))}
            {step.steppedIn && <p>In place of people who are not there.</p>}
            {step.state !== "filled" && step.escalation !== null && <p>{step.escalation}</p>}
          </TimelineStep>
        ))}
        <TimelineStep icon={LockOpen} tone="waiting" title="Then it can be opened" />
      </Timeline>
    </section>
  );
}

function titleOf({ state, votedBy }: StepView, at: number, of: number): string {
  const name = of === 1 ? "One step" : `Step ${at + 1} of ${of}`;
  const by = votedBy.length > 0 ? `: ${votedBy.join(" and ")}` : "";
  if (state === "filled") return `${name}, approved${by}`;
  if (votedBy.length > 0) return `${name}, open; approved so far${by}`;
  return `${name}, ${state === "waits" ? "open" : "after that"}`;
}

function wayWords({ count, who, people }: StepView["ways"][number]): string {
  const names = people.length > 0 ? people.join(", ") : "nobody at the moment";
  const as = who === null ? "" : ` (${who})`;
  return count === 1 && people.length < 2 ? `${names}${as}` : `${count} of: ${names}${as}`;
}
