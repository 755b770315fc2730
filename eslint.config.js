import js from '@eslint/js';
import globals from 'globals';
import svelte from 'eslint-plugin-svelte';
import ts from 'typescript-eslint';
import { globalsRule } from './build/lint/globals-rule.mjs';
import { importRule } from './build/lint/import-rule.mjs';

/** Ways to write code that hide a mistake from TypeScript or from a reader. */
const restrictedSyntax = [
  {
    selector: 'ObjectExpression > SpreadElement > ObjectExpression',
    message: 'List the properties: TypeScript does not report a surplus property inside a spread literal.',
  },
];

export default ts.config(
  { ignores: ['out/', 'messages/compiled/', 'dist/', 'node_modules/', '.cache/', 'test-results/'] },
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
      'no-restricted-syntax': ['error', ...restrictedSyntax],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser }, globals: { ...globals.browser } },
  },
  { files: ['renderer/**'], languageOptions: { globals: { ...globals.browser } } },
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  // Who may import whom, and who takes time and randomness from where: build/import-rules.mjs.
  {
    plugins: { 'import-rules': { rules: { imports: importRule, globals: globalsRule } } },
    rules: { 'import-rules/imports': 'error', 'import-rules/globals': 'error' },
  },
);
