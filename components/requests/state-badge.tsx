import { Ban, CircleCheck, CircleX, Clock, Hourglass, LockOpen, Undo2, type IconNode } from "lucide";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import type { GrantState, RequestState } from "@/lib/requests/view";

type Look = { words: string; tone: BadgeTone; icon: IconNode };

const requestLooks: Record<RequestState, Look> = {
  pending: { words: "Waiting", tone: "neutral", icon: Hourglass },
  approved: { words: "Approved", tone: "ok", icon: CircleCheck },
  denied: { words: "Denied", tone: "danger", icon: CircleX },
  withdrawn: { words: "Withdrawn", tone: "muted", icon: Undo2 },
  expired: { words: "Not decided", tone: "muted", icon: Clock },
};

const grantLooks: Record<GrantState, Look> = {
  ready: { words: "Ready to open", tone: "ok", icon: LockOpen },
  active: { words: "Open", tone: "accent", icon: LockOpen },
  ended: { words: "Ended", tone: "muted", icon: Clock },
  returned: { words: "Given back", tone: "muted", icon: Undo2 },
  revoked: { words: "Revoked", tone: "danger", icon: Ban },
  lapsed: { words: "Not opened in time", tone: "muted", icon: Clock },
};

/** Where a request stands, in a word: its own state, or that of the grant it has left. */
export function StateBadge({ state, grant }: { state: RequestState; grant?: GrantState | null | undefined }) {
  const { words, tone, icon } = grant ? grantLooks[grant] : requestLooks[state];
  return (
    <Badge tone={tone} icon={icon}>
      {words}
    </Badge>
  );
}
