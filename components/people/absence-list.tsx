import { ActionForm } from "@/components/ui/action-form";
import { Badge } from "@/components/ui/badge";
import { RelativeTime } from "@/components/ui/relative-time";
import { SubmitButton } from "@/components/ui/submit-button";
import type { DelegationLine } from "@/lib/people/view";
import type { FormState } from "@/lib/web/view";

interface Props {
  lines: readonly DelegationLine[];
  now: string;
  /** What is said where there are none. */
  empty?: string;
  /** How one of them is ended, and what the button says; none where they are over. */
  end?: { action: (before: FormState, form: FormData) => Promise<FormState>; label: string };
}

/** Who stands in for whom, from when to when. */
export function AbsenceList({ lines, now, empty, end }: Props) {
  const list = (
    <ul className="grid">
      {lines.map((line) => (
        <li
          key={line.id}
          className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b py-2 text-sm last:border-0"
        >
          <span className="min-w-0 flex-[1_1_220px] wrap-anywhere">
            <span className="flex flex-wrap items-center gap-2 font-medium">
              {line.substitute.name} for {line.delegator.name}
              {end && <Badge tone={line.isNow ? "ok" : "neutral"}>{line.isNow ? "Now" : "Planned"}</Badge>}
            </span>
            <span className="block text-ink-muted">
              {!line.isNow && (
                <>
                  From <RelativeTime at={line.startsAt} now={now} />,{" "}
                </>
              )}
              {end ? "ends" : (line.endedWords ?? "Its time was over")}{" "}
              <RelativeTime at={line.endsAt} now={now} />
            </span>
          </span>
          {end && (
            <SubmitButton variant="secondary" size="sm" name="delegationId" value={line.id}>
              {end.label}
              <span className="sr-only">
                : {line.substitute.name} for {line.delegator.name}
              </span>
            </SubmitButton>
          )}
        </li>
      ))}
    </ul>
  );
  if (!end) return list;
  // One form around all: it stays to say how it went when the last line of it goes.
  return (
    <ActionForm action={end.action} className="grid gap-2">
      {lines.length === 0 ? <p className="text-sm text-ink-muted">{empty}</p> : list}
    </ActionForm>
  );
}
