import { useState, useTransition } from "react";
import type { Answer, ConnectionForm, ConnectionTest } from "@/lib/catalog/view";

type Refusal = { what: string; next: string };

export type ConnectionState = {
  form: ConnectionForm;
  errors: Readonly<Record<string, string>>;
  /** What the last test found; gone when the form changes. */
  tested: ConnectionTest | null;
  refusal: Refusal | null;
  pending: boolean;
  change: (change: Partial<ConnectionForm>) => void;
  test: () => void;
  /** Runs an action with the form, and shows what it refused. */
  send: <T>(action: (form: ConnectionForm) => Promise<Answer<T>>, onDone: (output: T) => void) => void;
};

const unreachable: Refusal = {
  what: "The server could not be reached.",
  next: "Nothing was changed. Try again in a moment.",
};

/** The state of a connection form: what is typed, what a test said, what was refused and where. */
export function useConnection(
  first: ConnectionForm,
  test: (form: ConnectionForm) => Promise<Answer<ConnectionTest>>,
): ConnectionState {
  const [form, setForm] = useState(first);
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [tested, setTested] = useState<ConnectionTest | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [pending, start] = useTransition();

  const send: ConnectionState["send"] = (action, onDone) =>
    start(async () => {
      setRefusal(null);
      const answer = await action(form).catch(() => ({ ok: false as const, ...unreachable, fields: {} }));
      setErrors(answer.ok ? {} : answer.fields);
      if (answer.ok) onDone(answer.output);
      else setRefusal(refusalOf(answer));
    });

  return {
    form,
    errors,
    tested,
    refusal,
    pending,
    change: (change) => {
      setForm((before) => ({ ...before, ...change }));
      setTested(null);
      setRefusal(null);
    },
    test: () => send(test, setTested),
    send,
  };
}

/** The cause of a failed connection stands in place of the general words. */
function refusalOf({ what, next, fields }: Refusal & { fields: Readonly<Record<string, string>> }): Refusal {
  const cause = fields["connection"];
  return cause === undefined ? { what, next } : { what: cause, next: "Nothing was stored." };
}
