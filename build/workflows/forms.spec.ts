import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { root } from '../setup/paths.mjs';

interface Form {
  name: string;
  description: string;
  body: { type: string; id?: string; attributes: Record<string, unknown> }[];
}

interface Updates {
  updates: {
    'package-ecosystem': string;
    groups: Record<string, { patterns: string[] }>;
    ignore?: Ignored[];
  }[];
}
interface Ignored {
  'dependency-name': string;
}

const read = <T>(path: string) => parse(readFileSync(join(root, '.github', path), 'utf8')) as T;
const forms = readdirSync(join(root, '.github/ISSUE_TEMPLATE')).filter((name) => name !== 'config.yml');

describe('a form for issues', () => {
  it.each(forms)('%s has the fields that GitHub shows and knows', (name) => {
    const form = read<Form>(`ISSUE_TEMPLATE/${name}`);
    expect(form.name).toBeTruthy();
    expect(form.description).toBeTruthy();
    const fields = form.body.filter(({ type }) => type !== 'markdown');
    expect(fields.length).toBeGreaterThan(0);
    expect(new Set(fields.map(({ id }) => id)).size).toBe(fields.length);
    for (const { type, attributes } of form.body) {
      expect(['markdown', 'textarea', 'input', 'dropdown', 'checkboxes']).toContain(type);
      expect(attributes).toHaveProperty(type === 'markdown' ? 'value' : 'label');
      if (type === 'dropdown') expect(attributes.options).toSatisfy(allTexts);
    }
  });
});

describe('weekly updates', () => {
  const { updates } = read<Updates>('dependabot.yml');
  const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
    string,
    Record<string, string>
  >;
  const packages = Object.keys({ ...own.dependencies, ...own.devDependencies });

  it('name existing packages', () => {
    const npm = updates.find((update) => update['package-ecosystem'] === 'npm');
    const patterns = Object.values(npm?.groups ?? {}).flatMap((group) => group.patterns);
    const ignored = npm?.ignore?.map((entry) => entry['dependency-name']) ?? [];
    expect(patterns.length).toBeGreaterThan(0);
    const unknown = [...patterns, ...ignored].filter(
      (pattern) => !packages.some((name) => fits(name, pattern)),
    );
    expect(unknown).toEqual([]);
  });

  it('come for packages and for actions, in groups', () => {
    expect(updates.map((update) => update['package-ecosystem'])).toEqual(['npm', 'github-actions']);
    for (const { groups } of updates) expect(Object.keys(groups)).not.toEqual([]);
  });
});

function allTexts(values: unknown): boolean {
  return Array.isArray(values) && values.length > 1 && values.every((value) => typeof value === 'string');
}

function fits(name: string, pattern: string): boolean {
  const [head = '', tail] = pattern.split('*');
  return tail === undefined ? name === pattern : name.startsWith(head);
}
