import { createRawSnippet, type Component, type Snippet } from 'svelte';
import { render } from 'svelte/server';

/** The HTML a component answers with on the server, on a page at `path`. Comments that Svelte leaves are taken out. */
export function renderAt<Props extends object>(
  component: Component<Props, object, string & ('' | keyof Props)>,
  props: NoInfer<Props>,
  path = '/',
): string {
  const request = { page: { url: new URL(path, 'https://gwangmaek.test'), data: {} } };
  const { body } = render(component as Component<object>, {
    props,
    context: new Map([['__request__', request]]),
  });
  return body.replaceAll(/<!--.*?-->/gu, '').replaceAll(/\s+/gu, ' ');
}

/** A snippet of fixed HTML with one root element. */
export function htmlSnippet(html: string): Snippet {
  return createRawSnippet(() => ({ render: () => html }));
}
