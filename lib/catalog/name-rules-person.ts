import { anyContent, moments, type NameRule, words, wordsOrNumbers } from "@/lib/catalog/name-rule";

/** Who somebody is: names, dates, numbers given by authorities, traits. */
export const personRules: readonly NameRule[] = [
  {
    classId: "given_name",
    anywhere:
      "first name, given name, fore name, forename, middle name, fname, firstname, christian name, nick name, preferred name, call name, name first, vorname, vornamen, rufname, prenom, prenoms, nombre de pila, primer nombre, segundo nombre, primeiro nome, imie, imiona, voornaam, voornamen, first nm, middle initial, fornamn, fornavn, keresztnev, jmeno, etunimi",
    alone: "nombre, nombres, nome, mname, given, first, middle",
    types: words,
  },
  {
    classId: "family_name",
    anywhere:
      "last name, family name, sur name, surname, maiden name, birth name, lname, lastname, name last, nachname, familienname, geburtsname, zuname, nom de famille, nom famille, nom de naissance, apellido, apellidos, primer apellido, segundo apellido, cognome, sobrenome, apelido, achternaam, tussenvoegsel, nazwisko, efternamn, efternavn, etternavn, prijmeni, sukunimi, second name",
    alone: "last, nom, maiden",
    types: words,
  },
  {
    classId: "person_name",
    anywhere:
      "full name, display name, contact name, person name, customer name, client name, patient name, employee name, staff name, student name, teacher name, doctor name, physician name, holder name, card holder, cardholder, account holder, kontoinhaber, name on card, recipient name, recipient, receiver name, sender name, author name, owner name, member name, guest name, passenger name, driver name, tenant name, applicant name, beneficiary name, beneficiary, next of kin, emergency contact, guardian name, parent name, mother name, father name, spouse name, child name, legal name, real name, user full name, addressee, signatory, ship name, bill name, ship to name, bill to name, billing name, shipping name, vollname, vollstandiger name, ansprechpartner, nom complet, nombre completo, nominativo, nome completo, naam volledig, imie i nazwisko, full nm, cust name, emp name, contact person, agent name, insured name, subscriber name, provider name, salesperson, sales person, sales rep",
    alone:
      "author, composer, artist, actor, director, singer, owner, assignee, teacher, doctor, physician, employee, customer, client, patient, contact, manager, supervisor, sender, receiver, signer, witness, spouse, guardian, holder, passenger, applicant, tenant, naam, nazwa",
    within: { person: "name, naam, alias, also known as, initials" },
    types: words,
  },
  {
    classId: "username",
    anywhere:
      "user name, username, login name, login id, login, logon, nick, nickname, handle, screen name, user login, user handle, benutzername, benutzerkennung, anmeldename, identifiant, nom utilisateur, usuario, nombre de usuario, utente, nome utente, gebruikersnaam, account name, samaccountname, user principal name, upn, slack handle, twitter, instagram, github, linkedin, facebook, telegram, skype",
    alone: "alias, uid, kennung",
    types: words,
  },
  {
    classId: "birth_date",
    anywhere:
      "birth date, birthdate, birthday, birth day, birth month, birth year, year of birth, month of birth, day of birth, date of birth, dob, yob, born, born on, born at, geburtsdatum, geburtstag, geburtsjahr, geb datum, date de naissance, naissance, fecha de nacimiento, fecha nacimiento, nacimiento, data di nascita, data nascita, nascita, data de nascimento, nascimento, geboortedatum, geboorte, data urodzenia, urodzenia, fodelsedatum, bday",
    types: [...moments, ...wordsOrNumbers],
  },
  {
    classId: "age",
    anywhere: "age years, age in years, age group, patient age, customer age",
    alone: "age, alter, edad, eta, leeftijd, wiek, idade",
    types: wordsOrNumbers,
  },
  {
    classId: "gender",
    anywhere:
      "gender, geschlecht, sexe, sexo, sesso, plec, geslacht, gender identity, pronouns, salutation, anrede, sex at birth",
    alone: "sex",
    types: [...words, "number", "boolean"],
  },
  {
    classId: "marital_family",
    anywhere:
      "marital, marital status, civil status, marriage, married, familienstand, etat civil, estado civil, stato civile, spouse, dependents, number of children, children count, household size, family status, burgerlijke staat, divorced, widowed",
    types: [...words, "number", "boolean", "date"],
  },
  {
    classId: "nationality",
    anywhere:
      "nationality, citizenship, citizen of, place of birth, birth place, birthplace, birth city, birth country, country of birth, staatsangehorigkeit, staatsangehoerigkeit, nationalitat, nationalite, nacionalidad, nazionalita, nacionalidade, nationaliteit, obywatelstwo, geburtsort, lieu de naissance, lugar de nacimiento, luogo di nascita, immigration status, visa status",
    types: words,
  },
  {
    classId: "person_image",
    anywhere:
      "avatar, portrait, selfie, profile picture, profile photo, profile image, user photo, face image, passbild, mugshot, headshot",
    within: { person: "photo, picture, image, foto, bild, pic" },
    types: ["bytea", "text", "other"],
  },
  {
    classId: "signature",
    anywhere: "signature, signature image, unterschrift, handtekening, firma digital, signature data",
    types: ["text", "bytea", "json"],
  },
  {
    classId: "national_id",
    anywhere:
      "ssn, social security, social security number, social security no, sozialversicherungsnummer, sv nummer, nino, national insurance number, ni number, nhs number, nhs no, cpf, dni, nie, nif, bsn, burgerservicenummer, pesel, aadhaar, aadhar, personnummer, personal identity number, codice fiscale, codicefiscale, curp, rut, insee, nir, sin number, cnp, steuer id, steueridentifikationsnummer, identification number, national id, national identifier, national id number, nat id, id card number, id card, identity card, identity number, identity document, government id, govt id, citizen id, resident id, residence permit, personalausweis, ausweisnummer, carte identite, cedula, numero securite sociale, numss, fiscal code, tax file number, tfn, emirates id, hkid, nric, my number, rodne cislo, egn, jmbg, oib, itin",
    alone: "sin, cid, social",
    types: wordsOrNumbers,
  },
  {
    classId: "tax_id",
    anywhere:
      "tax id, tax number, tax no, tax vat, tax identification number, taxpayer id, tin, vat id, vat number, vat no, ein, steuernummer, steuer nr, ust id, ustid, umsatzsteuer id, siret, siren, cnpj, gstin, gst number, abn, partita iva, numero tva, btw nummer, pan india",
    types: wordsOrNumbers,
  },
  {
    classId: "passport",
    anywhere:
      "passport, passport number, passport no, reisepass, reisepassnummer, passeport, pasaporte, passaporto, paspoort, paszport, passaporte, travel document",
    types: wordsOrNumbers,
  },
  {
    classId: "driver_licence",
    anywhere:
      "driver licence, driver license, drivers licence, drivers license, driving licence, driving license, driver lic, licence number, license number, licence no, license no, dl number, dl no, fuhrerschein, fuehrerschein, permis de conduire, carnet de conducir, patente di guida, rijbewijs, prawo jazdy",
    alone: "permis, dln",
    types: wordsOrNumbers,
  },
  {
    classId: "vehicle_id",
    anywhere:
      "vin, vehicle identification number, licence plate, license plate, plate number, plate no, number plate, registration plate, kennzeichen, immatriculation, kenteken, vehicle registration, targa",
    types: words,
  },
  {
    classId: "person_number",
    anywhere:
      "employee number, employee no, employee nr, employee code, emp no, emp number, staff number, staff no, badge number, student id, student number, student no, membership number, membership no, member number, member no, customer number, customer no, customer nr, client number, account ref, loyalty number, loyalty card, frequent flyer, personalnummer, mitarbeiternummer, kundennummer, kunden nr, matrikelnummer, matricula, matricule, numero client, numero de cliente, personeelsnummer, klantnummer, subscriber number, payroll number",
    types: wordsOrNumbers,
  },
  {
    classId: "job_title",
    anywhere:
      "job title, occupation, profession, job role, position title, contact title, berufsbezeichnung, beruf, fonction, puesto, qualifica, functie, stanowisko, profissao, job position",
    alone: "beruf, cargo, job",
    within: { person: "title, position, role, job" },
    types: words,
  },
  {
    classId: "education",
    anywhere:
      "gpa, grade point average, education, education level, highest degree, academic degree, school name, university, alma mater, transcript, test score, exam score, ausbildung, schulabschluss, diploma",
    within: { person: "degree, school, major, grade" },
    types: wordsOrNumbers,
  },
  {
    classId: "ethnicity",
    anywhere:
      "race, ethnicity, ethnic, ethnic group, ethnic origin, caste, herkunft, ethnie, raza, origine ethnique, etnia, etniciteit, tribe, skin color, indigenous",
    types: anyContent,
  },
  {
    classId: "belief_politics",
    anywhere:
      "religion, religious, faith, denomination, konfession, kirchensteuer, kirchenzugehorigkeit, political party, political affiliation, political view, party affiliation, union member, union membership, trade union, gewerkschaft, syndicat, religione, religiao, geloof, wyznanie, voter registration",
    types: anyContent,
  },
  {
    classId: "sexuality",
    anywhere:
      "sexual orientation, sexuality, sexual preference, sex life, sexuelle orientierung, orientation sexuelle, orientacion sexual, lgbt, lgbtq",
    types: anyContent,
  },
  {
    classId: "biometric_genetic",
    anywhere:
      "fingerprint template, finger print, fingerprint image, face embedding, face encoding, face template, face vector, voiceprint, voice print, iris, iris scan, retina scan, dna, genotype, genome, genetic, biometric, palm print, gait",
    within: { person: "fingerprint, embedding" },
    types: anyContent,
  },
  {
    classId: "criminal_record",
    anywhere:
      "conviction, convictions, offence, offences, offense, offenses, arrest, arrests, criminal, criminal record, felony, probation, parole, straftat, vorstrafen, fuhrungszeugnis, casier judiciaire, antecedentes, sentence date, background check",
    types: anyContent,
  },
];
