import "server-only";
import { eq, max, sql } from "drizzle-orm";
import { readHead, type LogFault } from "@/lib/audit/check-events";
import type { LogSettings } from "@/lib/audit/log-settings";
import { askWitness, publishToEndpoint, type CheckpointLetter } from "@/lib/audit/publish-elsewhere";
import { publishToFolder, type Arrival } from "@/lib/audit/publish-to-folder";
import type { KeptCheckpoint } from "@/lib/audit/read-checkpoints";
import type { ReadDatabase } from "@/lib/db/control-database";
import { keepCosignature, keepPublication } from "@/lib/db/log-bookkeeping";
import { auditPublications } from "@/lib/db/schema/audit";

/** A place outside as the health page shows it. */
export type PlaceHealth = { name: string; size: number | null; at: Date | null; trouble: string | null };

type Place = {
  name: string;
  isLocal: boolean;
  /** Not more often than that. */
  everyMs?: number;
  send: (seen: number) => Promise<Arrival>;
};

/** Sends a letter; throws with words of ours where it was not taken. */
export type SendLetter = (letter: CheckpointLetter) => Promise<void>;

/** After a failure a place is left alone so many turns, up to sixteen. */
const mostPatience = 16;

/** The places outside of the database that checkpoints go to, and how each of them stands. */
export class Places {
  readonly #db: ReadDatabase;
  readonly #mail: SendLetter;
  readonly #known = new Map<string, PlaceHealth & { skip: number; failures: number }>();

  constructor(db: ReadDatabase, mail: SendLetter) {
    this.#db = db;
    this.#mail = mail;
  }

  health(): PlaceHealth[] {
    return [...this.#known.values()].map(({ name, size, at, trouble }) => ({ name, size, at, trouble }));
  }

  /** Lets every place be tried at once again. */
  forget(): void {
    this.#known.clear();
  }

  /**
   * Sends a checkpoint to each place that does not have it. A place that cannot be reached is tried again later; one that
   * has seen another log, or more of it than there is, makes a fault.
   */
  async publish(settings: LogSettings, kept: KeptCheckpoint): Promise<LogFault | null> {
    const places = this.#placesOf(settings, kept);
    const faults = await Promise.all(places.map((place) => this.#send(place, kept.checkpoint.size)));
    return faults.find((fault) => fault !== null) ?? null;
  }

  #placesOf(settings: LogSettings, { checkpoint, note }: KeptCheckpoint): Place[] {
    const { folder, endpoint, mail, witnesses } = settings;
    const db = this.#db;
    const places: Place[] = witnesses.map((witness) => ({
      name: `Witness ${witness.key.name}`,
      isLocal: false,
      send: async (seen) => {
        const { line, ...arrival } = await askWitness(witness, { db, checkpoint, note, seen });
        if (line !== undefined) await keepCosignature({ size: checkpoint.size, keyId: witness.key.id, line });
        return arrival;
      },
    }));
    if (folder !== null)
      places.push({
        name: "Folder",
        isLocal: true,
        send: () => publishToFolder(folder, { db, settings, checkpoint, note }),
      });
    if (endpoint)
      places.push({
        name: `Endpoint ${endpoint.url.host}`,
        isLocal: false,
        send: () => publishToEndpoint(endpoint, note),
      });
    if (mail)
      places.push({
        name: `E-mail ${mail.to}`,
        isLocal: false,
        // A little less, so that an hour of turns does not become an hour and a turn.
        everyMs: mail.everyHours * 3_600_000 - 60_000,
        send: async () => {
          await this.#mail({ to: mail.to, size: checkpoint.size, note });
          return { kind: "arrived" };
        },
      });
    return places;
  }

  async #send(place: Place, size: number): Promise<LogFault | null> {
    const { name, isLocal } = place;
    const state = this.#known.get(name) ?? {
      name,
      size: null,
      at: null,
      trouble: null,
      skip: 0,
      failures: 0,
    };
    this.#known.set(name, state);
    if (state.size === size || state.skip-- > 0) return null;
    const { size: arrived, ageMs } = await this.#arrived(name);
    if (place.everyMs !== undefined && ageMs < place.everyMs) return null;
    // What another instance has sent has arrived; a folder may be of this machine alone.
    if (!isLocal && arrived >= size) return null;
    try {
      const arrival = await place.send(arrived);
      if (arrival.kind === "another-log") return this.#troubled(state, arrival.why);
      if (arrival.kind === "ahead") return await this.#judgeAhead(state, arrival.size);
      await keepPublication(name, size);
      Object.assign(state, { size, at: new Date(), trouble: null, skip: 0, failures: 0 });
    } catch (error) {
      state.trouble =
        error instanceof Error && !("code" in error) ? error.message : "It could not be written.";
      state.skip = Math.min(2 ** state.failures++, mostPatience);
    }
    return null;
  }

  /** A place may have a later checkpoint by another instance; one of more events than there are is of a log that was. */
  async #judgeAhead(state: PlaceHealth, size: number): Promise<LogFault | null> {
    const head = (await readHead(this.#db))?.size ?? 0;
    if (size <= head) return null;
    const told = this.#troubled(
      state,
      `${state.name} has a checkpoint of ${size} events, and the log has ${head}.`,
    );
    return { ...told, firstBad: head };
  }

  #troubled(state: PlaceHealth, why: string): LogFault {
    state.trouble = why;
    return { firstBad: null, why };
  }

  /** How far a place has got by any instance, and how long ago. */
  async #arrived(name: string): Promise<{ size: number; ageMs: number }> {
    const { place, size, arrivedAt } = auditPublications;
    const [row] = await this.#db
      .select({
        size: max(size),
        ageMs: sql<number | null>`(extract(epoch FROM clock_timestamp() - max(${arrivedAt})) * 1000)::float8`,
      })
      .from(auditPublications)
      .where(eq(place, name));
    return { size: row?.size ?? 0, ageMs: row?.ageMs ?? Number.POSITIVE_INFINITY };
  }
}
