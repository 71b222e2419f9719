import adapter from '@sveltejs/adapter-node';

/** The peer of the web bench: SvelteKit with nothing in it but a page of as many bytes. */
export default { kit: { adapter: adapter({ out: 'build' }) } };
