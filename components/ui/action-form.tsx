"use client";

import { useActionState, useEffect, useEffectEvent, type ReactNode } from "react";
import type { FormState } from "@/lib/web/view";
import { announce } from "./announce";
import { Message } from "./message";

interface Props {
  action: (before: FormState, form: FormData) => Promise<FormState>;
  /** Names the form for assistive technology. */
  label?: string;
  className?: string;
  /** Called once after each success. */
  onDone?: () => void;
  /** The fields and the button; as a function it is told what is wrong with each field, by name. */
  children: ReactNode | ((fields: Readonly<Record<string, string>>) => ReactNode);
}

const none = {};

/** A form around a server action: says how it went, keeps what was typed when it was refused. */
export function ActionForm({ action, label, className, onDone, children }: Props) {
  const [state, dispatch] = useActionState(action, { status: "idle" });
  const done = useEffectEvent((message: string) => {
    announce({ text: message, tone: "ok" });
    onDone?.();
  });
  useEffect(() => {
    if (state.status === "done") done(state.message);
  }, [state]);

  const refused = state.status === "refused";
  return (
    // React resets a form after its action; after a refusal the person still needs what they wrote.
    <form
      action={dispatch}
      aria-label={label}
      className={className}
      onReset={(event) => refused && event.preventDefault()}
    >
      {refused && (
        <Message tone="error" title={state.what}>
          {state.next}
        </Message>
      )}
      {typeof children === "function" ? children(refused ? state.fields : none) : children}
    </form>
  );
}
