import type { HeldOutSchema } from "./schema";

/** Schemas in French, Italian, Portuguese, Dutch and Polish. */
export const languageSchemas: readonly HeldOutSchema[] = [
  {
    name: "insurance_french",
    locale: "fr",
    tables: `
assures 200 | id_assure:int=none~seq num_assure=person_number~pattern:A####### civilite=none~one:M./Mme nom=family_name prenom=given_name nom_naissance=family_name date_naissance:date=birth_date lieu_naissance=nationality~city num_secu=national_id~nir adresse=postal_address complement_adresse=postal_address~street2 code_postal=postal_code ville=city pays=country_region tel_fixe=phone tel_portable=phone courriel=email profession=job_title situation_familiale=marital_family~one:celibataire/marie/pacse date_creation:timestamptz=none
contrats 200 | id_contrat:int=none~seq numero_police=health_insurance_id~pattern:POL-####### id_assure:int=none~ref:assures type_contrat=none~one:auto/habitation/sante date_effet:date=none date_echeance:date=none prime_annuelle:numeric=money_amount~amount franchise:numeric=none~amount statut=none~one:actif/resilie
sinistres 200 | id_sinistre:int=none~seq id_contrat:int=none~ref:contrats date_sinistre:date=none description=free_text~note montant_estime:numeric=money_amount~amount immatriculation=vehicle_id~plate expert=person_name
paiements 200 | id:int=none~seq id_assure:int=none~ref:assures montant:numeric=money_amount~amount iban=iban bic=payment_metadata~bic titulaire=person_name date_paiement:date=none
agences 20 | id_agence:int=none~seq nom_agence=organization_name~company adresse=postal_address ville=city telephone=phone
utilisateurs 30 | identifiant=username mot_de_passe=password derniere_connexion:timestamptz=none adresse_ip=ip_address
`,
  },
  {
    name: "crm_italian",
    locale: "it",
    tables: `
clienti 200 | cliente_id:int=none~seq nome=given_name cognome=family_name ragione_sociale=organization_name codice_fiscale=national_id~codice partita_iva=tax_id~digits:11 indirizzo=postal_address cap=postal_code citta=city provincia=country_region~state cellulare=phone posta_elettronica=email data_nascita:date=birth_date note=free_text creato_il:timestamptz=none
contatti 200 | contatto_id:int=none~seq cliente_id:int=none~ref:clienti nominativo=person_name ruolo=job_title telefono=phone fax=phone
opportunita 200 | id:int=none~seq cliente_id:int=none~ref:clienti titolo=none~words valore:numeric=money_amount~amount fase=none~one:nuova/vinta/persa chiusura_prevista:date=none
attivita 200 | id:int=none~seq cliente_id:int=none~ref:clienti tipo=none~one:chiamata/visita data_ora:timestamptz=none descrizione=free_text~note completata:bool=none
`,
  },
  {
    name: "school_portuguese",
    locale: "pt_BR",
    tables: `
alunos 200 | aluno_id:int=none~seq matricula=person_number~digits:8 nome_completo=person_name data_nascimento:date=birth_date sexo=gender cpf=national_id~cpf rg=national_id~digits:9 endereco=postal_address bairro=city~city cep=postal_code cidade=city uf=country_region~upper:2 telefone=phone celular=phone email=email nome_mae=person_name nome_pai=person_name raca=ethnicity~one:branca/preta/parda bolsista:bool=none
notas 200 | id:int=none~seq aluno_id:int=none~ref:alunos disciplina_id:int=none~int:1..12 nota:numeric=education~dec:0..10 bimestre:int=none~int:1..4
disciplinas 12 | disciplina_id:int=none~seq nome=none~word carga_horaria:int=none
professores 30 | professor_id:int=none~seq nome=person_name salario:numeric=income formacao=education~one:mestrado/doutorado senha=password
turmas 12 | turma_id:int=none~seq ano:int=none~int:2020..2026 turno=none~one:manha/tarde
`,
  },
  {
    name: "town_dutch",
    locale: "nl",
    tables: `
inwoners 200 | inwoner_id:int=none~seq bsn=national_id~bsn voornamen=given_name tussenvoegsel=family_name~one:van/de/van_der achternaam=family_name geslacht=gender~one:M/V geboortedatum:date=birth_date geboorteplaats=nationality~city nationaliteit=nationality~country burgerlijke_staat=marital_family~one:gehuwd/ongehuwd straatnaam=postal_address~street huisnummer=postal_address~house postcode=postal_code woonplaats=city telefoonnummer=phone e_mailadres=email
uitkeringen 200 | id:int=none~seq inwoner_id:int=none~ref:inwoners bedrag:numeric=money_amount~amount rekeningnummer=iban~iban ingangsdatum:date=none
voertuigen 100 | id:int=none~seq kenteken=vehicle_id~plate merk=none~one:Opel/Fiat eigenaar_id:int=none~ref:inwoners
meldingen 100 | id:int=none~seq omschrijving=free_text~note categorie=none~one:afval/weg melder_naam=person_name gemeld_op:timestamptz=none
gebruikers 20 | gebruikersnaam=username wachtwoord=password laatst_ingelogd:timestamptz=none
`,
  },
  {
    name: "registry_polish",
    locale: "pl",
    tables: `
pacjenci 200 | id_pacjenta:int=none~seq imie=given_name nazwisko=family_name pesel=national_id~pesel data_urodzenia:date=birth_date plec=gender~one:K/M ulica=postal_address kod_pocztowy=postal_code miasto=city telefon=phone adres_email=email uwagi=free_text
wizyty 200 | id_wizyty:int=none~seq id_pacjenta:int=none~ref:pacjenci data_wizyty:timestamptz=health_date~ts rozpoznanie=diagnosis~icd zalecenia=treatment~sentence
uzytkownicy 20 | login=username haslo=password ostatnie_logowanie:timestamptz=none
`,
  },
];
