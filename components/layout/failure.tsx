"use client";

import { Button, ButtonLink } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/empty-state";

interface Props {
  error: unknown;
  /** Asks the server for the page again. */
  retry: () => void;
}

/** Something failed that nobody expected: says so, with the reference under which the log has it, and the ways on. */
export function Failure({ error, retry }: Props) {
  return (
    <ErrorState
      title="This page could not be shown"
      reference={digestOf(error)}
      actions={
        <>
          <Button variant="primary" onClick={retry}>
            Try again
          </Button>
          <ButtonLink href="/">Home</ButtonLink>
        </>
      }
    >
      Something failed on our side. Nothing was changed. If it happens again, tell an admin the reference.
    </ErrorState>
  );
}

// Only the digest: the message of an error may say more than a person should read (law 6).
function digestOf(error: unknown): string | undefined {
  const digest = error instanceof Error && "digest" in error ? error.digest : undefined;
  return typeof digest === "string" ? digest : undefined;
}
