import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Context } from "@/lib/auth/context";
import { builtInClasses } from "@/lib/catalog/classes";
import { confirmProposals } from "@/lib/catalog/confirm-proposals";
import { personColumn, proposedIn } from "@/lib/catalog/person-column";
import { presets } from "@/lib/catalog/presets";
import { readTable } from "@/lib/catalog/read-table";
import { reviewOf } from "@/lib/catalog/review";
import { closeAllPools } from "@/lib/source/pool";
import { addedSource } from "@/lib/testing/catalogue";
import { signedIn, useControlDatabase } from "@/lib/testing/control";
import { emptySource, type TestDatabase } from "@/lib/testing/database";

const control = useControlDatabase();
let sam: Context;
let database: TestDatabase;
let sourceId: string;

beforeAll(async () => {
  sam = await signedIn(control, { name: "Sam", roles: ["steward"] });
  database = await emptySource();
  const owner = postgres(database.ownerUrl, { max: 1, onnotice: () => {} });
  await owner
    .unsafe(`CREATE TABLE patients (id int PRIMARY KEY, given_name text, family_name text, admission_date date);
      CREATE TABLE doctors (id int PRIMARY KEY, given_name text, family_name text);
      CREATE TABLE admissions (id int PRIMARY KEY, patient_id int REFERENCES patients, doctor_id int REFERENCES doctors,
        admission_date date, discharge_date timestamptz);
      CREATE TABLE surgery_log (id int PRIMARY KEY, ward text, admission_date date);`)
    .simple();
  await owner.end();
  sourceId = (await addedSource(sam, "Clinic", database.url)).id;
});

afterAll(async () => {
  await closeAllPools();
  await database.drop();
});

const tableOf = (table: string) => readTable(sam, { source: "clinic", schema: "public", table }, "catalog");

test("dates of health are proposed moved by the patient, never by who treats them, and by year where nobody is named", async () => {
  const masks: string[] = [];
  for (const name of ["patients", "admissions", "surgery_log"]) {
    const review = reviewOf(await tableOf(name), builtInClasses);
    for (const column of review.columns.filter(({ classId }) => classId === "health_date"))
      masks.push(`${name}.${column.name}: ${column.maskKey}`);
  }
  expect(masks).toEqual([
    "patients.admission_date: shift 182 id",
    "admissions.admission_date: shift 182 patient_id",
    "admissions.discharge_date: shift 182 patient_id",
  ]);
  const nobody = await tableOf("surgery_log");
  expect(personColumn(nobody)).toBeNull();
  const { type } = nobody.columns.find(({ name }) => name === "admission_date")!;
  expect(proposedIn(null, "health_date", type, builtInClasses)).toEqual({ method: "generalise", to: "year" });
});

test("what is confirmed in bulk is what the review proposes", async () => {
  await confirmProposals(sam, { sourceId, atLeast: "likely" });
  const { columns } = await tableOf("admissions");
  expect(columns.filter(({ classId }) => classId === "health_date").map(({ mask }) => mask)).toEqual([
    { method: "shift", person: "patient_id" },
    { method: "shift", person: "patient_id" },
  ]);
});

test("HIPAA leaves the year alone", () => {
  expect(presets.find(({ id }) => id === "hipaa")?.masks["health_date"]).toEqual({
    method: "generalise",
    to: "year",
  });
});
