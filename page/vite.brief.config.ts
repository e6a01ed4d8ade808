import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vite';

/** What would end the script from inside it stands only in strings (Svelte's own, of markup), where `\\x3c` is `<`. */
const inert: Plugin = {
  name: 'inert',
  enforce: 'post',
  generateBundle(_, bundle) {
    for (const each of Object.values(bundle)) if (each.type === 'chunk') each.code = each.code.replace(/<(?=!--|\/?(?:script|style))/gi, '\\x3c');
  },
};

/** The interactive brief: one script and one style, which `standoff brief --interactive` writes into its file. */
export default defineConfig({
  plugins: [svelte(), inert],
  publicDir: false,
  build: {
    outDir: '../src/standoff/show/brief/built',
    emptyOutDir: true,
    target: 'es2022',
    // Else `:dir(rtl)` is written as a list of languages, which says nothing of text whose direction is found from its letters.
    cssTarget: ['chrome120', 'firefox121', 'safari17'],
    sourcemap: false,
    cssCodeSplit: false,
    reportCompressedSize: false,
    lib: { entry: 'src/brief.ts', formats: ['iife'], name: 'standoffBrief', fileName: () => 'brief.js', cssFileName: 'brief' },
  },
  define: { 'process.env.NODE_ENV': '"production"' },
} as Parameters<typeof defineConfig>[0]);
