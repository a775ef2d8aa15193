import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { thirdPartyNotices } from './third-party.mjs';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

// CommonJS packages in the file ask for Node's modules by these names.
const banner = `import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
const __dirname = import.meta.dirname;`;

// Three programs with everything in them: no npm runs on the hub host.
export default defineConfig({
  resolve: {
    alias: {
      '@beamtime/contract': at('../packages/contract/src/index.ts'),
      // pg's variant in C, which nobody has installed and nobody asks for.
      'pg-native': at('src/store/postgres/no-native.ts'),
    },
  },
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: true,
    outDir: at('../hub-spawner-form/beamtime_hub/_service'),
    emptyOutDir: true,
    target: 'node24',
    rollupOptions: {
      input: {
        main: at('src/main.ts'),
        cli: at('src/cli/main.ts'),
        'catalogue-worker': at('src/catalogue/embedded/catalogue-worker.ts'),
      },
      output: {
        format: 'es',
        // All in one folder: the service finds its worker beside itself.
        entryFileNames: '[name].js',
        chunkFileNames: '[name]-[hash].js',
        banner,
      },
    },
  },
  plugins: [
    thirdPartyNotices(),
    {
      name: 'say that it is an ES module',
      generateBundle() {
        this.emitFile({
          type: 'asset',
          fileName: 'package.json',
          source: '{ "type": "module" }\n',
        });
      },
    },
  ],
});
