import type { HeldOutSchema } from "./schema";

/** Schemas as companies write them for themselves, in their language and manner. */
export const ownSchemas: readonly HeldOutSchema[] = [
  {
    name: "hr_german",
    locale: "de",
    tables: `
mitarbeiter 200 | mitarbeiter_id:int=none~seq personalnr=person_number~pattern:P-##### anrede=none~one:Herr/Frau vorname=given_name nachname=family_name geburtsname=family_name geb_datum:date=birth_date geschlecht=gender~one:m/w/d familienstand=marital_family~one:ledig/verheiratet/geschieden staatsangehoerigkeit=nationality strasse=postal_address plz=postal_code ort=city bundesland=country_region~state telefon_privat=phone handy=phone email_dienstlich=email steuer_id=national_id~steuerid sv_nummer=national_id~pattern:########M### konfession=belief_politics~one:rk/ev/keine schwerbehindert:bool=diagnosis~bool eintrittsdatum:date=none austrittsdatum:date=none kostenstelle=none~pattern:KST-#### abteilung_id:int=none~int:1..20 vorgesetzter_id:int=none~int:1..200 bemerkung=free_text angelegt_am:timestamptz=none geaendert_am:timestamptz=none
gehaltsabrechnung 200 | id:int=none~seq mitarbeiter_id:int=none~ref:mitarbeiter monat:date=none bruttolohn:numeric=income netto:numeric=income~int:20000..80000 sonderzahlung:numeric=income~int:0..9000 steuerklasse:int=marital_family~int:1..6 iban=iban bic=payment_metadata~bic kontoinhaber=person_name
abteilung 20 | abteilung_id:int=none~seq bezeichnung=none~department kuerzel=none~upper:3 standort=city~city leiter=person_name
fehlzeiten 200 | id:int=none~seq mitarbeiter_id:int=none~ref:mitarbeiter von:date=none bis:date=none art=none~one:Urlaub/Gleittag/Dienstreise genehmigt:bool=none
bewerber 100 | bewerber_id:int=none~seq name=person_name mail=email mobilnummer=phone geburtsdatum:date=birth_date anschrift=postal_address lebenslauf:bytea=file_content~bytes gehaltswunsch:int=income stelle=job_title status=none~one:neu/eingeladen/abgelehnt
stellenplan 60 | stelle_id:int=none~seq titel=job_title~job entgeltgruppe=none~one:E9/E10/E13 besetzt:bool=none
`,
  },
  {
    name: "clinic_spanish",
    locale: "es",
    tables: `
pacientes 200 | paciente_id:int=none~seq nro_historia=medical_record_number~pattern:HC###### nombre=given_name apellido1=family_name apellido2=family_name fecha_nacimiento:date=birth_date sexo=gender~one:H/M dni=national_id~dni direccion=postal_address codigo_postal=postal_code ciudad=city provincia=country_region~state telefono=phone correo_electronico=email num_seguro=health_insurance_id~pattern:SEG######## grupo_sanguineo=lab_vital~one:A+/B+/O-/AB+ alergias=diagnosis~one:polen/penicilina/ninguna contacto_emergencia=person_name estado_civil=marital_family~one:soltero/casado/viudo activo:bool=none creado_en:timestamptz=none
medicos 30 | medico_id:int=none~seq nombre_completo=person_name num_colegiado=provider_id~digits:9 especialidad=job_title~one:cardiologia/pediatria/urologia telefono=phone correo=email
citas 200 | cita_id:int=none~seq paciente_id:int=none~ref:pacientes medico_id:int=none~ref:medicos fecha:timestamptz=health_date~ts motivo=diagnosis~sentence estado=none~one:pendiente/hecha/anulada observaciones=free_text
diagnosticos 200 | id:int=none~seq paciente_id:int=none~ref:pacientes codigo_cie10=diagnosis~icd descripcion=diagnosis~sentence fecha_diagnostico:date=health_date
recetas 200 | id:int=none~seq paciente_id:int=none~ref:pacientes medicamento=treatment~word dosis=treatment~pattern:##_mg fecha:date=health_date duracion_dias:int=none~int:1..30
laboratorio 200 | id:int=none~seq paciente_id:int=none~ref:pacientes prueba=lab_vital~one:glucosa/colesterol/TSH resultado:numeric=lab_vital~dec:1..200 unidad=none~one:mg/dl/mmol fecha_muestra:timestamptz=health_date~ts
facturas 200 | factura_id:int=none~seq paciente_id:int=none~ref:pacientes importe:numeric=money_amount fecha_emision:date=health_date~date numero_tarjeta=pan pagada:bool=none
especialidades 12 | id:int=none~seq nombre=none~word descripcion=none~sentence
salas 10 | id:int=none~seq nombre=none~pattern:Sala-## planta:int=none~int:0..5
`,
  },
  {
    name: "shop_camel",
    locale: "en_US",
    tables: `
Customer 200 | customerId:int=none~seq firstName=given_name lastName=family_name eMail=email emailVerified:bool=none phoneNumber=phone dateOfBirth:date=birth_date passwordHash=password passwordResetToken=secret_token marketingOptIn:bool=none loyaltyNumber=person_number~pattern:L######## preferredLanguage=none~one:en/de/fr lastLoginIp=ip_address lastLoginAt:timestamptz=none createdAt:timestamptz=none
CustomerAddress 200 | addressId:int=none~seq customerId:int=none~ref:Customer addressLine1=postal_address addressLine2=postal_address~street2 city=city stateProvince=country_region~state postalCode=postal_code countryCode=country_region~country2 recipientName=person_name isDefault:bool=none
SalesOrder 200 | orderId:int=none~seq orderNumber=none~pattern:SO-###### customerId:int=none~ref:Customer orderStatus=none~one:new/paid/sent orderTotal:numeric=money_amount currencyCode=none~one:USD/EUR shipToName=person_name shipToStreet=postal_address shipToZip=postal_code trackingNumber=none~pattern:1Z########## customerNote=free_text placedAt:timestamptz=none
PaymentMethod 200 | paymentMethodId:int=none~seq customerId:int=none~ref:Customer cardNumber=pan cardBrand=payment_metadata~one:visa/amex cardHolder=person_name expirationDate=card_expiry~pattern:##/## billingZip=postal_code gatewayToken=secret_token
Product 100 | productId:int=none~seq productName=none~product productDescription=none~sentence unitPrice:numeric=none~amount stockCount:int=none manufacturer=organization_name~company ean=none~digits:13 imageUrl=none~url
ProductReview 200 | reviewId:int=none~seq productId:int=none~ref:Product reviewerName=person_name reviewerEmail=email rating:int=none~int:1..5 reviewText=free_text publishedAt:timestamptz=none
Coupon 40 | couponCode=none~upper:8 discountPercent:int=none~int:5..50 validFrom:date=none validUntil:date=none
GiftCard 60 | giftCardId:int=none~seq giftCardCode=secret_token~pattern:????-####-???? initialBalance:numeric=money_amount recipientEmail=email
NewsletterCampaign 20 | campaignId:int=none~seq subject=none~sentence sentCount:int=none openRate:numeric=none~dec:0..1
`,
  },
  {
    name: "bank_cryptic",
    locale: "en_GB",
    tables: `
t01 200 | c1:int=none~seq c2=given_name c3=family_name c4:date=birth_date c5=email c6=phone~phone_e164 c7=iban c8:numeric=none~dec:0..90000 c9:timestamptz=none
t02 200 | c1:int=none~seq c2=pan c3=none~pattern:##/## c4=payment_metadata~bic c5=ip_address c6=device_id c7=none~uuid c8=user_agent c9=none~one:A/B/C
t03 200 | c1:int=none~seq c2=person_name c3=postal_address c4=city c5=postal_code~zip c6=country_region c7=national_id~nhs c8=free_text c9=none~words
t04 200 | c1=none~digits:10 c2=none~digits:16 c3=none~hex:8 c4=none~upper:6 c5=none~semver c6=none~digits:9 c7=none~pattern:AB-#### c8=none~product c9=none~color
t05 200 | c1:int=none~seq c2=password c3=secret_token~jwt c4=private_key~pem c5=crypto_wallet~btc c6=vehicle_id c7:bytea=person_image~jpeg c8:inet=ip_address~ip6 c9:jsonb=structured_doc~json_person
t06 200 | c1:int=none~seq c2=national_id~bsn c3=national_id~pesel c4=national_id~cpf c5=national_id~codice c6=national_id~dni c7=national_id~nir c8=national_id~steuerid c9=device_id~imei
`,
  },
  {
    name: "legacy_run_on",
    locale: "en_US",
    tables: `
CUSTMAST 200 | CUSTNO=person_number~pattern:C####### CUSTFNAME=given_name CUSTLNAME=family_name CUSTADDR1=postal_address CUSTADDR2=postal_address~street2 CUSTCITY=city CUSTSTATE=country_region~state CUSTZIP=postal_code HOMEPHONE=phone WORKPHONE=phone FAXNO=phone EMAILADDR=email BIRTHDATE:date=birth_date SSNO=national_id~ssn DLNUMBER=driver_licence~pattern:D####### CREDITLIMIT:numeric=money_amount~amount LASTPURCHDATE:date=none CUSTSTATUS=none~one:A/I CUSTTYPE=none~one:R/W SLSREPID:int=none~int:1..20 COMMENTS=free_text
EMPMAST 100 | EMPID:int=none~seq EMPNAME=person_name~lastfirst EMPTITLE=job_title EMPSALARY:numeric=income HIREDATE:date=none TERMDATE:date=none DEPTCODE=none~upper:3 MARITALSTATUS=marital_family~one:S/M/D SEXCODE=gender EMERGCONTACT=person_name EMERGPHONE=phone USERID=username PASSWD=password~hex:32
ORDHDR 200 | ORDNO:int=none~seq CUSTNO=person_number~pattern:C####### ORDDATE:date=none SHIPVIA=none~one:UPS/DHL ORDTOTAL:numeric=money_amount SHIPNAME=person_name SHIPADDR=postal_address SHIPCITY=city SHIPZIP=postal_code CARDNUM=pan~visa CARDEXP=card_expiry~pattern:##/##
ITEMMAST 100 | ITEMNO:int=none~seq ITEMDESC=none~product ITEMCLASS=none~upper:2 UNITCOST:numeric=none~amount UOM=none~one:EA/BX WHSLOC=none~pattern:A-##-# LASTCOUNTDATE:date=none VENDORNO:int=none~int:1..40
VENDMAST 40 | VENDNO:int=none~seq VENDNAME=organization_name VENDADDR=postal_address VENDCITY=city VENDPHONE=phone VENDCONTACT=person_name TAXIDNO=tax_id~pattern:##-####### BANKACCTNO=bank_account
GLACCT 80 | ACCTNO=none~pattern:####-## ACCTDESC=none~words BALANCE:numeric=money_amount PERIOD:int=none~int:1..12
`,
  },
];
