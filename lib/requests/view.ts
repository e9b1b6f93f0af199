import type { Risk } from "@/lib/policies/risk";
import type { GrantPulse } from "@/lib/grants/view";
import type { SimulatedRule } from "@/lib/policies/view";
import type { Level, RequestState } from "@/lib/requests/request";
import type { FormState } from "@/lib/web/view";

export type { Risk } from "@/lib/policies/risk";
export type RiskGrade = Risk["grade"];
export type { Level, RequestState } from "@/lib/requests/request";

/** A field that may be asked for, as the table or record page offers it. */
export type FieldChoice = {
  columnId: string;
  name: string;
  classId: string;
  classTitle: string;
  /** 1 to 4. */
  sensitivity: number;
  /** Whether the class has a form that shows a part of the value only. */
  partialPossible: boolean;
  /** Values of its class open for nobody. */
  neverOpens: boolean;
};

/** What a form asks for, before it is checked. */
export type RequestDraft = {
  tableId: string;
  records: readonly string[];
  fields: readonly { columnId: string; level: Level }[];
  purpose: string;
  reason: string;
  ticket: string;
  viewSeconds: number;
  /** From when on, as a clock on the wall shows it where the requester is; left out for at once. */
  notBefore?: string | undefined;
  /** Left out for no limit. */
  maxViews?: number | undefined;
  /** Ends with the session that opens it. */
  withSession?: boolean;
};

export type PersonRef = { id: string; name: string };

/** A step of a review: who filled seats of it, and who can. */
export type StepView = {
  state: "filled" | "waits" | "later";
  /** So many of these people, as what; one of the ways is enough. None where it is filled. */
  ways: readonly { count: number; who: string | null; people: readonly string[] }[];
  votedBy: readonly string[];
  /** Whether others step in for people who are not there. */
  steppedIn: boolean;
  /** Who is told when it waits for too long, or was, in words; null where nobody is. */
  escalation: string | null;
};

/** Who decides, in words: "Max decides; usually within 12 minutes." */
export type RouteView = {
  outcome: "auto" | "review" | "deny";
  /** Who decides first. */
  approvers: readonly PersonRef[];
  words: string;
  /** The rule that it falls under, in words. */
  rule: string;
  /** The steps of a review; none where the policy decides by itself. */
  steps: readonly StepView[];
  /** What the request lacks for the rule it falls under; it cannot be sent so. */
  lacks: readonly string[];
  /** Whether an emergency may open it before anybody has decided. */
  emergency: boolean;
  /** Whether a fresh password is among what it lacks. */
  asksPassword: boolean;
  /** What would make it automatic, each a way by itself. */
  automatic: readonly string[];
};

/** What a policy says of a request that was put together by hand. */
export type Simulation = {
  /** The version that was asked. */
  number: number;
  rule: string | null;
  /** `words` are those of a denial. */
  outcome: { kind: "auto" | "review" | "deny"; words: string | null };
  /** The view time that would be given, in seconds. */
  viewSeconds: number;
  caps: { records?: number; level?: "partial" | "full"; views?: number };
  /** Allowed purposes; all where empty. */
  purposes: readonly string[];
  breakGlass: boolean;
  /** Whether a fresh password is asked of whoever sends, decides or opens it. */
  stepUp: boolean;
  /** Whether a passkey is asked of whoever approves or opens it. */
  passkey: boolean;
  risk: Risk;
  rules: readonly SimulatedRule[];
  /** What rules that only watch would have done. */
  shadow: readonly { rule: string; would: "auto" | "review" | "deny" }[];
  lacks: readonly string[];
  automatic: readonly string[];
  /** Null where nobody could fill them: such a request is not sent. */
  steps: readonly StepView[] | null;
};

export type SimulateAnswer = { ok: true; output: Simulation } | { ok: false; what: string; next: string };

/** A cell of a masked sample: what the page of the table would show. */
export type SampleCell = { text: string | null; shown: "clear" | "masked" | "hidden" };

/** A column of a masked sample; `asked` ones are part of the request, the others say which record it is. */
export type SampleColumn = { columnId: string; name: string; asked: boolean };

/** A record of a masked sample; `cells` follow the columns and are empty when it is no longer in the source. */
export type SampleRecord = { handle: string; label: string; cells: readonly SampleCell[] };

/** The first records of a request as everybody who browses sees them, or why they cannot be shown. */
export type Sample =
  | { ok: true; columns: readonly SampleColumn[]; records: readonly SampleRecord[]; more: number }
  | { ok: false; words: string };

export type AskedField = {
  columnId: string;
  name: string;
  classTitle: string;
  sensitivity: number;
  level: Level;
};

/** What an approver reads of a request; the sheet shows the very same to whoever is about to send it. */
export type RequestBrief = {
  requester: string;
  sourceLabel: string;
  tableLabel: string;
  fields: readonly AskedField[];
  recordCount: number;
  /** What all of the records matched when it was sent, in words; null where they were chosen. */
  cohort: string | null;
  purpose: string;
  reason: string;
  ticket: string | null;
  viewSeconds: number;
  /** From when on it can be opened, in words, where the reader is; null for at once. */
  notBefore: string | null;
  /** How often it may be viewed; null for no such limit. */
  maxViews: number | null;
  /** Whether it ends with the session that opens it, its time being the most. */
  withSession: boolean;
  /** The first request, where this one asks for more time. */
  extends: LinkedRequest | null;
  risk: Risk;
};

