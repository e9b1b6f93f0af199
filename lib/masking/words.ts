/** A number as people write it. */
export const figure = (value: number): string => value.toLocaleString("en-US");
