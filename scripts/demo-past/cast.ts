import "server-only";
import { Actor } from "@/lib/auth/actor";
import type { Context } from "@/lib/auth/context";
import { signOut } from "@/lib/auth/end-session";
import { provePassword } from "@/lib/auth/prove-password";
import { visitorContext } from "@/lib/auth/system-context";
import { becomeDemoPerson } from "@/lib/people/become-demo-person";
import { demoPeople, type DemoPerson } from "@/lib/people/demo-people";

/** Who acts in the past of the demo. Ana does not: her story is still to be played. */
export type Name = "Max" | "Noor" | "Ben" | "Sam" | "Ivy" | "Ada" | "Tess" | "Paul" | "Rosa" | "Vera";

/** The people of the demo as they act before anybody looks: each signs in once, on record, when first needed. */
export class Cast {
  readonly #password: string;
  readonly #signedIn = new Map<Name, Context>();

  constructor(password: string) {
    this.#password = password;
  }

  /** Somebody with a session of their own. */
  async as(name: Name): Promise<Context> {
    const known = this.#signedIn.get(name);
    if (known) return known;
    const { id, roles, ...person } = personOf(name);
    const visitor = visitorContext(null);
    const { sessionId } = await becomeDemoPerson(visitor, { personId: id, userAgent: null });
    const actor = Actor.signedIn({ id, name: person.name, roles });
    const ctx: Context = { actor, sessionId, channel: "command-line", ip: null, db: visitor.db };
    this.#signedIn.set(name, ctx);
    return ctx;
  }

  /** Everybody signs out, so that nobody finds a session that they do not know. */
  async leave(): Promise<void> {
    for (const ctx of this.#signedIn.values()) await signOut(ctx);
    this.#signedIn.clear();
  }

  /** Gives somebody's password again, as before passkeys are changed. */
  async provePassword(name: Name): Promise<void> {
    await provePassword(await this.as(name), { password: this.#password });
  }
}

/** The id of somebody of the demo. */
export const idOf = (name: Name): string => personOf(name).id;

function personOf(name: Name): DemoPerson {
  const found = demoPeople.find((person) => person.name.startsWith(`${name} `));
  if (!found) throw new Error(`Nobody of the demo is called ${name}.`);
  return found;
}
