import { expect, test } from "vitest";
import type { ColumnType, TypeCategory } from "@/lib/catalog/column-type";
import { dataClass } from "@/lib/catalog/classes";
import type { SourceColumn, SourceTable } from "@/lib/catalog/source-schema";
import { proposer } from "@/lib/discovery/discover";

const typeOf = (category: TypeCategory, name: string = category): ColumnType => ({
  name,
  category,
  base: { schema: "pg_catalog", name },
});

type More = { comment?: string; isForeignKey?: boolean; isPrimaryKey?: boolean };

/** `column:type` of a table; text where no type is written. */
function propose(name: string, columns: string, wanted: string, more: More = {}) {
  const list = columns.split(" ").map((entry) => entry.split(":") as [string, TypeCategory | undefined]);
  const names = list.some(([column]) => column === wanted) ? list : [...list, [wanted, undefined] as const];
  const table: SourceTable = {
    schema: "public",
    table: name,
    kind: "table",
    parent: null,
    comment: null,
    estimatedRows: null,
    primaryKey: more.isPrimaryKey === true ? [wanted] : null,
    uniqueKeys: [],
    selectable: true,
    columns: names.map(([column, category = "text"], at): SourceColumn => ({
      name: column,
      ordinal: at + 1,
      type: typeOf(category),
      fingerprint: category,
      nullable: true,
      generated: false,
      identity: false,
      hasDefault: false,
      comment: column === wanted ? (more.comment ?? null) : null,
      selectable: true,
    })),
  };
  const key = { schema: "public", columns: [wanted] };
  const foreignKeys =
    more.isForeignKey === true
      ? [{ name: "f", from: { ...key, table: name }, to: { ...key, table: "elsewhere", columns: ["x"] } }]
      : [];
  const column = table.columns.find((one) => one.name === wanted);
  if (column === undefined) throw new Error(`No column ${wanted}.`);
  return proposer({ serverVersion: 170_000, tables: [table], foreignKeys, origins: [] })(table, column);
}

/** Tables as they are found in the world, one a line: the table, then each column with what it holds. */
const tables = `
wp_users | ID:number=none user_login=username user_pass=password user_nicename=none user_email=email user_url=none user_registered:timestamp=none user_activation_key=secret_token user_status:number=none display_name=person_name
users | id:number=none email=email encrypted_password=password reset_password_token=secret_token reset_password_sent_at:timestamp=none remember_created_at:timestamp=none sign_in_count:number=none current_sign_in_ip:inet=ip_address last_sign_in_at:timestamp=none confirmation_token=secret_token confirmed_at:timestamp=none unconfirmed_email=email failed_attempts:number=none otp_secret=otp_recovery locale=none email_verified:boolean=none is_admin:boolean=none
patients | Id:uuid=none BIRTHDATE:date=birth_date DEATHDATE:date=health_date SSN=national_id DRIVERS=none PASSPORT=passport PREFIX=none FIRST=given_name LAST=family_name MAIDEN=family_name MARITAL=marital_family RACE=ethnicity ETHNICITY=ethnicity GENDER=gender BIRTHPLACE=nationality ADDRESS=postal_address CITY=city STATE=country_region COUNTY=city ZIP=postal_code LAT:number=geo_point LON:number=geo_point HEALTHCARE_EXPENSES:number=none
observations | DATE:timestamp=health_date PATIENT:uuid=none CODE=lab_vital VALUE=lab_vital UNITS=lab_vital
employees | employee_id:number=none first_name=given_name last_name=family_name email=email phone_number=phone hire_date:date=none job_id=none salary:number=income commission_pct:number=income manager_id:number=none department_id:number=none
kunden | kundennummer=person_number vorname=given_name nachname=family_name geburtsdatum:date=birth_date strasse=postal_address hausnummer=postal_address plz=postal_code ort=city telefon=phone handynummer=phone steuernummer=tax_id kontonummer=bank_account iban=iban bic=payment_metadata bemerkungen=free_text angelegt_am:timestamp=none geschlecht=gender
clientes | nombre=given_name apellidos=family_name fecha_nacimiento:date=birth_date direccion=postal_address codigo_postal=postal_code ciudad=city telefono=phone correo=email dni=national_id observaciones=free_text contrasena=password
salaries | salarie_id:number=none prenom=given_name nom=family_name date_naissance:date=birth_date adresse=postal_address code_postal=postal_code ville=city courriel=email numero_securite_sociale=national_id salaire:number=income
klanten | voornaam=given_name achternaam=family_name geboortedatum:date=birth_date straat=postal_address huisnummer=postal_address postcode=postal_code woonplaats=city telefoonnummer=phone bsn=national_id rekeningnummer=bank_account
payment_cards | card_number=pan cvv=card_security expiry_month:number=card_expiry expiry_year:number=card_expiry cardholder_name=person_name brand=payment_metadata last4=payment_metadata billing_zip=postal_code
customer_entity | entity_id:number=none customerFirstName=given_name customerLastName=family_name dateOfBirth:date=birth_date emailAddress=email mobilePhone=phone taxVat=tax_id passwordHash=password rpToken=secret_token createdAt:timestamp=none isActive:boolean=none storeId:number=none
contacts | contactid:number=none firstname=given_name lastname=family_name emailaddress=email phonenumber=phone faxnumber=phone jobtitle=job_title homeaddress=postal_address zipcode=postal_code creditcardnumber=pan dateofbirth:date=birth_date
devices | id:uuid=none mac_address=device_id serial_number=device_id imei=device_id push_token=device_id ip_address=ip_address user_agent=user_agent model=none os_version=none last_seen:timestamp=none
support_tickets | id:number=none subject=free_text body=free_text status:enum=none priority:enum=none customer_id:number=none created_at:timestamp=none
products | id:number=none name=none description=none price:number=none sku=none weight:number=none color=none image_url=none stock:number=none
orders | id:number=none order_number=none status:enum=none total:number=money_amount shipping_address=postal_address shipping_city=city billing_name=person_name customer_id:number=none currency=none tracking_number=none placed_at:timestamp=none
api_clients | id:uuid=none name=none client_secret=secret_token api_key=secret_token private_key=private_key webhook_url=none scopes=none
audit_log | id:number=none action=none ip=ip_address payload:json=structured_doc created_at:timestamp=none
prescriptions | id:number=none patient_id:number=none drug_name=treatment dosage=treatment prescribed_at:timestamp=health_date refills:number=treatment
diagnoses | id:number=none encounter_id:number=none icd10_code=diagnosis description=diagnosis severity=diagnosis
payroll | id:number=none employee_id:number=none gross_pay:number=income net_pay:number=income bank_account=bank_account tax_id=tax_id bonus:money=income period:date=none
members | member_no=person_number full_name=person_name religion=belief_politics political_party=belief_politics nationality=nationality passport_no=passport avatar:bytea=person_image emergency_contact=person_name emergency_phone=phone notes=free_text sexual_orientation=sexuality union_member:boolean=belief_politics
companies | id:number=none name=organization_name vat_number=tax_id website=none industry=none employees:number=none address=postal_address country=country_region phone=phone
languages | id:number=none name=none code=none
cities | id:number=none name=none population:number=none country_code=country_region
sessions | session_id=secret_token user_id:number=none data:json=structured_doc expires_at:timestamp=none
`;

