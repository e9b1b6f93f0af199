import "server-only";
import { and, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import type { WriteTransaction } from "@/lib/db/control-database";
import { people } from "@/lib/db/schema/people";
import { idInput } from "@/lib/id-input";
import { holdAdmin } from "@/lib/people/admins";
import { movePerson } from "@/lib/people/move-person";
import { managerInput, versionInput } from "@/lib/people/person-input";
import { Refusal } from "@/lib/refusal";

export const changeManagerSchema = z.object({
  personId: idInput(),
  version: versionInput,
  manager: managerInput,
});

/** Says who decides the requests of somebody from now on; nobody ends up above themselves. */
export async function changeManager(
  ctx: Context,
  input: z.infer<typeof changeManagerSchema>,
): Promise<{ name: string }> {
  return recorded(ctx, async (tx) => {
    await holdAdmin(tx, ctx, input.personId);
    const manager = input.manager ? await findManager(tx, input.manager) : null;
    if (manager && (await isBelow(tx, manager.id, input.personId))) throw new Refusal("manager-circle");
    const person = await movePerson(tx, input, { managerId: manager?.id ?? null });
    return {
      result: { name: person.name },
      event: {
        code: "person.manager_changed",
        subject: person,
        details: { manager: manager?.name ?? "nobody" },
      },
    };
  });
}

async function findManager(tx: WriteTransaction, id: string): Promise<{ id: string; name: string }> {
  const [manager] = await tx
    .select({ id: people.id, name: people.name })
    .from(people)
    .where(and(eq(people.id, id), inArray(people.state, ["invited", "active"])));
  if (!manager) throw new Refusal("bad-input", { manager: "This person is not here any more." });
  return manager;
}

/** Whether `who` is `top` or reports to them through any number of managers. UNION ends circles that exist. */
async function isBelow(tx: WriteTransaction, who: string, top: string): Promise<boolean> {
  const rows = await tx.execute(sql`
    WITH RECURSIVE chain AS (
      SELECT id, manager_id FROM people WHERE id = ${who}
      UNION
      SELECT p.id, p.manager_id FROM people p JOIN chain c ON p.id = c.manager_id
    )
    SELECT 1 FROM chain WHERE id = ${top}`);
  return rows.length > 0;
}
