import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [sveltekit()],
  // The fonts are named by the stylesheet, so that the build gives them lasting addresses.
  server: { fs: { allow: ['static'] } },
  build: { target: 'es2022' },
});
