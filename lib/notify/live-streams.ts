import "server-only";
import { liveSessions } from "@/lib/auth/read-session";
import { listen, type Listening } from "@/lib/db/listen";
import { lookChannel, peopleNamed } from "@/lib/notify/look-again";

type Stream = { sessionId: string; controller: ReadableStreamDefaultController<Uint8Array> };

const heartbeatMs = 15_000;
/** Whose tabs were told a moment ago are told again once this is over: many deeds at once are two looks. */
const pauseMs = 250;
const MOST_OF_A_PERSON = 20;
const MOST_AT_ALL = 5_000;
/** A connection that has not taken this many messages is gone, though nobody has said so. */
const MOST_UNTAKEN = 50;

const bytes = (text: string) => new TextEncoder().encode(text);
// All that is ever said: what there is to see is asked for, under the rights of that moment.
const look = bytes("data: look\n\n");
const heartbeat = bytes(":\n\n");

/** The open event streams of one instance, each of a tab that wants to know when to ask again. */
export class LiveStreams {
  readonly #ofPeople = new Map<string, Set<Stream>>();
  /** People who were told within the pause, and whether there is something to tell them at its end. */
  readonly #told = new Map<string, boolean>();
  #listening: Listening | null = null;
  #timer: NodeJS.Timeout | null = null;
  #count = 0;
  #closed = false;

  /** A stream for a tab of this session; null where there are too many, or the instance stops: the tab polls. */
  open(personId: string, sessionId: string): ReadableStream<Uint8Array> | null {
    const own = this.#ofPeople.get(personId);
    if (this.#closed || this.#count >= MOST_AT_ALL || (own?.size ?? 0) >= MOST_OF_A_PERSON) return null;
    this.#start();
    let stream: Stream;
    return new ReadableStream<Uint8Array>({
      start: (controller) => {
        stream = { sessionId, controller };
        this.#ofPeople.set(personId, (this.#ofPeople.get(personId) ?? new Set()).add(stream));
        this.#count++;
        // What happened between the page and this connection is asked for too.
        controller.enqueue(look);
      },
      cancel: () => void this.#forget(personId, stream),
    });
  }

  /** Says to the tabs of these people that they should ask again, and ends those of sessions that are over. */
  async tell(people: readonly string[]): Promise<void> {
    const here = people.filter((id) => this.#ofPeople.has(id));
    const now = here.filter((id) => !this.#told.has(id));
    for (const id of here) this.#told.set(id, !now.includes(id));
    if (now.length === 0) return;
    setTimeout(() => void this.tell(now.filter((id) => this.#pauseOver(id))), pauseMs);
    this.#say(look, now);
    await this.#endDead(now);
  }

  /** Whether somebody is to be told again. */
  #pauseOver(personId: string): boolean {
    const isDue = this.#told.get(personId) ?? false;
    this.#told.delete(personId);
    return isDue;
  }

  /** Shows that each connection stands, and ends those of sessions that are over. */
  async beat(): Promise<void> {
    const all = [...this.#ofPeople.keys()];
    this.#say(heartbeat, all);
    await this.#endDead(all);
  }

  /** Ends every stream, for an instance that stops. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer) clearInterval(this.#timer);
    for (const [personId, stream] of this.#each([...this.#ofPeople.keys()])) this.#end(personId, stream);
    await this.#listening?.end().catch(() => undefined);
  }

  #start(): void {
    this.#timer ??= setInterval(() => void this.beat(), heartbeatMs).unref();
    this.#listening ??= listen(lookChannel, {
      hear: (message) => void this.tell(peopleNamed(message)),
      connected: () => void this.tell([...this.#ofPeople.keys()]),
    });
  }

  #say(words: Uint8Array, people: readonly string[]): void {
    for (const [personId, stream] of this.#each(people)) {
      if ((stream.controller.desiredSize ?? 0) < -MOST_UNTAKEN) this.#end(personId, stream);
      else stream.controller.enqueue(words);
    }
  }

  async #endDead(people: readonly string[]): Promise<void> {
    if (people.length === 0) return;
    const before = this.#each(people);
    // Who cannot be asked for is told nothing more: the tab polls until the database is back.
    const live = await liveSessions(before.map(([, { sessionId }]) => sessionId)).catch(() => null);
    for (const [personId, stream] of before) {
      if (!live?.has(stream.sessionId)) this.#end(personId, stream);
    }
  }

  #each(people: readonly string[]): [personId: string, stream: Stream][] {
    return people.flatMap((id) =>
      [...(this.#ofPeople.get(id) ?? [])].map((stream): [string, Stream] => [id, stream]),
    );
  }

  #end(personId: string, stream: Stream): void {
    if (this.#forget(personId, stream)) stream.controller.close();
  }

  #forget(personId: string, stream: Stream): boolean {
    const own = this.#ofPeople.get(personId);
    if (!own?.delete(stream)) return false;
    this.#count--;
    if (own.size === 0) this.#ofPeople.delete(personId);
    return true;
  }
}

const kept = globalThis as typeof globalThis & { glimpseStreams?: LiveStreams };

/** The streams of this instance; they end with it. */
export function liveStreams(): LiveStreams {
  if (kept.glimpseStreams) return kept.glimpseStreams;
  const streams = new LiveStreams();
  kept.glimpseStreams = streams;
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void streams.close());
  return streams;
}
