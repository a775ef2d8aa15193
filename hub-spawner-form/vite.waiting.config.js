import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** The page of a session that is being started; built after the form, into the same folder. */
export default defineConfig({
  root: here('.'),
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  build: {
    target: 'es2022',
    outDir: here('beamtime_hub/_static'),
    emptyOutDir: false,
    cssCodeSplit: false,
    modulePreload: false,
    reportCompressedSize: false,
    rollupOptions: {
      input: here('src/waiting/main.ts'),
      output: {
        format: 'es',
        entryFileNames: 'waiting.js',
        assetFileNames: 'waiting[extname]',
        inlineDynamicImports: true,
      },
    },
  },
});
