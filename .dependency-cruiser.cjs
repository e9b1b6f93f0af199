// The arrows of the layout: who may know whom. Each rule's comment is what its breaker reads.
const tests = "\\.test\\.tsx?$";

const story = ["browse", "lookups", "requests", "approvals", "reveals", "expiry"];

const storyOrder = story.slice(0, -1).map((step, at) => ({
  name: `${step}-comes-first`,
  comment: `${step} is an earlier step of the story and may not know later ones.`,
  from: { path: `^lib/${step}/`, pathNot: tests },
  to: { path: `^lib/(${story.slice(at + 1).join("|")})/` },
}));

const arrows = [
  ...storyOrder,
  {
    name: "audit-knows-no-step",
    comment: "All steps write to the audit log; it knows none of them.",
    from: { path: "^lib/audit/", pathNot: tests },
    to: { path: `^lib/(${story.join("|")})/` },
  },
  {
    name: "things-know-no-step",
    comment: "The story speaks of these things; they know its words at most, never its deeds.",
    from: { path: "^lib/(catalog|discovery|masking|grants|policies|source|db|auth|notify)/", pathNot: tests },
    to: { path: `^lib/(${story.join("|")}|reports)/`, dependencyTypesNot: ["type-only"] },
  },
  {
    name: "mail-is-told-last",
    comment: "Mail reads what has happened; no deed waits for it or knows of it.",
    from: {
      path: "^lib/",
      pathNot: `^lib/(mail|testing)/|^lib/web/start-up|${tests}`,
    },
    to: { path: "^lib/mail/", dependencyTypesNot: ["type-only"] },
  },
  {
    name: "anomalies-are-found-last",
    comment: "What is unusual is read from the log: no deed waits for it, so that none can be tuned to it.",
    from: {
      path: "^lib/",
      pathNot: `^lib/(anomalies|home|mail|reports|testing)/|^lib/web/start-up|${tests}`,
    },
    to: { path: "^lib/anomalies/", dependencyTypesNot: ["type-only"] },
  },
  {
    name: "detectors-are-pure",
    comment: "What is unusual depends on counts alone: no database, no clock, no framework.",
    from: { path: "^lib/anomalies/(activity\\.|day\\.|usual|detect|finding|words)", pathNot: tests },
    to: {
      path: "^lib/(?!anomalies/|audit/entry)|node_modules/(next|react|drizzle-orm|postgres)/",
      dependencyTypesNot: ["type-only"],
    },
  },
  {
    name: "masking-is-pure",
    comment: "Masks are compiled from plain data: no database, no source, no framework.",
    from: { path: "^lib/masking/", pathNot: tests },
    to: { path: "^lib/(db|source|web|auth|audit)/|node_modules/(next|react|drizzle-orm|postgres)/" },
  },
  {
    name: "discovery-is-pure",
    comment:
      "Discovery writes questions and weighs rates; lib/source/ask-rates.ts alone puts them to a source.",
    from: { path: "^lib/discovery/", pathNot: tests },
    to: {
      path: "^lib/(db|source|web|auth|audit|grants|policies)/|node_modules/(next|react|drizzle-orm|postgres)/",
    },
  },
  {
    name: "discovery-knows-the-words-of-the-catalogue",
    comment: "Of the catalogue it takes classes, types and the structure of a source: what is plain data.",
    from: { path: "^lib/discovery/", pathNot: tests },
    to: { path: "^lib/catalog/", pathNot: "^lib/catalog/(classes|column-type|source-schema)" },
  },
  {
    name: "raw-values-are-read-by-reveals",
    comment: "Law 2: only a reveal reads raw values.",
    from: { path: ".", pathNot: `^lib/reveals/|^lib/source/read-raw.*${tests}` },
    to: { path: "^lib/source/read-raw" },
  },
  {
    name: "components-draw",
    comment: "Components take the types of view.ts files and nothing else from lib; actions come as props.",
    from: { path: "^components/", pathNot: tests },
    to: { path: "^lib/", pathNot: "/view\\.ts$" },
  },
  {
    name: "components-take-types-only",
    comment: "What a view.ts says reaches the browser as a type; values of it would be code of the server.",
    from: { path: "^components/", pathNot: tests },
    to: { path: "^lib/", dependencyTypesNot: ["type-only"] },
  },
  {
    name: "primitives-know-no-product-word",
    comment: "components/ui is apart from the product.",
    from: { path: "^components/ui/" },
    to: { path: "^(lib/(?!web/view)|components/(?!ui/))" },
  },
  {
    name: "pages-and-components-touch-no-database",
    comment: "app composes and components draw; reads and deeds of lib hold the databases.",
    from: { path: "^(app|components)/", pathNot: tests },
    to: { path: "^lib/(db|source)/|node_modules/(drizzle-orm|postgres)/" },
  },
  {
    name: "lib-does-not-render",
    comment: "app and components know lib, never the other way round.",
    from: { path: "^lib/", pathNot: tests },
    to: { path: "^(app|components|e2e|bench)/" },
  },
  {
    name: "components-do-not-know-pages",
    comment: "app composes components.",
    from: { path: "^components/" },
    to: { path: "^(app|e2e|bench|scripts)/" },
  },
  {
    name: "next-lives-in-lib-web",
    comment:
      "lib/web alone imports next, so that the rest of lib runs anywhere; next-auth's callbacks are in lib/auth.",
    from: { path: "^lib/", pathNot: `^lib/web/|${tests}` },
    to: { path: "node_modules/next/" },
  },
  {
    name: "next-auth-lives-in-lib-auth",
    comment: "One place to change when sign-in changes.",
    from: { path: "^(app|components|lib)/", pathNot: "^lib/auth/" },
    to: { path: "node_modules/next-auth/" },
  },
  {
    name: "sources-are-spoken-to-in-lib-source",
    comment: "The driver is opened for sources in lib/source and for the control database in lib/db.",
    from: { path: "^(app|components|lib)/", pathNot: `^lib/(db|source|testing)/|${tests}` },
    to: { path: "node_modules/postgres/" },
  },
  {
    name: "testing-is-for-tests",
    comment: "Nothing of lib/testing may end up in the product.",
    from: { path: "^(app|components|lib)/", pathNot: `^lib/testing/|${tests}` },
    to: { path: "^lib/testing/" },
  },
  {
    name: "scripts-are-not-the-product",
    comment: "Start-up belongs to the demo and to tests.",
    from: { path: "^(app|components|lib)/", pathNot: `^lib/testing/|${tests}` },
    to: { path: "^scripts/" },
  },
  {
    name: "nothing-imports-a-test",
    comment: "What tests share lives in lib/testing.",
    from: { path: "." },
    to: { path: tests },
  },
  {
    name: "no-circles",
    comment: "Two files that need each other are one file, or three.",
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
  },
  {
    name: "everything-resolves",
    comment: "An import that points nowhere.",
    from: {},
    to: { couldNotResolve: true },
  },
  {
    name: "production-runs-without-dev-dependencies",
    comment: "npm ci --omit=dev must leave all that the product imports.",
    from: { path: "^(app|components|lib)/", pathNot: `^lib/testing/|${tests}` },
    to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"], pathNot: "node_modules/@types/" },
  },
];

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: arrows.map((arrow) => ({ severity: "error", ...arrow })),
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(\\.next|\\.glimpse|next-env\\.d\\.ts)" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["react-server", "import", "require", "node", "default", "types"],
      mainFields: ["module", "main", "types", "typings"],
    },
    skipAnalysisNotInRules: true,
  },
};
