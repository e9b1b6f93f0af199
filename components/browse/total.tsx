interface Props {
  /** Started with the rows, awaited after them. */
  estimate: Promise<number | null>;
  isFiltered: boolean;
}

/** About how many rows there are; comes after the rows and never holds them up. */
export async function Total({ estimate, isFiltered }: Props) {
  const rows = await estimate;
  if (rows === null) return null;
  return ` of about ${rows.toLocaleString("en-US")}${isFiltered ? " that match" : ""}`;
}
