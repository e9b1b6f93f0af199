import type { PasskeyNeed, Signed, SigningAnswer } from "@/lib/auth/view";
import type { FormState } from "@/lib/web/view";
import type { RequestBrief, RequestState, RiskGrade, StepView } from "@/lib/requests/view";

/** One line of the inbox. */
export type InboxLine = {
  number: number;
  requesterId: string;
  requester: string;
  tableId: string;
  tableLabel: string;
  fields: readonly string[];
  recordCount: number;
  purpose: string;
  /** The highest of its fields, 1 to 4. */
  sensitivity: number;
  grade: RiskGrade;
  /** How it stands with questions to the requester; null where nobody asked. */
  question: "waits" | "answered" | null;
  createdAt: string;
  expiresInMs: number;
  /** For whom the reader stands in; null where the seat is their own. */
  standsInFor: string | null;
  /** Whether it waits for long: those who may decide were reminded, or more people were told. */
  pressing: "reminded" | "escalated" | null;
};

/** What of the inbox is wanted and how; all of it stands in the address. */
export type InboxQuery = {
  /** Ids. */
  requester?: string;
  table?: string;
  grade?: RiskGrade;
  /** By what the lines of a page stand together. */
  group?: "requester" | "table";
  /** The place of the last line of the page before. */
  after?: string;
};

export type InboxPage = {
  lines: readonly InboxLine[];
  /** How many wait in all, filtered or not; 100 stands for 100 or more. */
  count: number;
  nextAfter: string | null;
  now: string;
};

/** A request of before, of the same person or like the one that is decided on. */
export type PastRequest = {
  number: number;
  requester: string;
  state: RequestState;
  tableLabel: string;
  fields: readonly string[];
  recordCount: number;
  /** How many of its records are asked for now too. */
  sameRecords: number;
  purpose: string;
  /** The last vote on it; its words are for those who may read the request alone. */
  decided: { by: string; verdict: "approve" | "narrow" | "deny"; words: string | null } | null;
  /** Whether the reader may open its page. */
  reads: boolean;
  createdAt: string;
};

/** What became of somebody's requests in 30 days, this one left out. */
export type RequesterRecord = {
  approved: number;
  denied: number;
  /** Grants of these requests that somebody revoked. */
  revoked: number;
  /** Emergencies, and those that were found not justified. */
  emergencies: number;
  notJustified: number;
  /** Records that they usually ask for, the median; null where there are none. */
  usualRecords: number | null;
};

/** What an approver decides on. */
export type InboxDetail = {
  id: string;
  number: number;
  /** The version that was seen; a decision carries it. */
  version: number;
  state: RequestState;
  brief: RequestBrief;
  records: readonly { handle: string; label: string }[];
  /** Fields that are asked for in full and of which a part could be shown, by their column ids. */
  partialPossible: readonly string[];
  /** For whom the reader would decide; null where the seat is their own, or there is none. */
  standsInFor: string | null;
  /** Whether it waits for long. */
  pressing: InboxLine["pressing"];
  /** Who else may decide. */
  others: readonly string[];
  /** The steps of its review. */
  steps: readonly StepView[];
  /** Rules that could not be asked, in words. */
  unasked: readonly string[];
  /** Whether others have to approve too before anything opens. */
  more: boolean;
  /** Who voted before, oldest first. */
  votes: readonly { by: string; verdict: "approve" | "narrow" | "deny"; words: string | null }[];
  createdAt: string;
  now: string;
  expiresInMs: number;
  history: readonly PastRequest[];
  record: RequesterRecord;
  /** The latest requests of others for a field of the same table that the reader was asked about too. */
  similar: readonly PastRequest[];
  /** Why the reader cannot decide, in words; null when they can. */
  whyNot: string | null;
  /** Whether its rule asks for the password of whoever approves it again. */
  asksPassword: boolean;
  /** Whether an approval has to be signed with the reader's passkey. */
  passkey: PasskeyNeed;
};

