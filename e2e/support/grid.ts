import { expect, type Locator, type Page } from "@playwright/test";

/** The row of a record by the text of its first column. */
export function rowOf(page: Page, key: string | number): Locator {
  const head = page.getByRole("rowheader", { name: String(key), exact: true });
  return page.getByRole("grid").getByRole("row").filter({ has: head });
}

/** The cell of a record and a column. */
export async function cellOf(page: Page, key: string | number, column: string): Promise<Locator> {
  const heads = page.getByRole("grid").getByRole("columnheader");
  await expect(heads.filter({ hasText: new RegExp(`^${column}$`) })).toBeVisible();
  const names = await heads.allInnerTexts();
  const at = names.findIndex((name) => name.trim() === column);
  return rowOf(page, key).locator("> *").nth(at);
}
