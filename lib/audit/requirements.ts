/**
 * What standards ask of a log, and where it is met: by events (beginnings of codes), by the frame of each event, or by a
 * place in the project; and what is not met. `docs/audit-events.md` is written from it.
 */
export type Requirement = { id: string; asks: string; events: readonly string[]; met: string; gap?: string };

const ofPeople = ["auth.", "passkey.", "person.", "group.", "owners.", "delegation.", "campaign."];
const ofAdmins = [
  "person.",
  "stop.",
  "policy.",
  "source.",
  "catalog.",
  "class.",
  "group.",
  "owners.",
  "mail.",
];
const ofValues = ["reveal.", "lookup.", "field_check.", "grant.", "emergency.", "browse."];

export const requirements: readonly Requirement[] = [
  {
    id: "PCI DSS 10.2.1.1",
    asks: "all individual user access to cardholder data",
    events: ofValues,
    met: "A reveal is on record before the value is read, with fields, classes and records; masked rows by table and session, and each export.",
    gap: "Access to the source that does not go through Glimpse is for the source's own log.",
  },
  {
    id: "PCI DSS 10.2.1.2",
    asks: "all actions by anyone with administrative access",
    events: ofAdmins,
    met: "Every change of people, roles, stops, policies, sources, classes and masks.",
    gap: "What the owner of the control database does there is shown by the tree and its published roots, not written as an event.",
  },
  {
    id: "PCI DSS 10.2.1.3",
    asks: "all access to audit logs",
    events: ["audit.", "report."],
    met: "Reading, exporting, following and reporting on the log are events of it.",
    gap: "A reader that follows the log is on record once in ten minutes, with how much it read since.",
  },
  {
    id: "PCI DSS 10.2.1.4",
    asks: "all invalid logical access attempts",
    events: [
      "auth.sign_in_failed",
      "auth.locked_out",
      "access.",
      "reveal.refused",
      "decision.refused",
      "request.refused",
    ],
    met: "Failed sign-ins with the person they aimed at, every refused page, address, action, decision and reveal with the reason.",
    gap: "Pages asked for by nobody who is signed in are counted, one event in ten minutes for each instance.",
  },
  {
    id: "PCI DSS 10.2.1.5",
    asks: "changes to identification and authentication credentials, privileges and accounts",
    events: ofPeople,
    met: "Accounts, roles, managers, one-time links, passwords and substitutes, with whom it happened to.",
  },
  {
    id: "PCI DSS 10.2.1.6",
    asks: "initialization, starting, stopping and pausing of audit logs",
    events: ["audit.", "retention.", "hold."],
    met: "There is no switch: no deed is committed without its event, so that the log cannot be paused. A log that is not what was signed is on record, and mended as well.",
    gap: "The start of an instance is no event; its name is in each event that it writes.",
  },
  {
    id: "PCI DSS 10.2.1.7",
    asks: "creation and deletion of system-level objects",
    events: ["source.", "class.", "policy.", "group.", "catalog."],
    met: "Sources, classes, policies, groups; tables and columns that came, went or changed in a source.",
    gap: "Objects of the operating system and of the control database are for their own logs.",
  },
  {
    id: "PCI DSS 10.2.2",
    asks: "user, type of event, date and time, success or failure, origin, affected data, system component, resource or service",
    events: [""],
    met: "actor, code, occurredUs, outcome, ip + device + session + channel + webRequest, resource, writer.",
    gap: "Without GLIMPSE_TRUST_PROXY the address is empty: nobody could vouch for it.",
  },
  {
    id: "HIPAA 164.312(b)",
    asks: "record and examine activity in systems that hold health information",
    events: [""],
    met: "All events; filters, reports and exports examine them.",
    gap: "That the period for which the log is kept fits (six years under 164.316) is for those who set it.",
  },
  {
    id: "NIST AU-2",
    asks: "which types of events are logged",
    events: [""],
    met: "The table above, written from the code; no change is committed without one of them.",
  },
  {
    id: "NIST AU-3, AU-3(1)",
    asks: "what, when, where, source, outcome, identity; more where it is needed",
    events: [""],
    met: "The frame of each event; the parts that each code promises, checked over the events that tests provoke.",
  },
  {
    id: "NIST AU-8",
    asks: "time stamps by a system clock, in UTC",
    events: [""],
    met: "Microseconds of the control database's clock, one clock for all instances.",
    gap: "That this clock is right is for its host (NTP).",
  },
  {
    id: "NIST AU-9",
    asks: "protection of the log",
    events: ["audit."],
    met: "Append-only by privilege and trigger, hashed into a tree, signed with a key that no database role can read, published elsewhere (`SECURITY.md`).",
  },
  {
    id: "NIST AU-10",
    asks: "non-repudiation",
    events: ["request.", "reveal.", "decision.", "grant."],
    met: "Each deed names person, roles and session in a signed tree.",
    gap: "Who controls the server and the key of the log could write in another's name, but for what the person has signed themselves.",
  },
  {
    id: "NIST AU-12",
    asks: "records are generated by the components that do what is logged",
    events: [""],
    met: "The event is committed in the transaction of its deed, or the deed is not.",
  },
  {
    id: "ASVS 5.0 16.2.1",
    asks: "when, where, who, what in each entry",
    events: [""],
    met: "The frame of each event.",
  },
  {
    id: "ASVS 5.0 16.2.2, 16.2.4",
    asks: "one time source in UTC; a format that tools read",
    events: [""],
    met: "The clock of the control database; canonical JSON, CSV, and what is forwarded.",
  },
  {
    id: "ASVS 5.0 16.2.5",
    asks: "sensitive data is not logged, or by its level",
    events: [""],
    met: "No value in any event; records as references; a browser in words of ours; words of people looked through for card and identity numbers.",
    gap: "Names, and personal data that people describe in a reason, are found by nobody.",
  },
  {
    id: "ASVS 5.0 16.3.1",
    asks: "all authentication operations, successful or not",
    events: ["auth.", "passkey.", "person.link_made", "person.joined"],
    met: "Sign-in, failure, lock-out, sign-out, ended sessions, changes of password, passwords given again.",
    gap: "A session that runs out by itself is no event.",
  },
  {
    id: "ASVS 5.0 16.3.2",
    asks: "failed authorization attempts",
    events: [
      "access.",
      "reveal.refused",
      "decision.refused",
      "request.refused",
      "lookup.refused",
      "field_check.refused",
    ],
    met: "Every refusal of a page, an address or an action, with its reason.",
  },
  {
    id: "ASVS 5.0 16.3.3",
    asks: "attempts to go around security controls, such as input validation",
    events: [
      "access.",
      "comment.refused",
      "policy.refused",
      "stop.refused",
      "delegation.refused",
      "review.refused",
    ],
    met: "Input that does not parse, words that hold numbers, budgets that are spent.",
  },
  {
    id: "ASVS 5.0 16.3.4",
    asks: "unexpected errors and failures of security controls",
    events: [
      "action.",
      "reveal.failed",
      "lookup.failed",
      "field_check.failed",
      "source.",
      "audit.check_failed",
    ],
    met: "An action that ends by an error, with the reference of the server's own log.",
    gap: "An error while a page is drawn is in the server's own log alone, under the reference that the person reads.",
  },
  {
    id: "ASVS 5.0 16.4",
    asks: "logs are encoded, protected and sent elsewhere",
    events: ["audit."],
    met: "JSON by RFC 8785; append-only; checkpoints and events go to places that the database's administrator does not own.",
  },
];
