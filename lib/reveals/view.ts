import type { PasskeyAnswer, Signed, SigningAnswer } from "@/lib/auth/view";
import type { GrantPulse } from "@/lib/grants/view";
import type { FormState } from "@/lib/web/view";

/** Which cells of a grant are wanted; all of them when nothing is named. */
export type RevealWanted = { grantId: string; records?: readonly string[]; columnIds?: readonly string[] };

/** One opened value, as text; null where the source holds NULL. It may live in the state of one component only. */
export type OpenedValue = { record: string; columnId: string; value: string | null };

/** The one answer that carries raw values (law 6). */
export type Revealed = {
  values: readonly OpenedValue[];
  msLeft: number;
  /** How many views of the grant are left after this one; null where there is no limit. */
  viewsLeft: number | null;
};

export type Refused = { ok: false; what: string; next: string };
export type RevealAnswer = { ok: true; output: Revealed } | Refused;
export type WindowAnswer = { ok: true; output: { msLeft: number } } | Refused;
export type PlainAnswer = { ok: true; output: unknown } | Refused;

/** What is asked of a passkey before a grant opens, and what takes its signature. */
export type OpeningActions = {
  ask: (wanted: { grantId: string }) => Promise<SigningAnswer>;
  prove: (wanted: { grantId: string; assertion: Signed }) => Promise<PasskeyAnswer>;
};

/** What a page hands to RevealProvider. Each is a server action, checked and recorded there. */
export type RevealActions = {
  /** Starts the window of a ready grant; of an active one it tells what is left. */
  activate: (grantId: string) => Promise<WindowAnswer>;
  reveal: (wanted: RevealWanted) => Promise<RevealAnswer>;
  giveBack: (grantId: string) => Promise<PlainAnswer>;
  /** Takes the password again, where a rule asks for a fresh one. */
  prove: (before: FormState, form: FormData) => Promise<FormState>;
  /** Has a passkey sign what opens, where a rule asks for that. */
  passkey: OpeningActions;
  /** Must have answered before anything reaches a clipboard. */
  recordCopy: (cell: { grantId: string; record: string; columnId: string }) => Promise<PlainAnswer>;
};

/** The answer of /api/live. `mark` is another whenever one's requests or one's inbox are. */
export type Live = { grants: readonly GrantPulse[]; inboxCount: number; mark: string };
