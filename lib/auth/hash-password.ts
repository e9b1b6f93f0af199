import "server-only";
import { hash, verify, type Options } from "@node-rs/argon2";

// argon2id with the parameters of the OWASP Password Storage Cheat Sheet: 19 MiB, two passes, one lane.
const options: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 };

let decoy: Promise<string> | undefined;

/** The argon2id hash of a password, with a salt of its own. */
export async function hashPassword(password: string): Promise<string> {
  return hash(password.normalize("NFC"), options);
}

/** Whether the password fits. Takes the same time when there is no hash: nobody learns who has an account. */
export async function passwordFits(stored: string | null, password: string): Promise<boolean> {
  // Made for everybody: the first unknown address after a start would take longer than a known one.
  const nobodys = await (decoy ??= hashPassword("nobody has this password"));
  const fits = await verify(stored ?? nobodys, password.normalize("NFC"));
  return fits && stored !== null;
}
