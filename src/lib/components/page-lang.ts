import { page } from '$app/state';
import { langOf } from '#lib/i18n/address.ts';
import type { Lang } from '#lib/i18n/lang.ts';

/**
 * The language of the page being shown, from its address alone, so that it is right on error pages too.
 * Reactive inside a component: `const lang = $derived(pageLang())`.
 */
export function pageLang(): Lang {
  return langOf(page.url.pathname);
}
