import type { Lang } from '#lib/i18n/lang.ts';

/**
 * The entries of the audit trail in words. An action is written `group.verb`, as in `vetting.propose`; what is not
 * listed here is shown as it is stored.
 */
type Name = Record<Lang, string>;

const GROUPS: Record<string, Name> = {
  account: { ko: '계정', en: 'Account' },
  amendment: { ko: '용어집·관계 변경', en: 'Change of lexicon or relations' },
  'api-key': { ko: '프로그램용 열쇠', en: 'Key for programs' },
  company: { ko: '기업 정보', en: 'Company profile' },
  file: { ko: '파일', en: 'File' },
  interest: { ko: '관심 표명', en: 'Expression of interest' },
  invitation: { ko: '초대', en: 'Invitation' },
  lexicon: { ko: '검색 용어집', en: 'Search lexicon' },
  match: { ko: '매칭', en: 'Match' },
  match_run: { ko: '매칭 전체 계산', en: 'Full matching run' },
  office: { ko: '공무원', en: 'Official' },
  opportunity: { ko: '공고', en: 'Opportunity' },
  organisation: { ko: '조직', en: 'Organisation' },
  partner: { ko: '팀 제안 동의', en: 'Being proposed as a partner' },
  reference: { ko: '기준 데이터', en: 'Reference data' },
  relation: { ko: '매칭의 관계', en: 'Matching relation' },
  search: { ko: '검색', en: 'Search' },
  saved_search: { ko: '저장한 검색', en: 'Saved search' },
  shortlist: { ko: '후보 목록', en: 'Shortlist' },
  team: { ko: '팀', en: 'Team' },
  vetting: { ko: '심사', en: 'Vetting' },
  vetting_case: { ko: '심사 건', en: 'Vetting case' },
};

