import { Ban, MailQuestionMark } from "lucide";
import { Badge } from "@/components/ui/badge";
import type { PersonState } from "@/lib/people/view";

/** Whether somebody can sign in, in a word. */
export function PersonStateBadge({ state }: { state: PersonState }) {
  if (state === "active") return <Badge tone="muted">Active</Badge>;
  if (state === "invited") {
    return (
      <Badge tone="neutral" icon={MailQuestionMark}>
        Invited
      </Badge>
    );
  }
  return (
    <Badge tone="danger" icon={Ban}>
      Disabled
    </Badge>
  );
}
