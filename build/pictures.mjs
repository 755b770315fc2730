/*
 * npm run pictures: makes the pictures of the README (`docs/images`) with the real application and two panels of the
 * sandbox.
 * Text is in Inter, the console in JetBrains Mono, as on a desktop; a computer without a desktop would show substitute
 * fonts. Debian: `apt-get install fonts-inter fonts-jetbrains-mono`; PERCH_FONTS names a folder of fonts that are not
 * installed.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildStale } from './build.mjs';
import { runCommand, SetupFailure } from './setup/failure.mjs';
import { root } from './setup/paths.mjs';

const folder = join(root, 'out', 'pictures');
const fonts = { text: 'Inter', mono: 'JetBrains Mono' };

/** Font configuration with these fonts as the system's default and fixed fonts. */
const configuration = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  ${process.env.PERCH_FONTS ? `<dir>${process.env.PERCH_FONTS}</dir>` : ''}
  <cachedir>${join(folder, 'fonts')}</cachedir>
  <include ignore_missing="yes">/etc/fonts/conf.d</include>
  ${alias('system-ui', fonts.text)}
  ${alias('sans-serif', fonts.text)}
  ${alias('sans', fonts.text)}
  ${alias('ui-monospace', fonts.mono)}
  ${alias('monospace', fonts.mono)}
</fontconfig>
`;

/**
 * @param {string} asked
 * @param {string} given
 */
function alias(asked, given) {
  return `<match target="pattern"><test name="family"><string>${asked}</string></test><edit name="family" mode="prepend" binding="strong"><string>${given}</string></edit></match>`;
}

/** A time zone where it is evening now, when servers are full. */
function evening() {
  const ahead = ((20 - new Date().getUTCHours() + 36) % 24) - 12;
  return `Etc/GMT${ahead >= 0 ? '-' : '+'}${Math.abs(ahead)}`;
}

async function pictures() {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'fonts.conf');
  writeFileSync(file, configuration);
  const env = { ...process.env, FONTCONFIG_FILE: file, PERCH_PICTURES: '1', TZ: evening() };
  for (const name of Object.values(fonts)) {
    const { stdout } = spawnSync('fc-match', ['--format=%{family}', name], { env, encoding: 'utf8' });
    if (!(stdout ?? '').includes(name)) {
      throw new SetupFailure(
        `The font ${name} is not here.`,
        'On Debian: apt-get install fonts-inter fonts-jetbrains-mono.',
      );
    }
  }
  await buildStale();
  const words = ['playwright', 'test', 'readme-pictures', '--workers', '1'];
  return spawnSync('npx', words, { env, cwd: root, stdio: 'inherit' }).status ?? 1;
}

await runCommand(pictures);
