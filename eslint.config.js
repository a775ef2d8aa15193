import js from '@eslint/js';
import jupyter from '@jupyter/eslint-plugin';
import prettier from 'eslint-config-prettier';
import { defineConfig, globalIgnores } from 'eslint/config';
import ts from 'typescript-eslint';

/** Which way imports go (docs/developer/architecture.md): nothing outside `allowed` of ours. */
const ours = [
  'contract',
  'api-client',
  'experiment-selection',
  'experiments',
  'hdf5-viewer',
  'desktop',
  'hub-service',
  'spawner-form',
];
const imports = (files, allowed, others = []) => ({
  files,
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          ...ours
            .filter((name) => !allowed.includes(name))
            .flatMap((name) => [`@beamtime/${name}`, `@beamtime/${name}/*`]),
          ...others,
        ],
      },
    ],
  },
});
const node = ['node:*'];
const lab = ['@jupyterlab/*'];
const tests = ['**/*.test.{ts,tsx}'];
const scripts = ['**/*.{js,mjs}'];

export default defineConfig(
  globalIgnores([
    '**/lib/',
    '**/dist/',
    '.beamtime/',
    '.venv/',
    'lab-extensions/beamtime_lab/',
    'hub-spawner-form/beamtime_hub/',
    'test-results/',
    'docs/_build/',
  ]),
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [ts.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        project: [
          './packages/*/tsconfig.json',
          './lab-extensions/*/tsconfig.json',
          './lab-extensions/hdf5-viewer/src/worker/tsconfig.json',
          './hub-spawner-form/tsconfig.json',
          './hub-service/tsconfig.json',
          './desktop-proxy/tsconfig.json',
          './tests/tsconfig.json',
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      // `() => doIt()` is the usual way to write a handler.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true },
      ],
    },
  },
  {
    files: scripts,
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        Buffer: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        fetch: 'readonly',
        AbortSignal: 'readonly',
      },
    },
  },
  {
    files: ['lab-extensions/*/src/**', 'desktop-proxy/src/**'],
    ignores: tests,
    extends: [jupyter.configs.recommended],
    plugins: { jupyter },
  },
  // A package imports only what stands before it; browser code no Node, the service no Lab.
  imports(['packages/contract/src/**'], [], [...node, ...lab]),
  imports(['packages/api-client/src/**'], ['contract'], [...node, ...lab]),
  imports(
    ['packages/experiment-selection/src/**'],
    ['contract'],
    [...node, ...lab],
  ),
  imports(
    ['lab-extensions/experiments/src/**'],
    ['contract', 'api-client', 'experiment-selection'],
    node,
  ),
  imports(
    ['lab-extensions/hdf5-viewer/src/**'],
    ['contract', 'experiment-selection'],
    node,
  ),
  imports(['desktop-proxy/src/**'], ['contract', 'experiment-selection'], node),
  imports(['hub-spawner-form/src/**'], ['contract'], [...node, ...lab]),
  imports(['hub-service/src/**'], ['contract'], lab),
  { files: tests, rules: { 'no-restricted-imports': 'off' } },
  prettier,
);
