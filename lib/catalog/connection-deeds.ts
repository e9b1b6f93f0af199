import "server-only";
import type { z } from "zod";
import type { Context } from "@/lib/auth/context";
import { requirePermission } from "@/lib/auth/require-permission";
import { addSource } from "@/lib/catalog/add-source";
import { changeConnection, withStoredPassword } from "@/lib/catalog/change-source";
import type { addForm, changeForm, testForm } from "@/lib/catalog/choice-forms";
import { readConnectionForm, sourceNameSchema, type ConnectionForm } from "@/lib/catalog/connection-form";
import { scanWords } from "@/lib/catalog/scan-words";
import { tryConnection } from "@/lib/catalog/try-connection";
import type { AddedView, ConnectionTest, ScannedView } from "@/lib/catalog/view";
import { Refusal } from "@/lib/refusal";
import type { ConnectionParts } from "@/lib/source/connection";
import type { ConnectionAnswer } from "@/lib/source/connection-answer";
import { inputRefusal } from "@/lib/texts/input-refusal";

/** Tries what a form says; of a stored source, with its stored password where none was entered. */
export async function testEntered(
  ctx: Context,
  { connection: form, sourceId }: z.infer<typeof testForm>,
): Promise<ConnectionTest> {
  requirePermission(ctx, "catalog");
  const entered = enteredConnection(form);
  const connection = sourceId === null ? entered : await withStoredPassword(ctx, sourceId, entered);
  return testWords(await tryConnection(ctx, connection, sourceId ?? undefined));
}

/** Adds the source that a form describes. */
export async function addEntered(ctx: Context, form: z.infer<typeof addForm>): Promise<AddedView> {
  const connection = enteredConnection(form.connection);
  const named = sourceNameSchema.safeParse({ name: form.name, slug: form.slug });
  if (!named.success) throw inputRefusal(named.error);
  const { slug, scanned } = await addSource(ctx, { ...named.data, connection });
  return { slug, words: `${named.data.name} is added: ${scanWords(scanned)}` };
}

/** Replaces the connection of a source by what a form says. */
export async function changeEntered(ctx: Context, form: z.infer<typeof changeForm>): Promise<ScannedView> {
  const { sourceId, version } = form;
  const scanned = await changeConnection(ctx, {
    sourceId,
    version,
    connection: enteredConnection(form.connection),
  });
  return { words: `The connection is stored. ${scanWords(scanned)}` };
}

function enteredConnection(form: ConnectionForm): ConnectionParts {
  const read = readConnectionForm(form);
  if (!read.ok) throw new Refusal("bad-input", read.fields);
  return read.connection;
}

function testWords(answer: ConnectionAnswer): ConnectionTest {
  if (!answer.ok) return { ok: false, words: answer.words, hint: answer.hint };
  const tables = `${answer.tables.toLocaleString("en-US")} ${answer.tables === 1 ? "table" : "tables"}`;
  return {
    ok: true,
    words: `PostgreSQL ${answer.version}, database ${answer.database}: ${tables} can be read.`,
    warnings: [
      ...(answer.superuser
        ? ["This user is a superuser. Use one that may only read what people should browse."]
        : []),
      ...(answer.readOnly || answer.superuser
        ? []
        : ["This user may also write. Glimpse never does; a user that can only read is safer still."]),
    ],
  };
}
