import { describe, expect, it } from 'vitest';
import { isSecretName } from './secret-names.js';

describe('isSecretName', () => {
  it.each([
    ...[
      'PASSWORD',
      'PASSWORT',
      'PASSWD',
      'PASSWRT',
      'PASSWRD',
      'PASWORD',
      'PASSPHRASE',
      'PASSCODE',
      'PASSKEY',
    ],
    ...['PASSORD', 'SECRETS', 'SEKRET', 'SEGRETO', 'TOKENS', 'CREDENTIALS', 'GSLT', 'LICENSE', 'LICENCE'],
    ...['WEBHOOK_URL', 'BEARER', 'mot de passe', 'motdepasse', 'JETON', 'KENNWORT', 'SCHLUESSEL_SCHLÜSSEL'],
    ...['GEHEIM', 'ZUGANGSDATEN', 'WACHTWOORD', 'SLEUTEL', 'CONTRASEÑA', 'CONTRASENYA', 'CLAVE', 'SENHA'],
    ...['PALAVRA-PASSE', 'PAROLA', 'PAROLE', 'CHIAVE', 'CHEIE', 'HASŁO', 'KLUCZ', 'KĽÚČ', 'KLÍČ', 'HESLO'],
    ...['JELSZÓ', 'KULCS', 'LÖSENORD', 'NYCKEL', 'ADGANGSKODE', 'KODEORD', 'NØKKEL', 'SALASANA', 'ŞİFRE'],
    ...['mật khẩu', 'SANDI', 'LOZINKA', 'GESLO', 'SLAPTAŽODIS', 'PAROOL', 'SALASÕNA', 'LYKILORÐ_LYKILORD'],
    ...['FJALËKALIM', 'KATA_LALUAN', 'ПАРОЛЬ', 'КЛЮЧ', 'СЕКРЕТ', 'ТОКЕН', 'ΚΩΔΙΚΌΣ', 'ΚΛΕΙΔΊ', 'كلمة السر'],
    ...['كلمة المرور', 'كلمة سر', 'סיסמה', 'رمز عبور', 'पासवर्ड', 'รหัสผ่าน', '密码', '密碼', '密钥', '密鑰'],
    ...[
      '口令',
      '令牌',
      'パスワード',
      'パスコード',
      '暗証番号',
      'トークン',
      '비밀번호',
      '암호',
      '토큰',
      '패스워드',
    ],
    ...['APIキー', 'ＰＡＳＳＷＯＲＤ', 'ﬁle_token'],
  ])('finds the secret in %s', (name) => {
    expect(isSecretName(name)).toBe(true);
  });

  it.each([
    ...['PW', 'PWD', 'PSW', 'MDP', 'OTP', 'TOTP', '2FA', 'MFA', 'JWT', 'PSK', 'PIN', 'PAT', 'PEM', 'DSN'],
    ...['CLÉ', 'HMAC', 'SALT', 'CRED', 'CREDS', 'COOKIE', 'KEY', 'KEYS'],
  ])('finds the word %s alone, with a number and in a name of many words', (word) => {
    expect([word, `${word}1`, `MY_${word}`, `${word}_FILE`, `my-${word}.x`].map(isSecretName)).toEqual(
      Array.from({ length: 5 }, () => true),
    );
    expect(isSecretName(`${word}XY`)).toBe(false);
  });

  it.each([
    'MYPASS',
    'DBPASS2',
    'RCONPW',
    'ADMINPWD',
    'DBPSW',
    'APIKEY',
    'ENCRYPTIONKEY',
    'SESSIONKEYS',
    'AUTH',
  ])('finds the secret at the end of %s', (name) => {
    expect(isSecretName(name)).toBe(true);
  });

  it.each(['myPin', 'éPin', 'dbOtp', 'motDePasse', 'MOT__DE--PASSE', 'mot \t de passe', 'AUTHORIZATION'])(
    'finds the words of %s',
    (name) => {
      expect(isSecretName(name)).toBe(true);
    },
  );

  it.each([
    ...[
      'COMPASS',
      'BYPASS',
      'TRESPASS',
      'SURPASS',
      'OVERPASS',
      'UNDERPASS',
      'IMPASSE',
      'PASSENGER',
      'IMPASS',
    ],
    ...['MONKEY', 'DONKEYS', 'TURKEY', 'HOTKEY', 'WHISKEY', 'JOCKEY', 'HOCKEY', 'PUBKEY', 'KEYBOARD'],
    ...['AUTHOR', 'AUTHORS', 'author_name', 'PINGS', 'SHIPIN', 'PINe', 'PATH', 'SALTY', 'INCREDS', 'UPWARD'],
    ...['KLICKEN', 'キーボード', 'MAX_PLAYERS', 'SERVER_JARFILE', 'X1PIN', ''],
  ])('finds no secret in %s', (name) => {
    expect(isSecretName(name)).toBe(false);
  });
});
