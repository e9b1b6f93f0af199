import "server-only";
import { checkEvents, readHead, type LogFault } from "@/lib/audit/check-events";
import { checkpointText, type Checkpoint } from "@/lib/audit/checkpoint";
import type { LogSettings } from "@/lib/audit/log-settings";
import { GrowingTree } from "@/lib/audit/merkle";
import { frontierAt } from "@/lib/audit/proof";
import { Places, type SendLetter } from "@/lib/audit/places";
import { newestCheckpoint, withCosignatures, type KeptCheckpoint } from "@/lib/audit/read-checkpoints";
import { hashReader, MissingHash } from "@/lib/audit/read-tiles";
import { signatureLine, writeNote } from "@/lib/audit/signed-note";
import type { ReadDatabase } from "@/lib/db/control-database";
import { keepCheckpoint, keepTileHashes, type TileHash } from "@/lib/db/log-bookkeeping";

/** What the keeper asks of the world around it. */
export type KeeperWorld = {
  db: ReadDatabase;
  settings: () => LogSettings;
  /** Milliseconds that only grow. */
  now: () => number;
  /** Told once of each fault, and with null when the log is found whole again. */
  alarm: (fault: LogFault | null) => Promise<void>;
  mail: SendLetter;
};

/** At most so many events of before are checked again in one turn: the rest waits for the next ones. */
const turnEvents = 20_000;
/** Whole checks begin so long after the last one ended; after a fault sooner. */
const wholeEveryMs = 6 * 3_600_000;
const wholeAgainMs = 30_000;
/** Another instance that signed so lately has signed for all. */
const othersMs = 4_000;

/**
 * Checks the log as one instance sees it, and signs what it has checked: a checkpoint stands for events that this
 * process read, hashed, and found to go on from the last checkpoint that it knows. What it once signed it remembers, so
 * that a log that was rolled back is never signed again.
 */
export class LogKeeper {
  readonly #world: KeeperWorld;
  readonly #places: Places;
  #verified: GrowingTree | null = null;
  #whole: GrowingTree | null = new GrowingTree();
  #wholeEnded: { at: Date; size: number } | null = null;
  #wholeAfterMs = 0;
  #signed: KeptCheckpoint | null = null;
  #fault: (LogFault & { since: Date }) | null = null;
  #last: Promise<unknown> = Promise.resolve();

  constructor(world: KeeperWorld) {
    this.#world = world;
    this.#places = new Places(world.db, world.mail);
  }

