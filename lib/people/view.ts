import type { Role } from "@/lib/db/schema/people";

export type { Role } from "@/lib/db/schema/people";
export type PersonState = "invited" | "active" | "disabled";

/** Somebody who came with a one-time link. */
export type InvitedPerson = { name: string; email: string; isNew: boolean; roles: readonly Role[] };

export type PersonName = { id: string; name: string };

/** One line of the list of people. */
export type PersonLine = PersonName & {
  email: string;
  state: PersonState;
  roles: string;
  manager: string | null;
  /** When the latest session began, ISO; null for who never came. */
  lastSignIn: string | null;
};

export type PeoplePage = {
  lines: readonly PersonLine[];
  before: string | null;
  after: string | null;
  now: string;
};

/** What the list of people is narrowed to. */
export type PeopleFilter = { text?: string; role?: Role; state?: PersonState };

/** A person as admins see them. The counts are what disabling would end now. */
export type PersonView = PersonName & {
  email: string;
  state: PersonState;
  version: number;
  roles: readonly Role[];
  manager: PersonName | null;
  reports: readonly PersonName[];
  timeZone: string;
  createdAt: string;
  disabledAt: string | null;
  lastSignIn: string | null;
  now: string;
  isSelf: boolean;
  /** Whether a one-time link of theirs still works. */
  linkOpen: boolean;
  /** Minutes for which sign-in is locked after failures; 0 when it is not. */
  minutesLocked: number;
  sessions: number;
  openGrants: number;
  waitingRequests: number;
};

/** A live session of one's own. */
export type SessionLine = {
  id: string;
  isThis: boolean;
  device: string;
  ip: string | null;
  startedAt: string;
  expiresAt: string;
};

/** The answer to a form that makes a one-time link; the link is shown this once. */
export type LinkAnswer =
  | { ok: true; output: { name: string; link: string } }
  | { ok: false; what: string; next: string; fields: Readonly<Record<string, string>> };

export type Account = { name: string; email: string; timeZone: string; version: number };

/** Somebody of the demo whom one can become, and what they do in the story. */
export type DemoChoice = PersonName & { does: string; isSelf: boolean };

/** A group that policies name, with its members. */
export type GroupView = {
  id: string;
  /** What policies call it. */
  slug: string;
  name: string;
  version: number;
  members: readonly { id: string; name: string }[];
};

/** Somebody who owns a table or a data class. */
export type OwnerView = { kind: "table" | "class"; subject: string; person: { id: string; name: string } };

/** A stop of access: of a person, to a source, or of everything. */
export type StopLine = {
  id: string;
  scope: "person" | "source" | "all";
  /** Whom or what it stops. */
  name: string;
  /** Whether it stops the reader. */
  isSelf: boolean;
  words: string;
  setBy: string;
  setAt: string;
  liftedBy: string | null;
  liftedAt: string | null;
  liftedWords: string | null;
};

/** Whom or what one can stop, with the grants that would end. */
export type StopChoice = { value: string; kind: "person" | "source" | "all"; name: string; grants: number };

export type StopsView = {
  standing: readonly StopLine[];
  lifted: readonly StopLine[];
  choices: readonly StopChoice[];
  now: string;
};

/** A table or a data class that has owners. */
export type Owned = {
  kind: OwnerView["kind"];
  subject: string;
  name: string;
  owners: readonly PersonName[];
};

/** Who stands in for whom, and for how long. */
export type DelegationLine = {
  id: string;
  delegator: PersonName;
  substitute: PersonName;
  startsAt: string;
  /** When it ends, or has ended. */
  endsAt: string;
  /** Whether it has begun. */
  isNow: boolean;
  /** Why it ended before its time, in words; null where it did not. */
  endedWords: string | null;
};

export type AbsencePage = { open: readonly DelegationLine[]; over: readonly DelegationLine[]; now: string };

/** One's own absence: who stands in, for whom one stands in, and whom one can name from which day on (YYYY-MM-DD). */
export type AbsenceView = {
  mine: readonly DelegationLine[];
  forOthers: readonly DelegationLine[];
  over: readonly DelegationLine[];
  substitutes: readonly PersonName[];
  timeZone: string;
  today: string;
  latest: string;
  now: string;
};
