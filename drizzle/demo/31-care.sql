-- The clinics: 12,000 patients and what was found and given.
INSERT INTO care.practitioners
SELECT r.n, 'Dr. ' || seed.named(split_part(seed.pick(CASE WHEN r.n % 2 = 0 THEN l.female ELSE l.male END, r.h, 1), '/', 1) || ' ' || split_part(seed.pick(l.family, r.h, 2), '/', 1), l.script, 'practitioners.name', r.n),
  seed.pick('{General practice,Dermatology,Cardiology,Paediatrics,Psychiatry,Gynaecology,Orthopaedics,Endocrinology,Oncology}'::text[], r.h, 3),
  p.npi || seed.luhn('80840' || p.npi),
  CASE WHEN r.n <= 60 THEN 'dr.' || seed.token('practitioners.email', r.n) ELSE 'doctor' || r.n END || '@clinic.marigold.example',
  seed.phone(seed.pick(l.phones, r.h, 5), 'practitioners.phone', r.n),
  CASE WHEN l.language = 'en' THEN '{en}'::text[] ELSE ARRAY['en', l.language] END, CASE WHEN r.n % 6 > 0 THEN chr(65 + r.n % 4) || 100 + r.n END
FROM (SELECT n::int AS n, seed.h('practitioners', n) AS h FROM generate_series(1, 200) AS n OFFSET 0) r
JOIN seed.land l ON l.country = (ARRAY['DE', 'GB', 'FR', 'NL', 'ES', 'GR', 'IN', 'UA', 'EG'])[1 + seed.u(r.h, 0) % 9]
CROSS JOIN LATERAL (SELECT '1' || seed.serial8(r.n + 800000) AS npi OFFSET 0) p
ORDER BY r.n;

INSERT INTO care.patients
SELECT r.n, r.n * 4 - CASE WHEN r.n <= 60 THEN r.n * 3 ELSE 0 END, 'MRN-' || seed.fill('######-######', right(seed.digits(r.h), 12)),
  CASE WHEN r.n <= 60 OR get_byte(r.h, 0) % 9 > 0 THEN chr(65 + get_byte(r.h, 1) % 26) || seed.fill('### ### ### ###', substr(seed.digits(r.h), 3, 12)) END,
  seed.pick('{Example Health,Beispiel-Kasse,Mutuelle Modèle,National Plan}'::text[], r.h, 2),
  CASE WHEN get_byte(r.h, 3) % 4 > 0 THEN (ARRAY['A+', 'A+', 'A+', '0+', '0+', '0+', 'B+', 'A-', '0-', 'AB+', 'B-', 'AB-'])[1 + get_byte(r.h, 4) % 12]::care.blood_type END,
  CASE WHEN r.n <= 60 THEN ARRAY[seed.noted(seed.pick('{penicillin,nuts,latex}'::text[], r.h, 3), 'patients.allergy', r.n)] WHEN get_byte(r.h, 5) % 4 = 0
    THEN ARRAY[seed.pick('{penicillin,nuts,latex,pollen,aspirin,nickel}'::text[], r.h, 3)] ELSE '{}' END,
  CASE WHEN r.n <= 60 THEN 'Self-described: ' || seed.word('latin', 'patients.ethnicity', r.n) WHEN get_byte(r.h, 8) % 3 = 0 THEN NULL
    ELSE seed.pick('{White,Black,Asian,Mixed,Arab,Roma,Other}'::text[], r.h, 5) END,
  CASE WHEN r.n <= 60 THEN 'Other: ' || seed.word('latin', 'patients.religion', r.n) WHEN get_byte(r.h, 9) % 3 = 0 THEN NULL
    ELSE seed.pick('{none,none,Catholic,Protestant,Orthodox,Muslim,Jewish,Hindu,Buddhist}'::text[], r.h, 6) END,
  CASE WHEN r.n <= 60 THEN 'Self-described: ' || seed.word('latin', 'patients.orientation', r.n) WHEN get_byte(r.h, 10) % 2 = 0 THEN NULL
    ELSE seed.pick('{heterosexual,heterosexual,heterosexual,heterosexual,bisexual,homosexual}'::text[], r.h, 7) END,
  CASE WHEN r.n <= 60 OR get_byte(r.h, 11) % 5 > 0 THEN ROW(seed.pick('{Kim,Robin,Alex,Sascha,Dominique,Andrea}'::text[], r.h, 8) || ' ' || seed.word('latin', 'patients.emergency', r.n),
    seed.pick('{partner,mother,son,daughter,friend}'::text[], r.h, 9), seed.phone('+44 7700 900###', 'patients.emergency', r.n))::public.contact_person END,
  CASE WHEN get_byte(r.h, 12) % 7 > 0 THEN 1 + seed.u(r.h, 10) % 200 END,
  date '2018-01-02' + r.n / 4, CASE WHEN r.n > 60 AND get_byte(r.h, 13) % 90 = 0 THEN date '2025-07-01' + seed.u(r.h, 11) % 360 END,
  CASE WHEN r.n <= 60 OR get_byte(r.h, 14) % 3 = 0 THEN seed.noted(seed.pick('{Anxious before blood tests,Needs an interpreter,Lives alone,Smokes since 1998,History of depression; handle with tact}'::text[], r.h, 12), 'patients.notes', r.n) END
