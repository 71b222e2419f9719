import type { Lang } from '#lib/i18n/lang.ts';
import type { Viewer } from '#lib/components/frame/viewer.ts';
import type { Session } from '#lib/server/auth/session.ts';
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
      /** the signed-in session with its hats; null for visitors and API keys */
      session: Session | null;
    }
    interface PageData {
      lang: Lang;
      viewer: Viewer | null;
      /** Where files are uploaded: bytes that the organisation may still upload, null while there is plenty. */
      filesLeft?: number | null;
    }
  }
}
