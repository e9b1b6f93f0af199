/** What tests use of the verifier of receipts; it is checked by running it, not by types. */
export declare function main(args: readonly string[]): Promise<{ code: 0 | 1 | 2; words: string }>;
