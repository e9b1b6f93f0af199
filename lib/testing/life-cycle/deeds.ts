import "server-only";
import fc from "fast-check";
import type { Role } from "@/lib/db/schema/people";
import { absenceIsOver, comeBack, goAway, waitsTooLong } from "./absence-deeds";
import { judge, verdicts, vote } from "./decide-deeds";
import { lift, revoke, stop, stoppable, sweepUp, timePasses, waitIsOver } from "./end-deeds";
import { type Deed, type Player, players } from "./model";
import { setDisabled, setManager, setMember, setRole } from "./people-deeds";
import { policies, type PolicyName, rule } from "./policies";
import { breakGlass, giveBack, open, reveal, submit, withdraw } from "./story-deeds";

const who = fc.constantFrom(...players);
const approver = fc.constantFrom<Player>("max", "max", "noor", "paul");
const at = fc.constantFrom(0, 0, 0, 1, 2, 3);
const late = fc.constantFrom(0, 0, 0, 0, 1);

/** All deeds, each as often as it stands here: those of the story carry a run on, those that end things are rarer. */
export function deeds(records: readonly string[]): fc.Arbitrary<Deed>[] {
  const ask = fc.constantFrom<Player>("ana", "ana", "ben", "max").map((name) => submit(name, records));
  const approve = fc.tuple(approver, at, late).map(([name, n, l]) => vote(name, n, "approves", l));
  const openOwn = at.map((n) => open(null, n));
  const lookAtOwn = at.map((n) => reveal(null, n));
  const often = [ask, ask, approve, approve, approve, openOwn, openOwn, lookAtOwn, lookAtOwn];
  return [
    ...Array.from({ length: 5 }, () => often).flat(),
    at.map((n) => breakGlass(null, n)),
    fc.tuple(who, at, fc.constantFrom(...verdicts), late).map(([name, n, v, l]) => vote(name, n, v, l)),
    fc.tuple(approver, at, fc.constantFrom("narrows", "denies")).map(([name, n, v]) => vote(name, n, v, 0)),
    fc
      .tuple(approver, at, fc.constantFrom("justified", "not-justified"))
      .map(([name, n, verdict]) => judge(name, n, verdict)),
    ...ofOthers(),
    ...endings(),
    ...changes(),
    ...absences(),
  ];
}

/** Who stands in for whom, and what waits for somebody who is not there. */
const absences = (): fc.Arbitrary<Deed>[] => [
  fc.tuple(approver, approver).map(([name, substitute]) => goAway(name, substitute)),
  fc.tuple(approver, fc.constantFrom<Player>("noor", "paul")).map(([name, other]) => goAway(name, other)),
  fc.tuple(fc.constantFrom(...players, "ada" as const), at).map(([name, n]) => comeBack(name, n)),
  at.map(absenceIsOver),
  at.map(waitsTooLong),
  at.map(waitsTooLong),
];

/** What is not theirs, mostly. */
const ofOthers = (): fc.Arbitrary<Deed>[] => [
  fc.tuple(who, at).map(([name, n]) => open(name, n)),
  fc.tuple(who, at).map(([name, n]) => reveal(name, n)),
  fc.tuple(who, at).map(([name, n]) => withdraw(name, n)),
  fc.tuple(who, at).map(([name, n]) => giveBack(name, n)),
  fc.tuple(who, at).map(([name, n]) => breakGlass(name, n)),
];

const endings = (): fc.Arbitrary<Deed>[] => [
  fc.tuple(fc.constantFrom(...players, "ada" as const), at).map(([name, n]) => revoke(name, n)),
  at.map(timePasses),
  at.map(waitIsOver),
  fc.constant(sweepUp()),
  fc.constant(sweepUp()),
  fc.constantFrom(...stoppable).map(stop),
  // A stop stands in the way of everything: it is lifted sooner than it is set.
  ...stoppable.slice(-2).flatMap((what) => [fc.constant(lift(what)), fc.constant(lift(what))]),
  fc.constantFrom(...players).map(lift),
];

/** Of the policy, and of people. */
const changes = (): fc.Arbitrary<Deed>[] => [
  fc.constantFrom(...(Object.keys(policies) as PolicyName[])).map(rule),
  fc
    .tuple(who, fc.constantFrom<Role>("agent", "approver"), fc.constantFrom(true, true, false))
    .map(([name, role, holds]) => setRole(name, role, holds)),
  fc.tuple(who, fc.constantFrom(true, false, false)).map(([name, disabled]) => setDisabled(name, disabled)),
  fc
    .tuple(
      fc.constantFrom<Player>("ana", "ben", "max"),
      fc.constantFrom<Player | null>("max", "noor", "paul", null),
    )
    .map(([name, manager]) => setManager(name, manager)),
  fc.tuple(approver, fc.constantFrom(true, true, false)).map(([name, member]) => setMember(name, member)),
];
