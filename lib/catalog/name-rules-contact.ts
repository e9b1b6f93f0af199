import { type NameRule, words, wordsOrNumbers } from "@/lib/catalog/name-rule";

/** Where somebody can be reached or found. */
export const contactRules: readonly NameRule[] = [
  {
    classId: "email",
    anywhere:
      "email, e mail, mail, mailbox, email address, e mail address, mail address, mail addr, email addr, courriel, adresse mail, adresse electronique, correo, correo electronico, posta elettronica, emailadresse, mailadresse, e post, contact email, recovery email, paypal",
    types: words,
  },
  {
    classId: "phone",
    anywhere:
      "phone, phone number, phone no, phone nr, mobile, mobile number, mobile no, cell phone, cellphone, cell number, tel, tel no, tel number, tele phone, telephone, telephone number, fax, fax number, fax no, msisdn, telefon, telefonnummer, telefono, telefone, telefoon, telefoonnummer, handynummer, mobilnummer, celular, movil, numero de telephone, numero telephone, portable number, whatsapp, contact number, pager, phone extension, landline, festnetz, rufnummer",
    alone: "cell, handy, portable, mobil, komorka, gsm",
    within: { person: "extension, ext" },
    types: wordsOrNumbers,
  },
  {
    classId: "postal_address",
    anywhere:
      "address, addr, address line, street, street address, street name, street number, house number, house no, apartment, apt, building number, po box, postal address, mailing address, home address, adresse, anschrift, strasse, hausnummer, hausnr, direccion, domicilio, calle, indirizzo, endereco, logradouro, adres, ulica, straat, huisnummer, adresszeile, voie, delivery address, billing address, shipping address, residence, locality line, full address",
    alone: "rue, via, rua, str, add 1, add 2, suite, unit",
    types: words,
  },
  {
    classId: "city",
    anywhere:
      "city, town, village, municipality, county, hometown, home town, city name, wohnort, stadt, gemeinde, ville, commune, localite, ciudad, localidad, municipio, citta, comune, cidade, plaats, woonplaats, gemeente, miasto, miejscowosc, suburb, post town",
    alone: "ort, locality",
    types: words,
  },
  {
    classId: "postal_code",
    anywhere:
      "zip, zip code, zipcode, postal code, postalcode, post code, postcode, postal, plz, postleitzahl, code postal, codigo postal, codice postale, kod pocztowy, pin code, pincode, eircode, codepostal, postnummer, zip 4",
    alone: "cap, cep, cp",
    types: wordsOrNumbers,
  },
  {
    classId: "country_region",
    anywhere:
      "country, country code, country name, province, region, state code, state name, state province, bundesland, pays, pais, paese, departement, provincia, estado federal, kraj, wojewodztwo, land code, prefecture, canton, kanton, district, nation",
    alone: "land",
    within: { place: "state, st, land, estado, region code" },
    types: words,
  },
  {
    classId: "geo_point",
    anywhere:
      "latitude, longitude, geo point, geo location, geolocation, gps, gps location, coordinates, coords, geom, geometry, lat long, lat lng, latlng, geohash, breitengrad, langengrad, location point, what 3 words",
    alone: "lat, lon, lng, long, location, position, geo",
    types: ["number", "geometry", "text", "json", "array", "other"],
  },
  {
    classId: "ip_address",
    anywhere:
      "ip, ip address, ip addr, ipaddress, remote addr, remote address, remote ip, client ip, client addr, source ip, last ip, sign in ip, host ip, ipv 4, ipv 6, x forwarded for, adresse ip, ip adresse",
    types: ["inet", "text", "array", "number"],
  },
  {
    classId: "device_id",
    anywhere:
      "mac address, mac addr, imei, imsi, iccid, meid, device id, device identifier, device uuid, device token, device fingerprint, browser fingerprint, idfa, idfv, gaid, advertising id, ad id, udi, push token, apns token, fcm token, serial number, serial no, hardware id, android id, machine id, installation id, cookie id, visitor id",
    alone: "mac, serial, fingerprint",
    types: ["text", "uuid", "inet", "number", "array"],
  },
  {
    classId: "user_agent",
    anywhere: "user agent, useragent, browser agent, http user agent",
    alone: "ua, browser",
    types: ["text", "json"],
  },
];
