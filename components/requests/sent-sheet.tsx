"use client";

import { Hourglass, LockOpen, Send } from "lucide";
import { Button, ButtonLink } from "@/components/ui/button";
import { Sheet } from "@/components/ui/dialog";
import { durationText } from "@/components/ui/time-text";
import { Timeline, TimelineStep } from "@/components/ui/timeline";

export type Sent = { number: number; words: string };

/** What becomes of a request that was just sent. */
export function SentSheet({
  sent,
  viewSeconds,
  isDecided,
  onClose,
}: {
  sent: Sent;
  viewSeconds: number;
  /** Whether the policy has decided it already. */
  isDecided: boolean;
  onClose: () => void;
}) {
  return (
    <Sheet
      open
      wide
      onClose={onClose}
      title={`Request ${sent.number} is sent`}
      description={
        isDecided ? "The policy decides it at once." : "Nothing more is to be done until it is decided."
      }
      footer={
        <>
          <ButtonLink href={`/requests/${sent.number}`} className="ml-auto">
            See where it stands
          </ButtonLink>
          <Button variant="primary" onClick={onClose}>
            Back to the table
          </Button>
        </>
      }
    >
      <Timeline label="What happens now">
        <TimelineStep icon={Send} tone="ok" title="You asked" time="just now" />
        <TimelineStep icon={Hourglass} tone="waiting" title={sent.words}>
          {isDecided ? "Its page says the same." : "Its page tells you as soon as that has happened."}
        </TimelineStep>
        <TimelineStep icon={LockOpen} tone="waiting" title={`You open it for ${durationText(viewSeconds)}`}>
          The fields get a lit edge here and on the page of the request. The time runs from the moment you
          open it.
        </TimelineStep>
      </Timeline>
    </Sheet>
  );
}
