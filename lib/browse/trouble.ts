import type { Trouble } from "@/lib/browse/view";
import type { SourceFailureCause } from "@/lib/source/failure";

const troubles: Record<SourceFailureCause, Trouble> = {
  unreachable: {
    what: "The source does not answer",
    next: "Nothing was read. Try again in a moment; a steward can test the connection.",
  },
  timeout: {
    what: "The source took too long",
    next: "Nothing was read. Add a filter or remove one, sort by a column with an index, or show the table as it lies.",
  },
  "table-gone": {
    what: "This table is no longer in the source",
    next: "Glimpse compares the two now. Load the page again in a moment.",
  },
  "column-gone": {
    what: "A column of this table has changed in the source",
    next: "Nothing was read. Load the page again in a moment: the column is then hidden until a steward has looked at it.",
  },
  "no-right": {
    what: "The source no longer lets Glimpse read this table",
    next: "Its owner must grant SELECT to the user that Glimpse connects as.",
  },
  "views-stale": {
    what: "The views of this source are out of date",
    next: "Nothing was read. Its owner must run the SQL again: a steward finds it on the connection page of the source.",
  },
  "not-filled": {
    what: "This view has not been filled yet",
    next: "Its owner must refresh the materialised view in the source.",
  },
  "bad-value": {
    what: "The source cannot compare with one of the values",
    next: "Remove the last filter, or write its value in another way.",
  },
  "too-many-connections": {
    what: "The source has no free connection",
    next: "Nothing was read. Try again in a moment.",
  },
  cancelled: { what: "The reading was stopped before it ended", next: "Load the page again." },
  other: {
    what: "The source could not answer",
    next: "Nothing was read. Try again; a steward can test the connection under Catalogue.",
  },
};

/** What the page of a table says when its source fails: what happened, and what to do. */
export function troubleOf(reason: SourceFailureCause): Trouble {
  return troubles[reason];
}
