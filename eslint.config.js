import js from '@eslint/js';
import globals from 'globals';
import svelte from 'eslint-plugin-svelte';
import ts from 'typescript-eslint';
import { globalsRule } from './build/lint/globals-rule.mjs';
import { importRule } from './build/lint/import-rule.mjs';
import { syntaxRules } from './build/lint/syntax-rules.mjs';

export default ts.config(
  {
    ignores: [
      'out/',
      'messages/compiled/',
      'dist/',
      'node_modules/',
      '.cache/',
      '.svelte-check/',
      'test-results/',
    ],
  },
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
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser }, globals: { ...globals.browser } },
    // A button without a type submits the form or dialog around it.
    rules: { 'svelte/button-has-type': 'error' },
  },
  { files: ['renderer/**'], languageOptions: { globals: { ...globals.browser } } },
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  // Allowed imports, and the ports for time and randomness: see docs/import-rules.md.
  {
    plugins: { 'import-rules': { rules: { imports: importRule, globals: globalsRule } } },
    rules: { 'import-rules/imports': 'error', 'import-rules/globals': 'error' },
  },
  ...syntaxRules,
);
