/** The light theme on paper. */
export const colours = {
  ink: "#1a2230",
  muted: "#525c6b",
  line: "#d9dde3",
  strong: "#8d97a5",
  sunken: "#f2f4f7",
  accent: "#1f5fae",
} as const;

/** The lines of a plot, in their order; told apart by dashes too. */
export const plotLooks = [
  { colour: "#1f5fae", dash: null },
  { colour: "#2e9a95", dash: [6, 3] },
  { colour: "#a9447f", dash: [2, 2] },
  { colour: "#343d4b", dash: [8, 2, 2, 2] },
  { colour: "#8b939f", dash: [1, 2] },
] as const;

/** The look of a line. */
export const plotLook = (line: number) => plotLooks[line % plotLooks.length] ?? plotLooks[0];
