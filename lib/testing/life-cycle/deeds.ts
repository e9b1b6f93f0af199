import "server-only";
import fc from "fast-check";
import type { Role } from "@/lib/db/schema/people";
import { type Deed, type Player, players, policies, type PolicyName } from "./model";
import { rule, setDisabled, setRole } from "./people-deeds";
import { giveBack, open, reveal, revoke, submit, sweepUp, timePasses, vote, withdraw } from "./story-deeds";

/** All deeds, each as often as it stands here: those of the story carry a run on, those that end things are rarer. */
export function deeds(records: readonly string[]): fc.Arbitrary<Deed>[] {
  const who = fc.constantFrom(...players);
  const at = fc.constantFrom(0, 0, 0, 1, 2, 3);
  const late = fc.constantFrom(0, 0, 0, 0, 1);
  const verdict = fc.constantFrom("approves" as const, "approves" as const, "denies" as const);
  const ask = fc.constantFrom<Player>("ana", "ben", "max").map((name) => submit(name, records));
  const approve = fc
    .tuple(fc.constantFrom<Player>("max", "noor", "paul"), at, late)
    .map(([name, n, l]) => vote(name, n, "approves", l));
  const openOwn = at.map((n) => open(null, n));
  const lookAtOwn = at.map((n) => reveal(null, n));
  return [
    ...[ask, ask, ask, approve, approve, approve, approve, openOwn, openOwn, openOwn],
    ...[lookAtOwn, lookAtOwn, lookAtOwn, lookAtOwn],
    fc.tuple(who, at, verdict, late).map(([name, n, v, l]) => vote(name, n, v, l)),
    fc.tuple(who, at).map(([name, n]) => open(name, n)),
    fc.tuple(who, at).map(([name, n]) => reveal(name, n)),
    fc.tuple(who, at).map(([name, n]) => withdraw(name, n)),
    fc.tuple(who, at).map(([name, n]) => giveBack(name, n)),
    fc.tuple(who, at).map(([name, n]) => revoke(name, n)),
    at.map(timePasses),
    fc.constant(sweepUp),
    fc.constantFrom(...(Object.keys(policies) as PolicyName[])).map(rule),
    fc
      .tuple(who, fc.constantFrom<Role>("agent", "approver"), fc.constantFrom(true, true, false))
      .map(([name, role, holds]) => setRole(name, role, holds)),
    fc.tuple(who, fc.constantFrom(true, false, false)).map(([name, disabled]) => setDisabled(name, disabled)),
  ];
}
