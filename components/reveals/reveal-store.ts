import type { LiveGrant } from "@/lib/grants/view";
import type { OpenedValue, Refused, RevealActions } from "@/lib/reveals/view";
import { now } from "./clock";
import type { LiveNews } from "./live";
import { hiddenBecause, unreachable } from "./reveal-words";
import {
  cellId,
  nextLook,
  snapshotOf,
  type CellKey,
  type CellState,
  type GrantEnd,
  type Held,
  type HeldCell,
  type Snapshot,
} from "./reveal-snapshot";

const granted: CellState = { look: "granted" };
const opening: CellState = { look: "opening" };
const ended: CellState = { look: "ended" };
const masked: CellState = { look: "masked" };
/** A little longer than the veil needs to fall. */
const fallMs = 260;
/**
 * The values that one page shows, and the rules by which they go: at the end of the window, when the grant ends
 * early, when the server cannot be asked, and whenever `hide` is called. Knows no DOM.
 */
export class RevealStore {
  readonly actions: RevealActions;
  readonly #grants = new Map<string, Held>();
  /** The cells that are on the page, each with how it looks. */
  readonly #cells = new Map<string, HeldCell>();
  readonly #listeners = new Set<() => void>();
  #trouble: Snapshot["trouble"] = null;
  #snapshot: Snapshot;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #falling: ReturnType<typeof setTimeout> | undefined;
  #telling = false;
  #running = false;
  /** Goes up whenever everything is hidden: an answer that was asked for before must not light anything. */
  #era = 0;

  constructor(grants: readonly LiveGrant[], actions: RevealActions) {
    this.actions = actions;
    this.setGrants(grants);
    this.#snapshot = this.#take();
  }

  /** From now on the clock takes values away; before, there are none, and a server that renders needs no timer. */
  start(): void {
    this.#running = true;
    this.tick();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  snapshot = (): Snapshot => this.#snapshot;

  cell = (key: CellKey): CellState => this.#cells.get(cellId(key))?.state ?? this.#resting(key.grantId);

  /** What a field is called, for the name of its button. */
  fieldName(grantId: string, columnId: string): string {
    const fields = this.#grants.get(grantId)?.grant.fields ?? [];
    return fields.find((field) => field.columnId === columnId)?.name ?? "value";
  }

  /** A cell has come onto the page; only such cells are asked for. */
  add(key: CellKey): () => void {
    this.#cells.set(cellId(key), { key, state: this.#resting(key.grantId) });
    this.#tellSoon();
    return () => {
      this.#cells.delete(cellId(key));
      this.#tellSoon();
    };
  }

  /** Takes what the server rendered last; a grant that it no longer names is over. */
  setGrants(grants: readonly LiveGrant[]): void {
    const named = new Set(grants.map((grant) => grant.id));
    for (const id of this.#grants.keys()) if (!named.has(id)) this.#end(id, "unknown");
    for (const grant of grants) {
      const held = this.#grants.get(grant.id);
      const endsAt = grant.state === "active" ? now() + grant.msLeft : null;
      this.#grants.set(grant.id, {
        grant,
        state: grant.state,
        endsAt: earlier(held?.endsAt ?? null, endsAt),
        busy: held?.busy ?? false,
        startsAt: grant.startsInMs > 0 ? now() + grant.startsInMs : null,
        viewsLeft: earlier(held?.viewsLeft ?? null, grant.views?.left ?? null),
      });
    }
    this.#tell();
  }

