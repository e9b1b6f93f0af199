import type { TableContext } from "@/lib/discovery/names/rule";
import { canonical, wordsOf } from "@/lib/discovery/names/words";

const list = (text: string) => new Set(text.split(" ").map(canonical));

/** What is left of a word in all its numbers and cases: Kunde, Kunden; wizyta, wizyty; clienti, cliente. */
const stem = (word: string) => (word.length > 5 ? word.replace(/(nen|en|er|es|[aeiouyns])$/u, "") : word);
const stems = (text: string) => new Set(text.split(" ").map((word) => stem(canonical(word))));

type NamedContext = Exclude<TableContext, "linked" | "place" | "lookup" | "given" | "family">;

/** What a table is about when one of these words is in its name. */
const tableWords: Record<NamedContext, ReadonlySet<string>> = {
  person: stems(
    "person people customer client user member employee staff worker personnel patient contact individual student pupil teacher professor instructor actor artist author writer director composer singer musician player athlete coach guest visitor passenger driver tenant applicant candidate donor volunteer participant subscriber beneficiary dependent relative guardian owner holder policyholder resident citizen voter physician doctor nurse provider practitioner agent representative manager supervisor lead prospect recipient friend follower profile insured claimant borrower landlord trainee alumni speaker attendee reviewer seller buyer salesperson kunde mitarbeiter benutzer personen patienten ansprechpartner bewerber schueler schuler studenten lehrer arzt mitglied nutzer teilnehmer versicherte bewohner cliente empleado usuario persona paciente medico medica alumno estudiante profesor socio contacto trabajador empleada proveedora asegurado client personne utilisateur employe salarie assure adherent eleve etudiant enseignant medecin contact dipendente utente paziente studente docente clienti contatti persone socio medici aluno funcionario pessoa professor paciente docente klant medewerker gebruiker inwoner patient leerling docent persoon lid pracownik klient pacjent uzytkownik osoba uczen nauczyciel lekarz czlonek custmast empmast crew pilot inmate defendant suspect victim offender judge lawyer attorney",
  ),
  health: stems(
    "patient encounter diagnosis condition admission prescription medication allergy immunization vaccination procedure observation obs lab labevent careplan treatment therapy clinic clinical hospital medical health imaging symptom vital surgery referral anamnesis ehr emr icustay chartevent noteevent microbiology patienten behandlung diagnose befund verordnung rezept impfung krankenhaus untersuchung labor cita receta diagnostico laboratorio consulta vacuna ingreso tratamiento historia visite ordonnance consultation hospitalisation vaccin analyse ricetta ricovero visita diagnosi esame terapia vaccino receita exame internacao vacina afspraak behandeling opname recept wizyta recepta badanie rozpoznanie leczenie szczepienie drug medicine dispense dose appointment triage ward",
  ),
  diagnosis: stems(
    "diagnosis condition allergy disease symptom problem diagnose diagnostico diagnosi rozpoznanie allergie alergia illness complaint",
  ),
  treatment: stems(
    "medication prescription procedure immunization vaccination treatment therapy careplan device drug medicine surgery dispense supply receta ordonnance ricetta recepta verordnung rezept impfung encounter",
  ),
  lab: stems(
    "observation lab obs labevent labevents measurement vital laboratorio labor befund laboratoire test result chartevent exam analyse analisi exame badanie microbiology",
  ),
  vehicle: stems(
    "vehicle car truck fleet automobile fahrzeug auto kfz vehicule voiture vehiculo coche veicolo veiculo carro voertuig pojazd samochod",
  ),
  pay: stems(
    "pay payroll salary compensation wage payslip payhistory gehalt gehaltsabrechnung lohn lohnabrechnung paie salaire nomina salario stipendio busta retribuzione holerite salaris loonstrook wynagrodzenie placa",
  ),
  job: stems(
    "job title position stelle stellenplan poste puesto cargo mansione functie stanowisko occupation profession",
  ),
  card: stems("card creditcard payment paymentmethod tarjeta karte carte carta cartao kaart karta"),
  organisation: stems(
    "company organisation organization supplier vendor shipper carrier employer business manufacturer partner firm bank branch hospital clinic payer insurer brand agency institution merchant distributor store shop school university publisher facility lieferant firma unternehmen hersteller fournisseur entreprise societe agence etablissement banque empresa proveedor sucursal banco azienda fornitore ditta banca agenzia fornecedor agencia bedrijf leverancier vestiging dostawca przedsiebiorstwo oddzial vendmast",
  ),
  city: stems(
    "city town village municipality ciudad municipio ville commune citta comune cidade stadt gemeinde ort plaats gemeente miasto suburb place",
  ),
  country: stems(
    "country state province region countryregion stateprovince pais provincia pays departement paese regione regiao estado land bundesland provincie kraj wojewodztwo nation territory",
  ),
  conversation: stems(
    "ticket message comment post note chat conversation email mail review productreview feedback complaint incident case survey support thread reply inquiry request letter communication noteevent sinistre meldung nachricht mensaje comentario message commentaire messaggio commento mensagem bericht melding wiadomosc zgloszenie attivita activity interaction kontakthistorie claim",
  ),
};

