import "server-only";
import { and, desc, eq, inArray, sql } from "drizzle-orm";
import { openCheckpoint, type Checkpoint } from "@/lib/audit/checkpoint";
import type { LogSettings } from "@/lib/audit/log-settings";
import { parseNote, parseSignatureLine, signedBy, writeNote } from "@/lib/audit/signed-note";
import type { ReadDatabase } from "@/lib/db/control-database";
import { auditCheckpoints, auditCosignatures } from "@/lib/db/schema/audit";

/** A checkpoint as it was signed, by which key, and how old it was when it was read. */
export type KeptCheckpoint = {
  checkpoint: Checkpoint;
  note: string;
  keyId: Buffer;
  madeAt: Date;
  ageMs: number;
};

/**
 * The newest checkpoint of the log of this name as it was signed, or the one of so many events; false when the one kept is
 * not signed by a key of the log. Those of a log of another name, which went before a restore, are left out.
 */
export async function newestCheckpoint(
  db: ReadDatabase,
  { key, keys }: LogSettings,
  atSize?: number,
): Promise<KeptCheckpoint | false | null> {
  if (key === null) return null;
  const { note, size, madeAt } = auditCheckpoints;
  const ageMs = sql<number>`(extract(epoch FROM clock_timestamp() - ${madeAt}) * 1000)::float8`;
  const rows = await db
    .select({ note, size, madeAt, ageMs })
    .from(auditCheckpoints)
    .where(
      and(sql`starts_with(${note}, ${`${key.name}\n`})`, atSize === undefined ? undefined : eq(size, atSize)),
    )
    .orderBy(desc(size), desc(madeAt))
    .limit(5);
  const [newest] = rows;
  if (!newest) return null;
  // Two keys may have signed one size, when the key was changed.
  for (const row of rows.filter((one) => one.size === newest.size)) {
    const opened = openCheckpoint(row.note, keys);
    if (opened.ok && opened.checkpoint.size === row.size)
      return { ...row, checkpoint: opened.checkpoint, keyId: opened.key.id };
  }
  return false;
}

/** The note of a checkpoint with what the known witnesses have signed of it. */
export async function withCosignatures(
  db: ReadDatabase,
  { witnesses }: LogSettings,
  { checkpoint, note }: KeptCheckpoint,
): Promise<string> {
  const parsed = parseNote(note);
  if (witnesses.length === 0 || !parsed) return note;
  const rows = await db
    .select({ line: auditCosignatures.line })
    .from(auditCosignatures)
    .where(
      and(
        eq(auditCosignatures.size, checkpoint.size),
        inArray(
          auditCosignatures.keyId,
          witnesses.map(({ key }) => key.id),
        ),
      ),
    );
  const lines = rows.flatMap(({ line }) => {
    const signature = parseSignatureLine(line);
    const told = signature && { text: parsed.text, signatures: [signature] };
    return told && witnesses.some(({ key }) => signedBy(told, key).signed) ? [line] : [];
  });
  return writeNote(parsed.text, [...parsed.signatures.map(({ line }) => line), ...lines]);
}
