"use client";

import { useActionState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Message } from "@/components/ui/message";
import { SubmitButton } from "@/components/ui/submit-button";

interface Props {
  /** Where to go afterwards: a path of ours, checked by the server. */
  next: string;
}

type Failure = { what: string; next: string } | null;

/** Asks for e-mail and password. The password goes to our own address once and is kept nowhere. */
export function SignInForm({ next }: Props) {
  const [failure, submit] = useActionState<Failure, FormData>(async (_, form) => {
    const failed = await signIn(form);
    if (!failed) window.location.assign(next);
    return failed;
  }, null);
  return (
    // React resets a form after its action; after a failure the person still needs what they typed.
    <form action={submit} className="flex flex-col gap-4" onReset={(event) => event.preventDefault()}>
      {failure && (
        <Message tone="error" title={failure.what}>
          {failure.next}
        </Message>
      )}
      <Field id="email" label="E-mail">
        {(wired) => (
          <Input
            {...wired}
            name="email"
            type="email"
            autoComplete="username"
            required
            autoFocus
            maxLength={254}
          />
        )}
      </Field>
      <Field id="password" label="Password">
        {(wired) => (
          <Input
            {...wired}
            name="password"
            type="password"
            autoComplete="current-password"
            required
            maxLength={256}
          />
        )}
      </Field>
      <SubmitButton pendingLabel="Signing in">Sign in</SubmitButton>
    </form>
  );
}

async function signIn(form: FormData): Promise<Failure> {
  try {
    const { csrfToken } = (await (await fetch("/api/auth/csrf")).json()) as { csrfToken: string };
    const body = new URLSearchParams({ csrfToken, json: "true" });
    for (const [name, value] of form) if (typeof value === "string") body.set(name, value);
    const answer = await fetch("/api/auth/callback/credentials", { method: "POST", body });
    if (answer.ok) return null;
    const { url } = (await answer.json()) as { url: string };
    return inWords(new URL(url).searchParams.get("error"));
  } catch {
    return { what: "Glimpse does not answer.", next: "Check the connection and try again." };
  }
}

function inWords(error: string | null): Failure {
  const [code, minutes] = (error ?? "").split(".");
  if (code === "wrong-credentials") {
    return {
      what: "The e-mail address or the password is wrong.",
      next: "Try again, or ask an admin for a new invitation.",
    };
  }
  if (code === "locked-out") {
    const wait = minutes === "1" ? "a minute" : `${minutes} minutes`;
    return {
      what: "Too many failed sign-ins.",
      next: `Try again in ${wait}. The right password does not open the door earlier.`,
    };
  }
  if (code === "too-fast")
    return { what: "Too many sign-ins at once.", next: "Wait a moment and try again." };
  return { what: "Sign-in does not work at the moment.", next: "Try again shortly, or tell an admin." };
}
