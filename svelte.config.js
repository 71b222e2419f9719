import adapter from '@sveltejs/adapter-node';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/** Hash of the one style attribute that SvelteKit's route announcer carries (2.70). */
const ANNOUNCER_STYLE = 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo=';

/** @type {import('@sveltejs/kit').Config} */
export default {
  preprocess: vitePreprocess(),
  kit: {
    // Made here and put in place when it is whole (src/cli/launcher/builds.ts).
    adapter: adapter({ out: 'build/unfinished' }),
    // The 404 page is rendered once for every hidden address, so what it links to must not be relative to one.
    paths: { relative: false },
    csrf: { trustedOrigins: [] },
    csp: {
      mode: 'nonce',
      directives: {
        'default-src': ['self'],
        'script-src': ['self'],
        'style-src': ['self'],
        'style-src-attr': ['unsafe-hashes', ANNOUNCER_STYLE],
        'img-src': ['self', 'data:'],
        'font-src': ['self'],
        'connect-src': ['self'],
        'object-src': ['none'],
        'base-uri': ['none'],
        'form-action': ['self'],
        'frame-ancestors': ['none'],
      },
    },
    // Our own imports start with #lib (package.json "imports"), which Node resolves as well.
    files: { lib: 'src/lib' },
  },
};
