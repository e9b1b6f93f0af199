import { moments, type NameRule, numbers, words, wordsOrNumbers } from "@/lib/discovery/names/rule";

/** How somebody pays and is paid, and what opens their accounts. */
export const moneyRules: readonly NameRule[] = [
  {
    classId: "pan",
    anywhere:
      "card num, card nbr, cc nbr, cardnum, cardno, cardnumber, cc card number, credit card num, credit card no, credit card nr, creditcard number, creditcardnum, debit card number, debit card no, payment card number, card account number, card pan, account pan, masked pan, pan number card, karten nr, kartennr, kreditkartennr, kreditkarten nummer, num carte, numero carte bancaire, no carte, carte credit, carte de credit, num tarjeta, nro tarjeta, tarjeta credito, tarjeta de credito, tarjeta numero, numero carta, num carta, numero carta credito, numero do cartao, num cartao, kaartnummer, creditcard nummer, numer karty kredytowej, nr karty, karta kredytowa, amex, visa number, mastercard number, card number, card no, card nr, card num, credit card, credit card number, creditcard, debit card, cc number, cc num, cc no, ccn, primary account number, kreditkarte, kreditkartennummer, kartennummer, carte bancaire, numero carte, tarjeta, numero de tarjeta, numero tarjeta, carta di credito, numero cartao, cartao de credito, creditcardnummer, numer karty",
    alone: "pan, card, cc",
    types: wordsOrNumbers,
  },
  {
    classId: "card_security",
    anywhere:
      "cvv code, cvc code, card cvv, card cvc, cc cvv, cvv number, cvv no, cid code, card verification, card verification value, card verification code, verification value card, sec code, security cd card, prufnummer, prufziffer, kartenprufnummer, code securite, code de securite, cryptogramme visuel, codigo seguridad, codigo de seguridad, codice sicurezza, codigo seguranca, beveiligingscode, kod cvv, pin code card, atm pin, pin encrypted, encrypted pin, pin offset, magstripe, magnetic stripe, track 3, emv data, cvv, cvv 2, cvc, cvc 2, cvn, card security code, security code, card pin, pin block, pin number, pin hash, track data, track 1, track 2, pvv, prufziffer karte, cryptogramme",
    alone: "pin, cid",
    types: wordsOrNumbers,
  },
  {
    classId: "card_expiry",
    anywhere:
      "card expires, card exp date, card exp month, card exp year, cc expiry, cc exp date, cc exp month, cc exp year, cc expires, credit card expiry, credit card exp, credit card expiration, card valid until, card valid thru, card expiration date, card expiry date, card expdate, cardexp, exp mm, exp yy, kreditkarte ablauf, ablaufmonat, ablaufjahr, gultig bis, date expiration carte, expiration carte, vencimiento tarjeta, fecha vencimiento tarjeta, caducidad tarjeta, scadenza carta, validade cartao, vervaldatum kaart, data waznosci karty, expmonth, expyear, exp month, exp year, expiry month, expiry year, expiration month, expiration year, card expiry, card expiration, card exp, cc exp, valid thru, valid through, gueltig bis karte",
    within: {
      card: "expiry, expiry date, expiration, expiration date, exp date, expires, expires on, exp, valid until, gultig bis",
    },
    types: [...wordsOrNumbers, ...moments],
  },
  {
    classId: "payment_metadata",
    anywhere:
      "card scheme, card issuer, card product, card bin, card last 4, card last four, last 4 digits card, card suffix, cc type, cc brand, credit card type, credit card brand, type carte, tipo tarjeta, tipo carta, kartentyp, swift bic, bic swift, bic code, swift bic code, bank code, bank routing, aba, aba routing, aba routing number, routing transit number, transit number, sortcode, bank sort code, ifsc, ifsc code, bsb, bsb number, iban bic, codice bic, code bic, code swift, code banque, clave bancaria, codigo banco, abi, cab, bankcode, approval number, auth code payment, card approval code, authorization number, avs code, avs result, cvv result, payment gateway, payment brand, card type, card brand, card network, last 4, last four, last 4 digits, approval code, authorization code number, bic, swift, swift code, routing number, routing no, aba number, sort code, bankleitzahl, blz, payment method type, issuer bank",
    within: { card: "brand, network, issuer, bin" },
    types: wordsOrNumbers,
  },
  {
    classId: "iban",
    anywhere:
      "iban number, iban no, iban nr, iban nummer, iban code, code iban, numero iban, codice iban, counterparty iban, rekening iban, numer iban, bank iban, sepa iban, iban, internationale kontonummer, international bank account number",
    types: words,
  },
  {
    classId: "bank_account",
    anywhere:
      "acct, acct nbr, acctno, acctnum, accountnumber, account nbr, account num, bank acct no, bank acct number, bank acct num, bank account no, bank account nr, bank account num, bank acc, bank acc no, bank no account, bankacctno, checking account, savings account, deposit account, debit account, credit account number, beneficiary account, counterparty account, from account, to account, payer account, payee account, direct deposit account, kontonr, konto nummer, bankkontonummer, bankkonto nr, bankverbindung, num compte, no compte, compte bancaire, num compte bancaire, rib, numero cuenta, nro cuenta, num cuenta, cuenta numero, cuenta corriente, cbu, ccc, conto bancario, numero conto corrente, numero conto, num conto, conta bancaria, conta corrente, numero conta, num conta, rekeningnr, bankrekening, bankrekeningnummer, nr konta, nr rachunku, numer rachunku, rachunek bankowy, numer rachunku bankowego, kontonummer bank, bankgiro, plusgiro, ach account, account number, account no, account nr, acct no, acct number, acct num, bank account, bank account number, bank acct, kontonummer, konto nr, bankkonto, numero de compte, numero compte, cuenta bancaria, numero de cuenta, conto corrente, numero conto, numero da conta, rekeningnummer, numer konta, clabe, depot nummer",
    alone: "konto, cuenta, conto",
    types: wordsOrNumbers,
  },
  {
    classId: "income",
    anywhere:
      "annual salary, base salary, monthly salary, yearly salary, starting salary, current salary, salary amount, salary usd, emp salary, employee salary, expected salary, desired salary, salary expectation, hourly wage, hourly pay, pay per hour, daily rate employee, annual income, monthly income, household income, family income, yearly income, gross income, net income person, estimated salary, applicant income, coapplicant income, income level, income bracket, income range, income category, pay amount, pay scale, base rate pay, overtime pay, payrate, pay period amount, take home pay, stipend, pension amount, pension, retirement contribution, commission rate, commission amount, annual bonus, bonus amount, stock options, remuneration, jahresgehalt, monatsgehalt, grundgehalt, brutto, bruttogehalt, nettogehalt, brutto lohn, netto, netto lohn, stundenlohn, gehaltswunsch, sonderzahlung, vergutung, entgelt, bezuge, einkommen, jahreseinkommen, pramie, salaire brut, salaire net, salaire base, salaire mensuel, salaire annuel, revenu, revenu annuel, revenus, remuneration brute, prime salaire, traitement brut, sueldo, sueldo base, sueldo bruto, sueldo neto, salario base, salario bruto, salario neto, ingreso, ingresos, ingreso mensual, ingreso anual, renta anual, nomina, retribuzione lorda, stipendio lordo, stipendio netto, reddito, reddito annuo, paga, tredicesima, salario liquido, renda, renda mensal, renda familiar, remuneracao, vencimento base, brutoloon, nettoloon, bruto salaris, netto salaris, loon, maandsalaris, jaarsalaris, inkomen, wynagrodzenie brutto, wynagrodzenie netto, pensja, placa, placa brutto, zarobki, dochod, lon, lonn, palkka, fizetes, payroll, wage rate, credit rating score, creditscore, fico, fico score, salary, salaries, wage, wages, income, pay rate, pay grade, hourly rate, base pay, gross pay, net pay, gross salary, net salary, annual pay, compensation, bonus, commission pct, gehalt, lohn, bruttolohn, nettolohn, salaire, salario, stipendio, retribuzione, salaris, wynagrodzenie, earnings, payroll amount, credit score, net worth, sal",
    within: {
      pay: "rate, amount, gross, net, base, bonus, value, brutto, netto, total, deductions, allowance, tax, hourly, overtime, sum, betrag, montant, importe, bedrag, kwota",
      person: "commission, pay, gross, net",
    },
    types: wordsOrNumbers,
  },
  {
    classId: "money_amount",
    anywhere:
      "amount total, amount tax, amount untaxed, gesamtpreis, prix total, precio total, prezzo totale, preco total, totaalprijs, amt, total amt, sub total amount, total due, total paid, total price, total cost, total charge, total charges, tax amount, tax amt, order total, invoice total, cart total, grand amount, net amount, gross amount, paid amount, payment amount, amount covered, claim amount, loan amount, transaction amount, deposit amount, refund amount, premium, premium amount, annual premium, account balance, current balance, opening balance, closing balance, balance after, initial balance, credit amount, debit amount, fare, fare amount, tip amount, bill amount, billing amount, charge amount, monthly payment, installment amount, donation amount, lifetime value, annual revenue, summe, gesamtsumme, gesamtbetrag, rechnungsbetrag, umsatz, saldo konto, montant ttc, montant ht, montant total, total ttc, total ht, prime annuelle, solde, chiffre affaires, importe total, monto total, valor total, saldo actual, importo totale, totale, imponibile, fatturato, valor pago, saldo atual, bedrag, totaalbedrag, premie, omzet, kwota, kwota brutto, kwota netto, line total, base cost, encounter cost, healthcare expenses, healthcare coverage, amount, balance, total amount, amount due, amount paid, betrag, montant, importe, importo, saldo, sub total, grand total, outstanding, credit limit",
    alone: "total",
    within: {
      linked:
        "price, cost, fee, total, preis, prix, precio, prezzo, preco, prijs, cena, unit price, amount, value, valor, valore, costo, coste, cout, kosten, monto, prime, prima, charges, payments, expenses, revenue",
      health: "cost, total cost, base cost, price, charges, payments, expenses, revenue",
      organisation: "revenue, turnover, expenses",
    },
    types: numbers,
  },
  {
    classId: "crypto_wallet",
    anywhere:
      "wallet addr, wallet id address, wallet public key, btc wallet, eth wallet, crypto wallet, crypto wallet address, solana address, payout wallet, adresse wallet, bitcoin, blockchain address, deposit address crypto, wallet, wallet address, btc address, bitcoin address, eth address, ethereum address, crypto address, public wallet, xpub",
    types: words,
  },
  {
    classId: "password",
    anywhere:
      "passwordhash, passwordsalt, pass word, pass wd, passwd hash, pw hash, pwhash, pwd hash, pwdhash, pwd salt, user password, user passwd, user pwd, login password, login pwd, db password, smtp password, ftp password, wifi password, account password, old password, previous password, password encrypted, encrypted pwd, password enc, crypt password, password crypt, hash password, password plain, password md 5, password sha, passwort hash, kennwort hash, mot passe, mdp, hash mdp, contrasenia, clave acceso, clave usuario, contrasena hash, parola, parola chiave, senha hash, wachtwoord hash, haslo hash, losen, salasana, passord, adgangskode, jelszo, parola d ordine, sifre, parol, user salt, hash salt, password, passwd, pwd, passwort, kennwort, mot de passe, motdepasse, contrasena, senha, wachtwoord, haslo, passphrase, pass phrase, pass hash, password hash, password digest, encrypted password, hashed password, user pass, salt, password salt, passcode, losenord, heslo",
    alone: "pw, pass, digest, clave",
    types: [...wordsOrNumbers, "bytea"],
  },
  {
    classId: "secret_token",
    anywhere:
      "access tok, access token secret, auth token hash, api token hash, token hash, token value, token secret, reset token hash, password token, reset password token, rp token, password reset, forgot password token, email token, email verification token, email confirm token, verify token, verification token, confirm token, invitation token, invite token, magic token, login token, session hash, session secret, sid session, php session, sess id, session data key, csrf token, xsrf token, oauth token, oauth secret, oauth token secret, consumer secret, client key secret, app secret, application secret, app key secret, api secret key, secret access key, aws secret, aws access key, access key id, access key secret, service account key, bot token, device auth token, push secret, webhook token, hook secret, hmac, hmac key, hmac secret, signing token, encryption secret, jwt secret, jwt token, personal access token, feed token, rss token, incoming email token, static object token, runners token, remember me token, persistent token, gateway token, payment token, card token, stripe token, stripe secret, gift card code, gift code, voucher secret, redemption code, license code, product key, serial key license, connection url, database url, connection str, conn string, connstr, sas token, refresh tok, bearer, auth key, auth secret, authkey, passkey, credential secret, cred, login link, one time link, share token, share link token, zugangstoken, sitzungs id, jeton, jeton acces, cle api, cle secrete, clave api, clave secreta, chiave api, chiave segreta, chave api, token acceso, token accesso, sleutel api, klucz api, token, access token, auth token, refresh token, reset token, session token, session key, session id, api key, apikey, api token, api secret, access key, client secret, secret, secret key, shared secret, signing secret, webhook secret, bearer, dsn, connection string, authorization code, auth code, magic link, invite code, verification code, confirmation token, unlock token, activation key, activation code, license key, remember token, cookie, jwt, id token, csrf, nonce secret, credential, credentials",
    types: [...words, "bytea", "uuid"],
  },
  {
    classId: "private_key",
    anywhere:
      "rsa private key, rsa key, private pem, priv key, ssh private key, ssl key, tls key, tls private key, ssl private key, certificate key, cert key, gpg private key, pgp private key, deploy key private, signing private key, symmetric key, aes key, kms key material, wrapped key, encrypted key, encrypted private key, secret key material, privater schlussel, cle privee, clave privada, chiave privata, chave privada, klucz prywatny, prive sleutel, seed phrase, mnemonic, mnemonic phrase, private key, encryption key, master key, signing key, pem, keystore, key store, secret key pem, pkcs 12, privkey, ssh key, pgp key, key material, data key",
    types: [...words, "bytea"],
  },
  {
    classId: "otp_recovery",
    anywhere:
      "otp key, otp seed, otp code, totp key, totp seed, mfa key, mfa seed, mfa token, 2 fa key, 2 fa token, two factor key, two factor code, two factor token, two factor recovery, two factor recovery codes, otp backup, otp backup codes, encrypted otp secret, google auth secret, google authenticator, authenticator secret, authenticator key, recovery key, recovery token, recovery phrase, scratch codes, backup key, reset answer, secret question answer, challenge answer, password hint, password answer, hint answer, sicherheitsantwort, reponse secrete, respuesta secreta, risposta segreta, sms code, webauthn secret, otp, otp secret, totp, totp secret, hotp, two factor, two factor secret, 2 fa, 2 fa secret, mfa secret, mfa, backup code, backup codes, recovery code, recovery codes, security answer, secret answer, one time password, one time code",
    types: [...wordsOrNumbers, "bytea"],
  },
];
