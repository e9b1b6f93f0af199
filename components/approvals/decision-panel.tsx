"use client";

import { Check, MessageCircleQuestionMark, Scissors, X } from "lucide";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { PasskeyNote } from "@/components/people/passkey-note";
import { ProveForm } from "@/components/people/prove-form";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { Message } from "@/components/ui/message";
import { durationText } from "@/components/ui/time-text";
import type { DecisionActions, InboxDetail } from "@/lib/approvals/view";
import type { FormState } from "@/lib/web/view";
import { DenyForm } from "./deny-form";
import { NarrowForm } from "./narrow-form";
import { sendSigned } from "./send-signed";
import { useDecision } from "./use-decision";
import { useKeys } from "./use-keys";
import { WordsForm } from "./words-form";

interface Props {
  detail: InboxDetail;
  actions: DecisionActions;
  ask: (before: FormState, form: FormData) => Promise<FormState>;
  /** Why no question can be asked; null when one can. */
  whyNotAsk: string | null;
  /** The address of this request, and of the one to go on with after it, or of the list when it is the last. */
  href: string;
  nextHref: string;
}

/** Approve, narrow, deny or ask, by button or by key. A decision cannot be undone, and each button says what it does. */
export function DecisionPanel({ detail, actions, ask, whyNotAsk, href, nextHref }: Props) {
  const [form, setForm] = useState<"narrow" | "deny" | "ask" | null>(null);
  const router = useRouter();
  const { decide, busy, trouble, errors } = useDecision(detail, nextHref);
  const { brief, whyNot } = detail;
  const seen = { requestId: detail.id, version: detail.version };
  const approve = () =>
    void decide(
      () => sendSigned(detail, actions, null, (signed) => actions.approve({ ...seen, words: "", ...signed })),
      "approved",
    );
  const can = whyNot === null && !busy;
  useKeys({
    a: () => can && form === null && approve(),
    n: () => can && setForm("narrow"),
    d: () => can && setForm("deny"),
    q: () => whyNotAsk === null && setForm("ask"),
    Escape: () => setForm(null),
  });
  const reason = whyNot === null ? {} : { reason: whyNot };
  const records = `${brief.recordCount} ${brief.recordCount === 1 ? "record" : "records"}`;
  const fields = `${brief.fields.length} ${brief.fields.length === 1 ? "field" : "fields"}`;
  return (
    <div role="region" aria-label="Decision" className="decision-panel">
      {trouble && (
        <Message tone="error" title={trouble.what}>
          {trouble.next}
        </Message>
      )}
      {detail.asksPassword && whyNot === null && (
        <ProveForm before="before you approve this" prove={actions.prove} />
      )}
      {detail.passkey === "young" && whyNot === null && (
        <Message title="Its rule asks for a passkey, and yours was registered after it was sent.">
          Another approver decides it, or you deny it and it is asked for again.
        </Message>
      )}
      {detail.passkey !== null && detail.passkey !== "young" && whyNot === null && (
        <PasskeyNote need={detail.passkey} deed="approve this" />
      )}
      {form === "narrow" && (
        <NarrowForm
          detail={detail}
          busy={busy}
          onCancel={() => setForm(null)}
          onSend={({ words, ...narrowed }) =>
            void decide(
              () =>
                sendSigned(detail, actions, narrowed, (signed) =>
                  actions.narrow({ ...seen, ...narrowed, words, ...signed }),
                ),
              "approved in part",
            )
          }
        />
      )}
      {form === "deny" && (
        <DenyForm
          requester={brief.requester}
          busy={busy}
          error={errors["words"]}
          onCancel={() => setForm(null)}
          onSend={(words) => void decide(() => actions.deny({ ...seen, words }), "denied")}
        />
      )}
      {form === "ask" && (
        <WordsForm
          id="question"
          about={{ name: "requestId", id: detail.id }}
          action={ask}
          label={`Your question to ${brief.requester}`}
          help="It stops no clock, and you can decide before there is an answer. Never write a value here."
          send="Ask"
          autoFocus
          onCancel={() => setForm(null)}
          onDone={() => {
            setForm(null);
            // Chosen from now on, so that the answer appears here by itself.
            router.replace(href, { scroll: false });
          }}
        />
      )}
      {form === null && (
        <>
          <p className="text-sm text-ink-muted">
            {whyNot ??
              (detail.more
                ? `Approving sends ${fields} of ${records} for ${durationText(brief.viewSeconds)} on to the next approver. Nothing opens before.`
                : `Approving lets ${brief.requester} see ${fields} of ${records} for ${durationText(brief.viewSeconds)}. It cannot be undone, only revoked.`)}
          </p>
          <div className="flex flex-wrap gap-2">
            <Button variant="primary" icon={Check} aria-busy={busy} onClick={approve} {...reason}>
              Approve <Key name="A" />
            </Button>
            <Button icon={Scissors} onClick={() => setForm("narrow")} {...reason}>
              Narrow <Key name="N" />
            </Button>
            <Button icon={X} onClick={() => setForm("deny")} {...reason}>
              Deny <Key name="D" />
            </Button>
            <Button
              icon={MessageCircleQuestionMark}
              onClick={() => setForm("ask")}
              {...(whyNotAsk === null ? {} : { reason: whyNotAsk })}
            >
              Ask <Key name="Q" />
            </Button>
          </div>
        </>
      )}
    </div>
  );
}

function Key({ name }: { name: string }) {
  return (
    <span aria-hidden className="max-sm:hidden">
      <Kbd>{name}</Kbd>
    </span>
  );
}
