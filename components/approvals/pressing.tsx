import { BellRing, Megaphone } from "lucide";
import { Badge } from "@/components/ui/badge";
import type { InboxLine } from "@/lib/approvals/view";

/** That a request has waited for long: those who may decide were reminded, or more people were told. */
export function Pressing({ pressing }: { pressing: InboxLine["pressing"] }) {
  if (pressing === null) return null;
  return pressing === "escalated" ? (
    <Badge tone="danger" icon={Megaphone}>
      Escalated
    </Badge>
  ) : (
    <Badge icon={BellRing}>Reminded</Badge>
  );
}