const cases = tables
  .trim()
  .split("\n")
  .flatMap((line) => {
    const [table = "", list = ""] = line.split(" | ");
    const columns = list.replaceAll(/=\S+/gu, "");
    return list.split(" ").map((entry) => {
      const [name = "", classId = ""] = entry.split("=");
      return { table, columns, column: name.split(":")[0] ?? "", classId };
    });
  });

test("finds nine of ten sensitive columns in tables it was not made for, and leaves nine of ten others alone", () => {
  const seen = cases.map((known) => ({
    ...known,
    proposed: propose(known.table, known.columns, known.column).classId,
  }));
  const wrong = seen
    .filter(({ classId, proposed }) => classId !== proposed)
    .map(({ table, column, classId, proposed }) => `${table}.${column}: ${proposed}, not ${classId}`);
  const sensitive = seen.filter(({ classId }) => classId !== "none");
  const found = sensitive.filter(({ classId, proposed }) => classId === proposed).length / sensitive.length;
  const others = seen.filter(({ classId }) => classId === "none");
  const left = others.filter(({ proposed }) => proposed === "none").length / others.length;
  expect(found, wrong.join("\n")).toBeGreaterThan(0.9);
  expect(left, wrong.join("\n")).toBeGreaterThan(0.9);
});

test.each([
  ["users", "email_verified:boolean", "email_verified", "none"],
  ["users", "email_verified_at:timestamp", "email_verified_at", "none"],
  ["users", "is_married:boolean", "is_married", "none"],
  ["users", "married:boolean", "married", "marital_family"],
  ["users", "phone_type", "phone_type", "none"],
  ["users", "photo_path", "photo_path", "none"],
  ["users", "ip_address", "ip_address", "ip_address"],
  ["users", "mac_address", "mac_address", "device_id"],
  ["users", "email_address", "email_address", "email"],
  ["users", "wallet_address", "wallet_address", "crypto_wallet"],
  ["users", "homeAddressLine2", "homeAddressLine2", "postal_address"],
  ["users", "prénom", "prénom", "given_name"],
  ["users", "Straße", "Straße", "postal_address"],
  ["users", "SSN", "SSN", "national_id"],
  ["users", "custfirstname", "custfirstname", "given_name"],
  ["orders", "state:enum id:number status:enum", "state", "none"],
  ["addresses", "street city zip state", "state", "country_region"],
  ["rooms", "name floor:number", "name", "none"],
  ["users", "data:json", "data", "structured_doc"],
  ["places", "shape:geometry", "shape", "geo_point"],
  ["users", "home:composite", "home", "structured_doc"],
])("%s (%s): %s is %s", (table, columns, column, classId) => {
  const proposal = propose(table, columns, column);
  expect(proposal.classId).toBe(classId);
  expect(proposal.confidence).toBeGreaterThan(0);
  expect(proposal.confidence).toBeLessThanOrEqual(1);
  expect(proposal.why).toMatch(/^[A-Z].*\.$/u);
});

test("a number that points to a record is no identity, but a text that does may be one", () => {
  expect(propose("orders", "customer:number", "customer", { isForeignKey: true }).classId).toBe("none");
  expect(propose("orders", "customer_email", "customer_email", { isForeignKey: true }).classId).toBe("email");
  expect(propose("people", "ssn", "ssn", { isPrimaryKey: true }).classId).toBe("national_id");
});

test("a comment helps where the name says nothing, and counts for less", () => {
  const proposal = propose("t", "c1", "c1", { comment: "Bank account number for refunds" });
  expect(proposal.classId).toBe("bank_account");
  expect(proposal.confidence).toBeLessThan(0.7);
  expect(propose("t", "c1:number", "c1", { comment: "Full name of the holder" }).classId).toBe("none");
});

test("whatever a column is called, there is a class that exists, or none", () => {
  const names = [
    "",
    "__proto__",
    "constructor",
    "🙂",
    "a".repeat(500),
    "日本語",
    '"; drop',
    "____",
    "1",
    "İstanbul",
  ];
  for (const name of names) {
    const { classId } = propose("t", "x", name);
    expect(classId === "none" || dataClass(classId) !== undefined, name).toBe(true);
  }
});
