import type { Role } from "@/lib/db/schema/people";

/** Who acts. Only lib/auth makes one: from a live session row, or as the system itself. */
export class Actor {
  readonly #genuine = true;
  readonly kind: "person" | "system" | "visitor" | "monitor";
  readonly id: string | null;
  readonly name: string;
  readonly roles: readonly Role[];

  private constructor(kind: Actor["kind"], id: string | null, name: string, roles: readonly Role[]) {
    this.kind = kind;
    this.id = id;
    this.name = name;
    this.roles = roles;
  }

  /** The person of a session that was just read from the database. */
  static signedIn(person: { id: string; name: string; roles: readonly Role[] }): Actor {
    return new Actor("person", person.id, person.name, person.roles);
  }

  /** Glimpse itself, for what the clock does: lapses, ends, scans. */
  static system(): Actor {
    return new Actor("system", null, "Glimpse", []);
  }

  /** Somebody who has not signed in; can do nothing but fail to, on record. */
  static visitor(): Actor {
    return new Actor("visitor", null, "Somebody not signed in", []);
  }

  /** A program that follows the log, by a token of its own; can read the log and nothing else. */
  static monitor(name: string): Actor {
    return new Actor("monitor", null, `Monitor ${name}`, []);
  }

  /** The person's id; throws for the system and for visitors, who are nobody. */
  get personId(): string {
    if (!(#genuine in this) || this.id === null) throw new Error("This needs a person.");
    return this.id;
  }
}
