"use client";

import { Hourglass, LockOpen, Send, Siren } from "lucide";
import { Button, ButtonLink } from "@/components/ui/button";
import { Sheet } from "@/components/ui/dialog";
import { durationText } from "@/components/ui/time-text";
import { Timeline, TimelineStep } from "@/components/ui/timeline";

export type Sent = {
  number: number;
  words: string;
  /** Whether it is open already, as an emergency. */
  isOpen: boolean;
};

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
      title={`Request ${sent.number} is ${sent.isOpen ? "open" : "sent"}`}
      description={describe(sent, isDecided)}
      footer={
        <>
          <ButtonLink href={`/requests/${sent.number}`} className="ml-auto">
            {sent.isOpen ? "See the values" : "See where it stands"}
          </ButtonLink>
          <Button variant="primary" onClick={onClose}>
            Back to the table
          </Button>
        </>
      }
    >
      <Timeline label="What happens now">
        <TimelineStep icon={Send} tone="ok" title="You asked" time="just now" />
        {sent.isOpen ? (
          <TimelineStep icon={Siren} tone="danger" title={sent.words}>
            Its time runs. You reveal the values on its page or here in the table.
          </TimelineStep>
        ) : (
          <WhatFollows words={sent.words} viewSeconds={viewSeconds} isDecided={isDecided} />
        )}
      </Timeline>
    </Sheet>
  );
}

function describe({ isOpen }: Sent, isDecided: boolean): string {
  if (isOpen) return "Opened as an emergency, before anybody has decided.";
  return isDecided ? "The policy decides it at once." : "Nothing more is to be done until it is decided.";
}

interface Following {
  words: string;
  viewSeconds: number;
  isDecided: boolean;
}

function WhatFollows({ words, viewSeconds, isDecided }: Following) {
  return (
    <>
      <TimelineStep icon={Hourglass} tone="waiting" title={words}>
        {isDecided ? "Its page says the same." : "Its page tells you as soon as that has happened."}
      </TimelineStep>
      <TimelineStep icon={LockOpen} tone="waiting" title={`You open it for ${durationText(viewSeconds)}`}>
        The fields get a lit edge here and on the page of the request. The time runs from the moment you open
        it.
      </TimelineStep>
    </>
  );
}
