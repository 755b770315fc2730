import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { symptomOf } from '../../bridge/fix-its/symptoms.js';
import { ailmentAtStart, AILMENTS, catchAilment, lacksImage, writeReport } from './ailments.js';
import { removeFolder } from '../../tests/support/remove-folder.js';

const facts = { image: 'yolks:java_11', environment: {} };
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'perch-ailment-'));
});
afterEach(() => removeFolder(folder));

describe('an ailment', () => {
  it('writes its crash report', () => {
    writeReport(folder, AILMENTS['ticking-entity'] ?? { lines: [], code: 1 });
    const path = join(folder, 'crash-reports', 'crash-2026-11-29_14.32.05-server.txt');
    expect(readFileSync(path, 'utf8')).toContain('Description: Ticking entity\n');
  });

  it('does not affect a healthy server', () => {
    expect(catchAilment(folder, 'toString', facts)).toBe(false);
    expect(ailmentAtStart(folder, facts)).toBeNull();
  });

  it('of most kinds ends with the second start', () => {
    catchAilment(folder, 'port', facts);
    expect(ailmentAtStart(folder, facts)).toBe(AILMENTS['port']);
    expect(ailmentAtStart(folder, facts)).toBeNull();
    expect(ailmentAtStart(folder, facts)).toBeNull();
  });

  it('lasts until it is cured', () => {
    catchAilment(folder, 'eula', facts);
    for (let start = 0; start < 3; start++) expect(ailmentAtStart(folder, facts)).not.toBeNull();
    writeFileSync(join(folder, 'eula.txt'), 'eula=true');
    expect(ailmentAtStart(folder, facts)).toBeNull();
    catchAilment(folder, 'java', facts);
    expect(ailmentAtStart(folder, facts)).not.toBeNull();
    expect(ailmentAtStart(folder, { ...facts, image: 'yolks:java_17' })).toBeNull();
  });

  it('with a crash report lasts until the report is removed', () => {
    catchAilment(folder, 'ticking-entity', facts);
    for (let start = 0; start < 3; start++) {
      const ailment = ailmentAtStart(folder, facts);
      if (ailment !== null) writeReport(folder, ailment);
      expect(ailment).toBe(AILMENTS['ticking-entity']);
    }
    rmSync(join(folder, 'crash-reports'), { recursive: true });
    expect(ailmentAtStart(folder, facts)).toBeNull();
  });

  it('of a missing image lasts while that image is set', () => {
    catchAilment(folder, 'image', facts);
    expect(ailmentAtStart(folder, facts)).toBeNull();
    expect(lacksImage(folder, facts)).toBe(true);
    expect(lacksImage(folder, { ...facts, image: 'yolks:java_17' })).toBe(false);
  });

  it.each(Object.entries(AILMENTS).filter(([, { lines }]) => lines.length > 0))(
    '%s is printed with text that Perch recognises',
    (name, { lines, report }) => {
      expect([...lines, ...(report?.lines ?? [])].map((line) => symptomOf(line)?.kind)).toContain(name);
    },
  );
});