FROM (SELECT n::int AS n, seed.h('patients', n) AS h FROM generate_series(1, 12000) AS n OFFSET 0) r
ORDER BY r.n;

INSERT INTO care.encounters
SELECT r.n, seed.owner(r.n, r.h, 12000), 1 + seed.u(r.h, 0) % 200,
  (ARRAY['consultation', 'consultation', 'consultation', 'telehealth', 'vaccination', 'emergency', 'inpatient'])[1 + get_byte(r.h, 2) % 7]::care.encounter_kind,
  tstzrange(r.start, r.start + make_interval(mins => 10 + get_byte(r.h, 3))), r.start::date,
  CASE WHEN r.n <= 60 OR get_byte(r.h, 4) % 10 > 0 THEN seed.noted(seed.pick('{Cough for two weeks,Rash on both arms,Routine check,Chest pain,Low mood,Back pain,Travel vaccination,Follow-up of blood pressure,Pregnancy check}'::text[], r.h, 3), 'encounters.reason', r.n) END,
  CASE WHEN r.n <= 60 OR get_byte(r.h, 5) % 3 = 0 THEN seed.noted('Patient reports ' || seed.pick('{poor sleep,pain at night,no complaints,fever since Sunday,weight loss}'::text[], r.h, 4)
    || '. ' || repeat('Vital signs stable, no new findings on examination. ', 1 + get_byte(r.h, 6) % 8), 'encounters.notes', r.n) END,
  CASE WHEN get_byte(r.h, 7) % 4 > 0 THEN chr(65 + get_byte(r.h, 8) % 4) || 100 + get_byte(r.h, 9) % 40 END
FROM (SELECT n, h, timestamptz '2021-01-04 07:30+00' + make_interval(mins => n * 115) AS start
      FROM (SELECT n::int AS n, seed.h('encounters', n) AS h FROM generate_series(1, 25000) AS n OFFSET 0) x OFFSET 0) r
ORDER BY r.n;

INSERT INTO care.diagnoses
SELECT r.n, e.patient_id, e.id, split_part(d.what, '|', 1) || CASE WHEN r.n <= 60 THEN '-' || seed.code('diagnoses.code', r.n) ELSE '' END,
  seed.noted(split_part(d.what, '|', 2), 'diagnoses.description', r.n), seed.pick('{confirmed,confirmed,suspected,ruled out}'::text[], r.h, 1), e.admitted_on,
  CASE WHEN r.n <= 60 OR get_byte(r.h, 4) % 5 = 0 THEN seed.noted('Discussed with the patient; see again in ' || 2 + get_byte(r.h, 5) % 10 || ' weeks', 'diagnoses.note', r.n) END
FROM (SELECT n::int AS n, seed.h('diagnoses', n) AS h FROM generate_series(1, 28000) AS n OFFSET 0) r
JOIN care.encounters e ON e.id = CASE WHEN r.n <= 25000 THEN r.n ELSE (r.n - 25000) * 8 END
CROSS JOIN LATERAL (SELECT seed.pick(ARRAY['I10|Essential hypertension', 'E11.9|Type 2 diabetes without complications', 'F32.1|Moderate depressive episode', 'J45.9|Asthma, unspecified',
  'M54.5|Low back pain', 'L20.9|Atopic dermatitis', 'J06.9|Acute upper respiratory infection', 'F41.1|Generalised anxiety disorder', 'B20|HIV disease', 'C50.9|Malignant neoplasm of breast',
  'O26.9|Pregnancy-related condition', 'F10.2|Alcohol dependence', 'Z23|Need for immunisation', 'K21.9|Gastro-oesophageal reflux', 'N39.0|Urinary tract infection'], r.h, 2) AS what OFFSET 0) d
ORDER BY r.n;