/** Something that was said about a request. */
export type ThreadEntry = {
  id: string;
  kind: "comment" | "question" | "answer";
  by: string;
  isRequester: boolean;
  /** Whether the reader wrote it. */
  mine: boolean;
  /** Whose question an answer is to. */
  to: string | null;
  /** Whether a question has its answer. */
  answered: boolean;
  /** Plain text; null where it is not what was written: it was changed outside Glimpse. */
  words: string | null;
  at: string;
};

/** What was said about a request, oldest first, and what the reader may say. */
export type Thread = {
  requestId: string;
  number: number;
  requester: string;
  state: RequestState;
  /** Whether it is the reader's own request. */
  mine: boolean;
  entries: readonly ThreadEntry[];
  /** Whether there is something left to talk about. */
  isOpen: boolean;
  mayWrite: boolean;
  /** Why the reader cannot ask a question, in words; null when they can. */
  whyNotAsk: string | null;
  /** Whose questions are not answered. */
  openBy: readonly string[];
  /** Milliseconds in which it can still be decided; 0 when it cannot. */
  expiresInMs: number;
  now: string;
};

/** How somebody has decided in a period. */
export type ApproverLine = {
  id: string;
  name: string;
  decisions: number;
  /** Of these, as asked or for less, and for less alone. */
  approved: number;
  narrowed: number;
  /** Decided within five seconds of when it could be, or of the same person's decision before. */
  hasty: number;
  /** From when it could be decided to the decision: a quarter, half, and three quarters of them took no longer. */
  seconds: readonly [number, number, number];
};

export type ApproverPage = {
  days: 30 | 90;
  /** Whether the reader sees everybody; else only themselves. */
  all: boolean;
  lines: readonly ApproverLine[];
  /** All of them together; null where nobody decided anything. */
  together: ApproverLine | null;
};

/** What a decision answers. */
export type DecisionAnswer =
  | { ok: true; output: { number: number; requester: string; viewSeconds: number | null; more: boolean } }
  | { ok: false; what: string; next: string; fields: Readonly<Record<string, string>> };

type Seen = { requestId: string; version: number; words: string };
type Signature = { assertion?: Signed };
export type Narrowed = {
  columnIds?: string[];
  partialIds?: string[];
  records?: string[];
  viewSeconds?: number;
};

/** What the inbox page hands to its components: server actions. */
export type DecisionActions = {
  approve: (wanted: Seen & Signature) => Promise<DecisionAnswer>;
  narrow: (wanted: Seen & Narrowed & Signature) => Promise<DecisionAnswer>;
  /** Asks for what the reader's passkey has to sign: exactly this vote. */
  askToSign: (wanted: Seen & { narrowing?: Narrowed }) => Promise<SigningAnswer>;
  deny: (wanted: Seen) => Promise<DecisionAnswer>;
  /** Takes the password again, where a rule asks for a fresh one. */
  prove: (before: FormState, form: FormData) => Promise<FormState>;
};

export type RevokeAnswer =
  | { ok: true; output: { number: number; holder: string } }
  | { ok: false; what: string; next: string; fields: Readonly<Record<string, string>> };

/** What opened before anybody had decided: an emergency, or a sample of what the policy granted by itself. */
export type ReviewLine = {
  id: string;
  kind: "emergency" | "sample";
  number: number;
  requester: string;
  /** Whether the reader opened it. */
  mine: boolean;
  tableLabel: string;
  fields: readonly string[];
  recordCount: number;
  purpose: string;
  /** Why it could not wait; null for a sample. */
  reason: string | null;
  /** Who would have decided. */
  skipped: readonly string[];
  openedAt: string;
  dueAt: string;
  /** Judged after its time, or not yet although it is over. */
  overdue: boolean;
  verdict: "justified" | "not-justified" | null;
  words: string | null;
  reviewer: string | null;
};

/** How many emergencies wait for the judgement of others, how many too long, and when the soonest is due. */
export type OthersReviews = { count: number; overdue: number; dueAt: string };

export type ReviewPage = { waiting: readonly ReviewLine[]; judged: readonly ReviewLine[]; now: string };
