import { type NameRule, words, wordsOrNumbers } from "@/lib/discovery/names/rule";

/** Where somebody can be reached or found. */
export const contactRules: readonly NameRule[] = [
  {
    classId: "email",
    anywhere:
      "e mail adres, mailadres, mail adres, emailadres, mailbox address, adres email, adres mail, adres e mail, e mailadresse, adresse courriel, adresse email, adresse e mail, direccion correo, direccion de correo, direccion email, endereco email, endereco de email, indirizzo email, indirizzo mail, pec, epost, sahkoposti, mail id, email id, correo e, e post adress, paypal email, email hash, mail hash, gravatar, email, e mail, mail, mailbox, email address, e mail address, mail address, mail addr, email addr, courriel, adresse mail, adresse electronique, correo, correo electronico, posta elettronica, emailadresse, mailadresse, e post, contact email, recovery email, paypal",
    types: words,
  },
  {
    classId: "phone",
    anywhere:
      "phone 1, phone 2, phone home, phone work, cellulare, cellular, cell no, telefonnr, telefon nr, telefon nummer, tel nr, tel fixe, tel portable, tel mobile, tel privat, tel dienst, mobiltelefon, mobilfunk, mobilnr, mobilnummer, handynr, handy nr, telefono fijo, telefono movil, telefono celular, telefone celular, telefone fixo, recapito telefonico, numero telefono, numero di telefono, numero cellulare, nr telefonu, numer telefonu, telefon komorkowy, gsm nummer, telefoonnr, mobiel, mobiel nummer, mobile phone, sms number, emergency phone, puhelin, contact no, contact tel, ph no, phonenum, phone num, mobilenum, mobile num, call number, voip, faxnummer, faxnr, telefax, telecopie, day phone, evening phone, extension number, calling number, called number, caller number, number dialed, phone, phone number, phone no, phone nr, mobile, mobile number, mobile no, cell phone, cellphone, cell number, tel, tel no, tel number, tele phone, telephone, telephone number, fax, fax number, fax no, msisdn, telefon, telefonnummer, telefono, telefone, telefoon, telefoonnummer, handynummer, mobilnummer, celular, movil, numero de telephone, numero telephone, portable number, whatsapp, contact number, pager, phone extension, landline, festnetz, rufnummer",
    alone: "cell, handy, portable, mobil, komorka, gsm",
    within: { person: "extension, ext" },
    types: wordsOrNumbers,
  },
  {
    classId: "postal_address",
    anywhere:
      "line 1 address, addr 1, addr 2, addr 3, adr, address 1, address 2, address 3, street 1, street 2, address street, add line, addr line, complement adresse, complemento, complemento direccion, numero civico, numero casa, numero rua, numero rue, nr domu, nr mieszkania, numer domu, straatnaam, huisnr, toevoeging, hausnummerzusatz, wohnanschrift, lieferadresse, rechnungsadresse, lieferanschrift, rechnungsanschrift, adresse postale, adresse facturation, adresse livraison, direccion envio, direccion facturacion, direccion postal, endereco entrega, endereco cobranca, indirizzo spedizione, indirizzo residenza, residenza, adresse ligne, adres zamieszkania, bezorgadres, factuuradres, ship to address, bill to address, ship to street, bill to street, mail street, shipping street, billing street, mailing street, ship address, bill address, location address, pickup address, dropoff address, work address, property address, gatuadress, gateadresse, osoite, flat number, flat no, unit number, suite number, thoroughfare, premise, address, addr, address line, street, street address, street name, street number, house number, house no, apartment, apt, building number, po box, postal address, mailing address, home address, adresse, anschrift, strasse, hausnummer, hausnr, direccion, domicilio, calle, indirizzo, endereco, logradouro, adres, ulica, straat, huisnummer, adresszeile, voie, delivery address, billing address, shipping address, residence, locality line, full address",
    alone:
      "line 1, line 2, line 3, addressline, gata, adresse 1, adresse 2, nr domu, rue, via, rua, str, add 1, add 2",
    types: words,
  },
  {
    classId: "city",
    anywhere:
      "town name, city town, post town, ortschaft, wohnsitz, stadtname, bairro, barrio, quartier, quartiere, wijk, buurt, poblacion, ciudad residencia, ville residence, comune residenza, miasto zamieszkania, plaatsnaam, ship city, bill city, work city, home city, billing city, mailing city, capital, capital city, postort, kommune, kaupunki, miejsce zamieszkania, parish, borough, sublocality, standort, city, town, village, municipality, county, hometown, home town, city name, wohnort, stadt, gemeinde, ville, commune, localite, ciudad, localidad, municipio, citta, comune, cidade, plaats, woonplaats, gemeente, miasto, miejscowosc, suburb, post town",
    alone: "gmina, powiat, localita, frazione, concelho, freguesia, kommun, ort, locality",
    within: { city: "name, title, nombre, nom, nome, naam, nazwa, bezeichnung", person: "location" },
    types: words,
  },
  {
    classId: "postal_code",
    anywhere:
      "postcode 1, zip postal, zip postal code, postal zip, plz ort, kod poczt, kod pocz, codice avviamento postale, cod postal, cod post, postnr, postnummer, postleitzahl ort, zip 5, zip 9, pstl cd, postinumero, ship zip, bill zip, postal cd, zip cd, zip, zip code, zipcode, postal code, postalcode, post code, postcode, postal, plz, postleitzahl, code postal, codigo postal, codice postale, kod pocztowy, pin code, pincode, eircode, codepostal, postnummer, zip 4",
    alone: "cap, cep, cp",
    types: wordsOrNumbers,
  },
  {
    classId: "country_region",
    anywhere:
      "country id, country region, country iso, iso country, state province code, province code, region name, region code, country region code, state region, nation name, uf, estado uf, provincia estado, wojewodztwo nazwa, regione, regiao, provincie, landkreis, bundesstaat, ship state, bill state, ship region, home state, work state, territory, governorate, nazione, kraj pochodzenia, laenderkennzeichen, iso 2, iso 3, country alpha, fylke, lan namn, state abbr, country, country code, country name, province, region, state code, state name, state province, bundesland, pays, pais, paese, departement, provincia, estado federal, kraj, wojewodztwo, land code, prefecture, canton, kanton, district, nation",
    alone: "land",
    within: {
      place: "state, st, land, estado, region code",
      country:
        "name, code, iso, title, nombre, nom, nome, naam, nazwa, bezeichnung, iso code, abbr, abbreviation",
    },
    types: words,
  },
  {
    classId: "geo_point",
    anywhere:
      "pickup latitude, pickup longitude, gps latitude, gps longitude, geo lat, geo lon, geo lng, geo long, coord x, coord y, x coordinate, y coordinate, latitud, longitud, latitudine, longitudine, szerokosc geograficzna, dlugosc geograficzna, lat deg, lon deg, spatial location, geolocalisation, geolocalizacion, standortkoordinaten, point geom, home location, last location, wkt, geo json, latitude, longitude, geo point, geo location, geolocation, gps, gps location, coordinates, coords, geom, geometry, lat long, lat lng, latlng, geohash, breitengrad, langengrad, location point, what 3 words",
    alone: "lat, lon, lng, long, geo",
    types: ["number", "geometry", "text", "json", "array", "other"],
  },
  {
    classId: "ip_address",
    anywhere:
      "ip adres, direccion ip, indirizzo ip, endereco ip, adres ip, ip client, ip remote, created ip, registration ip, signup ip, login ip, user ip, source address ip, server ip, ip from, ip to, ip source, ip dest, dst ip, src ip, author ip, ip, ip address, ip addr, ipaddress, remote addr, remote address, remote ip, client ip, client addr, source ip, last ip, sign in ip, host ip, ipv 4, ipv 6, x forwarded for, adresse ip, ip adresse",
    types: ["inet", "text", "array", "number"],
  },
  {
    classId: "device_id",
    anywhere:
      "device serial, device identifier, mac adres, mac adresse, hardware address, ethernet address, adresse mac, direccion mac, handset id, client id cookie, ga client id, vendor id idfv, sim number, sim serial, esn, push device token, registration id push, seriennummer, numero serie, numero de serie, numero di serie, serienummer, numer seryjny, serial num, device udi, udi carrier, ad tracking id, mac address, mac addr, imei, imsi, iccid, meid, device id, device identifier, device uuid, device token, device fingerprint, browser fingerprint, idfa, idfv, gaid, advertising id, ad id, udi, push token, apns token, fcm token, serial number, serial no, hardware id, android id, machine id, installation id, cookie id, visitor id",
    alone: "mac, serial, fingerprint",
    types: ["text", "uuid", "inet", "number", "array"],
  },
  {
    classId: "user_agent",
    anywhere:
      "http agent, comment agent, browser user agent, client agent, agent string, ua string, browser string, accept language header, user agent, useragent, browser agent, http user agent",
    alone: "ua, browser",
    types: ["text", "json"],
  },
];
