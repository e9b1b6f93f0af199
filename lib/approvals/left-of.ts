import { narrow, type Narrowing, type Scope } from "@/lib/grants/narrowing";

/** What those who voted before have left of what was asked: the next of them decides on this. */
export function leftOf(asked: Scope, votes: readonly { narrowed: Narrowing | null }[]): Scope {
  return votes.reduce((left, vote) => (vote.narrowed ? narrow(left, vote.narrowed) : left), {
    fields: asked.fields,
    records: asked.records,
    viewSeconds: asked.viewSeconds,
  });
}
