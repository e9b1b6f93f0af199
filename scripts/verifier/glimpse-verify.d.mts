/** What tests and benches use of the verifier; it is checked by running it, not by types. */
export type Env = {
  hash: (bytes: Uint8Array) => string;
  put: (bytes: Uint8Array, hex: string, at: number) => void;
  decode: (bytes: Uint8Array) => string;
  verify: (key: Uint8Array, said: Uint8Array, signature: Uint8Array) => Promise<boolean>;
};
export declare const nodeEnv: Env;
export declare function main(args: readonly string[]): Promise<{ code: 0 | 1 | 2; words: string }>;
export declare function includes(
  env: Env,
  claim: { index: number; size: number; root: string; leaf: string; proof: readonly string[] },
): boolean;
export declare function extendsTree(
  env: Env,
  claim: { size1: number; root1: string; size2: number; root2: string; proof: readonly string[] },
): boolean;