const personColumns = list(
  "birth birthdate birthday dob gender surname forename firstname lastname vorname nachname salutation phone mobile ssn geburtsdatum nacimiento naissance nascita nascimento geboortedatum urodzenia apellido apellidos prenom cognome sobrenome achternaam nazwisko imie marital sexo sesso geslacht plec",
);
const givenWords = new Set([
  "first name",
  "firstname",
  "given name",
  "fname",
  "vorname",
  "prenom",
  "voornaam",
  "imie",
  "forename",
  "nombre de pila",
]);
const familyWords = new Set([
  "last name",
  "lastname",
  "surname",
  "family name",
  "apellido",
  "apellido paterno",
  "cognome",
  "sobrenome",
  "primer apellido",
]);
const healthColumns = list("diagnosis icd patient mrn encounter paciente paziente pacjenta hadm");
const cardColumns = list("cvv cvc pan cardholder cardnumber expmonth cardnum");
const placeColumns = list(
  "zip postcode postal postalcode plz street city country address town codigo cap cep ville ciudad citta cidade woonplaats miasto strasse ort",
);
const peopleWords = tableWords.person;
/** Tables of what is sent, set or done, and not of anybody: `email_templates`, `error_log`. */
const technicalTables =
  /^(templat|template|type|setting|config|log|queue|campaign|template|migration|job|event_type)$/u;
const kindWords = /^(type|kind|category|status|class|group|level)$/u;
const lookupWords = /^(d|dim|lkp|lu|ref|lookup|code|codes|cat|type|types|kind)$/u;

/** The table as far as its neighbours tell: which tables its keys point to. */
export type TableFacts = {
  schema: string;
  /** The words of the table's name. */
  words: readonly string[];
  columns: readonly string[];
  /** The words of its key, which tell a list of kinds from a list of people. */
  key: readonly string[];
  refersTo: readonly string[];
};

/** What a table is about, told by its name, by the names of its columns and by where its keys point. */
export function contextsOf({
  schema,
  words: tableName,
  columns,
  key,
  refersTo,
}: TableFacts): ReadonlySet<TableContext> {
  const found = new Set<TableContext>();
  const name = tableName.map(stem);
  const last = name.findLast((word) => !/^\d+$/u.test(word)) ?? "";
  for (const [context, words] of Object.entries(tableWords) as [NamedContext, ReadonlySet<string>][]) {
    const isMeant =
      context === "city" || context === "country" ? words.has(last) : name.some((word) => words.has(word));
    if (isMeant) found.add(context);
  }
  const columnWords = columns.map((column) => wordsOf(column).map(canonical));
  const count = (words: ReadonlySet<string>) =>
    columnWords.filter((column) => column.some((word) => words.has(word))).length;
  const names = columnWords.filter(
    (column) =>
      /^(first|last|given|family|middle|full|display)? ?(first|last|full)?name$|^(first|last|given|family|middle|full) name$/u.test(
        column.join(" "),
      ) && column.join(" ") !== "name",
  ).length;
  if (names + count(personColumns) >= 2) found.add("person");
  if (columnWords.some((column) => givenWords.has(column.join(" ")))) found.add("given");
  if (columnWords.some((column) => familyWords.has(column.filter((word) => !/^\d+$/u.test(word)).join(" "))))
    found.add("family");
  if (found.has("given") || found.has("family")) found.add("person");
  const toPatients = refersTo.some((other) => wordsOf(other).map(canonical).includes("patient"));
  if (
    count(healthColumns) >= 1 ||
    toPatients ||
    /^(care|clinic|health|medical|ehr|emr)/u.test(schema.toLowerCase())
  )
    if (found.has("health") || count(healthColumns) >= 1) found.add("health");
  if (count(cardColumns) >= 1 || columnWords.some((column) => column.join(" ").includes("card number")))
    found.add("card");
  if (count(placeColumns) >= 2) found.add("place");
  const isLinked =
    refersTo.some((other) => wordsOf(other).some((word) => peopleWords.has(stem(canonical(word))))) ||
    columnWords.some((column) => isLink(column));
  if (isLinked || found.has("person")) found.add("linked");
  if (key.length > 1 && key.some((word) => kindWords.test(word)) && key.at(-1) === "id") found.add("lookup");
  settle(found, name, names, isLinked);
  return found;
}

