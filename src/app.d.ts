import type { Lang } from '#lib/i18n/lang.ts';
import type { Context } from '#lib/server/platform/context.ts';

declare global {
  namespace App {
    interface Error {
      message: string;
      /** What the person quotes to support; found again in the log. */
      reference?: string;
    }
    interface Locals {
      lang: Lang;
      requestId: string;
      ctx: Context;
    }
    interface PageData {
      lang: Lang;
    }
  }
}
