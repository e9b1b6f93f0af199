import type { ConfirmCount, OwnLapse } from "@/lib/campaigns/view";
import type { OthersReviews, ReviewLine } from "@/lib/approvals/view";

/** A table as the command palette finds it. */
export type TableCommand = { label: string; href: string; group: string; also: string };

/** A grant of one's own that can be opened or is open. */
export type HomeGrant = { href: string; title: string; isOpen: boolean; msLeft: number };

/** What waits, what is open and what happened; a part is null for those whose roles have nothing to do with it. */
export type HomeView = {
  now: string;
  inbox: { count: number; lines: readonly HomeRequest[] } | null;
  /** What waits for others for too long, of which this person was told. */
  told: readonly HomeRequest[];
  asking: {
    questions: readonly HomeQuestion[];
    grants: readonly HomeGrant[];
    requests: readonly HomeRequest[];
  } | null;
  tables: readonly HomeTable[] | null;
  /** What opened before anybody had decided and waits for a judgement. */
  reviews: readonly ReviewLine[];
  /** The emergencies that others have to judge. */
  othersReviews: OthersReviews | null;
  /** The people whose access waits for the confirmation of this one. */
  toConfirm: ConfirmCount | null;
  /** That the reader's own access goes at the end of a campaign, unless somebody confirms it. */
  lapse: OwnLapse | null;
  catalogue: {
    unreviewed: number;
    suspended: number;
    columns: number;
    sources: number;
    drift: readonly HomeDrift[];
  } | null;
  record: { events: number; refused: number } | null;
  /** Cases of something unusual that wait for a judgement. */
  anomalies: number | null;
  people: { active: number; invited: number; disabled: number } | null;
  happened: readonly HomeEvent[];
  /** A new-password link that somebody else made for this person lately. */
  passwordReset: PasswordReset | null;
};

/** A request of one's own about which somebody waits for an answer. */
export type HomeQuestion = { href: string; title: string; detail: string; msLeft: number };

/** What has changed in a source since a steward last looked. */
export type HomeDrift = { source: string; href: string; words: string; since: string };

/** A request in a line: whose or what, and where it stands. */
export type HomeRequest = {
  href: string;
  title: string;
  detail: string;
  state: string;
  at: string;
  /** Milliseconds in which it can still be decided; 0 when it cannot. */
  msLeft: number;
};

export type PasswordReset = { by: string; at: string };
export type HomeTable = { name: string; source: string; href: string };
export type HomeEvent = { seq: number; sentence: string; at: string };

/** A step of the story that the demo plays. */
export type StoryStep = {
  title: string;
  how: string;
  isDone: boolean;
  personId: string;
  person: string;
  /** Whether the person who looks is the one to do it. */
  isMine: boolean;
  href: string;
};