/** `customer_id`, `patient`, `id_assure`: a column that says whose the row is. */
function isLink(column: readonly string[]): boolean {
  const others = column.filter((word) => word !== "id" && word !== "uuid" && word !== "number");
  return others.length > 0 && others.length < column.length
    ? others.some(
        (word) => peopleWords.has(stem(word)) || word === "subject" || word === "account" || word === "hadm",
      )
    : column.length === 1 && /^(patient|encounter)(id)?$/u.test(column[0] ?? "");
}

function settle(found: Set<TableContext>, name: readonly string[], names: number, isLinked: boolean): void {
  if (technicalTables.test(name.at(-1) ?? "") && names === 0) {
    found.delete("conversation");
    found.delete("person");
    if (!isLinked) found.delete("linked");
  }
  // A supplier with a contact person is still no person: its bare "name" is the company's.
  if (found.has("organisation") && names === 0 && !name.some((word) => peopleWords.has(word)))
    found.delete("person");
  // A list of codes says nothing of anybody until a row is somebody's.
  if (!isLinked && !found.has("person")) {
    if (found.has("health") || lookupWords.test(name[0] ?? "") || lookupWords.test(name.at(-1) ?? ""))
      found.add("lookup");
  } else if (lookupWords.test(name.at(-1) ?? "") && names === 0) {
    found.add("lookup");
    found.delete("person");
  }
}

/** Words behind a phrase that say the column is about the thing and not the thing: `email_verified`. */
export const aboutWords: ReadonlySet<string> = list(
  "id ids uuid guid fk ref type kind status flag verified verification confirmed confirmation valid validated validation enabled disabled count counts counter total totals size length at on time timestamp datetime path url uri link href filename format template pattern version label source preference preferences setting settings opt optin optout consent sent delivered bounced bounce attempts attempt limit limits required visible visibility public allowed expires expired expiration updated changed created deleted reset sequence seq order rank sort index active available supported notifications notification subscribed subscription unsubscribed frequency campaign queue job log category level group policy provider algorithm algo strength courtesy duration interval max min avg rate percent ratio mime width height color desc created_by style approved karma prefix domain hour accrued only",
);

/** Words in front that make a question or a number of it: `is_married`, `num_phones`. */
export const askingWords: ReadonlySet<string> = list(
  "is has had can should must may allow allows allowed enable enabled show hide use uses needs count total avg max min sum last_changed wants accepts require requires",
);

/** Names of columns that nearly every table has and that say nothing of anybody. */
export const technicalNames: ReadonlySet<string> = new Set(
  "id,created at,updated at,deleted at,created,updated,modified,last update,last updated,last modified,modified date,create date,created on,updated on,creation date,date created,date modified,date added,version,row version,row guid,rowguid,sort order,position,active,enabled,is active,status,state id,quantity,qty,sku,currency,currency code,locale,language,timezone,time zone,inserted at,changed at,created by,updated by,angelegt am,geandert am,creado en,actualizado en,creado el,fecha creacion,fecha alta registro,date creation,date modification,date maj,creato il,modificato il,criado em,atualizado em,aangemaakt op,gewijzigd op,data utworzenia,valid from,valid to,load date,etl date,last login,last login at,last seen,hire date,start date,end date,registered on,registered at,joined on,joined at,registration date,last order at,last seen at,opened at,closed at,subscribed at"
    .split(",")
    .map((name) => name.split(" ").map(canonical).join(" ")),
);
