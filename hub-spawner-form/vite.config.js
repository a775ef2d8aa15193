import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { defineConfig } from 'vite';

/** The form is read over slow lines too: gzipped, script and style sheet together. */
const MOST_BYTES = 60_000;

/** Prints the size of what is shipped, and fails the build above the limit. */
const sizeLimit = {
  name: 'beamtime-size-limit',
  // After Vite's own plugin has put the style sheet into the bundle.
  enforce: 'post',
  generateBundle(_options, bundle) {
    const sizes = Object.values(bundle).map((file) => {
      const bytes = gzipSync(file.type === 'chunk' ? file.code : file.source);
      return [file.fileName, bytes.length];
    });
    const total = sizes.reduce((sum, [, size]) => sum + size, 0);
    for (const [name, size] of [...sizes, ['together', total]]) {
      this.info(`${name}: ${size} bytes gzipped`);
    }
    if (total > MOST_BYTES) {
      this.error(
        `The form has ${total} bytes gzipped; at most ${MOST_BYTES} are allowed.`,
      );
    }
  },
};

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here('.'),
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  resolve: {
    // From its source, so that only what is used is shipped, and nothing is built before.
    alias: {
      '@beamtime/contract': here('../packages/contract/src/index.ts'),
    },
  },
  build: {
    target: 'es2022',
    outDir: here('beamtime_hub/_static'),
    emptyOutDir: true,
    cssCodeSplit: false,
    modulePreload: false,
    reportCompressedSize: false,
    rollupOptions: {
      input: here('src/main.ts'),
      output: {
        format: 'es',
        entryFileNames: 'form.js',
        assetFileNames: 'form[extname]',
        inlineDynamicImports: true,
      },
    },
  },
  plugins: [sizeLimit],
});
