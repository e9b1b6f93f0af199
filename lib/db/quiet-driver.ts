import "server-only";
import { PostgresJsPreparedQuery } from "drizzle-orm/postgres-js";
import { withoutWords } from "@/lib/db/database-failure";
import { rowsWithoutHoles } from "@/lib/rows-without-holes";

const quieted = Symbol.for("glimpse.quieted");

/**
 * Lets every query of drizzle fail without the words of the database, gives the rows of each and no others, and prepares
 * each once a connection: else it takes two round trips. drizzle has no hook for any, and all of its queries end in this
 * one method.
 */
export function quietDriver(): void {
  const prototype = PostgresJsPreparedQuery.prototype as unknown as Quietable;
  if (prototype[quieted]) return;
  const loud = prototype.execute;
  prototype[quieted] = true;
  prototype.execute = async function quiet(this: { prepare: boolean }, values) {
    this.prepare = true;
    try {
      return rowsWithoutHoles(await loud.call(this, values));
    } catch (error) {
      throw withoutWords(error);
    }
  };
}

type Quietable = {
  [quieted]?: boolean;
  execute: (this: { prepare: boolean }, values?: Record<string, unknown>) => Promise<unknown>;
};