/** Another request of the same chain: the first one, or the one that asks for more time. */
export type LinkedRequest = { number: number; state: RequestState; grant: GrantState | null };

/** What a form of a request offers and demands. */
export type RequestChoices = {
  purposes: readonly { id: string; words: string }[];
  /** Seconds; those above the longest are not offered. */
  viewPresets: readonly number[];
  longestSeconds: number;
  reasonMin: number;
  reasonMax: number;
  /** When it may start, as a clock on the wall shows it in this time zone. */
  start: { timeZone: string; earliest: string; latest: string };
  /** The most views that one may name. */
  mostViews: number;
};

/** What the sheet shows while one types. `capped` says why less time is given than was asked for. */
export type RequestPreview = {
  brief: RequestBrief;
  sample: Sample;
  route: RouteView;
  capped: string | null;
  /** Why the moment that is named for its start is none, in words; null where it is one. */
  startComplaint: string | null;
  choices: RequestChoices;
};

export type PreviewAnswer = { ok: true; output: RequestPreview } | { ok: false; what: string; next: string };
export type SubmitAnswer =
  | { ok: true; output: { number: number; words: string } }
  | { ok: false; what: string; next: string; fields: Readonly<Record<string, string>> };

/** What a page hands to RequestSheet: server actions. */
export type RequestActions = {
  preview: (draft: RequestDraft) => Promise<PreviewAnswer>;
  submit: (draft: RequestDraft) => Promise<SubmitAnswer>;
  /** Sends it and opens it at once, with words for why it could not wait. */
  breakGlass: (draft: RequestDraft, why: string) => Promise<SubmitAnswer>;
  /** Takes the password again, where a rule asks for a fresh one. */
  prove: (before: FormState, form: FormData) => Promise<FormState>;
};

/** Asks for more time for what a request has opened. */
export type Extend = (wanted: {
  requestId: string;
  reason: string;
  viewSeconds: number;
  columnIds?: string[];
}) => Promise<SubmitAnswer>;

export type GrantState = GrantPulse["state"];

/** The grant of a request as its page shows it. */
export type GrantCard = {
  id: string;
  state: GrantState;
  holder: PersonRef;
  fields: readonly AskedField[];
  records: readonly string[];
  viewSeconds: number;
  msLeft: number;
  activateMsLeft: number;
  /** Milliseconds until it may be opened, or goes on by itself; 0 once it may. */
  startsInMs: number;
  /** How often it may be viewed and how many of that are left; null where there is no limit. */
  views: { of: number; left: number } | null;
  /** Why it ended early, in words; null when it did not. */
  closedWords: string | null;
};

export type DecisionView = {
  by: string;
  verdict: "approve" | "narrow" | "deny";
  words: string | null;
  decidedAt: string;
};

/** One line of a list of requests. */
export type RequestLine = {
  number: number;
  state: RequestState;
  tableLabel: string;
  fields: readonly string[];
  recordCount: number;
  purpose: string;
  /** Who asked a question that waits for an answer, while the request waits for a decision. */
  questionBy: string | null;
  createdAt: string;
  /** Milliseconds in which it can still be decided; 0 when it cannot. */
  expiresInMs: number;
  grant: { state: GrantState; msLeft: number } | null;
};

export type RequestPage = { lines: readonly RequestLine[]; nextBefore: number | null; now: string };

/** How it stands with the judgement of what opened before anybody had decided. */
export type ReviewCard = {
  kind: "emergency" | "sample";
  dueAt: string;
  overdue: boolean;
  verdict: "justified" | "not-justified" | null;
  words: string | null;
};

/** A request from asked to ended, for its requester, its approvers and auditors. */
export type RequestView = {
  id: string;
  number: number;
  version: number;
  state: RequestState;
  mine: boolean;
  brief: RequestBrief;
  records: readonly string[];
  tableId: string;
  tablePath: string;
  /** Who may decide, in words, and the rule that chose them. */
  eligible: readonly PersonRef[];
  ruleWords: string;
  createdAt: string;
  now: string;
  expiresInMs: number;
  /** What decided it in the end; null while it waits. */
  decision: DecisionView | null;
  /** Every vote so far, oldest first. */
  votes: readonly DecisionView[];
  /** The steps of its review; none where the policy decided by itself. */
  steps: readonly StepView[];
  /** Why Glimpse closed it before anybody decided, in words; null when it did not. */
  closedWords: string | null;
  grant: GrantCard | null;
  /** Whether the person who reads may open it at once as an emergency. */
  emergency: boolean;
  /** The request that asks more time for it. */
  extension: LinkedRequest | null;
  /** Whether the person who reads may ask for more time, and for how long at most. */
  mayExtend: { viewPresets: readonly number[] } | null;
  /** What is, or was, looked at afterwards; null where somebody decided first. */
  review: ReviewCard | null;
  /** Why the person who reads cannot withdraw it, remind those who decide, or revoke or open its grant; null where they can. */
  whyNot: { withdraw: string | null; nudge: string | null; revoke: string | null; open: string | null };
};
