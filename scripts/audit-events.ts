import fs from "node:fs";
import { eventsDocument } from "@/lib/audit/events-document";

/** Writes docs/audit-events.md from the codes, what they promise, and the requirements they serve. */
fs.writeFileSync("docs/audit-events.md", eventsDocument());
