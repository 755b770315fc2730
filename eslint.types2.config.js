import svelteParser from 'svelte-eslint-parser';
import ts from 'typescript-eslint';

/*
 * Lint rules that need types: promises, exhaustive switches, values of type `any`. A step of its own in `npm run
 * check`, because these rules compile the whole checkout; editors and `npx eslint .` use only the fast rules of
 * eslint.config.js.
 */

/** Values of type `any` must be checked before use. */
const unsafe = {
  '@typescript-eslint/no-unsafe-argument': 'error',
  '@typescript-eslint/no-unsafe-assignment': 'error',
  '@typescript-eslint/no-unsafe-call': 'error',
  '@typescript-eslint/no-unsafe-member-access': 'error',
  '@typescript-eslint/no-unsafe-return': 'error',
};
/** @type {import('eslint').Linter.RulesRecord} */
const off = Object.fromEntries(Object.keys(unsafe).map((rule) => [rule, 'off']));

/** Parts with a tsconfig.*.json each. */
const projects = ['tests', 'build', 'main', 'preload', 'renderer', 'bridge', 'sandbox'].map(
  (world) => `./tsconfig.${world}.json`,
);

/** @type {import('eslint').Linter.RulesRecord} */
const rules = {
  ...unsafe,
  '@typescript-eslint/no-floating-promises': 'error',
  '@typescript-eslint/no-misused-promises': 'error',
  '@typescript-eslint/await-thenable': 'error',
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
};

export default ts.config(
  { ignores: ['out/', 'messages/compiled/', 'dist/', 'node_modules/', '.cache/', 'test-results/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'off' } },
  {
    files: ['**/*.ts', 'build/**/*.mjs', 'tests/support/desktop/**/*.mjs'],
    plugins: { '@typescript-eslint': ts.plugin },
    languageOptions: {
      parser: ts.parser,
      parserOptions: {
        project: projects,
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules,
  },
  {
    files: ['**/*.svelte'],
    plugins: { '@typescript-eslint': ts.plugin },
    languageOptions: {
      parser: svelteParser,
      parserOptions: {
        parser: ts.parser,
        project: './tsconfig.renderer.json',
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte'],
      },
    },
    // TypeScript knows no types of components that another component imports or binds, so these are `any` here. They
    // are checked by svelte-check.
    rules: { ...rules, ...off },
  },
  // Scripts declare the type of parsed JSON by a cast in a comment. The compiler understands such a cast, these two
  // rules do not.
  {
    files: ['**/*.mjs'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  // Vitest's matchers and Playwright's pages return `any`.
  { files: ['**/*.spec.ts', 'tests/**'], rules: off },
);
