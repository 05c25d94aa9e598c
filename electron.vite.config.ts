import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

// Names that must survive bundling are the entry points other programs start by path: the Electron main process, the
// archive's worker threads and the terminal command. Dependencies stay outside the bundle (pdfkit reads files beside itself).
export default defineConfig({
  main: {
    build: {
      target: 'node22',
      sourcemap: false,
      rollupOptions: {
        input: {
          index: 'src/main/index.ts',
          cli: 'src/main/cli/index.ts',
          'archive-worker': 'src/main/worker/archive-worker.ts',
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      // electron-vite insists on a Node target here; the sandboxed file uses no Node all the same.
      target: 'node22',
      rollupOptions: {
        input: { index: 'src/preload/index.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react()],
    // The protocol handler replaces the placeholder with a fresh nonce in every response.
    html: { cspNonce: '__CSP_NONCE__' },
    build: {
      target: 'chrome140',
      minify: true,
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      // Read from disk, not over a network: one chunk is as good as many.
      chunkSizeWarningLimit: 3_000,
      rollupOptions: { input: 'src/renderer/index.html' },
    },
  },
});
