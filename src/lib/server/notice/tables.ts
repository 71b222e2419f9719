import type { NoticeKind } from '#lib/domain/notice/notice.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import type {
  DefaultJson,
  DefaultTimestamp,
  Generated,
  Optional,
  TimestampOrNull,
} from '#lib/server/platform/columns.ts';

export interface NoticeTable {
  id: Generated<string>;
  account_id: string;
  organisation_id: Optional<string>;
  kind: NoticeKind;
  /** one event reaches a person once */
  event_key: string;
  data: DefaultJson<Record<string, string>>;
  path: Generated<string>;
  created_at: DefaultTimestamp;
  read_at: TimestampOrNull;
}

export interface MailTable {
  id: Generated<string>;
  event_key: string;
  to_email: string;
  lang: Lang;
  subject: string;
  body: string;
  created_at: DefaultTimestamp;
  sent_at: TimestampOrNull;
  attempts: Generated<number>;
  last_error: Optional<string>;
  /** Where the receiver stops mails of this sort. */
  stop_url: Optional<string>;
}

export interface NoticeTables {
  notice: NoticeTable;
  mail: MailTable;
}
