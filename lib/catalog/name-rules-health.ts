import { anyContent, moments, type NameRule, words, wordsOrNumbers } from "@/lib/catalog/name-rule";

/** Health, and content that may hold anything. */
export const healthRules: readonly NameRule[] = [
  {
    classId: "medical_record_number",
    anywhere:
      "mrn, medical record, medical record number, medical record no, chart number, chart no, hospital number, patient number, patient no, patient identifier, patientennummer, fallnummer, numero de dossier, health record number, case number medical",
    types: wordsOrNumbers,
  },
  {
    classId: "health_insurance_id",
    anywhere:
      "insurance number, insurance no, insurance id, insurance member id, policy number, policy no, medicare, medicare number, medicaid, medicaid id, mbi, hicn, kvnr, versichertennummer, krankenversicherungsnummer, carte vitale, health plan id, health card number, beneficiary id, insurance policy, ehic, subscriber id",
    within: { health: "member id, group number, payer id, subscriber no" },
    types: wordsOrNumbers,
  },
  {
    classId: "diagnosis",
    anywhere:
      "diagnosis, diagnoses, diagnosis code, diagnosis description, icd, icd 9, icd 10, icd code, condition code, medical condition, disease, allergy, allergies, allergen, diagnose, diagnostic, diagnostico, diagnosi, disability, disabled status, chronic, comorbidity, symptom, symptoms, pregnant, pregnancy, hiv, hiv status, smoker, smoking status, mental health, blood type, blood group, patologia, krankheit, maladie, reason for visit, chief complaint, snomed, medical history, anamnese, cause of death, handicap, illness, sick leave",
    within: {
      health:
        "condition, conditions, reason, reason code, reason description, complaint, severity, findings, problem, code, description",
    },
    types: anyContent,
  },
  {
    classId: "treatment",
    anywhere:
      "medication, medications, medicine, drug, drug name, drug code, prescription, prescribed, procedure code, procedure description, therapy, vaccine, vaccination, immunization, dosage, dosis, rx, rxnorm, ndc, cpt, cpt code, treatment, treatments, surgery, operation performed, medikament, medicament, medicamento, terapia, behandlung, traitement, tratamiento",
    within: { health: "procedure, dose, instructions, frequency, route, refills, plan, care plan" },
    types: anyContent,
  },
  {
    classId: "lab_vital",
    anywhere:
      "lab result, lab value, test result, blood pressure, systolic, diastolic, heart rate, pulse, bmi, body mass index, glucose, hba 1 c, cholesterol, hemoglobin, body temperature, body weight, body height, oxygen saturation, spo 2, vital sign, vitals, loinc, laborwert, befund, blutdruck, observation value, viral load, weight kg, height cm",
    within: {
      health:
        "result, results, measurement, observation, value, units, weight, height, temperature, blood, score",
      person: "weight, height",
    },
    types: wordsOrNumbers,
  },
  {
    classId: "health_date",
    anywhere:
      "death date, date of death, deceased at, deceased on, died, died on, admission date, admitted at, discharge date, discharged at, deathdate, sterbedatum, date de deces, date of service, service date, onset date, date of admission, date of discharge",
    within: {
      health:
        "date, start, stop, start date, end date, visit, visit date, admission, discharge, onset, performed, performed at, administered at, prescribed at, issued, issued at, recorded date, encounter date, appointment, scheduled at, started at, ended at",
    },
    types: moments,
  },
  {
    classId: "provider_id",
    anywhere:
      "npi, npi number, dea, dea number, gmc number, lanr, rpps, practitioner number, prescriber id, medical license",
    types: wordsOrNumbers,
  },
  {
    classId: "organization_name",
    anywhere:
      "company, company name, organization, organisation, organization name, organisation name, employer, employer name, business name, firm name, firma, unternehmen, entreprise, societe, raison sociale, empresa, azienda, ragione sociale, bedrijf, bedrijfsnaam, vendor name, supplier name, institution, corporate name, account company",
    within: { organisation: "name, title" },
    types: words,
  },
  {
    classId: "free_text",
    anywhere:
      "note, notes, note text, remark, remarks, comment, comments, message, message body, message text, bio, biography, about me, memo, feedback, bemerkung, bemerkungen, notiz, notizen, kommentar, commentaire, remarque, observaciones, observacion, nota, comentario, osservazioni, commenti, opmerking, uwagi, free text, internal note, complaint text, transcript text, review text, summary text, subject line, narrative",
    alone: "about, body, content, msg",
    within: {
      person: "description, summary, details, profile",
      conversation:
        "text, subject, description, summary, title, details, answer, question, reply, resolution",
      health: "text, note, summary, details, assessment",
    },
    types: words,
  },
  {
    classId: "file_content",
    anywhere:
      "attachment, attachments, file content, file data, document data, document content, pdf, pdf data, scan, file bytes, blob, raw file, dokument, fichier",
    alone: "file, document, bytes, data",
    types: ["bytea", "other"],
  },
  {
    classId: "structured_doc",
    anywhere:
      "payload, attribs, profile, demographics, request body, response body, metadata, raw data, properties, extra data, custom fields, preferences",
    alone: "meta, data, attributes, extra, details, document, body, content, info, settings",
    types: ["json", "xml", "composite"],
  },
];

/** Words that stay words although they are in no rule: they keep run-on names from being split into nonsense. */
export const plainWords: string =
  "user, customer, cust, client, person, contact, home, work, office, private, business, primary, secondary, main, other, billing, bill, shipping, ship, delivery, mailing, number, num, code, date, time, type, status, count, value, name, text, line, created, updated, modified, deleted, verified, confirmed, enabled, active, is, has, flag, list, group, order, invoice, payment, product, item, total, emp, patient, doctor, member, student, parent, mother, father, emergency, work, company, department, manager, store, city, url, path, hash, encrypted, masked, raw, old, new, current, previous, original, default, last, first, middle, family, given, birth, day, month, year, expiry, expiration, update, create, login, key, index";
