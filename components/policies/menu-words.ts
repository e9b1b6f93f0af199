export type MenuType = "bool" | "int" | "string" | "list<string>";

/** How a variable of conditions reads in a menu; a yes-or-no has a sentence for each. */
export type MenuVariable = { type: MenuType; label: string; no?: string };

const yesOrNo = (label: string, no: string): MenuVariable => ({ type: "bool", label, no });
const number = (label: string): MenuVariable => ({ type: "int", label });
const text = (label: string): MenuVariable => ({ type: "string", label });
const list = (label: string): MenuVariable => ({ type: "list<string>", label });

/** Every variable of conditions by its name in CEL, in the order of the menu. */
export const menuVariables: Readonly<Record<string, MenuVariable>> = {
  "request.purpose": text("purpose"),
  "request.ticket": yesOrNo("a ticket is named", "no ticket is named"),
  "request.records": number("number of records"),
  "request.all_matching": yesOrNo("for all that match a filter", "for chosen records"),
  "request.view_seconds": number("view time in seconds"),
  "request.break_glass": yesOrNo("an emergency", "no emergency"),
  "request.extension": yesOrNo("for more time", "a first request"),
  "request.channel": text("sent from"),
  "requester.roles": list("roles of the requester"),
  "requester.groups": list("groups of the requester"),
  "table.source": text("source"),
  "table.schema": text("schema"),
  "table.name": text("table"),
  "fields.names": list("columns"),
  "fields.classes": list("data classes"),
  "fields.groups": list("kinds of data"),
  "fields.count": number("number of fields"),
  "fields.full": number("number of full values"),
  "fields.sensitivity": number("highest sensitivity"),
  "history.first_time": yesOrNo("first time on this table", "not the first time on this table"),
  "history.new_device": yesOrNo("a browser not seen before", "a browser seen before"),
  "history.subjects_7d": number("records opened in 7 days"),
  "history.denials_30d": number("denials in 30 days"),
  "history.signed_in_minutes": number("minutes since the password"),
  "risk.points": number("risk points"),
  "risk.grade": text("risk"),
  "time.hour": number("hour of the day"),
  "time.weekday": number("day of the week, 1 for Monday"),
  "time.out_of_hours": yesOrNo("outside working hours", "in working hours"),
};

export type Compare =
  | ("yes" | "no")
  | ("==" | "!=" | "<" | "<=" | ">" | ">=")
  | ("is" | "is-not" | "one-of" | "none-of")
  | ("has-any" | "has-none" | "only" | "exactly");

/** What can be compared with a variable of a type, in words, in the order of the menu. */
export const comparesOf: Readonly<Record<MenuType, readonly (readonly [Compare, string])[]>> = {
  bool: [
    ["yes", "yes"],
    ["no", "no"],
  ],
  int: [
    ["==", "is"],
    ["!=", "is not"],
    ["<", "is less than"],
    ["<=", "is at most"],
    [">", "is more than"],
    [">=", "is at least"],
  ],
  string: [
    ["is", "is"],
    ["is-not", "is not"],
    ["one-of", "is one of"],
    ["none-of", "is none of"],
  ],
  "list<string>": [
    ["has-any", "include"],
    ["has-none", "do not include"],
    ["only", "are only"],
    ["exactly", "are exactly"],
  ],
};

/** What can be picked where the words are few. */
export const pickable: Readonly<Record<string, readonly string[]>> = {
  "risk.grade": ["low", "medium", "high"],
  "request.channel": ["console", "api"],
  "fields.groups": ["identity", "contact", "money", "health", "access", "other"],
};
