/**
 * Variables that electron-builder needs to sign and notarise on each system.
 *
 * @type {Record<string, { sign: readonly string[], notarise: readonly string[] }>}
 */
const needed = {
  darwin: {
    sign: ['CSC_LINK', 'CSC_KEY_PASSWORD'],
    notarise: ['APPLE_ID', 'APPLE_APP_SPECIFIC_PASSWORD', 'APPLE_TEAM_ID'],
  },
  win32: { sign: ['WIN_CSC_LINK', 'WIN_CSC_KEY_PASSWORD'], notarise: [] },
};

const names = { darwin: 'macOS', win32: 'Windows', linux: 'Linux' };

/**
 * Signing of this system's packages: a line that says whether they are signed, and the environment.
 * A workflow sets the variable of a missing secret to an empty text, which electron-builder would take for a file, and
 * with only some of the variables it would fail half-way. So either all variables of a kind are passed on, or none.
 *
 * @param {string} platform
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ env: NodeJS.ProcessEnv, line: string }}
 */
export function signingOf(platform, env) {
  const system = names[/** @type {keyof typeof names} */ (platform)] ?? platform;
  const kinds = needed[platform];
  if (!kinds)
    return { env, line: `${system}: packages carry no signature of their own; SHA256SUMS is attested` };
  const lacksSign = lacking(kinds.sign, env);
  const lacksNotarise = lacksSign.length > 0 ? kinds.notarise : lacking(kinds.notarise, env);
  const left = [
    ...(lacksSign.length > 0 ? kinds.sign : []),
    ...(lacksNotarise.length > 0 ? kinds.notarise : []),
  ];
  return {
    env: {
      ...Object.fromEntries(Object.entries(env).filter(([name]) => !left.includes(name))),
      // Without this variable electron-builder would search the machine's keychain for a certificate.
      ...(lacksSign.length > 0 ? { CSC_IDENTITY_AUTO_DISCOVERY: 'false' } : {}),
    },
    line: `${system}: ${[
      lacksSign.length > 0 ? `NOT SIGNED (no ${lacksSign.join(', ')})` : 'signed',
      ...(kinds.notarise.length === 0 ? [] : [notarised(lacksSign, lacksNotarise)]),
    ].join(', ')}`,
  };
}

/**
 * @param {readonly string[]} lacksSign
 * @param {readonly string[]} lacksNotarise
 */
function notarised(lacksSign, lacksNotarise) {
  if (lacksSign.length > 0) return 'NOT NOTARISED (only what is signed can be)';
  return lacksNotarise.length > 0 ? `NOT NOTARISED (no ${lacksNotarise.join(', ')})` : 'notarised';
}

/**
 * @param {readonly string[]} wanted
 * @param {NodeJS.ProcessEnv} env
 */
function lacking(wanted, env) {
  return wanted.filter((name) => !env[name]);
}
