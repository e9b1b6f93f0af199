/** The parameters of an address as a page gets them: a name that occurs more than once has a list. */
export function searchParamsOf(params: URLSearchParams): Record<string, string | string[]> {
  return Object.fromEntries(
    [...new Set(params.keys())].map((name) => {
      const all = params.getAll(name);
      return [name, all.length > 1 ? all : (all[0] ?? "")];
    }),
  );
}
