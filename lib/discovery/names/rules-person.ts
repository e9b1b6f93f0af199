import {
  anyContent,
  moments,
  type NameRule,
  numbers,
  words,
  wordsOrNumbers,
} from "@/lib/discovery/names/rule";

/** Who somebody is: names, dates, numbers given by authorities, traits. */
export const personRules: readonly NameRule[] = [
  {
    classId: "given_name",
    anywhere:
      "first names, fst name, f name, frst nm, first nm, given nm, given names, mid name, middle nm, middle, second given name, other names, vor name, nombre 1, nombre 2, primo nome, secondo nome, nome proprio, imie 1, imie 2, drugie imie, pierwsze imie, roepnaam, initialen, voorletters, voorletter, prenom 1, prenom usuel, deuxieme prenom, etunimi, keresztnev, cust f name, known as, middle initial, name given, name middle, nombre paciente, nombre cliente, nombre alumno, nombre empleado, first name, given name, fore name, forename, middle name, fname, firstname, christian name, nick name, preferred name, call name, name first, vorname, vornamen, rufname, prenom, prenoms, nombre de pila, primer nombre, segundo nombre, primeiro nome, imie, imiona, voornaam, voornamen, first nm, middle initial, fornamn, fornavn, keresztnev, jmeno, etunimi",
    alone: "first, given, middle, voornm, vname, fornamn, ime, imya, mname, given, first, middle",
    within: { family: "nombre, nombres, nome, nom, naam, name, imie" },
    types: words,
  },
  {
    classId: "family_name",
    anywhere:
      "nom naissance, naam geboorte, nombre soltera, last names, l name, lst name, last nm, family nm, sur nm, apellido 1, apellido 2, apellido paterno, apellido materno, ap paterno, ap materno, nom usage, nom marital, nom jeune fille, nom de jeune fille, nom usuel, cognome nubile, cognome nascita, nome de familia, ultimo nome, nazwisko rodowe, nazwisko panienskie, geboortenaam, meisjesnaam, achter naam, voorvoegsel, maiden nm, mother maiden name, mothers maiden name, mother maiden, birth surname, surname prefix, name family, name sur, nachname geburt, madchenname, namenszusatz, csaladi nev, vezeteknev, familya, last name, family name, sur name, surname, maiden name, birth name, lname, lastname, name last, nachname, familienname, geburtsname, zuname, nom de famille, nom famille, nom de naissance, apellido, apellidos, primer apellido, segundo apellido, cognome, sobrenome, apelido, achternaam, tussenvoegsel, nazwisko, efternamn, efternavn, etternavn, prijmeni, sukunimi, second name",
    alone: "last, maiden, family, prezime, familienname, last, maiden",
    within: { given: "name, nom, naam, nome" },
    types: words,
  },
  {
    classId: "person_name",
    anywhere:
      "full name, display name, contact name, person name, customer name, client name, patient name, employee name, staff name, student name, teacher name, doctor name, physician name, holder name, card holder, cardholder, account holder, kontoinhaber, name on card, recipient name, recipient, receiver name, sender name, author name, owner name, member name, guest name, passenger name, driver name, tenant name, applicant name, beneficiary name, beneficiary, next of kin, emergency contact, guardian name, parent name, mother name, father name, spouse name, child name, legal name, real name, user full name, addressee, signatory, ship name, bill name, ship to name, bill to name, billing name, shipping name, vollname, vollstandiger name, ansprechpartner, nom complet, nombre completo, nominativo, nome completo, naam volledig, imie i nazwisko, full nm, cust name, emp name, contact person, agent name, insured name, subscriber name, provider name, salesperson, sales person, sales rep",
    alone:
      "author, composer, artist, actor, director, singer, lyricist, performer, owner, assignee, teacher, doctor, physician, employee, customer, client, patient, contact, manager, supervisor, sender, receiver, signer, witness, spouse, guardian, holder, passenger, applicant, tenant",
    within: { person: "name, naam, nombre, nom, nome, nazwa, alias, also known as, initials" },
    types: words,
  },
  {
    classId: "username",
    anywhere:
      "user id login, user nm, login user, signin name, sign in name, user nicename, nicename, external uid, extern uid, account login, net id, network id, windows login, domain login, domain user, ad user, ldap uid, system user, app user, os user, db user name, pseudo, pseudonyme, nombre usuario, nome do usuario, nazwa uzytkownika, gebruikers naam, kayttajatunnus, anvandarnamn, brukernavn, user handle name, discord, tiktok, snapchat, reddit, skype id, wechat, wechat id, line id, gamertag, xbox, psn id, game name, player tag, twitter handle, instagram handle, facebook id, google id, github id, apple id, linkedin url, linkedin profile, social media handle, user name, username, login name, login id, login, logon, nick, nickname, handle, screen name, user login, user handle, benutzername, benutzerkennung, anmeldename, identifiant, nom utilisateur, usuario, nombre de usuario, utente, nome utente, gebruikersnaam, account name, samaccountname, user principal name, upn, slack handle, twitter, instagram, github, linkedin, facebook, telegram, skype",
    alone: "nick, handle, benutzer, kullanici, userid, logonid, pseudo, alias, uid, kennung",
    types: words,
  },
  {
    classId: "birth_date",
    anywhere:
      "birth dt, birth dte, dt birth, bth date, brth date, date birth, dt of birth, birthdt, geb dat, geb datum, gebdatum, gebdat, geburts datum, geburtsjahr, geburtsmonat, fec nac, fec nacimiento, fecha nac, f nacimiento, fnac, dt nasc, dt nascimento, data nasc, dat nasc, nato il, nata il, date nais, date naiss, annee naissance, ano nacimiento, anno nascita, ano nascimento, rok urodzenia, data ur, gb datum, geb dat, fodt, syntymaaika, szuletesi datum, datum narozeni, birth year month, year birth, month birth, birth month day, dateofbirth, birthdate year, birth date, birthdate, birthday, birth day, birth month, birth year, year of birth, month of birth, day of birth, date of birth, dob, yob, born, born on, born at, geburtsdatum, geburtstag, geburtsjahr, geb datum, date de naissance, naissance, fecha de nacimiento, fecha nacimiento, nacimiento, data di nascita, data nascita, nascita, data de nascimento, nascimento, geboortedatum, geboorte, data urodzenia, urodzenia, fodelsedatum, bday",
    types: [...moments, ...wordsOrNumbers],
  },
  {
    classId: "age",
    anywhere:
      "age at, anchor age, age at admission, age at diagnosis, age at death, current age, person age, client age, user age, member age, driver age, age band, age range, age bracket, alter jahre, edad paciente, age yrs, child age, age months, applicant age, age years, age in years, age group, patient age, customer age",
    alone: "age, alter, edad, eta, leeftijd, wiek, idade",
    types: wordsOrNumbers,
  },
  {
    classId: "gender",
    anywhere:
      "gender code, gender cd, sex code, sex cd, gndr, gender identity, biological sex, birth sex, administrative sex, genero, genere, gender id, gender type, kon, kjonn, sukupuoli, nem szex, pohlavi, pol plec, sex type, gender, geschlecht, sexe, sexo, sesso, plec, geslacht, gender identity, pronouns, sex at birth",
    alone: "sex",
    types: [...words, "number", "boolean"],
  },
  {
    classId: "marital_family",
    anywhere:
      "marital stat, maritalstatus, mar status, marital cd, marital code, marital st, civil state, civil stat, relationship status, relationship to employee, relationship to patient, relationship to member, partner status, is married, num children, nr children, children number, number children, number of dependents, num dependents, no of dependents, dependent count, anzahl kinder, kinder anzahl, kinderzahl, nombre enfants, nb enfants, numero hijos, num hijos, numero figli, numero filhos, liczba dzieci, aantal kinderen, situation familiale, situation matrimoniale, situation de famille, estado conyugal, stan cywilny, civilstand, sivilstatus, steuerklasse, tax class, tax filing status, filing status, family size, household members, wedding date, marriage date, anniversary date, single parent, lien parente, parentesco, parentela, gezinssituatie, marital, marital status, civil status, marriage, married, familienstand, etat civil, estado civil, stato civile, spouse, dependents, number of children, children count, household size, family status, burgerlijke staat, divorced, widowed",
    within: { person: "relationship, relation, children, dependants, kinship" },
    types: [...words, "number", "boolean", "date"],
  },
  {
    classId: "nationality",
    anywhere:
      "citizenship status, citizenship country, country of citizenship, country of origin, birth state, birth town, birth place city, place birth, city of birth, town of birth, staatsburgerschaft, staatsangeh, nationalite pays, pays naissance, pays de naissance, ville naissance, commune naissance, lieu naissance, lieu de naissance, pais nacimiento, ciudad nacimiento, lugar nacimiento, municipio nacimiento, comune nascita, comune di nascita, provincia nascita, luogo nascita, cittadinanza, naturalidade, cidade nascimento, local nascimento, geboorteplaats, geboorteland, geburtsland, miejsce urodzenia, kraj urodzenia, narodowosc, nationaliteit, visa type, immigration, residency status, native country, foreigner, kansalaisuus, statsborgerskap, medborgarskap, nationality, citizenship, citizen of, place of birth, birth place, birthplace, birth city, birth country, country of birth, staatsangehorigkeit, staatsangehoerigkeit, nationalitat, nationalite, nacionalidad, nazionalita, nacionalidade, nationaliteit, obywatelstwo, geburtsort, lieu de naissance, lugar de nacimiento, luogo di nascita, immigration status, visa status",
    types: words,
  },
  {
    classId: "person_image",
    anywhere:
      "avatar url, avatar image, avatar path, user avatar, user image, user picture, user pic, profile pic, profile img, profile photo url, profile picture url, photo id, id photo, photo identite, foto perfil, foto profilo, passfoto, pasfoto, lichtbild, zdjecie, mug shot, face photo, customer photo, employee photo, staff photo, student photo, patient photo, member photo, person photo, driver photo, photo blob, photo data, portrait image, head shot, avatar, portrait, selfie, profile picture, profile photo, profile image, user photo, face image, passbild, mugshot, headshot",
    within: { person: "photo, picture, image, foto, bild, pic" },
    types: ["bytea", "text", "other"],
  },
  {
    classId: "signature",
    anywhere:
      "signature blob, signature svg, signature png, e signature, digital signature image, customer signature, patient signature, driver signature, signed image, firma cliente, firma autografa, assinatura, handtekening afbeelding, podpis, allekirjoitus, unterschriftsbild, signature file, signature, signature image, unterschrift, handtekening, firma digital, signature data",
    types: ["text", "bytea", "json"],
  },
  {
    classId: "national_id",
    anywhere:
      "ss no, ssn no, ssno, ss number, ssn number, ssn last 4, ssn hash, social sec no, social sec number, soc sec, soc sec no, soc sec num, social insurance number, social insurance no, sozialversicherungsnr, sozialversicherungs nummer, svnr, sv nr, sv nummer, rentenversicherungsnummer, rv nummer, num secu, numero secu, num secu sociale, no secu, num ss, numero ss, n secu, nss, num seguridad social, numero seguridad social, nuss, numero identidad, numero identificacion, num identidad, documento identidad, documento identita, documento identidade, num documento, numero documento, nro documento, nro dni, dni nie, nif nie, doc identidad, cedula identidad, cedula ciudadania, run, rfc, rg, numero rg, registro geral, identidade, cod fiscale, cod fisc, cf, numer pesel, nr pesel, nr dowodu, numer dowodu, dowod osobisty, numer dokumentu, burger service nummer, sofinummer, rijksregisternummer, numero national, niss, insz, numero avs, ahv nummer, ahv nr, ahv, avs, cnic, nid, nid number, id number national, id card no, identity no, identity card number, identity card no, id no, civil id, omang, nik, ktp, mykad, ic number, ic no, fin number, thai id, resident registration number, personnr, person nummer, fodselsnummer, cpr, cpr nummer, cpr number, hetu, henkilotunnus, isikukood, personal code, personal number, personal id, personal identification number, personal id number, person id number, ein personal, tckn, tc kimlik, tc kimlik no, kimlik no, amka, afm personal, taxpayer ssn, aadhaar no, aadhaar number, aadhar no, aadhar number, uidai, uid number, steueridnr, steuer identifikationsnummer, steuer idnr, idnr, steuerliche identifikationsnummer, ausweisnr, perso nummer, personalausweisnummer, govt id number, government id number, state id number, national insurance, national insurance no, ni no, nhs num, nhs nr, ssn, social security, social security number, social security no, sozialversicherungsnummer, sv nummer, nino, national insurance number, ni number, nhs number, nhs no, cpf, dni, nie, nif, bsn, burgerservicenummer, pesel, aadhaar, aadhar, personnummer, personal identity number, codice fiscale, codicefiscale, curp, rut, insee, nir, sin number, cnp, steuer id, steueridentifikationsnummer, identification number, national id, national identifier, national id number, nat id, id card number, id card, identity card, identity number, identity document, government id, govt id, citizen id, resident id, residence permit, personalausweis, ausweisnummer, carte identite, cedula, numero securite sociale, numss, fiscal code, tax file number, tfn, emirates id, hkid, nric, my number, rodne cislo, egn, jmbg, oib, itin",
    alone: "sin, cid, social",
    types: wordsOrNumbers,
  },
  {
    classId: "tax_id",
    anywhere:
      "tax id no, taxid, tax id number, tax ident, tax reference, tax ref, tax code number, tax registration number, tax registration, fed tax id, federal tax id, federal id, fein, employer identification number, ein number, ein no, vat reg no, vat registration number, vat registration, vat id number, vat code, vatin, ust idnr, ustid nr, ust nr, umsatzsteuer identifikationsnummer, mwst nr, mwst nummer, steuernr, st nr, numero fiscal, num fiscal, numero fiscale, numero siret, num siret, numero siren, num tva, n tva, tva intracommunautaire, no tva, cif, cif empresa, nif empresa, cuit, cuil, ruc, nit, rut empresa, piva, p iva, part iva, partita iva numero, inscricao estadual, cnpj empresa, numero cnpj, nip, numer nip, nr nip, regon, numer regon, kvk nummer, btw nr, btw id, btwnummer, y tunnus, org nr, orgnr, organisationsnummer, cvr, gst no, gst in, gst registration, abn number, acn, pan no india, pan card, pan number, tax payer number, tax payer id, company registration number, company number, registration number company, crn, tax id, tax number, tax no, tax vat, tax identification number, taxpayer id, tin, vat id, vat number, vat no, ein, steuernummer, steuer nr, ust id, ustid, umsatzsteuer id, siret, siren, cnpj, gstin, gst number, abn, partita iva, numero tva, btw nummer, pan india",
    alone: "vat, tva, ust, btw",
    types: wordsOrNumbers,
  },
  {
    classId: "passport",
    anywhere:
      "passport num, passport nbr, passport nr, pass nummer, passnummer, passnr, pass nr, num passeport, numero passeport, no passeport, num pasaporte, numero pasaporte, nro pasaporte, numero passaporto, num passaporto, numero passaporte, paspoortnummer, nr paszportu, numer paszportu, passport id, passport code, pasaporte no, visa number, visa no, passport, passport number, passport no, reisepass, reisepassnummer, passeport, pasaporte, passaporto, paspoort, paszport, passaporte, travel document",
    types: wordsOrNumbers,
  },
  {
    classId: "driver_licence",
    anywhere:
      "dl num, dl number, dl state, drv lic, drv lic no, drivers lic, drivers lic no, driver lic no, driver licence no, driver license number, driver license no, driver license num, drivers license number, drivers license no, driver licence number, drivers, licence no driver, fuhrerscheinnummer, fuhrerscheinnr, fuhrerschein nr, num permis, numero permis, permis conduire, num licencia, licencia conducir, licencia de conducir, permiso conducir, numero patente, patente guida, numero patente guida, cnh, numero cnh, carta conducao, rijbewijsnummer, nr prawa jazdy, numer prawa jazdy, driving licence number, driving licence no, driver licence, driver license, drivers licence, drivers license, driving licence, driving license, driver lic, licence number, license number, licence no, license no, dl number, dl no, fuhrerschein, fuehrerschein, permis de conduire, carnet de conducir, patente di guida, rijbewijs, prawo jazdy",
    alone: "permis, dln",
    types: wordsOrNumbers,
  },
  {
    classId: "vehicle_id",
    anywhere:
      "vin number, vin no, vin code, vehicle vin, vehicle id number, chassis number, chassis no, fahrgestellnummer, fin nummer, fahrzeugidentnummer, numero chassis, numero bastidor, bastidor, numero telaio, telaio, chassi, numer vin, chassisnummer, reg plate, reg number vehicle, reg no vehicle, vehicle reg, vehicle reg no, vehicle plate, car plate, car registration, number plate, lic plate, lic plate no, kfz kennzeichen, autokennzeichen, plaque, plaque immatriculation, num immatriculation, matricula vehiculo, placa, placa vehiculo, placa carro, patente vehiculo, dominio vehiculo, targa veicolo, numero targa, kentekennummer, nr rejestracyjny, numer rejestracyjny, tablica rejestracyjna, vin, vehicle identification number, licence plate, license plate, plate number, plate no, number plate, registration plate, kennzeichen, immatriculation, kenteken, vehicle registration, targa",
    alone: "plate, vrn, vrm, kennz, targa",
    within: {
      vehicle:
        "registration number, registration, plate, chassis, serial number, kennzeichen, matricula, placa, targa",
    },
    types: words,
  },
  {
    classId: "person_number",
    anywhere:
      "cust no, cust nr, cust num, cust number, cust code, customer code, customer ref, customer reference, client no, client nr, client code, client ref, client reference, kundennr, kunden nummer, kdnr, kd nr, mitarbeiter nr, mitarbeiternr, personalnr, pers nr, persnr, personal nr, matrikelnr, schulernummer, mitgliedsnummer, mitglieds nr, mitgliedsnr, num client, no client, numero adherent, num adherent, numero assure, num assure, numero salarie, num salarie, numero etudiant, num etudiant, code client, num cliente, nro cliente, codigo cliente, cod cliente, numero empleado, num empleado, nro empleado, codigo empleado, legajo, nro legajo, numero socio, num socio, nro socio, codice cliente, numero cliente, numero tessera, codice dipendente, numero matricola, matricola, codigo aluno, numero aluno, num aluno, codigo funcionario, numero funcionario, klantnr, klant nummer, personeelsnr, lidnummer, studentnummer, leerlingnummer, numer klienta, nr klienta, numer pracownika, nr pracownika, numer studenta, nr albumu, numer indeksu, numer legitymacji, staff id number, staff code, employee num, employee id number, empl no, emp code, emp num, employee badge, badge no, badge id, crew number, student num, student code, student nr, student roll number, roll no, roll number, enrollment number, enrolment number, enrollment no, admission number, admission no, registration no student, candidate number, candidate no, member num, member code, membership no, membership id, membership card, library card, library card number, card no member, loyalty no, loyalty id, loyalty card number, frequent flyer number, frequent flyer no, ffn, bonus card number, reward number, rewards number, patron number, subscriber no, subscriber code, payroll no, payroll id, personnel number, personnel no, pers no, civil servant number, voter number, voter id, voter card, badge code, service number, military number, ref client, custno, tessera, numero tessera sanitaria, employee number, employee no, employee nr, employee code, emp no, emp number, staff number, staff no, badge number, student id, student number, student no, membership number, membership no, member number, member no, customer number, customer no, customer nr, client number, account ref, loyalty number, loyalty card, frequent flyer, personalnummer, mitarbeiternummer, kundennummer, kunden nr, matrikelnummer, matricula, matricule, numero client, numero de cliente, personeelsnummer, klantnummer, subscriber number, payroll number",
    types: wordsOrNumbers,
  },
  {
    classId: "job_title",
    anywhere:
      "job function, position name, position title, role title, work title, title job, title position, business title, employee title, emp title, stellenbezeichnung, position bezeichnung, funktion, dienststellung, tatigkeit, amtsbezeichnung, poste, intitule poste, emploi, metier, qualite, fonction exercee, puesto trabajo, cargo puesto, ocupacion, profesion, oficio, mansione, professione, impiego, occupazione, profissao cargo, ocupacao, funcao, beroep, functietitel, functieomschrijving, zawod, stanowisko pracy, ammatti, yrke, stilling, current occupation, employment title, speciality, specialty, specialization, specialisation, specialite, especialidad, especialidade, specializzazione, specjalizacja, specialisme, fachrichtung, fachgebiet, medical specialty, headline, job title, occupation, profession, job role, position title, contact title, berufsbezeichnung, beruf, fonction, puesto, qualifica, functie, stanowisko, profissao, job position",
    alone: "beruf, cargo, job",
    within: {
      job: "title, titel, titre, titolo, name, bezeichnung, stelle, position, code name",
      person:
        "job, job name, job desc, job description, stelle, titel, ruolo, role name, function, designation, rank, grade name, titolo, cargo, funcion, title, position, role, job",
    },
    types: words,
  },
  {
    classId: "education",
    anywhere:
      "degree earned, education degree, education code, edu level, educ level, level of education, years of education, school attended, college, college name, university name, school degree, cgpa, class rank, sat score, act score, act sat, gre score, toefl, toefl score, grade average, final grade, course grade, exam grade, exam result, exam mark, marks obtained, midterm, formation, niveau etude, niveau etudes, niveau formation, diplome, etudes, titulacion, nivel estudios, nivel educativo, nivel educacional, estudios, escolaridad, escolaridade, formacao, formacao academica, grau instrucao, grau escolaridade, titolo studio, titolo di studio, laurea, livello istruzione, opleiding, opleidingsniveau, wyksztalcenie, abschluss, bildungsabschluss, bildungsgrad, schulbildung, studiengang, utbildning, qualification, qualifications, academic record, academic qualification, discipline record, gpa, grade point average, education, education level, highest degree, academic degree, school name, university, alma mater, transcript, test score, exam score, ausbildung, schulabschluss, diploma",
    within: {
      person:
        "mark, marks, gpa score, course, subject studied, program, classification, degree, school, major, grade",
    },
    types: wordsOrNumbers,
  },
  {
    classId: "education",
    within: { linked: "grade, mark, nota, note, voto, cijfer, ocena, gpa" },
    types: numbers,
  },
  {
    classId: "ethnicity",
    anywhere:
      "race code, race cd, race ethnicity, ethnic code, ethnic cd, ethnic category, ethnicity code, racial group, raca, raca cor, cor raca, cor pele, color piel, grupo etnico, grupo etnia, origen etnico, pueblo indigena, origine etnica, razza, groupe ethnique, etnische afkomst, afkomst, pochodzenie etniczne, ethnische herkunft, ethnische zugehorigkeit, hispanic, is hispanic, hispanic latino, aboriginal, aboriginal status, tribal affiliation, migration background, migrationshintergrund, race, ethnicity, ethnic, ethnic group, ethnic origin, caste, herkunft, ethnie, raza, origine ethnique, etnia, etniciteit, tribe, skin color, indigenous",
    types: anyContent,
  },
  {
    classId: "belief_politics",
    anywhere:
      "religion code, religion cd, religious affiliation, religious belief, relig, church, church member, parish member, faith community, glaube, glaubensbekenntnis, religionszugehorigkeit, kirche, confession, confession religieuse, creencia, creencias, confesion, fe religiosa, credo, confessione, religioso, credo religioso, godsdienst, kerkgenootschap, religia, wyznanie religijne, uskonto, party member, party membership, political, politics, political opinion, political leaning, political orientation, parteizugehorigkeit, parteimitglied, partei, parti politique, opinion politique, afiliacion politica, partido politico, ideologia, partito politico, filiacao partidaria, politieke partij, politieke voorkeur, partia polityczna, poglady polityczne, union name, union code, union local, labor union, labour union, works council, betriebsrat, gewerkschaftsmitglied, afiliacion sindical, sindicato, appartenance syndicale, iscritto sindacato, sindacato, vakbond, vakbondslid, zwiazek zawodowy, philosophical belief, voted for, voter party, conscientious objector, religion, religious, faith, denomination, konfession, kirchensteuer, kirchenzugehorigkeit, political party, political affiliation, political view, party affiliation, union member, union membership, trade union, gewerkschaft, syndicat, religione, religiao, geloof, wyznanie, voter registration",
    types: anyContent,
  },
  {
    classId: "sexuality",
    anywhere:
      "sex orientation, sexual identity, sexual partner, sexual partners, sexual activity, sexual history, orientacion sex, orientamento sessuale, orientacao sexual, seksuele geaardheid, orientacja seksualna, sexual practice, sexual orientation, sexuality, sexual preference, sex life, sexuelle orientierung, orientation sexuelle, orientacion sexual, lgbt, lgbtq",
    types: anyContent,
  },
  {
    classId: "biometric_genetic",
    anywhere:
      "biometric template, biometric data, biometric hash, biometrics, fingerprint data, fingerprint hash, finger template, face id template, facial embedding, facial features, face descriptor, face hash, face scan, facial recognition, voice embedding, voice template, voice biometric, iris template, iris code, retina, palm vein, hand geometry, genetic data, genetic test, gene sequence, dna sequence, dna profile, dna sample, snp, snps, haplotype, karyotype, empreinte digitale, huella, huella dactilar, impronta digitale, impressao digital, vingerafdruk, odcisk palca, fingerabdruck, gesichtsmerkmale, fingerprint template, finger print, fingerprint image, face embedding, face encoding, face template, face vector, voiceprint, voice print, iris, iris scan, retina scan, dna, genotype, genome, genetic, biometric, palm print, gait",
    within: { person: "template, genes, fingerprint, embedding" },
    types: anyContent,
  },
  {
    classId: "criminal_record",
    anywhere:
      "criminal history, criminal offence, criminal offense, criminal conviction, criminal charges, charge description, crime, crime type, crime description, convicted, conviction date, arrest date, arrest record, arrested, booking charge, prison, prison sentence, inmate number, jail, sentence length, sentence years, court case criminal, police record, dbs check, dbs result, crb check, sex offender, vorstrafe, straftaten, polizeiliches fuhrungszeugnis, verurteilung, antecedents judiciaires, condamnation, antecedentes penales, antecedentes criminales, delito, condena, precedenti penali, reato, condanna, antecedentes criminais, strafblad, misdrijf, karalnosc, przestepstwo, wyrok, offender, offender id, conviction, convictions, offence, offences, offense, offenses, arrest, arrests, criminal, criminal record, felony, probation, parole, straftat, vorstrafen, fuhrungszeugnis, casier judiciaire, antecedentes, sentence date, background check",
    types: [...anyContent, ...moments],
  },
];
