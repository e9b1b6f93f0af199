import { ActionForm } from "@/components/ui/action-form";
import { Button } from "@/components/ui/button";
import { SubmitButton } from "@/components/ui/submit-button";
import type { PolicyVersionView } from "@/lib/policies/view";
import type { FormState } from "@/lib/web/view";

type FormAction = (before: FormState, form: FormData) => Promise<FormState>;

interface Props {
  view: PolicyVersionView;
  tryDraft: FormAction;
  activate: FormAction;
}

/** The way of a draft to what counts: tested by its scenarios, activated by a second person. */
export function DraftDeeds({ view, tryDraft, activate }: Props) {
  const reason = view.whyNot.activate;
  return (
    <section aria-label="From a draft to what counts" className="flex flex-col gap-2">
      <div className="flex flex-wrap items-start gap-2">
        <ActionForm action={tryDraft}>
          <Seen view={view} />
          <SubmitButton variant="secondary" pendingLabel="Testing">
            Run the scenarios
          </SubmitButton>
        </ActionForm>
        {reason === null ? (
          <ActionForm action={activate}>
            <Seen view={view} />
            <SubmitButton pendingLabel="Activating">Activate</SubmitButton>
          </ActionForm>
        ) : (
          <Button variant="primary" reason={reason}>
            Activate
          </Button>
        )}
      </div>
      {reason !== null && <p className="text-sm text-ink-muted">Not to be activated by you now: {reason}</p>}
    </section>
  );
}

function Seen({ view }: { view: PolicyVersionView }) {
  return (
    <>
      <input type="hidden" name="number" value={view.number} />
      <input type="hidden" name="version" value={view.version} />
    </>
  );
}
