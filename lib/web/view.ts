/** What a form gets back from its action: words only, never values (law 6). */
export type FormState =
  | { status: "idle" }
  | { status: "done"; message: string }
  | { status: "refused"; what: string; next: string; fields: Readonly<Record<string, string>> };
