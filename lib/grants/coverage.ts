import { msToStart, stateAt, type GrantClocks, type GrantedField, type GrantState } from "@/lib/grants/grant";
import { Refusal } from "@/lib/refusal";

/** A grant as its row was read and locked, with the database clock of that moment. */
export type LockedGrant = {
  id: string;
  holderId: string;
  sourceId: string;
  tableId: string;
  records: readonly string[];
  fields: readonly GrantedField[];
  state: GrantState;
  notBefore: Date | null;
  activateBy: Date;
  endsAt: Date | null;
  /** The session that opened it, where it ends with that; null otherwise. */
  sessionId: string | null;
  now: Date;
};

/** Who wants to see values, and in which session. */
export type Viewer = { personId: string; sessionId: string | null };

/** Which cells of the grant are wanted; all of them when nothing is named. */
export type Wanted = { records?: readonly string[] | undefined; columnIds?: readonly string[] | undefined };

/** The reason why no value opens under the grant at its `now`; undefined while it is active. */
export function whyClosed(grant: GrantClocks & { now: Date }): Refusal | undefined {
  switch (stateAt(grant, grant.now)) {
    case "active":
      return undefined;
    case "ready":
      return new Refusal(msToStart(grant, grant.now) > 0 ? "grant-not-yet" : "outside-grant");
    case "lapsed":
      return new Refusal("grant-lapsed");
    case "ended":
      return new Refusal("grant-ended");
    case "returned":
      return new Refusal("grant-returned");
    case "revoked":
      return new Refusal("grant-revoked");
  }
}

/** The cells that a live grant opens right now: the ticket without which no raw value is read. */
export class Coverage {
  readonly #genuine = true;
  readonly grantId: string;
  readonly sourceId: string;
  readonly tableId: string;
  readonly records: readonly string[];
  readonly fields: readonly GrantedField[];
  readonly msLeft: number;

  private constructor(
    grant: LockedGrant,
    records: readonly string[],
    fields: readonly GrantedField[],
    msLeft: number,
  ) {
    this.grantId = grant.id;
    this.sourceId = grant.sourceId;
    this.tableId = grant.tableId;
    this.records = records;
    this.fields = fields;
    this.msLeft = msLeft;
  }

  /** Made from a grant that was locked in this transaction; refuses what the grant does not cover right now. */
  static ofLockedGrant(grant: LockedGrant, viewer: Viewer, wanted: Wanted = {}): Coverage {
    if (grant.holderId !== viewer.personId) throw new Refusal("grant-not-yours");
    const closed = whyClosed(grant);
    if (closed) throw closed;
    if (grant.sessionId !== null && grant.sessionId !== viewer.sessionId)
      throw new Refusal("grant-of-another-session");
    const records = wanted.records ?? grant.records;
    const fields = grant.fields.filter((field) => wanted.columnIds?.includes(field.columnId) ?? true);
    const outside =
      records.length === 0 ||
      records.some((record) => !grant.records.includes(record)) ||
      fields.length !== (wanted.columnIds ? new Set(wanted.columnIds).size : grant.fields.length);
    if (outside || grant.endsAt === null) throw new Refusal("outside-grant");
    return new Coverage(grant, records, fields, grant.endsAt.getTime() - grant.now.getTime());
  }

  /** Throws for anything that only looks like a coverage. */
  static assertGenuine(coverage: Coverage): void {
    if (!(#genuine in coverage)) throw new Error("Not a coverage.");
  }

  covers(cell: { record: string; columnId: string }): boolean {
    return (
      this.records.includes(cell.record) && this.fields.some((field) => field.columnId === cell.columnId)
    );
  }
}
