import type { z } from "zod";
import type { ColumnType } from "@/lib/catalog/column-type";
import type { MaskKeys } from "@/lib/masking/keys";
import type { SqlSink } from "@/lib/masking/sql";

/** What a mask is computed over: a SQL expression, its type, and the keys where a method needs some. */
export type MaskInput = { readonly sql: string; readonly type: ColumnType; readonly keys?: MaskKeys };

/** How much a mask leaves to be seen; choices are listed in this order. */
export const openness = ["clear", "part", "range", "moved", "pseudonym", "none"] as const;

/**
 * One masking method with its shape. What the project knows of a method is in its file and in the one line that
 * lists it: its stored form, the types it fits, its SQL, and the words for what it shows and gives away.
 */
export type MaskKind<M extends { method: string }> = {
  /** The stored form of a mask of this kind, and what a form may send. */
  readonly schema: z.ZodType<M>;
  /** `method shape`, as `kindIdOf` tells it from a stored mask. */
  readonly id: string;
  readonly openness: (typeof openness)[number];
  /** The letter that chooses it in the catalogue. */
  readonly letter: string;
  /** Whose key it needs: one of the data class, or one that is the same for all classes of a source. */
  readonly key?: "class" | "person";
  /** The classes it is offered for; every class where it says none. */
  readonly classes?: readonly string[];
  /** The same where it depends on the mask. */
  readonly classesOf?: (mask: M) => readonly string[] | undefined;
  /** Whether its output is withheld from previews, which nobody records: it may be most of the value. */
  readonly withheld?: (mask: M) => boolean;
  /** The masks of this kind that a steward is offered. */
  readonly usual: readonly M[];
  /** About so many nanoseconds the source spends on one value, from the bench; 0 where it reads none. */
  readonly costNs: number;
  readonly fits: (type: ColumnType, mask: M) => boolean;
  /**
   * The SQL expression, of type text. It never raises for any value of the type, never gives back its input, and is
   * NULL for NULL; what has not the shape that is shown in part is masked whole.
   */
  readonly compile: (input: MaskInput, mask: M, sink: SqlSink) => string;
  /** What tells it from other masks of its kind: two masks that show the same are the same text. */
  readonly variant: (mask: M) => string;
  /** Two or three words: `partial, last 4`. */
  readonly name: (mask: M) => string;
  /** What people see, and what it still gives away. */
  readonly says: (mask: M) => string;
};

/** The mask of a kind. */
export type MaskOf<K> = K extends { schema: z.ZodType<infer M> } ? M : never;

/** A kind among others: which of them a mask belongs to is known at run time only. */
export type AnyKind = MaskKind<{ method: string }>;

/** What tells the kind of a mask: its method, with what it shows, is shown as or is rounded to. */
export function kindIdOf(mask: object): string {
  const { method, shape, as, to, by } = mask as Readonly<Record<string, unknown>>;
  return [method, shape ?? as ?? to ?? by].filter((word) => typeof word === "string").join(" ");
}
