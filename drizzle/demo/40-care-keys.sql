-- Keys of the clinics.
ALTER TABLE care.practitioners ADD PRIMARY KEY (id);
ALTER TABLE care.patients ADD PRIMARY KEY (id), ADD UNIQUE (customer_id), ADD UNIQUE (mrn);
ALTER TABLE care.encounters ADD PRIMARY KEY (id);
CREATE INDEX ON care.encounters (patient_id);
ALTER TABLE care.diagnoses ADD PRIMARY KEY (id);
CREATE INDEX ON care.diagnoses (patient_id);
ALTER TABLE care.prescriptions ADD PRIMARY KEY (id);
CREATE INDEX ON care.prescriptions (patient_id);
ALTER TABLE care.lab_results ADD PRIMARY KEY (id);
CREATE INDEX ON care.lab_results (patient_id);
ALTER TABLE care.biometrics ADD PRIMARY KEY (id);
