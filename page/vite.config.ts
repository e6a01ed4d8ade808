import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

/** The workbench's page: plain files that the server sends as they are; nothing inline, since its policy forbids it. */
export default defineConfig({
  plugins: [svelte()],
  build: {
    outDir: '../src/standoff/web/static',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    target: 'es2022',
    // Else `:dir(rtl)` is written as a list of languages, which says nothing of text whose direction is found from its letters.
    cssTarget: ['chrome120', 'firefox121', 'safari17'],
    sourcemap: false,
    reportCompressedSize: false,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8737', '/enter': 'http://127.0.0.1:8737' } },
  test: { include: ['tests/**/*.test.ts'] },
} as Parameters<typeof defineConfig>[0]);
