import { ActionForm } from "@/components/ui/action-form";
import { SubmitButton } from "@/components/ui/submit-button";
import type { ScheduleView } from "@/lib/reports/view";
import type { FormState } from "@/lib/web/view";

interface Props {
  schedules: readonly ScheduleView[];
  stop: (before: FormState, form: FormData) => Promise<FormState>;
}

/** The reports that come by mail: which, to whom, when next. One's own can be stopped. */
export function ScheduleList({ schedules, stop }: Props) {
  return (
    <section aria-label="Reports by mail" className="rounded-md border bg-surface">
      <h2 className="border-b px-4 py-2.5 font-semibold">Reports by mail</h2>
      <ul className="divide-y">
        {schedules.map(({ id, title, every, owner, isMine, readers, nextAt }) => (
          <li key={id} className="flex items-center justify-between gap-4 px-4 py-2.5 text-sm">
            <div className="min-w-0">
              <p>
                <span className="font-medium">{title}</span>, each {every}, to {readers.join(", ")}
              </p>
              <p className="text-xs text-ink-muted">
                Next <time dateTime={nextAt}>{nextAt.slice(0, 16).replace("T", " ")} UTC</time>
                {isMine ? "" : `, set by ${owner}`}
              </p>
            </div>
            {isMine && (
              <ActionForm action={stop} label={`Stop ${title}`}>
                <input type="hidden" name="scheduleId" value={id} />
                <SubmitButton variant="secondary" size="sm" pendingLabel="Stopping">
                  Stop
                </SubmitButton>
              </ActionForm>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
