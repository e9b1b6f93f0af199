import { randomBytes, randomInt } from "node:crypto";
import type { Mask } from "@/lib/masking/mask";

/** What the masks of a member hide. */
export type Hidden = { email: string; salary: string; note: string; born: string };

/** Two members of one team, who look the same: one of them earns much and is ill. Which one is for an attacker to guess. */
export type Target = { team: number; ids: readonly [string, string] };

/** Teams, what is hidden of their members, and which of two is the one: 0 or 1, by chance. */
export type Game = {
  targets: readonly Target[];
  answers: readonly (0 | 1)[];
  hidden: ReadonlyMap<string, Hidden>;
};

export const maskedColumns = ["email", "salary", "note", "born"] as const;

/** How the columns of the game are confirmed. */
export const gameMasks: Readonly<Record<string, readonly [classId: string, mask: Mask]>> = {
  id: ["none", { method: "clear" }],
  team: ["none", { method: "clear" }],
  email: ["email", { method: "partial", shape: "email" }],
  salary: ["income", { method: "redact" }],
  note: ["diagnosis", { method: "hidden" }],
  born: ["birth_date", { method: "generalise", to: "year" }],
};

const firstId = 2_001;
/** Members of no team before and after the targets, so that every page has neighbours. */
const bystanders = 30;

/** A new game; every answer is the toss of a coin. */
export function newGame(teams: number): Game {
  const targets = Array.from({ length: teams }, (_, team): Target => {
    const id = firstId + bystanders + 2 * team;
    return { team, ids: [String(id), String(id + 1)] };
  });
  const answers = targets.map(() => (randomInt(2) === 0 ? 0 : 1));
  return { targets, answers, hidden: hiddenOf(targets, answers) };
}

/** The same game as it looks from outside, with every answer turned round. */
export function turned({ targets, answers }: Game): Game {
  const other = answers.map((answer) => (answer === 0 ? 1 : 0));
  return { targets, answers: other, hidden: hiddenOf(targets, other) };
}

function hiddenOf(targets: readonly Target[], answers: readonly (0 | 1)[]): Map<string, Hidden> {
  return new Map(
    targets.flatMap(({ team, ids }, at) =>
      ids.map((id, member): [string, Hidden] => [id, hiddenFacts(team, member === answers[at])]),
    ),
  );
}

function hiddenFacts(team: number, isTheOne: boolean): Hidden {
  const word = randomBytes(4).toString("hex");
  const cents = randomInt(10, 100);
  return {
    email: `m${isTheOne ? "z" : "a"}${word}@t${team}.example`,
    salary: `${(isTheOne ? 8_000 : 1_000) + randomInt(1_000)}.${cents}`,
    note: isTheOne ? `ill with cancer ${"since spring, ".repeat(20)}${word}` : `healthy ${word}`,
    born: isTheOne ? "1980-11-03" : "1980-02-03",
  };
}

/** Statements that make the table of the game, `members`, and fill it. */
export function gameSql({ targets, hidden }: Game): string {
  const rows = targets.flatMap(({ team, ids }) =>
    ids.map((id) => {
      const { email, salary, note, born } = hidden.get(id)!;
      return `(${id}, ${team}, '${email}', ${salary}, '${note}', '${born}')`;
    }),
  );
  const last = firstId + bystanders + 2 * targets.length;
  const beside = (from: number) =>
    `INSERT INTO members (id) SELECT generate_series(${from}, ${from + bystanders - 1});`;
  return `
    CREATE TABLE members (id integer PRIMARY KEY, team integer, email text, salary numeric(9, 2), note text, born date);
    ${beside(firstId)} INSERT INTO members VALUES ${rows.join(", ")}; ${beside(last)}
    CREATE INDEX ON members (team);`;
}
