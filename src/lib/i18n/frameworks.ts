import type { FrameworkKind, MemberRole } from '#lib/domain/framework/framework.ts';
import { msg, type Message } from '#lib/i18n/msg.ts';

export const frameworkKindName: Record<FrameworkKind, Message> = {
  partnership: msg({ ko: '협력체·협약', en: 'Partnership or agreement' }),
  dialogue: msg({ ko: '대화', en: 'Dialogue' }),
  finance: msg({ ko: '금융', en: 'Finance' }),
  oda: msg({ ko: '공적개발원조(ODA)', en: 'Development assistance (ODA)' }),
};

export const memberRoleName: Record<MemberRole, Message> = {
  member: msg({ ko: '회원', en: 'Member' }),
  observer: msg({ ko: '참관', en: 'Observer' }),
  chair: msg({ ko: '의장', en: 'Chair' }),
  'co-chair': msg({ ko: '공동 의장', en: 'Co-chair' }),
};

const statuses: Record<string, Message> = {
  active: msg({ ko: '운영 중', en: 'Active' }),
  superseded: msg({ ko: '다른 협력체로 이어짐', en: 'Superseded' }),
  unclear: msg({ ko: '상태 불분명', en: 'Status unclear' }),
  negotiation: msg({ ko: '협상 중', en: 'In negotiation' }),
  forming: msg({ ko: '구성 중', en: 'Being formed' }),
  announced: msg({ ko: '발표됨', en: 'Announced' }),
};

/** The state of a framework; a word that is not known is shown as written. */
export function frameworkStatusName(status: string): Message {
  return statuses[status] ?? (() => status);
}
