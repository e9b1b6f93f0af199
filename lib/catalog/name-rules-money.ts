import { moments, type NameRule, numbers, words, wordsOrNumbers } from "@/lib/catalog/name-rule";

/** How somebody pays and is paid, and what opens their accounts. */
export const moneyRules: readonly NameRule[] = [
  {
    classId: "pan",
    anywhere:
      "card number, card no, card nr, card num, credit card, credit card number, creditcard, debit card, cc number, cc num, cc no, ccn, primary account number, kreditkarte, kreditkartennummer, kartennummer, carte bancaire, numero carte, tarjeta, numero de tarjeta, numero tarjeta, carta di credito, numero cartao, cartao de credito, creditcardnummer, numer karty",
    alone: "pan, card, cc",
    types: wordsOrNumbers,
  },
  {
    classId: "card_security",
    anywhere:
      "cvv, cvv 2, cvc, cvc 2, cvn, card security code, security code, card pin, pin block, pin number, pin hash, track data, track 1, track 2, pvv, prufziffer karte, cryptogramme",
    alone: "pin, cid",
    types: wordsOrNumbers,
  },
  {
    classId: "card_expiry",
    anywhere:
      "exp month, exp year, expiry month, expiry year, expiration month, expiration year, card expiry, card expiration, card exp, cc exp, valid thru, valid through, gueltig bis karte",
    within: {
      card: "expiry, expiry date, expiration, expiration date, exp date, expires, expires on, exp, valid until, gultig bis",
    },
    types: [...wordsOrNumbers, ...moments],
  },
  {
    classId: "payment_metadata",
    anywhere:
      "card type, card brand, card network, last 4, last four, last 4 digits, approval code, authorization code number, bic, swift, swift code, routing number, routing no, aba number, sort code, bankleitzahl, blz, payment method type, issuer bank",
    within: { card: "brand, network, issuer, bin" },
    types: wordsOrNumbers,
  },
  {
    classId: "iban",
    anywhere: "iban, internationale kontonummer, international bank account number",
    types: words,
  },
  {
    classId: "bank_account",
    anywhere:
      "account number, account no, account nr, acct no, acct number, acct num, bank account, bank account number, bank acct, kontonummer, konto nr, bankkonto, numero de compte, numero compte, cuenta bancaria, numero de cuenta, conto corrente, numero conto, numero da conta, rekeningnummer, numer konta, clabe, depot nummer",
    alone: "konto, cuenta, conto",
    types: wordsOrNumbers,
  },
  {
    classId: "income",
    anywhere:
      "salary, salaries, wage, wages, income, pay rate, pay grade, hourly rate, base pay, gross pay, net pay, gross salary, net salary, annual pay, compensation, bonus, commission pct, gehalt, lohn, bruttolohn, nettolohn, salaire, salario, stipendio, retribuzione, salaris, wynagrodzenie, earnings, payroll amount, credit score, net worth, sal",
    within: { person: "commission, pay, gross, net" },
    types: wordsOrNumbers,
  },
  {
    classId: "money_amount",
    anywhere:
      "amount, balance, total amount, amount due, amount paid, betrag, montant, importe, importo, saldo, sub total, grand total, outstanding, credit limit, revenue",
    alone: "total",
    within: { linked: "price, cost, fee, total" },
    types: numbers,
  },
  {
    classId: "crypto_wallet",
    anywhere:
      "wallet, wallet address, btc address, bitcoin address, eth address, ethereum address, crypto address, public wallet, xpub",
    types: words,
  },
  {
    classId: "password",
    anywhere:
      "password, passwd, pwd, passwort, kennwort, mot de passe, motdepasse, contrasena, senha, wachtwoord, haslo, passphrase, pass phrase, pass hash, password hash, password digest, encrypted password, hashed password, user pass, salt, password salt, passcode, losenord, heslo",
    alone: "pw, pass, digest, clave",
    types: [...wordsOrNumbers, "bytea"],
  },
  {
    classId: "secret_token",
    anywhere:
      "token, access token, auth token, refresh token, reset token, session token, session key, session id, api key, apikey, api token, api secret, access key, client secret, secret, secret key, shared secret, signing secret, webhook secret, bearer, dsn, connection string, authorization code, auth code, magic link, invite code, verification code, confirmation token, unlock token, activation key, activation code, license key, remember token, cookie, jwt, id token, csrf, nonce secret, credential, credentials",
    types: [...words, "bytea", "uuid"],
  },
  {
    classId: "private_key",
    anywhere:
      "private key, encryption key, master key, signing key, pem, keystore, key store, secret key pem, pkcs 12, privkey, ssh key, pgp key, key material, data key",
    types: [...words, "bytea"],
  },
  {
    classId: "otp_recovery",
    anywhere:
      "otp, otp secret, totp, totp secret, hotp, two factor, two factor secret, 2 fa, 2 fa secret, mfa secret, mfa, backup code, backup codes, recovery code, recovery codes, security answer, secret answer, security question, secret question, one time password, one time code",
    types: [...wordsOrNumbers, "bytea"],
  },
];
