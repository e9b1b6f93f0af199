import { percentile, row, type Row } from "./measure";
import type { BenchStack } from "./stack";
import { approveRequest } from "@/lib/approvals/approve-request";
import { revokeGrant } from "@/lib/approvals/revoke-grant";
import { encodeHandle } from "@/lib/catalog/record-handle";
import { submitRequest } from "@/lib/requests/submit-request";
import type { Live } from "@/lib/reveals/view";

const rounds = 60;

/**
 * How long it takes from the beginning of a deed, done here as another instance would, until a tab of the server has
 * been told to ask and has the answer by which it changes; p95, with the median as the baseline.
 */
export async function measureLive(stack: BenchStack): Promise<Row[]> {
  const [ana, max] = [await stack.signIn("Ana"), await stack.signIn("Max")];
  const email = stack.masked.columns.find((column) => column.name === "email");
  if (!email) throw new Error("The measured table has no email.");
  const tab = await Tab.open(stack.baseUrl, ana.cookie);
  const [decided, revoked]: [number[], number[]] = [[], []];
  try {
    for (let round = 0; round < rounds; round++) {
      const { id, number } = await submitRequest(ana.ctx, {
        tableId: stack.masked.id,
        records: [encodeHandle({ kind: "values", values: ["42"] })],
        fields: [{ columnId: email.id, level: "full" }],
        purpose: "customer-contact",
        reason: "To measure how long a tab takes to change.",
        ticket: null,
        viewSeconds: 300,
      });
      const grantOf = (live: Live) => live.grants.find((grant) => grant.requestNumber === number);
      decided.push(
        await tab.time(
          async () => {
            const { more } = await approveRequest(max.ctx, { requestId: id, version: 1, words: null });
            if (more) throw new Error("One approver is not enough for what is measured.");
          },
          (live) => grantOf(live)?.state === "ready",
        ),
      );
      const grantId = grantOf(await tab.ask())?.id ?? "";
      revoked.push(
        await tab.time(
          () => revokeGrant(max.ctx, { grantId, words: "It has been measured." }),
          (live) => grantOf(live)?.state === "revoked",
        ),
      );
    }
  } finally {
    await tab.close();
  }
  const line = (name: string, times: readonly number[]) =>
    row(name, "ms", percentile(times, 95), percentile(times, 50), rounds);
  return [line("live.revoke_p95_ms", revoked), line("live.decide_p95_ms", decided)];
}

/** What a tab does: it holds the stream, and asks when it is told to. */
class Tab {
  readonly #address: string;
  readonly #cookie: string;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;

  private constructor(address: string, cookie: string, reader: ReadableStreamDefaultReader<Uint8Array>) {
    this.#address = address;
    this.#cookie = cookie;
    this.#reader = reader;
  }

  static async open(baseUrl: string, cookie: string): Promise<Tab> {
    const address = `${baseUrl}/api/live`;
    const stream = await fetch(address, { headers: { cookie, accept: "text/event-stream" } });
    if (!stream.ok || !stream.body) throw new Error("The server gives no events.");
    return new Tab(address, cookie, stream.body.getReader());
  }

  async ask(): Promise<Live> {
    const answer = await fetch(this.#address, { headers: { cookie: this.#cookie } });
    return (await answer.json()) as Live;
  }

  /** Milliseconds from the beginning of a deed to the first answer that shows it, asking at events alone. */
  async time(deed: () => Promise<unknown>, shows: (live: Live) => boolean): Promise<number> {
    const startedAt = performance.now();
    const [ms] = await Promise.all([this.#until(shows).then(() => performance.now() - startedAt), deed()]);
    return ms;
  }

  async #until(shows: (live: Live) => boolean): Promise<void> {
    for (;;) {
      const { done } = await this.#reader.read();
      if (done) throw new Error("The stream has ended.");
      if (shows(await this.ask())) return;
    }
  }

  async close(): Promise<void> {
    await this.#reader.cancel();
  }
}
