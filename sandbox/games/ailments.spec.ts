import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { symptomOf } from '../../bridge/fix-its/symptoms.js';
import { ailmentAtStart, AILMENTS, catchAilment, lacksImage } from './ailments.js';

const facts = { image: 'yolks:java_11', environment: {} };
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'perch-ailment-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('an ailment', () => {
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

  it('of a missing image lasts while that image is set', () => {
    catchAilment(folder, 'image', facts);
    expect(ailmentAtStart(folder, facts)).toBeNull();
    expect(lacksImage(folder, facts)).toBe(true);
    expect(lacksImage(folder, { ...facts, image: 'yolks:java_17' })).toBe(false);
  });

  it.each(Object.entries(AILMENTS).filter(([, { lines }]) => lines.length > 0))(
    '%s is printed with text that Perch recognises',
    (name, { lines }) => {
      expect(lines.map((line) => symptomOf(line)?.kind)).toContain(name);
    },
  );
});
