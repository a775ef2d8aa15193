const transform = {
  '^.+\\.[cm]?[jt]sx?$': [
    '@swc/jest',
    {
      jsc: {
        target: 'es2022',
        parser: { syntax: 'typescript', tsx: true },
        transform: { react: { runtime: 'automatic' } },
      },
      module: { type: 'commonjs' },
    },
  ],
};

/** Our sources name their neighbours `./x.js`, as Node wants them; jest finds `./x.ts`. */
const moduleNameMapper = {
  '^@beamtime/([a-z0-9-]+)$': '<rootDir>/packages/$1/src/index.ts',
  '^(\\.{1,2}/.*)\\.js$': '$1',
  '\\.(css|svg|wasm)$': '<rootDir>/tests/unit/empty-module.ts',
};

const project = (displayName, folders, more = {}) => ({
  displayName,
  testMatch: folders.map(
    (folder) => `<rootDir>/${folder}/src/**/*.test.{ts,tsx}`,
  ),
  modulePathIgnorePatterns: ['/lib/', '/dist/', '/labextensions/'],
  transform,
  moduleNameMapper,
  // These packages ship ES modules only.
  transformIgnorePatterns: ['\\.pnp\\.[^/]+$'],
  ...more,
});

const browser = {
  testEnvironment: 'jsdom',
  setupFiles: ['<rootDir>/tests/unit/lab-dom.ts'],
  moduleNameMapper: {
    ...moduleNameMapper,
    // The package's entry for Node lacks what the worker uses.
    '^h5wasm$':
      '<rootDir>/lab-extensions/hdf5-viewer/node_modules/h5wasm/dist/esm/hdf5_hl.js',
  },
};

/** @type {import('jest').Config} */
export default {
  // Two busy cores are slow, and a test that hangs is told soon enough.
  testTimeout: 30_000,
  projects: [
    project('node', ['packages/*', 'hub-service']),
    {
      ...project('bench', []),
      testMatch: ['<rootDir>/tests/bench/**/*.test.ts'],
    },
    project(
      'browser',
      ['lab-extensions/*', 'desktop-proxy', 'hub-spawner-form'],
      browser,
    ),
  ],
};
