import { BellRing } from "lucide";
import { ActionForm } from "@/components/ui/action-form";
import { Button } from "@/components/ui/button";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormState } from "@/lib/web/view";

interface Props {
  requestId: string;
  /** Why they cannot be reminded now. */
  reason: string | null;
  nudge: (before: FormState, form: FormData) => Promise<FormState>;
}

/** Reminds those who may decide. */
export function NudgeForm({ requestId, reason, nudge }: Props) {
  if (reason !== null)
    return (
      <Button icon={BellRing} reason={reason}>
        Remind
      </Button>
    );
  return (
    <ActionForm action={nudge}>
      <input type="hidden" name="requestId" value={requestId} />
      <SubmitButton variant="secondary" pendingLabel="Reminding">
        Remind
      </SubmitButton>
    </ActionForm>
  );
}
