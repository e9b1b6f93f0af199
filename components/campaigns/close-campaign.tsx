import { ActionForm } from "@/components/ui/action-form";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormState } from "@/lib/web/view";

interface Props {
  id: string;
  open: number;
  close: (before: FormState, form: FormData) => Promise<FormState>;
}

/** Closes a campaign that is overdue; the button says what stays undecided. */
export function CloseCampaign({ id, open, close }: Props) {
  return (
    <ActionForm action={close} className="grid gap-2">
      <input type="hidden" name="campaignId" value={id} />
      <SubmitButton variant="secondary" pendingLabel="Closing">
        {`Close it with ${open.toLocaleString("en-US")} not decided`}
      </SubmitButton>
    </ActionForm>
  );
}
