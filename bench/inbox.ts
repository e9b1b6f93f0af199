import postgres from "postgres";
import { pageGetter } from "./browse";
import { ask, fill } from "./many-requests";
import { row, timeSideBySide, type Row } from "./measure";
import type { BenchStack } from "./stack";

const MANY = 10_000;
const FEW = 10;
const rounds = 120;
const warmUp = 25;

/** The inbox of somebody for whom 10,000 requests wait beside that of somebody for whom 10 of them do. */
export async function measureInbox(stack: BenchStack): Promise<Row[]> {
  const [max, noor] = [await stack.signIn("Max"), await stack.signIn("Noor")];
  const owner = postgres(stack.ownerUrl, { max: 1, onnotice: () => {} });
  try {
    await fill(owner, await ask(stack, "Ana"), MANY);
    await fill(owner, await ask(stack, "Max"), FEW);
    await owner`ANALYZE requests`;
    const lines = (cookie: string, expected: number) => async () => {
      const html = await pageGetter(cookie)(`${stack.baseUrl}/inbox`);
      const shown = html.split('class="inbox-line"').length - 1;
      if (shown !== expected) throw new Error(`The inbox shows ${shown} requests.`);
    };
    const times = await timeSideBySide(
      { many: lines(max.cookie, 50), few: lines(noor.cookie, FEW) },
      { rounds, warmUp },
    );
    return [row("inbox.10k_vs_10", "ms", times.many, times.few, rounds)];
  } finally {
    await owner`UPDATE requests SET state = 'withdrawn' WHERE state = 'pending'`;
    await owner.end();
  }
}
