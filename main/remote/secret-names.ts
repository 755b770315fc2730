/** What the variable of a password, a key or a token is called, in the languages that panels and eggs are written in. */

/** Hidden wherever they stand in a name. */
const anywhere = [
  ...['passwor[dt]', 'passwd', 'passwrt', 'passphrase', 'passcode', 'passkey', 'passord'],
  ...['secret', 'sekret', 'segreto', 'token', 'credential', 'gslt', 'licen[cs]e', 'webhook', 'bearer'],
  // French, German, Dutch.
  ...['mot ?de ?passe', 'jeton', 'kennwort', 'schlussel', 'geheim', 'zugangsdaten', 'wachtwoord', 'sleutel'],
  // Spanish, Portuguese, Italian, Romanian.
  ...['contrasena', 'contrasenya', 'clave', 'senha', 'palavra ?passe', 'parola', 'chiave'],
  // Polish, Czech, Slovak, Hungarian.
  ...['haslo', 'klucz', 'heslo', 'jelszo'],
  // Swedish, Danish, Norwegian, Finnish, Turkish, Vietnamese, Indonesian.
  ...['losenord', 'nyckel', 'adgangskode', 'kodeord', 'nokkel', 'salasana', 'sifre', 'mat ?khau', 'sandi'],
  // Russian and Ukrainian, Greek, Arabic, Hebrew.
  ...['парол', 'ключ', 'секрет', 'токен', 'κωδικος', 'κλειδι', 'كلمة ?(?:ال)?(?:مرور|سر)', 'סיסמ'],
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
  ],
];

/** Hidden where no letter stands beside them. */
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
  ...['hmac', 'cookie', 'keys?'],
];

/** What is no secret though it ends in `pass` or `key`. */
const noPass = '(?<!com|by|tres|sur|over|under|im)';
const noKey =
  '(?:api|priv(?:ate)?|auth|licen[cs]e|cd|access|server|ssh|crypt|cipher|sign(?:ing)?|steam|game|web|master)';

const secret = new RegExp(
  [
    ...anywhere.map(bare),
    `(?<![\\p{L}\\p{N}])(?:${words.join('|')})(?![\\p{L}])`,
    `${noPass}pass(?!\\p{L})`,
    `${noKey}keys?(?!\\p{L})`,
    // Not who wrote a mod.
    'auth(?!ors?(?!\\p{L}))',
  ].join('|'),
  'u',
);

/** Whether the value of a variable of this name is to be hidden from programs. */
export function isSecretName(name: string): boolean {
  // `MyPassword` and `motDePasse` are two words and three.
  const spaced = name.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2');
  return [name, spaced].some((form) => secret.test(bare(form)));
}

/** Without case and accents, its words one blank apart. */
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
