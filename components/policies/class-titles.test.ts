import { expect, test } from "vitest";
import { classTitle, classTitles } from "./class-titles";

const one = (id: string, title: string) => ({ id, title, sensitivity: 2, own: null });

test("a class is called as the catalogue calls it, and by its id where it is not there", () => {
  const titles = classTitles([one("pan", "Card number")]);
  expect(["pan", "gone", "toString"].map((id) => classTitle(id, titles))).toEqual([
    "Card number",
    "gone",
    "toString",
  ]);
});

test("two classes that are called alike are told apart", () => {
  const titles = classTitles([one("pan", "Card number"), one("own_pan", "Card number")]);
  expect(titles).toEqual({ pan: "Card number (pan)", own_pan: "Card number (own_pan)" });
});
