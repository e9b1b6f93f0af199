import type { ColumnType } from "@/lib/catalog/column-type";
import { shownAs, type ColumnFacts } from "@/lib/catalog/shown-as";

/**
 * A column whose values everybody who browses sees. Sort, filter and search take nothing else, and it can be made
 * from no other column: what is masked cannot be seen through (law 5).
 */
export class ClearColumn {
  readonly #genuine = true;
  readonly id: string;
  readonly name: string;
  readonly type: ColumnType;
  readonly nullable: boolean;

  private constructor(id: string, name: string, type: ColumnType, nullable: boolean) {
    this.id = id;
    this.name = name;
    this.type = type;
    this.nullable = nullable;
  }

  /** The column as a clear one; null unless it shows as clear at this moment. */
  static of(column: ColumnFacts & { id: string; name: string; nullable: boolean }): ClearColumn | null {
    if (shownAs(column).mask.method !== "clear") return null;
    return new ClearColumn(column.id, column.name, column.type, column.nullable);
  }

  /** Throws for anything that only looks like a clear column. */
  static assertGenuine(column: ClearColumn): void {
    if (!(#genuine in column)) throw new Error("Not a clear column.");
  }
}
