import { describe, expect, it } from 'vitest';
import { differences, inArchive } from './contents.mjs';

const lines = inArchive('linux-x64');
/** Valid package with one file for each line. */
const right = lines.map((line) => line.replaceAll('*', 'some-name'));
const judge = (entries: readonly string[]) => differences(entries, lines, 'app.asar');

describe('the allowed contents of a package', () => {
  it('accepts a package with one file for each line', () => {
    expect(judge(right)).toEqual([]);
  });

  it.each([
    ['a source', 'main/app.ts'],
    ['a source beside a bundle', 'out/main/app.ts'],
    ['a map of a bundle', 'out/main/index.cjs.map'],
    ['a map of a window', 'out/renderer/assets/main-abc.js.map'],
    ['something in a folder of assets', 'out/renderer/assets/more/main.js'],
    ['a second bundle of main', 'out/main/shared.cjs'],
    ['a cache', '.cache/eslint'],
    ['a log of the demo', 'out/demo/data/logs/perch.log'],
    ['accounts of the demo', 'out/demo/data/accounts.json'],
    ['what the build remembers', 'out/.stamps/main'],
    ['lists of licences', 'out/.licences/main.json'],
    ['results of tests', 'test-results/.last-run.json'],
    ['what draws the icons', 'out/icons/rasteriser/main.cjs'],
    ["another system's keytar", 'node_modules/keytar/prebuilds/darwin-arm64/keytar.node'],
    ['a keytar, which nothing on Linux asks', 'node_modules/keytar/lib/keytar.js'],
    ["another system's database", 'node_modules/classic-level/prebuilds/win32-x64/classic-level.node'],
    ['a database for musl', 'node_modules/classic-level/prebuilds/linux-x64/classic-level.musl.node'],
    ['what keytar is compiled from', 'node_modules/keytar/src/async.cc'],
    ['another package', 'node_modules/buffer/index.js'],
    ['a package inside a package', 'node_modules/classic-level/node_modules/buffer/index.js'],
    ['an empty folder', 'tests'],
    ['a name that only begins like one that may be', 'package.json.bak'],
    ['a name in which the dot is another character', 'packageXjson'],
  ])('names %s', (_, entry) => {
    expect(judge([...right, entry])).toEqual([`app.asar holds ${entry}, which does not belong there.`]);
  });

  it.each(lines)('reports the missing %s', (line) => {
    const rest = right.filter((_, index) => lines[index] !== line);
    expect(judge(rest)).toEqual([`app.asar lacks ${line}.`]);
  });

  it.each([
    ['linux-arm64', 'linux-arm64/classic-level.armv8.node', []],
    [
      'darwin-x64',
      'darwin-x64+arm64/classic-level.node',
      ['darwin-x64/keytar.node', 'darwin-arm64/keytar.node'],
    ],
    [
      'darwin-arm64',
      'darwin-x64+arm64/classic-level.node',
      ['darwin-x64/keytar.node', 'darwin-arm64/keytar.node'],
    ],
    ['win32-x64', 'win32-x64/classic-level.node', ['win32-x64/keytar.node']],
  ] as const)('knows the compiled parts for %s', (system, database, keychain) => {
    const entries = inArchive(system).filter((line) => line.endsWith('.node'));
    expect(entries).toEqual([
      ...keychain.map((file) => `node_modules/keytar/prebuilds/${file}`),
      `node_modules/classic-level/prebuilds/${database}`,
    ]);
    expect(differences(entries, entries, 'app.asar')).toEqual([]);
  });
});
