/** A known hole of PostgreSQL through which what stands behind a view or a row policy can be learnt. */
export type KnownHole = {
  readonly cve: string;
  readonly says: string;
  /** The first minor version without it, by major version; later majors never had it. */
  readonly fixedIn: Readonly<Record<number, number>>;
};

/** From the security page and the release notes of PostgreSQL; of versions that Glimpse reads from 13 on. */
export const knownHoles: readonly KnownHole[] = [
  {
    cve: "CVE-2025-8713",
    says: "Statistics of the optimizer tell values that stand behind a view or a row policy.",
    fixedIn: { 13: 22, 14: 19, 15: 14, 16: 10, 17: 6 },
  },
  {
    cve: "CVE-2024-10976",
    says: "Row policies below subqueries may be those of another role.",
    fixedIn: { 13: 17, 14: 14, 15: 9, 16: 5, 17: 1 },
  },
  {
    cve: "CVE-2024-4317",
    says: "Everybody reads the most common values of extended statistics; a server that was made before needs the script of the release notes too.",
    fixedIn: { 14: 12, 15: 7, 16: 3 },
  },
  {
    cve: "CVE-2023-2455",
    says: "Row policies may be those of another role after a function is inlined.",
    fixedIn: { 13: 11, 14: 8, 15: 3 },
  },
];

/** The first major version that nobody mends any more, of those that Glimpse reads. */
const lastUnsupported = 13;

/** The known holes of a server by its `server_version_num`, such as 160004 for 16.4. */
export function holesOf(version: number): readonly KnownHole[] {
  const major = Math.floor(version / 10_000);
  const minor = version % 10_000;
  return knownHoles.filter(({ fixedIn }) => minor < (fixedIn[major] ?? 0));
}

/** Whether holes that are found from now on stay open in a server of this version. */
export function isUnsupported(version: number): boolean {
  return Math.floor(version / 10_000) <= lastUnsupported;
}
