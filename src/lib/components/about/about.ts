import type { Message } from '#lib/i18n/msg.ts';

export const ABOUT_PAGES = ['matching', 'vetting', 'exposure', 'data', 'accessibility', 'privacy'] as const;
export type AboutPage = (typeof ABOUT_PAGES)[number];

export function isAboutPage(name: string): name is AboutPage {
  return ABOUT_PAGES.some((page) => page === name);
}

export interface AboutSection {
  id: string;
  title: Message;
  /** A paragraph each; a list of messages is a list. */
  blocks: (Message | Message[])[];
}

export interface AboutText {
  title: Message;
  lead: Message;
  sections: AboutSection[];
}
