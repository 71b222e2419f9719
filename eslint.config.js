import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const ENVIRONMENT = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Settings are read in src/lib/server/platform/config.ts only.',
};

const FOLDERS = {
  // A type of SvelteKit's own ($types) is the one relative import it generates.
  group: ['../*', './*/*', '!./$types', '$lib', '$lib/*', '$env/*', '$app/stores'],
  message: 'Across folders write #lib/… with its ending; inside a folder ./name.ts.',
};

export default ts.config(
  {
    ignores: [
      '**/node_modules/',
      '**/build/',
      '**/.svelte-kit/',
      '.data/',
      'static/',
      'data/',
      'coverage/',
      'tests/bench/peer/',
    ],
  },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  {
    languageOptions: {
      globals: { ...globals.node, ...globals.browser },
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte'],
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'no-console': 'error',
      'no-undef': 'off',
      eqeqeq: 'error',
      'max-lines': ['error', { max: 500 }],
      'no-restricted-imports': ['error', { patterns: [FOLDERS] }],
      'no-restricted-syntax': ['error', ENVIRONMENT],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
    rules: {
      'svelte/no-at-html-tags': 'error',
      // Addresses come from href(lang, path); the portal is never mounted below a path.
      'svelte/no-navigation-without-resolve': 'off',
    },
  },
  { files: ['**/*.d.ts', 'src/worker.ts'], rules: { '@typescript-eslint/no-namespace': 'off' } },
  {
    // The command line has no aliases of its own: its folders are siblings below src/cli.
    files: ['src/cli/**', 'src/worker.ts', 'tests/**', '*.ts', '*.js'],
    rules: {
      'no-restricted-imports': ['error', { patterns: [{ ...FOLDERS, group: ['$lib', '$lib/*', '$env/*'] }] }],
    },
  },
  { files: ['tests/**'], rules: { 'max-lines': ['error', { max: 600 }] } },
  {
    files: ['src/lib/server/platform/config.ts', 'src/cli/launch.mjs', 'tests/**'],
    rules: { 'no-restricted-syntax': 'off' },
  },
);
