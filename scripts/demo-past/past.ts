import "server-only";
import { systemContext } from "@/lib/auth/system-context";
import { requests } from "@/lib/db/schema/requests";
import { Cast } from "./cast";
import { oversight } from "./oversight";
import { guesses, work } from "./work";

/**
 * Gives the demo something to look at: deeds of its people through the application's own functions, each on record as
 * always, by the clock as it is. Nothing of it is Ana's, whose story is still to be played. Does nothing where anybody has
 * asked for anything before.
 */
export async function seedDemoPast(password: string): Promise<void> {
  const [asked] = await systemContext("command-line").db.select({ id: requests.id }).from(requests).limit(1);
  if (asked) return;
  const cast = new Cast(password);
  await work(cast);
  await guesses(cast);
  await oversight(cast);
  await cast.leave();
}
