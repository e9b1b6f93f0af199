/** What a lookup found: nothing, one record with its address, or more than one, which it does not tell apart. */
export type Found = { readonly found: "none" | "one" | "many"; readonly href: string | null };

/** A column by whose value a record can be found. */
export type LookupColumn = {
  readonly id: string;
  readonly name: string;
  readonly classTitle: string;
  /** How a value is to be typed. */
  readonly hint: string;
  /** The index that makes a lookup fast, as a statement for whoever owns the table. */
  readonly indexSql: string;
};

/** Whether what somebody said is what the record holds, and how many tries are left today. */
export type Checked = { readonly matches: boolean; readonly triesLeft: number };

type Refused = {
  readonly ok: false;
  readonly what: string;
  readonly next: string;
  readonly fields: Readonly<Record<string, string>>;
};

export type LookupAnswer = { readonly ok: true; readonly output: Found } | Refused;
export type CheckAnswer = { readonly ok: true; readonly output: Checked } | Refused;

/** A field of a record that can be compared with what somebody says. */
export type CheckableField = { readonly columnId: string; readonly name: string; readonly hint: string };

/** The two actions, as pages hand them to components. */
export type FindAction = (before: LookupAnswer | null, form: FormData) => Promise<LookupAnswer>;
export type CheckAction = (before: CheckAnswer | null, form: FormData) => Promise<CheckAnswer>;
