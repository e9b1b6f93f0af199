import "server-only";
import postgres from "postgres";
import { afterAll } from "vitest";
import type { Context } from "@/lib/auth/context";
import { addWholeSource } from "@/lib/catalog/scan-source";
import { proposedMask } from "@/lib/catalog/classes";
import { confirmHeld } from "@/lib/catalog/confirm-columns";
import type { HeldColumn } from "@/lib/catalog/hold-columns";
import type { Mask } from "@/lib/masking/mask";
import { parseSourceUrl } from "@/lib/source/connection";
import { closeAllPools } from "@/lib/source/pool";
import type { TestDatabase } from "./database";

/** How a column is confirmed: its class and mask; null leaves it unconfirmed. */
export type Treatment = (column: HeldColumn) => { classId: string; mask: Mask } | null;

/** As discovery by name proposes. */
export const asProposed: Treatment = ({ proposedClass, type }) => ({
  classId: proposedClass,
  mask: proposedMask(proposedClass, type),
});

/** Everything clear. */
export const allClear: Treatment = () => ({ classId: "none", mask: { method: "clear" } });

/** Sources of a test file, gone after it. */
export function useSources(): { add: typeof addBrowsable } {
  const added: (() => Promise<void>)[] = [];
  afterAll(async () => {
    await closeAllPools();
    for (const drop of added) await drop();
  });
  return {
    add: async (steward, database, slug, treatment) => {
      const source = await addBrowsable(steward, database, slug, treatment);
      added.push(async () => {
        await source.owner.end({ timeout: 5 });
        await database.drop();
      });
      return source;
    },
  };
}

/** Adds a source and confirms its columns; `owner` is a connection that may change it. */
async function addBrowsable(steward: Context, database: TestDatabase, slug: string, treatment: Treatment) {
  const connection = parseSourceUrl(database.url);
  if (!connection.ok) throw new Error(connection.words);
  const { id } = await addWholeSource(steward, { name: slug, slug, connection: connection.parts });
  await confirmHeld(steward, id, undefined, { waiting: { confidence: 0 } }, (held) =>
    held.flatMap((column) => {
      const chosen = treatment(column);
      return chosen === null ? [] : [{ column, ...chosen }];
    }),
  );
  return { id, owner: postgres(database.ownerUrl, { max: 2, onnotice: () => {} }) };
}
