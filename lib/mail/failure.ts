/** Why a message could not be handed over, in words of ours: a server's own may quote an address or a password. */
export const mailFailures = {
  unreachable: "The mail server cannot be reached",
  silent: "The mail server does not answer in time",
  "no-tls": "No safe connection to the mail server could be made",
  "sign-in": "The mail server refuses the name or the password",
  "not-now": "The mail server puts messages off",
  refused: "The mail server refuses the message or its recipient",
  "no-address": "The person has no address that mail can be sent to",
  "too-late": "It could not be sent for three days",
  ours: "Glimpse could not make the message; the log of the server has a reference",
  unknown: "The mail server failed",
} as const;

export type MailFailure = keyof typeof mailFailures;

/**
 * What a failure means for what waits: with `server`, nothing else gets through now either; with `message`, this one
 * alone waits; with `never`, this one is given up.
 */
export type Setback = { why: MailFailure; of: "server" | "message" | "never" };

const byCode: Readonly<Record<string, MailFailure>> = {
  ETIMEDOUT: "silent",
  EABORT: "silent",
  EDNS: "unreachable",
  ECONNECTION: "unreachable",
  ESOCKET: "unreachable",
  ETLS: "no-tls",
  EREQUIRETLS: "no-tls",
  EAUTH: "sign-in",
  ENOAUTH: "sign-in",
};

/** What a failure of the client means, by its code and the code of the answer; its words are never read. */
export function setbackOf(error: unknown): Setback {
  const { code, responseCode, command } = (error ?? {}) as Record<string, unknown>;
  if (code === "EAUTH" || code === "ENOAUTH") return { why: "sign-in", of: "server" };
  // An answer to the recipient or to the message is about it; one before that, about us.
  const isAboutMessage = command === "RCPT TO" || command === "DATA" || code === "EMESSAGE";
  if (typeof responseCode === "number" && responseCode >= 500 && isAboutMessage)
    return { why: "refused", of: "never" };
  if (typeof responseCode === "number" && responseCode >= 400)
    return { why: responseCode >= 500 ? "refused" : "not-now", of: isAboutMessage ? "message" : "server" };
  return { why: (typeof code === "string" ? byCode[code] : undefined) ?? "unknown", of: "server" };
}

/** After how long a message is tried again: one minute, then twice as long each time, an hour at most. */
export function backOffMs(attempts: number): number {
  return Math.min(60, 2 ** Math.max(0, attempts - 1)) * 60_000;
}
