import { Message } from "@/components/ui/message";
import { RelativeTime } from "@/components/ui/relative-time";
import type { OwnLapse } from "@/lib/campaigns/view";

/** Tells somebody that what they may do here ends by itself, and who can say before that it stays. */
export function LapseNotice({ dueAt, waitsFor, isSoon, now }: OwnLapse & { now: string }) {
  return (
    <Message
      {...(isSoon ? { tone: "error" as const } : {})}
      title={
        <>
          What you may do here ends <RelativeTime at={dueAt} now={now} /> unless {waitsFor ?? "an admin"}{" "}
          confirms it.
        </>
      }
    >
      A campaign asks what everybody still needs, and removes what nobody has confirmed. If you need yours,
      say so to {waitsFor ?? "an admin"}.
    </Message>
  );
}
