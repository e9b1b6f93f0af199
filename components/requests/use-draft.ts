"use client";

import { useEffect, useRef, useState } from "react";
import type {
  FieldChoice,
  Level,
  RequestActions,
  RequestDraft,
  RequestPreview,
  SubmitAnswer,
} from "@/lib/requests/view";

type Trouble = { what: string; next: string };

const unanswered: Trouble = {
  what: "Glimpse did not answer.",
  next: "Nothing was sent. What you wrote is still here; try again.",
};

/** So many fields were chosen one by one; more are those of a whole record, and nobody needs all of these. */
const chosenAtMost = 4;

/** A draft that asks for the fields that were chosen, in full, for five minutes. */
export function emptyDraft(
  tableId: string,
  records: readonly string[],
  fields: readonly FieldChoice[],
): RequestDraft {
  const open = fields.filter((field) => !field.neverOpens);
  return {
    tableId,
    records,
    fields: open.length > chosenAtMost ? [] : open.map(({ columnId }) => ({ columnId, level: "full" })),
    purpose: "",
    reason: "",
    ticket: "",
    viewSeconds: 300,
  };
}

/** What is said beside its field. */
const marked = new Set(["fields", "purpose", "reason", "ticket", "notBefore", "maxViews", "why"]);

export type DraftForm = ReturnType<typeof useDraft>;

/** A draft, what the server says of it while it is written, and the way to send it. */
export function useDraft(initial: RequestDraft, actions: RequestActions) {
  const [draft, setDraft] = useState(initial);
  const [preview, setPreview] = useState<RequestPreview | null>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [sending, setSending] = useState(false);
  const [turn, setTurn] = useState(0);
  usePreview({ draft, turn }, actions, setPreview, setTrouble);

  const change = (part: Partial<RequestDraft>) => {
    setDraft((before) => ({ ...before, ...part }));
    setErrors((before) => withoutKeys(before, Object.keys(part)));
  };
  const setLevel = (columnId: string, level: Level | null) =>
    change({
      fields: [
        ...draft.fields.filter((field) => field.columnId !== columnId),
        ...(level === null ? [] : [{ columnId, level }]),
      ],
    });
  /** Sends it, or with words for why it cannot wait, sends and opens it at once. */
  const send = async (why?: string): Promise<SubmitAnswer | null> => {
    if (sending) return null;
    setSending(true);
    const sent = why === undefined ? actions.submit(draft) : actions.breakGlass(draft, why);
    const answer = await sent.catch(() => null);
    setSending(false);
    if (answer?.ok) return answer;
    setErrors(answer?.fields ?? {});
    // What a marked field says needs no second voice.
    const said = answer && Object.keys(answer.fields).some((name) => marked.has(name));
    setTrouble(said ? null : (answer ?? unanswered));
    return answer;
  };
  const purposeWords =
    preview?.choices.purposes.find((purpose) => purpose.id === draft.purpose)?.words ?? "No purpose yet";
  /** Asks what the server makes of it now, although nothing of it has changed. */
  const askAgain = () => setTurn(turn + 1);
  return { draft, preview, trouble, errors, sending, change, setLevel, send, askAgain, purposeWords };
}

/** Asks the server what it makes of the draft whenever something changes that it judges; words are not among that. */
function usePreview(
  { draft, turn }: { draft: RequestDraft; turn: number },
  actions: RequestActions,
  setPreview: (preview: RequestPreview) => void,
  setTrouble: (trouble: Trouble | null) => void,
): void {
  const judged = JSON.stringify({
    turn,
    fields: draft.fields,
    purpose: draft.purpose,
    view: draft.viewSeconds,
    bounds: [draft.notBefore, draft.maxViews, draft.withSession],
    ticket: draft.ticket.trim() !== "",
  });
  const first = useRef(true);
  useEffect(() => {
    let stale = false;
    const ask = async () => {
      const answer = await actions.preview(draft).catch(() => null);
      if (stale) return;
      if (answer?.ok) setPreview(answer.output);
      setTrouble(answer?.ok ? null : (answer ?? unanswered));
    };
    const timer = setTimeout(() => void ask(), first.current ? 0 : 250);
    first.current = false;
    return () => {
      stale = true;
      clearTimeout(timer);
    };
    // oxlint-disable-next-line react/exhaustive-deps -- only what is judged asks again, not every letter
  }, [judged]);
}

function withoutKeys(errors: Readonly<Record<string, string>>, names: readonly string[]) {
  return Object.fromEntries(
    Object.entries(errors).filter(([name]) => !names.includes(name.split(".")[0] ?? name)),
  );
}
