// Strict and short: what the type checker can prove, and the few habits of this house that a tool can see.
import svelte from 'eslint-plugin-svelte';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const typed = {
  project: ['./tsconfig.json', './tsconfig.worker.json', './tsconfig.server.json', './tsconfig.tests.json'],
  tsconfigRootDir: import.meta.dirname,
  extraFileExtensions: ['.svelte']
};

export default ts.config(
  {
    ignores: [
      'build/',
      '.svelte-kit/',
      'data/',
      'test-results/',
      'static/',
      'training/',
      'tests/architecture/fixtures/',
      '*.cjs'
    ]
  },
  ts.configs.strictTypeChecked,
  svelte.configs.recommended,
  svelte.configs.prettier,
  { languageOptions: { parserOptions: typed } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { ...typed, parser: ts.parser, svelteConfig } }
  },
  {
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      // Tagged unions are how outcomes are told: a new outcome must be handled wherever one is read.
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `return post(...)` in a function without result reads as a sentence.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // `const { plate: _, ...rest }` leaves a field out.
      '@typescript-eslint/no-unused-vars': [
        'error',
        { ignoreRestSiblings: true, varsIgnorePattern: '^_', argsIgnorePattern: '^_' }
      ],
      // Plates are A-Z and 0-9: spreading their characters is safe.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      // `() => {}` as "nothing to do" says what it means.
      '@typescript-eslint/no-empty-function': 'off'
    }
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    rules: {
      // The app is always served from the root of its own origin: there is no base path to resolve.
      'svelte/no-navigation-without-resolve': 'off',
      // State is replaced ($state.raw), so a plain Map, Set or URL beside it is meant to be plain.
      'svelte/prefer-svelte-reactivity': 'off'
    }
  },
  {
    // The Svelte parser gives what a snippet takes the type any; svelte-check sees the same code with its true types.
    files: ['**/*.svelte'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off'
    }
  },
  {
    files: ['src/**'],
    rules: {
      'no-restricted-globals': [
        'error',
        { name: 'localStorage', message: 'It lies on the disk in clear text. What is kept goes through the vault.' },
        { name: 'sessionStorage', message: 'It lies on the disk in clear text. What is kept goes through the vault.' }
      ]
    }
  },
  {
    files: ['src/domain/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        {
          object: 'Date',
          property: 'now',
          message: 'A rule is given its time, so that sixty days can be tested at once.'
        },
        { object: 'Math', property: 'random', message: 'A rule is given its chance: ids and keys are arguments.' }
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'A rule is given its time: `new Date()` asks the clock.'
        }
      ]
    }
  },
  { files: ['**/*.js'], extends: [ts.configs.disableTypeChecked] }
);
