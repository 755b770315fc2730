import ts from 'typescript-eslint';

/*
 * The rules that need types: promises, exhaustive switches and values of no known type. They are a step of their own in
 * `npm run check`, beside the others, because they take a program of the whole checkout; editors and `npx eslint .` use
 * the quick ones of eslint.config.js.
 */

/** Values that come from `any` must be looked at before they are used. */
const unsafe = {
  '@typescript-eslint/no-unsafe-argument': 'error',
  '@typescript-eslint/no-unsafe-assignment': 'error',
  '@typescript-eslint/no-unsafe-call': 'error',
  '@typescript-eslint/no-unsafe-member-access': 'error',
  '@typescript-eslint/no-unsafe-return': 'error',
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
        project: ['main', 'preload', 'renderer', 'bridge', 'sandbox', 'build', 'tests'].map(
          (world) => `./tsconfig.${world}.json`,
        ),
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      ...unsafe,
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  // A cast in a comment, which is how a script says what a JSON file holds, is the compiler's to see; these two do not.
  {
    files: ['**/*.mjs'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  // What Vitest's matchers and Playwright's pages hand out is `any` by their own types.
  {
    files: ['**/*.spec.ts', 'tests/**'],
    rules: Object.fromEntries(Object.keys(unsafe).map((rule) => [rule, 'off'])),
  },
);
