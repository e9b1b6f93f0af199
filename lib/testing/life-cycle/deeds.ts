import "server-only";
import fc from "fast-check";
import type { Role } from "@/lib/db/schema/people";
import { type Deed, type Player, players, policies, type PolicyName } from "./model";
import { rule, setDisabled, setRole } from "./people-deeds";
import { giveBack, open, reveal, revoke, submit, sweepUp, timePasses, vote, withdraw } from "./story-deeds";

/** All deeds, those of the story more often than the rest. */
export function deeds(records: readonly string[]): fc.Arbitrary<Deed>[] {
  const who = fc.constantFrom(...players);
  const holder = fc.constantFrom<Player>("ana", "ben", "max");
  const decider = fc.constantFrom<Player>("max", "noor", "paul");
  const at = fc.nat(3);
  const late = fc.constantFrom(0, 0, 0, 1);
  const verdict = fc.constantFrom("approves" as const, "approves" as const, "denies" as const);
  const approve = fc.tuple(decider, at, late).map(([name, n, l]) => vote(name, n, "approves", l));
  const opening = fc.tuple(holder, at).map(([name, n]) => open(name, n));
  const looking = fc.tuple(holder, at).map(([name, n]) => reveal(name, n));
  return [
    holder.map((name) => submit(name, records)),
    approve,
    approve,
    fc.tuple(who, at, verdict, late).map(([name, n, v, l]) => vote(name, n, v, l)),
    opening,
    looking,
    looking,
    fc.tuple(who, at).map(([name, n]) => reveal(name, n)),
    fc.tuple(who, at).map(([name, n]) => withdraw(name, n)),
    fc.tuple(who, at).map(([name, n]) => giveBack(name, n)),
    fc.tuple(who, at).map(([name, n]) => revoke(name, n)),
    at.map(timePasses),
    fc.constant(sweepUp),
    fc.constantFrom(...(Object.keys(policies) as PolicyName[])).map(rule),
    fc
      .tuple(who, fc.constantFrom<Role>("agent", "approver"), fc.boolean())
      .map(([name, role, holds]) => setRole(name, role, holds)),
    fc.tuple(who, fc.boolean()).map(([name, disabled]) => setDisabled(name, disabled)),
  ];
}
