/** What a message may know of what it tells: no value, no reason, no ticket, no key of a record (law 6). */
export type MailFacts = {
  /** The code of the event; null where the clock brought it about. */
  code: string | null;
  /** 0 where it is about no request. */
  number: number;
  /** How many people wait for the confirmation of the reader, and whether what is left undecided is removed. */
  access: { count: number; isLate: boolean; removesUndecided: boolean } | null;
  /** Whose decision one's own access waits for before it goes, null where admins decide; null where none goes. */
  lapse: { waitsFor: string | null } | null;
  table: string;
  requester: string;
  /** Who did what it tells of; null for the clock and the policy. */
  by: string | null;
  /** Until when something is to be done, in the time of the reader; null where there is no such moment. */
  until: string | null;
  /** The report that has come, by its title and its address; null where it is about none. */
  report: { title: string; path: string } | null;
};

/** What it says: a line of its own each, and where the reader can do something about it. */
export type Said = { subject: string; text: string; button: string; path: string };

type Says = (facts: MailFacts) => Said;

const page = ({ number }: MailFacts) => `/requests/${number}`;
const then = (word: string, { until }: MailFacts) => (until === null ? "" : ` ${word} ${until}`);

const outcomes: Readonly<Record<string, readonly [what: string, next: string]>> = {
  "request.approved": ["was approved", "Open it when you are ready to look: its time runs from then."],
  "request.narrowed": ["was approved for less", "Its page says what of it opens."],
  "request.denied": ["was denied", "Its page says why."],
  "request.expired": ["was not decided in time", "Nothing opens. You can send it again."],
  "request.closed": ["was closed", "What it asked for has changed. You can send it again."],
};

function waitFor({ access }: MailFacts): string {
  const count = access?.count ?? 0;
  return count === 1
    ? "The access of 1 person waits for you"
    : `The access of ${count.toLocaleString("en-US")} people waits for you`;
}

const warning = ({ access }: MailFacts) =>
  access?.removesUndecided === true ? " What nobody has decided by then is removed by itself." : "";

/** The words of every kind of message; who did what, to which table, and never what is in it. */
export const said = {
  decisionWanted: (facts) => ({
    subject: `Request ${facts.number} waits for a decision`,
    text: `${facts.requester} asks for fields of ${facts.table}. You may decide${then("until", facts)}.`,
    button: "Decide",
    path: `/inbox?request=${facts.number}`,
  }),
  reminder: (facts) => ({
    subject: `Request ${facts.number} still waits for a decision`,
    text: `${facts.requester} waits for fields of ${facts.table}. You may decide${then("until", facts)}.`,
    button: "Decide",
    path: `/inbox?request=${facts.number}`,
  }),
  escalated: (facts) => ({
    subject: `Request ${facts.number} has waited too long`,
    text: `${facts.requester} asks for fields of ${facts.table}, and nobody has decided in the time that the rule gives. Its page says who can.`,
    button: "See the request",
    path: page(facts),
  }),
  decided: (facts) => {
    const [what, next] = outcomes[facts.code ?? ""] ?? ["has changed", "Its page says how it stands."];
    const by = facts.by === null ? "" : ` by ${facts.by}`;
    return {
      subject: `Request ${facts.number} ${what}`,
      text: `Your request for fields of ${facts.table} ${what}${by}. ${next}`,
      button: "See the request",
      path: page(facts),
    };
  },
  question: (facts) => ({
    subject: `A question about request ${facts.number}`,
    text: `${facts.by ?? "Somebody who may decide"} asks you something about your request for fields of ${facts.table}. The time to decide it runs on.`,
    button: "Read and answer",
    path: page(facts),
  }),
  answer: (facts) => ({
    subject: `An answer about request ${facts.number}`,
    text: `${facts.requester} has answered your question about fields of ${facts.table}.`,
    button: "Read it",
    path: page(facts),
  }),
  ending: (facts) => ({
    subject: `The grant of request ${facts.number} is about to end`,
    text: `Your grant for fields of ${facts.table} ends${then("on", facts)}. Open it before, if you still need it.`,
    button: "See the request",
    path: page(facts),
  }),
  ended: (facts) => ({
    subject: `The grant of request ${facts.number} has ended`,
    text:
      facts.code === "grant.lapsed"
        ? `The fields of ${facts.table} were not opened in time. You can ask again.`
        : `The time for the fields of ${facts.table} is over.`,
    button: "See the request",
    path: page(facts),
  }),
  revoked: (facts) => ({
    subject: `The grant of request ${facts.number} was revoked`,
    text: `The fields of ${facts.table} are closed${facts.by === null ? "" : `, by ${facts.by}`}. Its page says why.`,
    button: "See the request",
    path: page(facts),
  }),
  breakGlass: (facts) => ({
    subject: `Emergency: request ${facts.number} was opened without a decision`,
    text: `${facts.requester} opened fields of ${facts.table} at once, which you could have decided. Look whether that was right; you can revoke it.`,
    button: "Look at it",
    path: page(facts),
  }),
  reviewDue: (facts) => ({
    subject: `Request ${facts.number} waits to be judged`,
    text: `${facts.requester} opened fields of ${facts.table} before anybody had decided. Somebody else has to judge it${then("by", facts)}.`,
    button: "Judge it",
    path: "/reviews",
  }),
  caseOpened: () => ({
    subject: "A case waits to be judged",
    text: "Something unusual was found in the log. Its page says what, and what is usual.",
    button: "See the cases",
    path: "/reports/anomalies",
  }),
  reportDue: ({ report }) => ({
    subject: `The report “${report?.title ?? ""}” has come`,
    text: "It is made when you open it, with your rights of that moment. This message holds nothing of it.",
    button: "Open the report",
    path: report?.path ?? "/reports",
  }),
  passkeyAdded: () => ({
    subject: "A passkey was registered for you",
    text: "It signs your approvals from now on. If that was not you, remove it and change your password at once.",
    button: "Your passkeys",
    path: "/settings#passkeys",
  }),
  passkeyRemoved: () => ({
    subject: "A passkey of yours was removed",
    text: "It signs nothing from now on. If neither you nor an admin whom you asked did that, somebody is in your account or wants to be: tell another admin at once.",
    button: "Your passkeys",
    path: "/settings#passkeys",
  }),
  accessWanted: (facts) => ({
    subject: "Access waits for your confirmation",
    text: `${waitFor(facts)}${then("until", facts)}. Look at what they may do, and confirm or remove it.${warning(facts)}`,
    button: "Confirm or remove",
    path: "/reviews/access",
  }),
  accessReminder: (facts) => ({
    subject: "Access still waits for your confirmation",
    text: `${waitFor(facts)}${facts.access?.isLate ? ", and the time for it is over" : then("until", facts)}.${warning(facts)}`,
    button: "Confirm or remove",
    path: "/reviews/access",
  }),
  accessLapsing: (facts) => {
    const who = facts.lapse?.waitsFor ?? "an admin";
    return {
      subject: "What you may do in Glimpse is about to end",
      text: `A campaign asks what everybody still needs, and nobody has confirmed yours. Unless ${who} does, it is removed${then("on", facts)}. If you need it, say so to ${who}.`,
      button: "Open Glimpse",
      path: "/",
    };
  },
  test: () => ({
    subject: "A message to try",
    text: "E-mail of Glimpse reaches you.",
    button: "Your wishes",
    path: "/settings/mail",
  }),
} as const satisfies Record<string, Says>;
