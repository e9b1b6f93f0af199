import { expect, test } from "vitest";
import { GroupFlush, type LogPlace } from "@/lib/db/group-flush";

const place = (seq: number): LogPlace => ({ seq: String(seq), leafHash: `hash of ${seq}` });

/** A flush whose turns the test ends by hand. */
function heldFlush() {
  const turns: {
    places: readonly LogPlace[];
    finds: (found: readonly LogPlace[]) => void;
    fails: () => void;
  }[] = [];
  const flush = new GroupFlush(
    (places) =>
      new Promise((finds, reject) => {
        turns.push({ places, finds, fails: () => reject(new Error("lost")) });
      }),
  );
  const settled = async () => {
    await new Promise(setImmediate);
  };
  return { flush, turns, settled };
}

test("those who come while a flush is under way share the next one, and nobody is answered by one that began before", async () => {
  const { flush, turns, settled } = heldFlush();
  const answered: number[] = [];
  const keep = (seq: number) => flush.kept(place(seq)).then(() => answered.push(seq));
  const all = [keep(1), keep(2), keep(3)];
  expect(turns.map(({ places }) => places)).toEqual([[place(1)]]);
  turns[0]!.finds([place(1), place(2), place(3)]);
  await settled();
  expect(answered).toEqual([1]);
  expect(turns[1]?.places).toEqual([place(2), place(3)]);
  turns[1]!.finds([place(2), place(3)]);
  await Promise.all(all);
  expect(answered).toEqual([1, 2, 3]);
  await settled();
  expect(turns).toHaveLength(2);
});

test("an event that the flush does not find again, or finds with another hash, is not acknowledged", async () => {
  const { flush, turns } = heldFlush();
  const first = flush.kept(place(1));
  const second = flush.kept(place(2));
  const third = flush.kept(place(3));
  turns[0]!.finds([]);
  await expect(first).rejects.toMatchObject({ name: "DatabaseFailure" });
  turns[1]!.finds([{ ...place(2), leafHash: "of another event" }, place(3)]);
  await expect(second).rejects.toMatchObject({ name: "DatabaseFailure" });
  await third;
});

test("a flush that fails acknowledges none of those it was for, and the next ones go on", async () => {
  const { flush, turns } = heldFlush();
  const [first, second] = [flush.kept(place(1)), flush.kept(place(2))];
  const told = Promise.allSettled([first, second]);
  turns[0]!.fails();
  await expect(first).rejects.toThrow("lost");
  turns[1]!.fails();
  expect((await told).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  const third = flush.kept(place(3));
  turns[2]!.finds([place(3)]);
  await third;
});
