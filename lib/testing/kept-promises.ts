import { afterAll, expect } from "vitest";
import { brokenPromises } from "./broken-promises";
import type { Control } from "./control";

/**
 * Reads, after the tests of a file, every event that they provoked: none lacks a part of its frame or of what its code
 * promises. Not for files that write events of their own making.
 */
export function keepsPromises(control: Control): void {
  afterAll(async () => {
    const rows = await control.owner<{ entry: string }[]>`SELECT entry FROM audit_events ORDER BY seq`;
    expect(brokenPromises(rows)).toEqual([]);
  });
}