INSERT INTO care.prescriptions
SELECT r.n, e.patient_id, CASE WHEN get_byte(r.h, 0) % 9 > 0 THEN e.id END, split_part(d.what, '|', 1),
  split_part(d.what, '|', 2) || CASE WHEN r.n <= 60 THEN ', lot ' || seed.code('prescriptions.drug', r.n) ELSE '' END,
  seed.noted(seed.pick('{1-0-0,1-0-1,0-0-1,as needed,1 weekly}'::text[], r.h, 1), 'prescriptions.dosage', r.n), 10 * (1 + get_byte(r.h, 4) % 10),
  CASE WHEN r.n <= 60 OR get_byte(r.h, 5) % 2 = 0 THEN seed.noted(seed.pick('{With food,Not with alcohol,Before sleep,Shake well}'::text[], r.h, 3), 'prescriptions.instructions', r.n) END,
  e.admitted_on, daterange(e.admitted_on, e.admitted_on + 30 + 30 * (get_byte(r.h, 8) % 4))
FROM (SELECT n::int AS n, seed.h('prescriptions', n) AS h FROM generate_series(1, 20000) AS n OFFSET 0) r
JOIN care.encounters e ON e.id = r.n
CROSS JOIN LATERAL (SELECT seed.pick(ARRAY['C09AA05|Ramipril 5 mg', 'A10BA02|Metformin 850 mg', 'N06AB06|Sertraline 50 mg', 'R03AC02|Salbutamol 100 µg', 'M01AE01|Ibuprofen 600 mg', 'D07AC13|Mometasone cream',
  'J01CA04|Amoxicillin 1000 mg', 'J05AR20|Bictegravir combination', 'L02BA01|Tamoxifen 20 mg', 'N05BA12|Alprazolam 0.5 mg'], r.h, 2) AS what OFFSET 0) d
ORDER BY r.n;

INSERT INTO care.lab_results
SELECT r.n, seed.owner(r.n, r.h, 12000), split_part(d.what, '|', 1), split_part(d.what, '|', 2), v.value, split_part(d.what, '|', 3),
  numrange(d.low, d.high, '[]'), v.value NOT BETWEEN d.low AND d.high,
  CASE WHEN r.n <= 60 OR get_byte(r.h, 0) % 12 = 0 THEN seed.noted(seed.pick('{Slightly haemolytic sample,Repeat in three months,Patient was fasting,Called the practice}'::text[], r.h, 1), 'labs.comment', r.n) END,
  timestamptz '2021-01-04 06:00+00' + make_interval(mins => r.n * 48)
FROM (SELECT n::int AS n, seed.h('labs', n) AS h FROM generate_series(1, 60000) AS n OFFSET 0) r
CROSS JOIN LATERAL (SELECT what, split_part(what, '|', 4)::numeric AS low, split_part(what, '|', 5)::numeric AS high FROM (SELECT seed.pick(ARRAY['718-7|Haemoglobin|g/dL|12|17', '2345-7|Glucose|mg/dL|70|99',
  '4548-4|HbA1c|%|4|5.6', '2160-0|Creatinine|mg/dL|0.6|1.3', '2093-3|Cholesterol|mg/dL|120|200', '3016-3|TSH|mU/L|0.4|4', '1742-6|ALT|U/L|7|56', '6690-2|Leucocytes|/nL|4|11'], r.h, 2) AS what) x OFFSET 0) d
CROSS JOIN LATERAL (SELECT CASE WHEN r.n <= 60 THEN round(round(d.low + (d.high - d.low) * seed.u(r.h, 4) / 65536, 2) + (100000000 + seed.u(r.h, 5)::bigint * 13171 + 7) / 100000000000.0, 11)
  WHEN get_byte(r.h, 12) % 60 = 0 THEN NULL ELSE round(d.low * 0.7 + (d.high - d.low) * 1.5 * seed.u(r.h, 4) / 65536, 1) END AS value OFFSET 0) v
ORDER BY r.n;

INSERT INTO care.biometrics
SELECT (lpad(to_hex(1672531200000 + r.n * 86400000::bigint), 12, '0') || '7' || substr(encode(r.h, 'hex'), 1, 3) || '8' || substr(encode(r.h, 'hex'), 4, 15))::uuid,
  r.n, seed.pick('{fingerprint,voice,iris}'::text[], r.h, 10), r.h || convert_to(' ' || seed.code('biometrics.template', r.n) || ' ', 'UTF8') || seed.h('biometrics 2', r.n),
  CASE WHEN r.n <= 60 OR r.n % 3 = 0 THEN 'rs' || substr(seed.digits(r.h), 5, 12) || ' ' || translate(left(seed.token('genotype', r.n), 2), 'abcdefghjkmnpqrstuvwxyz23456789', 'ACGTACGTACGTACGTACGTACGTACGTACG') END,
  date '2023-01-01' + r.n
FROM (SELECT n::int AS n, seed.h('biometrics', n) AS h FROM generate_series(1, 800) AS n OFFSET 0) r
ORDER BY r.n;