const VERBS: Record<string, Name> = {
  accept: { ko: '받아들임', en: 'accepted' },
  'act-as': { ko: '소속 바꿈', en: 'changed as whom they act' },
  add: { ko: '더함', en: 'added' },
  'add-requirement': { ko: '요구 조건 더함', en: 'added a requirement' },
  'add-side': { ko: '역할 더함', en: 'took up another side' },
  answer: { ko: '보완 요청에 답함', en: 'answered a request' },
  ask: { ko: '함께하자고 함', en: 'asked a partner' },
  'ask-to-join': { ko: '참여 요청함', en: 'was asked to let somebody join' },
  assign: { ko: '담당자 정함', en: 'assigned' },
  cancel: { ko: '제안 거둠', en: 'took an invitation back' },
  change: { ko: '바꿈', en: 'changed' },
  'change-email': { ko: '메일 주소 바꿈', en: 'changed the mail address' },
  'change-password': { ko: '비밀번호 바꿈', en: 'changed the password' },
  'change-requirement': { ko: '요구 조건 고침', en: 'changed a requirement' },
  'change-role': { ko: '구성원 역할 바꿈', en: 'changed a member’s role' },
  'clean-up': { ko: '확인되지 않은 계정 정리', en: 'removed unconfirmed accounts' },
  close: { ko: '마감함', en: 'closed' },
  confirm: { ko: '결정 확인함', en: 'confirmed the decision' },
  'confirm-email-side': { ko: '메일 변경 한쪽 확인', en: 'confirmed one side of a change of mail' },
  consent: { ko: '동의 바꿈', en: 'changed a consent' },
  create: { ko: '만듦', en: 'created' },
  'decide-join': { ko: '참여 요청에 답함', en: 'answered a request to join' },
  decline: { ko: '거절함', en: 'declined' },
  disband: { ko: '해산함', en: 'gave the team up' },
  draft: { ko: '초안 만듦', en: 'drafted' },
  'drop-company': { ko: '참여할 수 없는 기업을 뺌', en: 'took out a company that cannot take part' },
  edit: { ko: '고침', en: 'edited' },
  'end-sessions': { ko: '로그인한 기기 끝냄', en: 'ended sessions' },
  export: { ko: '파일로 받음', en: 'took a result as a file' },
  expire: { ko: '유효 기간 끝남', en: 'ran out' },
  'hand-over': { ko: '대표 넘김', en: 'handed leadership over' },
  invite: { ko: '기업 초대함', en: 'invited a company' },
  leave: { ko: '구성원이 나감', en: 'a member left' },
  load: { ko: '읽어 들임', en: 'loaded' },
  'not-relevant': { ko: '관련 없음 표시', en: 'marked as not relevant' },
  note: { ko: '메모함', en: 'noted' },
  open: { ko: '읽음', en: 'opened' },
  propose: { ko: '결정 제안함', en: 'proposed a decision' },
  publish: { ko: '게시함', en: 'published' },
  published: { ko: '공개함', en: 'published' },
  'verify-certificates': { ko: '인증서 확인함', en: 'confirmed certificates' },
  'record-check': { ko: '색인을 고침', en: 'repaired the index' },
  'record-finding': { ko: '점검 결과 적음', en: 'recorded a finding' },
  register: { ko: '등록함', en: 'registered' },
  'relevant-again': { ko: '관련 없음 표시 풂', en: 'marked as relevant again' },
  remove: { ko: '뺌', en: 'removed' },
  removed: { ko: '지움', en: 'removed' },
  'remove-member': { ko: '구성원 내보냄', en: 'removed a member' },
  'remove-requirement': { ko: '요구 조건 뺌', en: 'removed a requirement' },
  'request-email-change': { ko: '메일 주소 변경 요청', en: 'asked for another mail address' },
  'request-information': { ko: '보완 요청함', en: 'asked for information' },
  'request-reset': { ko: '비밀번호 재설정 요청', en: 'asked for a new password' },
  resend: { ko: '다시 보냄', en: 'sent again' },
  'resend-verification': { ko: '확인 메일 다시 보냄', en: 'sent the confirming mail again' },
  'reset-password': { ko: '비밀번호 다시 정함', en: 'set a new password' },
  return: { ko: '돌려보냄', en: 'returned' },
  revoke: { ko: '거둠', en: 'revoked' },
  'save-profile': { ko: '계정 정보 저장', en: 'saved the account’s details' },
  pause: { ko: '알림 멈추거나 다시 받음', en: 'paused or resumed alerts' },
  rename: { ko: '이름 바꿈', en: 'renamed' },
  restore: { ko: '되살림', en: 'brought back' },
  save: { ko: '저장함', en: 'saved' },
  'set-alerts': { ko: '새 매칭 알림 때를 바꿈', en: 'changed how often new matches are told' },
  'set-frequency': { ko: '알림 때를 바꿈', en: 'changed how often alerts come' },
  'stop-alerts': { ko: '메일에서 새 매칭 알림 멈춤', en: 'stopped alerts of new matches from a mail' },
  stop: { ko: '메일에서 알림 멈춤', en: 'stopped alerts from a mail' },
  send: { ko: '보냄', en: 'sent' },
  'resume-run': { ko: '전체 계산 이어서 함', en: 'resumed a full run' },
  shortlist: { ko: '후보로 올림', en: 'shortlisted' },
  'start-run': { ko: '전체 계산 시작함', en: 'started a full run' },
  'stop-run': { ko: '전체 계산 멈춤', en: 'stopped a full run' },
  'ask-name': { ko: '이름을 밝혀 달라고 함', en: 'asked the other side to show its name' },
  'show-name': { ko: '이름 밝히기에 동의함', en: 'agreed to show its name' },
  'keep-name': { ko: '이름 밝히기 동의를 거둠', en: 'took back its agreement to show its name' },
  screen: { ko: '제한 명단 판단함', en: 'decided on a restricted list' },
  'sign-in': { ko: '로그인', en: 'signed in' },
  'sign-out': { ko: '로그아웃', en: 'signed out' },
  'sign-up': { ko: '가입', en: 'signed up' },
  'sign-up-again': { ko: '있는 주소로 가입 시도', en: 'sign-up with an address in use' },
  stored: { ko: '올림', en: 'stored' },
  submit: { ko: '냄', en: 'submitted' },
  undo: { ko: '되돌림', en: 'undone' },
  'verify-email': { ko: '메일 주소 확인', en: 'confirmed the mail address' },
  withdraw: { ko: '거둠', en: 'withdrew' },
  'withdraw-consent': { ko: '동의 거둠', en: 'withdrew a consent' },
  'withdraw-request': { ko: '보완 요청 거둠', en: 'withdrew a request' },
  write: { ko: '글 남김', en: 'wrote to the others' },
};

const known = (names: Record<string, Name>, key: string, lang: Lang): string | null =>
  Object.hasOwn(names, key) ? (names[key]?.[lang] ?? null) : null;

/** An action in words: `심사: 결정 제안함`. */
export function actionName(lang: Lang, action: string): string {
  const [group = '', ...rest] = action.split('.');
  const groupName = known(GROUPS, group, lang);
  if (groupName === null) return action;
  const verb = rest.join('.');
  return verb === '' ? groupName : `${groupName}: ${known(VERBS, verb, lang) ?? verb}`;
}

/** A kind of object in words. */
export function objectName(lang: Lang, kind: string): string {
  return known(GROUPS, kind, lang) ?? kind;
}
