import "server-only";
import { inArray } from "drizzle-orm";
import { recorded } from "@/lib/audit/recorded";
import { hashPassword } from "@/lib/auth/hash-password";
import { systemContext } from "@/lib/auth/system-context";
import type { WriteTransaction } from "@/lib/db/control-database";
import { people, personRoles } from "@/lib/db/schema/people";
import { demoPeople, demoPersonId, type DemoPerson } from "@/lib/people/demo-people";

/** Adds the people of the demo that are missing, on record; those who are there stay as they are. */
export async function seedDemoPeople(password: string): Promise<void> {
  const ctx = systemContext("command-line");
  const known = await ctx.db
    .select({ id: people.id })
    .from(people)
    .where(
      inArray(
        people.id,
        demoPeople.map(({ id }) => id),
      ),
    );
  const missing = demoPeople.filter(({ id }) => !known.some((person) => person.id === id));
  const [first, ...rest] = missing;
  if (!first) return;
  const passwordHash = await hashPassword(password);
  await recorded(ctx, async (tx) => {
    await addPeople(tx, missing, passwordHash);
    return { result: undefined, event: [joined(first), ...rest.map(joined)] };
  });
}

async function addPeople(
  tx: WriteTransaction,
  added: readonly DemoPerson[],
  passwordHash: string,
): Promise<void> {
  // One statement, so that a manager may come after those who report to them.
  await tx.insert(people).values(
    added.map(({ id, name, email, manager, timeZone }) => ({
      id,
      name,
      email,
      timeZone,
      passwordHash,
      managerId: demoPersonId(manager),
      state: "active" as const,
    })),
  );
  await tx
    .insert(personRoles)
    .values(added.flatMap(({ id, roles }) => roles.map((role) => ({ personId: id, role }))));
}

function joined({ id, name, roles }: DemoPerson) {
  return {
    code: "person.joined",
    subject: { id, name },
    details: { roles: [...roles], demo: true },
  } as const;
}
