export const pageSizes = [25, 50, 100] as const;
export type PageSize = (typeof pageSizes)[number];
export const defaultPageSize: PageSize = 50;

/** How far rows can be paged that have neither a clear key nor a place: each page reads all before it. */
export const MOST_OFFSET = 10_000;
