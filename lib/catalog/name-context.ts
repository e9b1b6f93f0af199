import type { TableContext } from "@/lib/catalog/name-rule";
import { singular, wordsOf } from "@/lib/catalog/name-words";

const list = (text: string) => new Set(text.split(" "));

/** What a table is about when one of these words is in its name. */
const tableWords: Record<Exclude<TableContext, "linked" | "place">, ReadonlySet<string>> = {
  person: list(
    "person people customer client user member employee staff worker personnel patient contact individual student pupil teacher professor instructor actor artist author writer director composer singer musician player athlete coach guest visitor passenger driver tenant applicant candidate donor volunteer participant subscriber beneficiary dependent relative guardian owner holder resident citizen voter physician doctor nurse provider practitioner agent representative manager supervisor lead prospect recipient friend follower account profile insured claimant kunde kunden mitarbeiter benutzer personen patienten ansprechpartner cliente clientes empleado usuario persona personne client utilisateur employe dipendente utente paziente klant medewerker pracownik klient",
  ),
  health: list(
    "patient encounter diagnosis condition admission prescription medication allergy immunization vaccination procedure observation lab careplan claim treatment therapy clinic clinical hospital medical health imaging symptom vital surgery referral anamnesis patienten behandlung",
  ),
  card: list("card creditcard payment billing tarjeta karte carte"),
  organisation: list(
    "company organisation organization supplier vendor shipper carrier employer business manufacturer partner firm bank branch hospital clinic provider payer insurer insurance publisher brand agency institution merchant distributor lieferant firma fournisseur empresa proveedor azienda",
  ),
  conversation: list(
    "ticket message comment post note chat conversation email mail review feedback complaint incident case survey support thread reply inquiry request letter communication",
  ),
};

const personColumns = list(
  "birth birthdate birthday dob gender surname forename firstname lastname vorname nachname salutation email phone mobile ssn",
);
const healthColumns = list("diagnosis icd patient mrn encounter allergy medication prescription");
const cardColumns = list("cvv cvc pan iban cardholder");
const placeColumns = list("zip postcode postal plz city street country address town");
const linkColumns = list("customer client user person patient employee member account staff student");

/** What a table is about, told by its name and by the names of its columns. */
export function contextsOf(table: string, columns: readonly string[]): ReadonlySet<TableContext> {
  const found = new Set<TableContext>();
  const name = wordsOf(table).map(singular);
  for (const [context, words] of Object.entries(tableWords) as [TableContext, ReadonlySet<string>][]) {
    if (name.some((word) => words.has(word))) found.add(context);
  }
  const columnWords = columns.map((column) => wordsOf(column).map(singular));
  const count = (words: ReadonlySet<string>) =>
    columnWords.filter((column) => column.some((word) => words.has(word))).length;
  const names = columnWords.filter((column) =>
    /^(first|last|given|family|middle|full) ?name$/u.test(column.join(" ")),
  ).length;
  if (names + count(personColumns) >= 2) found.add("person");
  if (count(healthColumns) >= 1) found.add("health");
  if (count(cardColumns) >= 1 || columnWords.some((column) => column.join(" ").includes("card number")))
    found.add("card");
  if (count(placeColumns) >= 2) found.add("place");
  if (
    columnWords.some(
      (column) => column.length > 1 && column.at(-1) === "id" && linkColumns.has(column.at(-2) ?? ""),
    )
  )
    found.add("linked");
  // A supplier with a contact person is still no person: its bare "name" is the company's.
  if (found.has("organisation") && names === 0 && !name.some((word) => tableWords.person.has(word)))
    found.delete("person");
  return found;
}

/** Words behind a phrase that say the column is about the thing and not the thing: `email_verified`. */
export const aboutWords: ReadonlySet<string> = list(
  "id ids uuid guid fk ref type kind status flag verified verification confirmed confirmation valid validated validation enabled disabled count counts counter total totals size length at on time timestamp datetime path url uri link href filename format template pattern version label source preference preferences setting settings opt optin optout consent sent delivered bounced bounce attempts attempt limit limits required visible visibility public allowed expires expired expiration updated changed created deleted reset sequence seq order rank sort position index active available supported notifications notification subscribed subscription unsubscribed frequency campaign queue job log category level group policy provider algorithm algo strength hint courtesy duration interval max min avg rate percent ratio extension mime width height color desc created_by",
);

/** Words in front that make a question or a number of it: `is_married`, `num_phones`. */
export const askingWords: ReadonlySet<string> = list(
  "is has had can should must may allow allows allowed enable enabled show hide use uses needs no num count number total total_ avg max min sum last_changed has_",
);

/** Names of columns that nearly every table has and that say nothing of anybody. */
export const technicalNames: ReadonlySet<string> = new Set([
  "id",
  "created at",
  "updated at",
  "deleted at",
  "created",
  "updated",
  "modified",
  "last update",
  "last updated",
  "last modified",
  "modified date",
  "create date",
  "created on",
  "updated on",
  "version",
  "row version",
  "sort order",
  "position",
  "active",
  "enabled",
  "is active",
  "status",
  "type",
  "quantity",
  "sku",
  "currency",
  "locale",
  "language",
  "timezone",
  "time zone",
]);
