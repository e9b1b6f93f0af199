import type { ColumnType } from "@/lib/catalog/column-type";
import { type Mask, maskFits } from "@/lib/masking/mask";

const shapeOfClass: Record<string, Mask> = {
  email: { method: "partial", shape: "email" },
  phone: { method: "partial", shape: "phone" },
  birth_date: { method: "generalise", to: "year" },
};

/** What a grant of level `partial` shows of a column: never all of it, and dots where no part can be told. */
export function partialLevel(type: ColumnType, classId: string): Mask {
  const wanted: Mask[] = [
    shapeOfClass[classId] ?? { method: "redact" },
    { method: "partial", shape: "last", keep: 4 },
    { method: "generalise", to: "year" },
  ];
  return wanted.find((mask) => mask.method !== "redact" && maskFits(type, mask)) ?? { method: "redact" };
}
