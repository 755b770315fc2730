/** Detects names of variables that hold a password, key or token, in many languages. */

/** Patterns that mark a secret anywhere in a name. */
const anywhere = [
  ...['passw', 'pasword', 'passphrase', 'passcode', 'passkey', 'passord'],
  ...[
    'secret',
    'sekret',
    'segreto',
    'token',
    'credential',
    'gslt',
    'setsteamaccount',
    'licen[cs]e',
    'webhook',
    'bearer',
  ],
  // French, German, Dutch.
  ...['mot ?de ?passe', 'jeton', 'kennwort', 'schlussel', 'geheim', 'zugangsdaten', 'wachtwoord', 'sleutel'],
  // Spanish, Portuguese, Italian, Romanian.
  ...['contrasena', 'contrasenya', 'clave', 'senha', 'palavra ?passe', 'parol[ae]', 'chiave', 'cheie'],
  // Polish, Czech, Slovak, Hungarian.
  ...['haslo', 'kluc', 'heslo', 'klic(?!k)', 'jelszo', 'kulcs'],
  // Swedish, Danish, Norwegian, Finnish, Turkish, Vietnamese, Indonesian.
  ...['losenord', 'nyckel', 'adgangskode', 'kodeord', 'nokkel', 'salasana', 'sifre', 'mat ?khau', 'sandi'],
  // South Slavic, Baltic, Estonian, Icelandic, Albanian, Malay.
  ...['lozinka', 'geslo', 'slaptazod', 'parool', 'salasona', 'lykilord', 'fjalekalim', 'kata ?laluan'],
  // Russian and Ukrainian, Greek, Arabic, Hebrew.
  ...['парол', 'ключ', 'секрет', 'токен', 'κωδικος', 'κλειδι', 'كلمة ?(?:ال)?(?:مرور|سر)', 'סיסמ'],
  // Persian, Hindi, Thai.
  ...['رمز', 'पासवर्ड', 'รหัส'],
  // Chinese, Japanese, Korean.
  ...[
    '密[码碼钥鑰]',
    '口令',
    '令牌',
    'パスワード',
    'パスコード',
    '暗証',
    'トークン',
    '비밀번호',
    '암호',
    '토큰',
    '패스워드',
    'キー(?!ボード)',
  ],
];

/** Patterns that mark a secret only without a letter beside them. */
const words = [
  ...[
    'pw',
    'pwd',
    'psw',
    'mdp',
    'otp',
    'totp',
    '2fa',
    'mfa',
    'jwt',
    'psk',
    'pin',
    'pat',
    'pem',
    'dsn',
    'cle',
  ],
  ...['hmac', 'salt', 'creds?', 'cookie', 'keys?'],
];

/** Beginnings of words that end in `pass` and are no secret, such as `compass` and `bypass`. */
const noPass = '(?<!com|by|tres|sur|over|under|im)';
/** Beginnings of words that end in `key` and are no secret. */
const noKey = '(?<!mon|don|tur|hot|whis|joc|hoc|pub|public)';

const secret = new RegExp(
  [
    ...anywhere.map(bare),
    `(?<![\\p{L}\\p{N}])(?:${words.join('|')})(?![\\p{L}])`,
    `${noPass}pass(?!\\p{L})`,
    `${noKey}keys?(?!\\p{L})`,
    '(?:pwd?|psw|pswd)(?!\\p{L})',
    // `author` is no secret.
    'auth(?!ors?(?!\\p{L}))',
  ].join('|'),
  'u',
);

/** True if programs must not see the value of a variable with this name. */
export function isSecretName(name: string): boolean {
  // Split `MyPassword` and `motDePasse` into words.
  const spaced = name.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2');
  return [name, spaced].some((form) => secret.test(bare(form)));
}

/** The text in lower case, without accents, and with single blanks between words. */
function bare(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ł', 'l')
    .replaceAll('ø', 'o')
    .replaceAll('ß', 'ss')
    .replaceAll('ı', 'i')
    .replace(/[\s_-]+/g, ' ');
}
