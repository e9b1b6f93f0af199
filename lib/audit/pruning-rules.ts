import type { AuditEntry } from "@/lib/audit/entry";
import { shortestDays } from "@/lib/retention/input";

type Step = { seq: number; occurredUs: number; days: unknown; by: string | null };
type Hold = { standing: number; askers: Set<string> };

/** Who acted, where it was a person; else null. */
const personOf = ({ actor }: AuditEntry) => (actor.kind === "person" ? actor.id : null);

/**
 * The period in force and the holds of the whole log, as the log itself says them in its order: a period counts that one
 * person set and another confirmed, a hold ends when one person asked for it and another lifted it.
 */
export class PruningRules {
  #waiting: Step | null = null;
  #days: unknown = null;
  readonly #holds = new Map<unknown, Hold>();

  event(entry: AuditEntry): void {
    if (entry.code.startsWith("retention.")) this.#period(entry);
    else if (entry.code.startsWith("hold.")) this.#hold(entry);
  }

  /** Why nothing could be pruned by such a period just now, to go on after the number of the event; null where it could. */
  whyNot(days: number): string | null {
    if (!Number.isSafeInteger(days) || days < shortestDays)
      return `, which names no period of at least ${shortestDays} days.`;
    if (this.#days !== days)
      return `, whose period of ${days} days no two people had set and confirmed before.`;
    return this.#holds.size > 0 ? " while all of the log was under a hold." : null;
  }

  #period(entry: AuditEntry): void {
    const { code, seq, occurredUs, details } = entry;
    const [waiting, by, days] = [this.#waiting, personOf(entry), details?.["days"]];
    if (code === "retention.set") this.#waiting = { seq, occurredUs, days, by };
    else if (code === "retention.dropped") {
      // Together with another that was set, it is about the one before that.
      const isOfOther = seq === (waiting?.seq ?? seq) + 1 && occurredUs === waiting?.occurredUs;
      if (!isOfOther) this.#waiting = null;
    } else if (code === "retention.confirmed") {
      const isDecided = by !== null && waiting !== null && waiting.by !== null && waiting.by !== by;
      this.#days = isDecided && days === waiting.days ? days : null;
      this.#waiting = null;
    }
  }

  #hold(entry: AuditEntry): void {
    const { code, subject, resource, details } = entry;
    // What a part of the log is, cannot be judged without the entries that were pruned.
    if (subject || resource || details?.["from"] !== undefined || details?.["to"] !== undefined) return;
    const [name, by] = [details?.["hold"], personOf(entry)];
    const hold = this.#holds.get(name) ?? { standing: 0, askers: new Set<string>() };
    if (code === "hold.placed") {
      hold.standing++;
      this.#holds.set(name, hold);
    } else if (code === "hold.lift_asked" && by !== null) hold.askers.add(by);
    else if (code === "hold.lifted" && by !== null && [...hold.askers].some((id) => id !== by))
      if (--hold.standing <= 0) this.#holds.delete(name);
  }
}
