"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { ProveForm } from "@/components/people/prove-form";
import { Button } from "@/components/ui/button";
import { Sheet } from "@/components/ui/dialog";
import { Message } from "@/components/ui/message";
import { DetailSkeleton } from "@/components/ui/skeleton";
import type { FieldChoice, RequestActions } from "@/lib/requests/view";
import { BriefView } from "./request-brief";
import { EmergencySection } from "./emergency-section";
import { RequestForm } from "./request-form";
import { RiskBars } from "./risk-bars";
import { RouteHints } from "./route-hints";
import { SampleTable } from "./sample-table";
import { SentSheet, type Sent } from "./sent-sheet";
import { emptyDraft, useDraft, type DraftForm } from "./use-draft";

export type RequestSheetProps = {
  tableId: string;
  tableLabel: string;
  /** Record handles. */
  records: readonly string[];
  /** What all of the records match, in words, where the server finds them by that. */
  cohort?: string;
  fields: readonly FieldChoice[];
  actions: RequestActions;
  open: boolean;
  onClose: () => void;
};

/** Asks for fields of records, on one sheet from the right. */
export function RequestSheet(props: RequestSheetProps) {
  const { tableId, records, fields } = props;
  // Another selection is another request: nothing of the last one stays.
  const asked = [tableId, ...records, ...fields.map((field) => field.columnId)].join(" ");
  return props.open ? <OpenSheet key={asked} {...props} /> : null;
}

function OpenSheet({ tableLabel, fields, records, cohort, tableId, actions, onClose }: RequestSheetProps) {
  const form = useDraft(emptyDraft(tableId, records, fields), actions);
  const router = useRouter();
  const [sent, setSent] = useState<Sent | null>(null);
  const { preview, draft } = form;
  const send = async (why?: string) => {
    const answer = await form.send(why);
    if (!answer?.ok) return;
    const isOpen = why !== undefined;
    setSent({ ...answer.output, isOpen });
    // The cells behind the sheet are asked for now. Where they can be opened, the page becomes another one, which takes
    // this sheet away: that waits until it was read.
    if (preview?.route.outcome === "review" && !isOpen) router.refresh();
  };
  const closeSent = () => {
    onClose();
    router.refresh();
  };
  const found = preview?.brief.recordCount ?? records.length;
  const count = found === 1 ? "1 record" : `${found === 0 ? "All" : found} records`;
  if (sent)
    return (
      <SentSheet
        sent={sent}
        viewSeconds={preview?.brief.viewSeconds ?? draft.viewSeconds}
        isDecided={preview?.route.outcome !== "review"}
        onClose={closeSent}
      />
    );
  const approver = preview?.route.approvers.length === 1 ? preview.route.approvers[0]?.name : undefined;
  return (
    <Sheet
      open
      wide
      onClose={onClose}
      title="Request to see values"
      description={`${count} of ${tableLabel}${cohort === undefined ? "" : ` where ${cohort}`}`}
      footer={
        <>
          <p className="mr-auto min-w-0 text-sm text-ink-muted max-sm:basis-full" role="status">
            {preview?.route.words}
          </p>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" onClick={() => void send()} aria-busy={form.sending} {...whyNot(form)}>
            {form.sending ? "Sending" : approver ? `Send to ${approver}` : "Send"}
          </Button>
        </>
      }
    >
      {form.trouble && (
        <Message tone="error" title={form.trouble.what} className="mb-4">
          {form.trouble.next}
        </Message>
      )}
      {!preview && !form.trouble && <DetailSkeleton label="Reading what may be asked for" />}
      {preview && (
        // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- Ctrl+Enter sends from any field within
        <div
          className="grid gap-6"
          onKeyDown={(event) => event.key === "Enter" && (event.ctrlKey || event.metaKey) && void send()}
        >
          <RequestForm form={form} fields={fields} />
          {preview.route.emergency && (
            <EmergencySection
              error={form.errors["why"]}
              sending={form.sending}
              whyNot={whyNot(form)}
              onOpen={(why) => void send(why)}
            />
          )}
          {draft.fields.length > 0 && (
            <>
              <div className="grid gap-6 sm:grid-cols-2">
                <RiskBars risk={preview.brief.risk} />
                <RouteHints route={preview.route}>
                  {preview.route.asksPassword && (
                    <ProveForm before="before you send this" prove={actions.prove} onDone={form.askAgain} />
                  )}
                </RouteHints>
              </div>
              <section
                aria-label={`What ${approver ?? "the approver"} will see`}
                className="grid gap-3 rounded-md border bg-paper p-4"
              >
                <h3 className="text-xs font-medium text-ink-muted">
                  What {approver ?? "the approver"} will see
                </h3>
                <BriefView
                  brief={{
                    ...preview.brief,
                    reason: draft.reason.trim(),
                    ticket: draft.ticket.trim() || null,
                    purpose: form.purposeWords,
                  }}
                  sample={<SampleTable sample={preview.sample} />}
                />
              </section>
            </>
          )}
        </div>
      )}
    </Sheet>
  );
}

function whyNot({ preview, draft }: DraftForm): { reason?: string } {
  if (!preview) return { reason: "It cannot be sent yet." };
  if (draft.fields.length === 0) return { reason: "Choose at least one field first." };
  const [lack] = preview.route.lacks;
  return lack === undefined ? {} : { reason: lack };
}