  /** Opens the cells of a grant that are on this page, or those that are named, starting its window if need be. */
  async open(grantId: string, only?: readonly CellKey[]): Promise<void> {
    const held = this.#grants.get(grantId);
    if (!held || held.busy) return;
    const wanted =
      only ?? [...this.#cells.values()].map(({ key }) => key).filter((key) => key.grantId === grantId);
    if (wanted.length === 0) return;
    const era = this.#era;
    held.busy = true;
    this.#trouble = null;
    this.#paint(wanted, opening);
    const refusal = await this.#activate(grantId).then(
      (activated) => (activated.ok ? this.#reveal(grantId, wanted, era) : activated),
      () => unreachable,
    );
    held.busy = false;
    if (refusal) this.#refuse(grantId, wanted, refusal);
    this.#tell();
  }

  async giveBack(grantId: string): Promise<void> {
    // Gone from the screen at once, whatever the server says.
    this.#end(grantId, "returned");
    const answer = await this.actions.giveBack(grantId).catch(() => unreachable);
    if (!answer.ok) this.#trouble = { what: answer.what, next: answer.next };
    this.#tell();
  }

  /** The value of a cell, once its copy is on record and if it is still shown then; null otherwise. */
  async copy(key: CellKey): Promise<string | null> {
    const answer = await this.actions.recordCopy(key).catch(() => unreachable);
    this.tick();
    if (!answer.ok) this.#trouble = { what: answer.what, next: answer.next };
    this.#tell();
    const state = this.cell(key);
    return answer.ok && state.look === "revealed" ? state.value : null;
  }

  /** Takes all values away, or those of one grant; it lives on, so that they can be revealed again in the same window. */
  hide(grantId?: string): void {
    if (grantId === undefined) this.#era++;
    for (const held of this.#grants.values()) held.busy &&= grantId !== undefined;
    for (const cell of this.#cells.values()) {
      if (cell.key.grantId !== (grantId ?? cell.key.grantId)) continue;
      if (cell.state.look === "revealed") cell.state = this.#fall();
      if (cell.state.look === "opening") cell.state = this.#resting(cell.key.grantId);
    }
    this.#tell();
  }

  hear(news: LiveNews): void {
    if (news.kind !== "live") {
      if (this.#snapshot.lit.count === 0) return;
      this.hide();
      this.#trouble = hiddenBecause[news.kind];
      return this.#tell();
    }
    const pulses = new Map(news.live.grants.map((pulse) => [pulse.id, pulse]));
    for (const [id, held] of this.#grants) {
      const pulse = pulses.get(id);
      if (!pulse) this.#end(id, "unknown");
      else if (pulse.state !== "ready" && pulse.state !== "active") this.#end(id, pulse.state);
      else if (pulse.state === "active") {
        held.state = "active";
        held.endsAt = earlier(held.endsAt, news.sentAt + pulse.msLeft);
      }
    }
    this.tick();
  }

  /** Takes away what is over by now. Called by its own timer, and when the page is looked at again. */
  tick(): void {
    for (const [id, held] of this.#grants) {
      if (held.state === "active" && held.endsAt !== null && held.endsAt <= now()) this.#end(id, "ended");
    }
    this.#tell();
  }

  /** Forgets everything, for a page that is left. */
  dispose(): void {
    this.#era++;
    this.#running = false;
    this.#cells.clear();
    this.#tell();
    clearTimeout(this.#timer);
    clearTimeout(this.#falling);
  }

  async #activate(grantId: string): Promise<{ ok: true } | Refused> {
    const held = this.#grants.get(grantId);
    if (held?.state !== "ready") return { ok: true };
    const sentAt = now();
    const answer = await this.actions.activate(grantId);
    if (!answer.ok) return answer;
    held.state = "active";
    // Counted from before the question: the window cannot seem longer than it is.
    held.endsAt = earlier(held.endsAt, sentAt + answer.output.msLeft);
    return { ok: true };
  }

  async #reveal(grantId: string, wanted: readonly CellKey[], era: number): Promise<Refused | null> {
    const sentAt = now();
    const records = [...new Set(wanted.map((key) => key.record))];
    const columnIds = [...new Set(wanted.map((key) => key.columnId))];
    const answer = await this.actions.reveal({ grantId, records, columnIds });
    if (!answer.ok) return answer;
    const held = this.#grants.get(grantId);
    if (!held || era !== this.#era || held.state !== "active") return null;
    held.endsAt = earlier(held.endsAt, sentAt + answer.output.msLeft);
    held.viewsLeft = answer.output.viewsLeft;
    this.#light(held, answer.output.values);
    this.#paint(
      wanted.filter((key) => this.cell(key).look === "opening"),
      granted,
    );
    if (answer.output.values.length < wanted.length) {
      this.#trouble = { what: "Some records are no longer in the source.", next: "The others are shown." };
    }
    this.tick();
    return null;
  }

  #light({ grant, endsAt }: Held, values: readonly OpenedValue[]): void {
    const viewMs = grant.viewSeconds * 1000;
    const goneMs = Math.max(0, viewMs - ((endsAt ?? 0) - now()));
    for (const { record, columnId, value } of values) {
      const cell = this.#cells.get(cellId({ grantId: grant.id, record, columnId }));
      if (cell) cell.state = { look: "revealed", value, viewMs, goneMs };
    }
  }

  #refuse(grantId: string, wanted: readonly CellKey[], { what, next }: Refused): void {
    this.#paint(
      wanted.filter((key) => this.cell(key).look === "opening"),
      this.#resting(grantId),
    );
    this.#trouble = { what, next };
  }

  #end(grantId: string, state: GrantEnd): void {
    const held = this.#grants.get(grantId);
    if (!held || (held.state !== "ready" && held.state !== "active")) return;
    held.state = state;
    for (const cell of this.#cells.values()) {
      if (cell.key.grantId === grantId) cell.state = cell.state.look === "revealed" ? this.#fall() : masked;
    }
  }

  #fall(): CellState {
    clearTimeout(this.#falling);
    this.#falling = setTimeout(() => this.#settle(), fallMs);
    return ended;
  }

  #resting(grantId: string): CellState {
    const state = this.#grants.get(grantId)?.state;
    return state === "ready" || state === "active" ? granted : masked;
  }

  #paint(keys: readonly CellKey[], state: CellState): void {
    for (const key of keys) {
      const cell = this.#cells.get(cellId(key));
      if (cell && !(state === opening && cell.state.look === "revealed")) cell.state = state;
    }
    this.#tell();
  }

  #take(): Snapshot {
    return snapshotOf([...this.#grants.values()], [...this.#cells.values()], this.#trouble);
  }

  /** Cells come and go by the hundred: they are counted once. */
  #tellSoon(): void {
    if (this.#telling) return;
    this.#telling = true;
    queueMicrotask(() => {
      this.#telling = false;
      this.#tell();
    });
  }

  /** The veil has fallen: what can be revealed again says so, the rest is masked as before. */
  #settle(): void {
    for (const cell of this.#cells.values()) {
      if (cell.state === ended) cell.state = this.#resting(cell.key.grantId);
    }
    this.#tell();
  }

  #tell(): void {
    this.#snapshot = this.#take();
    clearTimeout(this.#timer);
    const next = nextLook([...this.#grants.values()], now());
    // Re-armed at every change; a timer that comes too early finds nothing to do and is armed again.
    if (this.#running && Number.isFinite(next))
      this.#timer = setTimeout(() => this.tick(), Math.max(0, next - now()) + 1);
    for (const listener of this.#listeners) listener();
  }
}

const earlier = (one: number | null, other: number | null) =>
  one === null || other === null ? (one ?? other) : Math.min(one, other);
