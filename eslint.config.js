import js from '@eslint/js';
import globals from 'globals';
import svelte from 'eslint-plugin-svelte';
import ts from 'typescript-eslint';

/** Room -> what it must not import (ARCHITECTURE "Who may import whom"). The patterns match the import as written. */
const up = (...rooms) => rooms.flatMap((room) => [`**/${room}`, `**/${room}/**`]);
const electron = ['electron', 'electron/*'];
const node = ['node:*'];
const outer = ['main', 'preload', 'renderer', 'sandbox', 'tests', 'build'];
const without = (...rooms) => outer.filter((room) => !rooms.includes(room));
const desktop = [...electron, 'electron-log', 'electron-log/*', 'keytar', ...up('shell', 'ipc')];
const desktopFiles = [
  '**/app.js',
  '**/vault.js',
  '**/settings.js',
  '**/log.js',
  '**/account-records.js',
  '**/http.js',
];

const notOfPages = [...electron, ...node, 'ws', 'undici', 'keytar', ...up(...without('renderer'))];

const rooms = {
  // Everything of main that lies in no room of its own; the more particular rules below come after and win.
  main: { forbid: [...up('sandbox', 'renderer', 'preload'), '**/app.js'] },
  bridge: { forbid: up(...outer), packages: ['zod'] },
  preload: { forbid: up(...without('preload')), packages: ['electron'] },
  renderer: { forbid: notOfPages },
  // Parts without knowledge: they are told everything by their properties.
  'renderer/ui': { forbid: [...notOfPages, ...up('state', 'views', 'console')] },
  'main/panel': {
    forbid: [
      ...desktop,
      ...desktopFiles,
      ...up('sandbox', 'renderer', 'preload', 'fleet', 'actions', 'alerts', 'wings'),
    ],
  },
  'main/wings': {
    forbid: [
      ...desktop,
      ...desktopFiles,
      ...up('sandbox', 'renderer', 'preload', 'fleet', 'actions', 'alerts'),
    ],
  },
  'main/alerts': {
    forbid: [
      ...desktop,
      ...desktopFiles,
      ...up('sandbox', 'renderer', 'preload', 'fleet', 'actions', 'panel', 'wings'),
    ],
  },
  'main/fleet': {
    forbid: [...desktop, ...desktopFiles, ...up('sandbox', 'renderer', 'preload', 'actions', 'alerts')],
  },
  'main/actions': { forbid: [...desktop, ...desktopFiles, ...up('sandbox', 'renderer', 'preload')] },
  'main/ipc': { forbid: [...up('sandbox', 'renderer', 'preload', 'shell'), '**/app.js'] },
  'main/shell': { forbid: [...up('sandbox', 'renderer', 'preload'), '**/app.js'] },
  sandbox: { forbid: [...electron, ...up(...without('sandbox'), 'bridge')] },
};

/** With `packages`, a room may import these and its neighbours by relative path, and no other package. */
const otherPackages = (packages) => `^(?!(?:${packages.join('|')})$|\\.{1,2}/)`;

const roomRule = (room, { forbid, packages }) => {
  const message = `The room ${room} may not import this; see ARCHITECTURE.md, "Who may import whom".`;
  const foreign = packages === undefined ? [] : [{ regex: otherPackages(packages), message }];
  return { 'no-restricted-imports': ['error', { patterns: [{ group: forbid, message }, ...foreign] }] };
};

const roomRules = Object.entries(rooms).map(([room, limits]) => ({
  files: [`${room}/**/*.ts`, `${room}/**/*.svelte`],
  ignores: ['**/*.spec.ts'],
  rules: roomRule(room, limits),
}));

/** Rooms that get ports must not reach for the clock, the network or randomness themselves. */
const ported = ['main/panel', 'main/wings', 'main/fleet', 'main/actions', 'main/alerts'];

export default ts.config(
  { ignores: ['out/', 'words/compiled/', 'dist/', 'node_modules/', '.cache/', 'test-results/'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.node } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'max-lines': ['warn', { max: 350, skipBlankLines: true, skipComments: true }],
      eqeqeq: 'error',
      'no-console': 'off',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser }, globals: { ...globals.browser } },
  },
  { files: ['renderer/**'], languageOptions: { globals: { ...globals.browser } } },
  {
    files: ported.map((room) => `${room}/**/*.ts`),
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-globals': ['error', 'setTimeout', 'setInterval', 'fetch', 'Date', 'console', 'process'],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Use the Random port.' },
      ],
    },
  },
  {
    files: ['main/**/*.ts', 'preload/**/*.ts', 'renderer/**/*.{ts,svelte}', 'bridge/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: { 'no-console': 'error' },
  },
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  ...roomRules,
  // The composition root is what the entry starts; that is the one import of it.
  {
    files: ['main/index.ts'],
    rules: roomRule('main/index.ts', { forbid: up('sandbox', 'renderer', 'preload') }),
  },
);
