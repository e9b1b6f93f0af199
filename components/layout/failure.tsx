"use client";

interface Props {
  error: unknown;
  /** Asks the server for the page again. */
  retry: () => void;
}

/**
 * Something failed that nobody expected: says so, with the reference under which the log has it, and the ways on.
 * Every page carries it, so it brings nothing of its own along: plain elements, no icons, a link that loads anew.
 */
export function Failure({ error, retry }: Props) {
  const reference = digestOf(error);
  return (
    <div role="alert" className="failure">
      <h1>This page could not be shown</h1>
      <p>
        Something failed on our side. Nothing was changed. If it happens again, tell an admin the reference.
      </p>
      {reference && (
        <p>
          Reference <code>{reference}</code>
        </p>
      )}
      <p>
        <button type="button" className="btn btn-primary" onClick={retry}>
          Try again
        </button>
        {/* oxlint-disable-next-line next/no-html-link-for-pages -- loads anew, what failed in the browser included */}
        <a className="btn btn-secondary" href="/">
          Home
        </a>
      </p>
    </div>
  );
}

// Only the digest: the message of an error may say more than a person should read (law 6).
function digestOf(error: unknown): string | undefined {
  const digest = error instanceof Error && "digest" in error ? error.digest : undefined;
  return typeof digest === "string" ? digest : undefined;
}