  /** One turn of the loop: checks what is new, signs it, and checks a part of what is old again. */
  turn(): Promise<void> {
    return this.#alone(async () => {
      const settings = this.#world.settings();
      if (!this.#fault && (await this.#advance(settings)) && (await this.#isDue(settings)))
        await this.#sign(settings);
      await this.#checkOld();
    });
  }

  /** Sends the last checkpoint to the places that do not have it; apart from turns, since places may be slow. */
  async publish(): Promise<void> {
    const signed = this.#signed;
    if (this.#fault || !signed) return;
    const fault = await this.#places.publish(this.#world.settings(), signed);
    if (fault) await this.#alone(() => this.#fail(fault));
  }

  /** A checkpoint of the log as it is now, with what witnesses have signed of it; null where it cannot be signed. */
  checkpoint(): Promise<{ checkpoint: Checkpoint; note: string } | null> {
    return this.#alone(async () => {
      const settings = this.#world.settings();
      while (!this.#fault && !(await this.#advance(settings))) await Promise.resolve();
      if (this.#fault || settings.key === null) return null;
      if (this.#signed?.checkpoint.size !== this.#verified?.size) {
        const newest = await this.#newest(settings);
        if (newest && newest.checkpoint.size <= (this.#verified?.size ?? 0))
          await this.#goesWith(newest.checkpoint);
        if (!this.#fault) await this.#sign(settings);
      }
      if (this.#fault || !this.#signed) return null;
      const note = await withCosignatures(this.#world.db, settings, this.#signed);
      return { checkpoint: this.#signed.checkpoint, note };
    });
  }

  /** How the log stands, as this instance knows it. */
  health() {
    return {
      fault: this.#fault,
      verifiedSize: this.#verified?.size ?? 0,
      wholeAt: this.#wholeEnded?.at ?? null,
      wholeSize: this.#wholeEnded?.size ?? 0,
      signed: this.#signed,
      places: this.#places.health(),
    };
  }

  #alone<T>(deed: () => Promise<T>): Promise<T> {
    const done = this.#last.then(deed);
    this.#last = done.catch(() => undefined);
    return done;
  }

  /** Checks what is new; whether it came to the end of the log and all was well. */
  async #advance(settings: LogSettings): Promise<boolean> {
    const { db } = this.#world;
    const tree = this.#verified ?? (await this.#begin(settings));
    if (!tree) return false;
    const head = await readHead(db);
    const [from, end] = [tree.size, head?.size ?? 0];
    if (end < from) {
      await this.#fail({ firstBad: end, why: `The log has ${end} events and had ${from}.` });
      return false;
    }
    const until = Math.min(end, from + turnEvents);
    // Where a part of this is cut off, it is begun again from the last checkpoint: no tile may be left out.
    this.#verified = null;
    const found = await checkEvents(db, tree, until);
    if ("why" in found) await this.#fail(found);
    else if (!(await this.#keepTiles(found.tiles))) return false;
    else if (until === end && head && !tree.root().equals(head.root))
      await this.#fail({
        firstBad: null,
        why: `The events do not add up to the root of the log; up to event ${from - 1} they did.`,
      });
    else this.#verified = tree;
    return this.#verified !== null && until === end;
  }

  /** The tree of the newest checkpoint, from which checking goes on; null where the log does not lead to it. */
  async #begin(settings: LogSettings): Promise<GrowingTree | null> {
    const { db } = this.#world;
    if (settings.key === null) return new GrowingTree();
    const newest = await this.#newest(settings);
    const known = [this.#signed, newest ?? null].filter((one) => one !== null);
    const [latest] = known.toSorted((a, b) => b.checkpoint.size - a.checkpoint.size);
    if (newest === undefined) return null;
    if (!latest) return new GrowingTree();
    const { size, root } = latest.checkpoint;
    const head = await readHead(db);
    if ((head?.size ?? 0) < size) {
      await this.#fail({
        firstBad: head?.size ?? 0,
        why: `The log has ${head?.size ?? 0} events, and ${size} were signed.`,
      });
      return null;
    }
    const tree = await this.#treeAt(size);
    if (tree?.root().equals(root)) {
      this.#signed = latest;
      return tree;
    }
    await this.#fail({
      firstBad: null,
      why: `The first ${size} events do not add up to the checkpoint that was signed.`,
    });
    return null;
  }

  /** The newest checkpoint that any instance has signed; undefined, and a fault, where no key of the log has. */
  async #newest(settings: LogSettings): Promise<KeptCheckpoint | null | undefined> {
    const newest = await newestCheckpoint(this.#world.db, settings);
    if (newest !== false) return newest;
    await this.#fail({ firstBad: null, why: "The newest checkpoint is not signed by a key of the log." });
    return undefined;
  }

  async #treeAt(size: number): Promise<GrowingTree | null> {
    try {
      return new GrowingTree(await frontierAt(size, hashReader(this.#world.db)));
    } catch (error) {
      if (error instanceof MissingHash) return null;
      throw error;
    }
  }

  async #keepTiles(tiles: readonly TileHash[]): Promise<boolean> {
    const [other] = await keepTileHashes(tiles);
    if (!other) return true;
    const width = 256 ** other.level;
    const first = other.place * width;
    await this.#fail({
      firstBad: first,
      why: `Events ${first} to ${first + width - 1} had another hash before.`,
    });
    return false;
  }

  /** Whether something is new since the last checkpoint, and no other instance has just signed. */
  async #isDue(settings: LogSettings): Promise<boolean> {
    const size = this.#verified?.size ?? 0;
    if (settings.key === null || size === 0) return false;
    const isOurs = (one: KeptCheckpoint) => settings.key?.id.equals(one.keyId) === true;
    if (this.#signed?.checkpoint.size === size && isOurs(this.#signed)) return false;
    const newest = await this.#newest(settings);
    if (!newest) return !this.#fault;
    if (!(await this.#goesWith(newest.checkpoint))) return false;
    return newest.checkpoint.size === size || !isOurs(newest) || newest.ageMs > othersMs;
  }

  /** Whether this instance sees the log that another one has signed; where that has come further, it is not judged yet. */
  async #goesWith({ size, root }: Checkpoint): Promise<boolean> {
    const here = this.#verified?.size ?? 0;
    if (size > here) {
      const end = (await readHead(this.#world.db))?.size ?? 0;
      if (end < size)
        await this.#fail({ firstBad: end, why: `The log has ${end} events, and ${size} were signed.` });
      return false;
    }
    const tree = size === here ? this.#verified : await this.#treeAt(size);
    if (tree?.root().equals(root)) return true;
    await this.#fail({
      firstBad: null,
      why: `The first ${size} events do not add up to the checkpoint that was signed.`,
    });
    return false;
  }

  async #sign({ key }: LogSettings): Promise<void> {
    const tree = this.#verified;
    if (key === null || !tree || (this.#signed && this.#signed.checkpoint.size > tree.size)) return;
    const checkpoint = { origin: key.name, size: tree.size, root: tree.root() };
    const text = checkpointText(checkpoint);
    const note = writeNote(text, [signatureLine(key, text)]);
    await keepCheckpoint({ size: checkpoint.size, keyId: key.id, note });
    this.#signed = { checkpoint, note, keyId: key.id, madeAt: new Date(), ageMs: 0 };
  }

  /** Checks a part of the log from its beginning again; at the end of all parts a fault that is gone is forgotten. */
  async #checkOld(): Promise<void> {
    const { db, now } = this.#world;
    if (!this.#whole && now() >= this.#wholeAfterMs) this.#whole = new GrowingTree();
    const tree = this.#whole;
    if (!tree) return;
    const head = await readHead(db);
    const end = head?.size ?? 0;
    const signed = this.#signed?.checkpoint;
    // A part ends where a root is known.
    const stops = [end, tree.size + turnEvents, ...(signed && signed.size > tree.size ? [signed.size] : [])];
    const found = await checkEvents(db, tree, Math.min(...stops));
    if ("why" in found) return this.#endWhole(found);
    if (!(await this.#keepTiles(found.tiles))) return this.#endWhole(null);
    if (signed?.size === tree.size && !tree.root().equals(signed.root))
      return this.#endWhole({
        firstBad: null,
        why: `The first ${signed.size} events do not add up to the checkpoint that was signed.`,
      });
    if (tree.size < end) return;
    if (signed && end < signed.size)
      return this.#endWhole({
        firstBad: end,
        why: `The log has ${end} events, and ${signed.size} were signed.`,
      });
    if (head && !tree.root().equals(head.root))
      return this.#endWhole({ firstBad: null, why: "The events do not add up to the root of the log." });
    this.#wholeEnded = { at: new Date(), size: end };
    this.#whole = null;
    this.#wholeAfterMs = now() + wholeEveryMs;
    await this.#mend(tree);
  }

  async #endWhole(fault: LogFault | null): Promise<void> {
    this.#whole = null;
    this.#wholeAfterMs = this.#world.now() + wholeAgainMs;
    if (fault) await this.#fail(fault);
  }

  /** The events were found whole after a fault: it is over when what was signed and published goes with them. */
  async #mend(tree: GrowingTree): Promise<void> {
    if (!this.#fault) return;
    this.#wholeAfterMs = this.#world.now() + wholeAgainMs;
    const settings = this.#world.settings();
    if (!(await this.#begin(settings))) return;
    this.#places.forget();
    if (this.#signed && (await this.#places.publish(settings, this.#signed))) return;
    this.#fault = null;
    this.#verified = tree;
    await this.#world.alarm(null);
  }

  /** From here on nothing is signed. Another fault is told only where it names an event that none had named. */
  async #fail(fault: LogFault): Promise<void> {
    const before = this.#fault;
    this.#verified = null;
    if (before && (fault.firstBad === null || before.firstBad !== null)) return;
    this.#fault = { ...fault, since: before?.since ?? new Date() };
    // What was bad is looked for from the beginning.
    if (!before) this.#wholeAfterMs = 0;
    await this.#world.alarm(fault);
  }
}
