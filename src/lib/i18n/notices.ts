import type { NoticeKind } from '#lib/domain/notice/notice.ts';
import { formatDate } from '#lib/i18n/format.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import { msg, type Message } from '#lib/i18n/msg.ts';
import { name, pick, title, type Build, type NoticeData } from '#lib/i18n/notice-data.ts';
import { INVITATION_NAMES, NAME_CHANGES, namesText } from '#lib/i18n/notice-names.ts';
import { withParticle } from '#lib/i18n/particle.ts';

/** The words of each notice, in the app and by mail. */
interface Words {
  subject: Message<NoticeData>;
  text: Message<NoticeData>;
}

const certificate = (data: NoticeData, lang: Lang) =>
  data['certificate'] || (lang === 'ko' ? '인증서' : 'A certificate');

/** A sentence of its own for the reason, with a space before it; empty without one. */
function reason(data: NoticeData, lang: Lang): string {
  const found = pick(data, 'reason', lang) || data['note'] || data['question'] || '';
  if (found === '') return '';
  return lang === 'ko' ? ` 내용: ${found}` : ` It says: ${found}`;
}

const caseNumber = (data: NoticeData) => (data['number'] ? ` (${data['number']})` : '');
const day = (data: NoticeData, lang: Lang) => (data['validTo'] ? formatDate(lang, data['validTo']) : '');
const daysKo = (data: NoticeData) => {
  if (!data['days']) return '곧 ';
  return data['days'] === '0' ? '오늘 ' : `${data['days']}일 뒤 `;
};
const daysEn = (data: NoticeData) => {
  if (!data['days']) return 'soon';
  if (data['days'] === '0') return 'today';
  return data['days'] === '1' ? 'in 1 day' : `in ${data['days']} days`;
};

/** Subject and text, each in Korean and English. */
const words = (koSubject: Build, enSubject: Build, koText: Build, enText: Build): Words => ({
  subject: msg<NoticeData>({ ko: koSubject, en: enSubject }),
  text: msg<NoticeData>({ ko: koText, en: enText }),
});

const interestWords: Record<Extract<NoticeKind, `interest-${string}`>, Words> = {
  'interest-received': words(
    (d) => `${withParticle(name(d, 'ko'), '이/가')} 관심을 표명했습니다`,
    (d) => `${name(d, 'en')} has expressed interest`,
    (d) => `${title(d, 'ko')}에 새 관심 표명이 왔습니다. 내용을 읽고 답해 주십시오.`,
    (d) => `There is a new expression of interest in ${title(d, 'en')}. Please read and answer it.`,
  ),
  'interest-opened': words(
    (d) => `${withParticle(name(d, 'ko'), '이/가')} 관심 표명을 읽었습니다`,
    (d) => `${name(d, 'en')} has read your expression of interest`,
    (d) => `${title(d, 'ko')}에 보낸 관심 표명을 상대가 읽었습니다.`,
    (d) => `Your expression of interest in ${title(d, 'en')} has been read.`,
  ),
  'interest-shortlisted': words(
    (d) => `${withParticle(name(d, 'ko'), '이/가')} 귀사를 후보로 올렸습니다`,
    (d) => `${name(d, 'en')} has shortlisted you`,
    (d) => `${title(d, 'ko')}의 후보 목록에 올랐습니다. 답이 정해지면 알려 드립니다.`,
    (d) => `You are on the shortlist for ${title(d, 'en')}. You will be told when it is decided.`,
  ),
  'interest-accepted': words(
    (d) => `${withParticle(name(d, 'ko'), '이/가')} 관심 표명을 받아들였습니다`,
    (d) => `${name(d, 'en')} has accepted your expression of interest`,
    (d) =>
      d['outcome'] === 'kept'
        ? `${title(d, 'ko')}: 양쪽이 이름을 밝히기로 하면 서로의 연락처를 볼 수 있습니다.`
        : `${title(d, 'ko')}: 이제 서로의 연락처를 볼 수 있습니다.`,
    (d) =>
      d['outcome'] === 'kept'
        ? `${title(d, 'en')}: each side sees the other’s contact once both show their names.`
        : `${title(d, 'en')}: both sides can now see each other’s contacts.`,
  ),
  'interest-declined': words(
    (d) => `${withParticle(name(d, 'ko'), '이/가')} 관심 표명을 거절했습니다`,
    (d) => `${name(d, 'en')} has declined your expression of interest`,
    (d) => `${title(d, 'ko')}에 보낸 관심 표명이 거절되었습니다.${reason(d, 'ko')}`,
    (d) => `Your expression of interest in ${title(d, 'en')} was declined.${reason(d, 'en')}`,
  ),
  'interest-withdrawn': words(
    (d) => `${withParticle(name(d, 'ko'), '이/가')} 관심 표명을 거두었습니다`,
    (d) => `${name(d, 'en')} has withdrawn its expression of interest`,
    (d) => `${title(d, 'ko')}에 보낸 관심 표명을 거두었습니다.${reason(d, 'ko')}`,
    (d) => `It concerned ${title(d, 'en')}.${reason(d, 'en')}`,
  ),
  'interest-team-changed': words(
    (d) =>
      d['outcome'] === 'leader'
        ? `${withParticle(name(d, 'ko'), '이/가')} 팀의 대표가 되었습니다`
        : `${withParticle(name(d, 'ko'), '이/가')} 팀에서 나갔습니다`,
    (d) =>
      d['outcome'] === 'leader'
        ? `${name(d, 'en')} now leads its team`
        : `${name(d, 'en')} has left its team`,
    (d) =>
      `${title(d, 'ko')}에 관심을 표명한 팀이 바뀌었습니다.${d['outcome'] === 'short' ? ' 남은 기업만으로는 필수 조건을 모두 채우지 못합니다.' : d['outcome'] === 'whole' ? ' 남은 기업이 필수 조건을 모두 채웁니다.' : ''}`,
    (d) =>
      `The team that expressed interest in ${title(d, 'en')} has changed.${d['outcome'] === 'short' ? ' The rest does not cover every must requirement.' : d['outcome'] === 'whole' ? ' The rest still covers every must requirement.' : ''}`,
  ),
  'interest-names': words(
    (d) => NAME_CHANGES[d['outcome'] ?? '']?.ko(d) ?? '이름을 밝히는 일이 바뀌었습니다',
    (d) => NAME_CHANGES[d['outcome'] ?? '']?.en(d) ?? 'Something about names has changed',
    (d) => namesText(d, 'ko'),
    (d) => namesText(d, 'en'),
  ),
};

/** What happened in a team: subject in Korean and English. */
const TEAM_CHANGES: Record<string, { ko: Build; en: Build }> = {
  left: {
    ko: (d) => `${withParticle(name(d, 'ko'), '이/가')} 팀에서 나갔습니다`,
    en: (d) => `${name(d, 'en')} has left your team`,
  },
  removed: { ko: () => '팀에서 제외되었습니다', en: () => 'You were taken out of the team' },
  'member-removed': {
    ko: (d) => `대표가 ${withParticle(name(d, 'ko'), '을/를')} 팀에서 제외했습니다`,
    en: (d) => `The leader took ${name(d, 'en')} out of your team`,
  },
  dropped: {
    ko: (d) => `${withParticle(name(d, 'ko'), '은/는')} 지금 참여할 수 없어 팀에서 빠졌습니다`,
    en: (d) => `${name(d, 'en')} cannot take part now and is out of your team`,
  },
  'self-dropped': {
    ko: () => '지금 참여할 수 없어 팀에서 빠졌습니다',
    en: () => 'You cannot take part now and are out of the team',
  },
  leader: {
    ko: (d) => `${withParticle(name(d, 'ko'), '이/가')} 팀의 대표가 되었습니다`,
    en: (d) => `${name(d, 'en')} now leads your team`,
  },
  cancelled: {
    ko: (d) => `${withParticle(name(d, 'ko'), '이/가')} 함께하자는 제안을 거두었습니다`,
    en: (d) => `${name(d, 'en')} has taken its invitation back`,
  },
  disbanded: { ko: () => '팀이 해산되었습니다', en: () => 'The team was given up' },
  expired: {
    ko: () => '공고가 마감되어 팀이 끝났습니다',
    en: () => 'The notice is closed, and the team with it',
  },
  sent: { ko: () => '팀이 관심 표명을 보냈습니다', en: () => 'Your team has expressed interest' },
  withdrawn: {
    ko: (d) => `${withParticle(name(d, 'ko'), '이/가')} 팀의 관심 표명을 거두었습니다`,
    en: (d) => `${name(d, 'en')} has withdrawn the team’s expression of interest`,
  },
  message: {
    ko: (d) => `${withParticle(name(d, 'ko'), '이/가')} 팀에 글을 남겼습니다`,
    en: (d) => `${name(d, 'en')} has written to the team`,
  },
};
const change = (d: NoticeData, lang: Lang): string =>
  TEAM_CHANGES[d['outcome'] ?? '']?.[lang](d) ??
  (lang === 'ko' ? '팀이 바뀌었습니다' : 'Your team has changed');

const teamWords: Record<Extract<NoticeKind, `team-${string}`>, Words> = {
  'team-invited': words(
    (d) => `${withParticle(name(d, 'ko'), '이/가')} 함께하자고 합니다`,
    (d) => `${name(d, 'en')} asks you to team up`,
    (d) =>
      `${title(d, 'ko')}에 팀으로 관심을 표명하자는 제안입니다. 마감 전에 답해 주십시오.${reason(d, 'ko')}`,
    (d) =>
      `It proposes to express interest in ${title(d, 'en')} as a team. Please answer before the deadline.${reason(d, 'en')}`,
  ),
  'team-answered': words(
    (d) =>
      d['outcome'] === 'accepted'
        ? `${withParticle(name(d, 'ko'), '이/가')} 팀에 들어왔습니다`
        : `${withParticle(name(d, 'ko'), '은/는')} 함께하지 않기로 했습니다`,
    (d) =>
      d['outcome'] === 'accepted'
        ? `${name(d, 'en')} has joined your team`
        : `${name(d, 'en')} does not join your team`,
    (d) => `${title(d, 'ko')}에 참여하는 팀입니다.${reason(d, 'ko')}`,
    (d) => `It is the team for ${title(d, 'en')}.${reason(d, 'en')}`,
  ),
  'team-changed': words(
    (d) => change(d, 'ko'),
    (d) => change(d, 'en'),
    (d) => `${title(d, 'ko')}에 참여하는 팀입니다.${reason(d, 'ko')}`,
    (d) => `It is the team for ${title(d, 'en')}.${reason(d, 'en')}`,
  ),
};

const opportunityWords: Record<Extract<NoticeKind, `opportunity-${string}`>, Words> = {
  'opportunity-submitted': words(
    (d) => `검토할 공고가 있습니다: ${title(d, 'ko')}`,
    (d) => `An opportunity waits for review: ${title(d, 'en')}`,
    (d) => `${withParticle(name(d, 'ko'), '이/가')} 게시를 요청했습니다.`,
    (d) => `${name(d, 'en')} asks for it to be published.`,
  ),
  'opportunity-published': words(
    (d) => `공고를 게시했습니다: ${title(d, 'ko')}`,
    (d) => `Published: ${title(d, 'en')}`,
    () => '이제 기업이 이 공고를 보고 관심을 표명할 수 있습니다. 요구 조건은 고정되었습니다.',
    () => 'Companies can now see it and express interest. Its requirements are frozen.',
  ),
  'opportunity-returned': words(
    (d) => `고쳐야 할 공고가 있습니다: ${title(d, 'ko')}`,
    (d) => `Sent back for changes: ${title(d, 'en')}`,
    (d) => `담당 공무원이 공고를 돌려보냈습니다. 고친 뒤 다시 내 주십시오.${reason(d, 'ko')}`,
    (d) => `An official sent it back. Change it and submit it again.${reason(d, 'en')}`,
  ),
  'opportunity-addendum': words(
    (d) => `공고에 추가 공지가 있습니다: ${title(d, 'ko')}`,
    (d) => `Addendum to ${title(d, 'en')}`,
    (d) => `바뀐 내용을 확인해 주십시오.${reason(d, 'ko')}`,
    (d) => `Please read what has changed.${reason(d, 'en')}`,
  ),
  'opportunity-invitation': words(
    (d) => `${withParticle(name(d, 'ko'), '이/가')} 귀사를 초대했습니다`,
    (d) => `${name(d, 'en')} invites you`,
    (d) => `${title(d, 'ko')}에 참여할 수 있는지 살펴봐 주십시오.${reason(d, 'ko')}`,
    (d) => `Please see whether ${title(d, 'en')} suits you.${reason(d, 'en')}`,
  ),
  'opportunity-names': words(
    (d) => INVITATION_NAMES[d['outcome'] ?? '']?.ko(d) ?? '이름을 밝히는 일이 바뀌었습니다',
    (d) => INVITATION_NAMES[d['outcome'] ?? '']?.en(d) ?? 'Something about names has changed',
    (d) =>
      `${title(d, 'ko')} 초대에 관한 일입니다.${d['outcome'] === 'shown' ? '' : ' 양쪽이 동의해야 서로의 이름이 보입니다.'}`,
    (d) =>
      `It is about the invitation to ${title(d, 'en')}.${d['outcome'] === 'shown' ? '' : ' Names are shown once both sides agree.'}`,
  ),
  'opportunity-closed': words(
    (d) => `${d['outcome'] === 'withdrawn' ? '공고를 거두었습니다' : '마감되었습니다'}: ${title(d, 'ko')}`,
    (d) => `${d['outcome'] === 'withdrawn' ? 'Withdrawn' : 'Closed'}: ${title(d, 'en')}`,
    () => '더는 관심 표명을 받지 않습니다.',
    () => 'No more expressions of interest are taken.',
  ),
};

const OUTCOMES: Record<string, Record<Lang, string>> = {
  vetted: { ko: '심사를 거쳐 검증되었습니다', en: 'You are vetted' },
  refused: { ko: '심사에서 거절되었습니다', en: 'Vetting was refused' },
  suspended: { ko: '참여가 정지되었습니다', en: 'You are suspended' },
  restored: { ko: '참여 정지가 풀렸습니다', en: 'Your suspension is lifted' },
};
const PROPOSED: Record<string, Record<Lang, string>> = {
  vetted: { ko: '검증', en: 'to vet' },
  refused: { ko: '거절', en: 'to refuse' },
  suspended: { ko: '참여 정지', en: 'to suspend' },
  restored: { ko: '정지 해제', en: 'to restore' },
};
const outcome = (data: NoticeData, lang: Lang, of: typeof OUTCOMES, otherwise: string) =>
  of[data['outcome'] ?? '']?.[lang] ?? otherwise;

const vettingWords: Record<Extract<NoticeKind, `vetting-${string}` | 'screening-decided'>, Words> = {
  'vetting-submitted': words(
    (d) => `새 심사 신청: ${name(d, 'ko')}${caseNumber(d)}`,
    (d) => `New vetting case: ${name(d, 'en')}${caseNumber(d)}`,
    () => '담당자를 정하고 심사를 시작해 주십시오.',
    () => 'Please assign it and begin the review.',
  ),
  'vetting-information-requested': words(
    (d) => `심사 보완 요청이 왔습니다${caseNumber(d)}`,
    (d) => `More information is needed for your vetting${caseNumber(d)}`,
    (d) => `답하실 때까지 심사 기한이 멈춥니다.${reason(d, 'ko')}`,
    (d) => `The clock of the case stands still until you answer.${reason(d, 'en')}`,
  ),
  'vetting-information-answered': words(
    (d) => `보완 요청에 답이 왔습니다: ${name(d, 'ko')}${caseNumber(d)}`,
    (d) => `Information received: ${name(d, 'en')}${caseNumber(d)}`,
    () => '심사 기한이 다시 흐릅니다.',
    () => 'The clock of the case runs again.',
  ),
  'vetting-proposed': words(
    (d) => `확인할 심사 결정이 있습니다: ${name(d, 'ko')}${caseNumber(d)}`,
    (d) => `A decision waits for the second person: ${name(d, 'en')}${caseNumber(d)}`,
    (d) =>
      `제안된 결정: ${outcome(d, 'ko', PROPOSED, '화면에서 확인')}. 제안한 사람이 아닌 공무원이 확인해야 합니다.`,
    (d) =>
      `Proposed: ${outcome(d, 'en', PROPOSED, 'see the case')}. Someone other than the proposer must confirm it.`,
  ),
  'vetting-returned': words(
    (d) => `제안한 결정이 돌아왔습니다: ${name(d, 'ko')}${caseNumber(d)}`,
    (d) => `Your proposal was sent back: ${name(d, 'en')}${caseNumber(d)}`,
    (d) => `확인자가 다시 검토해 달라고 합니다.${reason(d, 'ko')}`,
    (d) => `The second person asks you to look again.${reason(d, 'en')}`,
  ),
  'vetting-decided': words(
    (d) => outcome(d, 'ko', OUTCOMES, '심사 결정이 나왔습니다'),
    (d) => outcome(d, 'en', OUTCOMES, 'Your vetting is decided'),
    (d) =>
      `${day(d, 'ko') ? `${day(d, 'ko')}까지 유효합니다.` : '결정과 이유를 확인해 주십시오.'}${reason(d, 'ko')}`,
    (d) =>
      `${day(d, 'en') ? `Valid to ${day(d, 'en')}.` : 'Please read the decision and its reason.'}${reason(d, 'en')}`,
  ),
  'screening-decided': words(
    (d) =>
      d['outcome'] === 'cleared'
        ? '제한 명단과 다른 곳임을 확인했습니다'
        : '제한 명단에 있는 곳으로 확인되었습니다',
    (d) =>
      d['outcome'] === 'cleared'
        ? 'You are not the party on the restricted list'
        : 'You were found on a restricted list',
    (d) =>
      `${d['outcome'] === 'cleared' ? '맞는 기회에 다시 나옵니다.' : '맞는 기회에 나오지 않습니다. 다르다면 담당 부처에 알려 주십시오.'}${reason(d, 'ko')}`,
    (d) =>
      `${d['outcome'] === 'cleared' ? 'You are proposed for opportunities again.' : 'You are no longer proposed for opportunities. If this is wrong, please tell the ministry.'}${reason(d, 'en')}`,
  ),
  'vetting-expiring': words(
    (d) => `심사 유효 기간이 ${daysKo(d)}끝납니다`,
    (d) => `Your vetting ends ${daysEn(d)}`,
    (d) => `${day(d, 'ko') ? `${day(d, 'ko')}까지 유효합니다. ` : ''}갱신 심사를 신청해 주십시오.`,
    (d) => `${day(d, 'en') ? `It is valid to ${day(d, 'en')}. ` : ''}Please apply for renewal.`,
  ),
};

type OtherKind = Exclude<
  NoticeKind,
  | keyof typeof interestWords
  | keyof typeof opportunityWords
  | keyof typeof teamWords
  | keyof typeof vettingWords
>;

const otherWords: Record<OtherKind, Words> = {
  'appeal-opened': words(
    (d) => `매칭 결과에 이의가 들어왔습니다: ${title(d, 'ko')}`,
    (d) => `Objection to a match: ${title(d, 'en')}`,
    (d) => `${day(d, 'ko') ? `${day(d, 'ko')}까지 ` : ''}계산을 확인하고 이유를 적어 답해 주십시오.`,
    (d) => `Please check the reckoning and answer with reasons${day(d, 'en') ? ` by ${day(d, 'en')}` : ''}.`,
  ),
  'appeal-answered': words(
    (d) => `이의에 답이 왔습니다: ${title(d, 'ko')}`,
    (d) => `Your objection is answered: ${title(d, 'en')}`,
    (d) => `매칭 결과에 낸 이의를 검토했습니다.${reason(d, 'ko')}`,
    (d) => `Your objection to a match was reviewed.${reason(d, 'en')}`,
  ),
  'counterparty-suspended': words(
    (d) => `${name(d, 'ko')}의 참여가 정지되었습니다`,
    (d) => `${name(d, 'en')} is suspended`,
    () => '정지된 동안에는 이 조직과의 절차가 멈춥니다.',
    () => 'While it is suspended, what you have under way with it rests.',
  ),
  'counterparty-restored': words(
    (d) => `${name(d, 'ko')}의 참여 정지가 풀렸습니다`,
    (d) => `${name(d, 'en')} is no longer suspended`,
    () => '멈추었던 절차를 이어 갈 수 있습니다.',
    () => 'What rested can go on.',
  ),
  'certificate-expiring': words(
    (d) => `${certificate(d, 'ko')}의 유효 기간이 ${daysKo(d)}끝납니다`,
    (d) => `${certificate(d, 'en')} runs out ${daysEn(d)}`,
    (d) =>
      `${day(d, 'ko') ? `${day(d, 'ko')}까지 유효합니다. ` : ''}새 인증서를 올려 주십시오. 끝나면 이 인증을 요구하는 기회에 맞지 않게 됩니다.`,
    (d) =>
      `${day(d, 'en') ? `It is valid to ${day(d, 'en')}. ` : ''}Please upload the new one. After that day you no longer match opportunities that demand it.`,
  ),
  'join-requested': words(
    (d) => `${d['person'] ? `${d['person']} 님이 ` : ''}${name(d, 'ko')}에 참여를 요청했습니다`,
    (d) => `${d['person'] ?? 'Someone'} asks to join ${name(d, 'en')}`,
    (d) => `구성원 화면에서 받아들이거나 거절해 주십시오.${reason(d, 'ko')}`,
    (d) => `Please accept or decline on the people page.${reason(d, 'en')}`,
  ),
  'join-decided': words(
    (d) =>
      `${name(d, 'ko')} 참여 요청이 ${d['outcome'] === 'accepted' ? '받아들여졌습니다' : '거절되었습니다'}`,
    (d) =>
      `Your request to join ${name(d, 'en')} was ${d['outcome'] === 'accepted' ? 'accepted' : 'declined'}`,
    (d) =>
      d['outcome'] === 'accepted'
        ? '이제 이 조직의 구성원으로 이용할 수 있습니다.'
        : '문의는 그 조직에 직접 해 주십시오.',
    (d) =>
      d['outcome'] === 'accepted'
        ? 'You can now act for it.'
        : 'Please ask the organisation itself if you have questions.',
  ),
  'member-joined': words(
    (d) => `${d['person'] ? `${d['person']} 님이` : '새 구성원이'} ${name(d, 'ko')}에 들어왔습니다`,
    (d) => `${d['person'] ?? 'A new member'} has joined ${name(d, 'en')}`,
    () => '역할은 구성원 화면에서 바꿀 수 있습니다.',
    () => 'The role can be changed on the people page.',
  ),
  'relation-proposed': words(
    () => '매칭의 관계를 바꾸자는 제안이 있습니다',
    () => 'A change of matching relations was proposed',
    (d) => `바뀌는 점을 보고 동의하거나 돌려보내 주십시오.${reason(d, 'ko')}`,
    (d) => `Please see what changes, and agree or return it.${reason(d, 'en')}`,
  ),
  'relation-decided': words(
    (d) => (d['outcome'] === 'confirmed' ? '관계 변경이 적용되었습니다' : '관계 변경 제안이 돌아왔습니다'),
    (d) =>
      d['outcome'] === 'confirmed'
        ? 'Your change of relations is in effect'
        : 'Your change of relations was returned',
    (d) =>
      d['outcome'] === 'confirmed'
        ? '다른 담당자가 동의했습니다. 지금부터 매칭에 쓰입니다.'
        : `다른 담당자가 메모와 함께 돌려보냈습니다.${reason(d, 'ko')}`,
    (d) =>
      d['outcome'] === 'confirmed'
        ? 'Another official agreed. Matching uses it from now on.'
        : `Another official returned it with a note.${reason(d, 'en')}`,
  ),
  'match-new': words(
    (d) => `잘 맞는 새 기회${d['count'] ? ` ${d['count']}건` : ''}`,
    (d) => `New strong matches${d['count'] ? ` (${d['count']})` : ''}`,
    (d) =>
      `${pick(d, 'title', 'ko') ? `가장 잘 맞는 것: ${title(d, 'ko')}. ` : ''}점수와 맞는 이유를 볼 수 있습니다.`,
    (d) => `${pick(d, 'title', 'en') ? `The best: ${title(d, 'en')}. ` : ''}See the score and why it fits.`,
  ),
  'match-companies': words(
    (d) => `공고에 잘 맞는 새 기업${d['count'] ? ` ${d['count']}곳` : ''}`,
    (d) => `New companies that fit your notices${d['count'] ? ` (${d['count']})` : ''}`,
    (d) =>
      `${pick(d, 'title', 'ko') ? `공고 ${title(d, 'ko')}${d['notices'] ? ` 등 ${d['notices']}건` : ''}. ` : ''}맞는 기업 목록에서 볼 수 있습니다.`,
    (d) =>
      `${pick(d, 'title', 'en') ? `For ${title(d, 'en')}${d['notices'] ? ` and others, ${d['notices']} notices in all` : ''}. ` : ''}They are in the list of matching companies.`,
  ),
  'search-alert': words(
    (d) => `새 검색 결과${d['count'] ? ` ${d['count']}건` : ''}${d['search'] ? `: ${d['search']}` : ''}`,
    (d) =>
      `New search results${d['count'] ? ` (${d['count']})` : ''}${d['search'] ? `: ${d['search']}` : ''}`,
    (d) =>
      `${pick(d, 'title', 'ko') ? `첫 번째: ${title(d, 'ko')}. ` : ''}저장하신 검색에 새로 맞는 것입니다.`,
    (d) =>
      `${pick(d, 'title', 'en') ? `The first: ${title(d, 'en')}. ` : ''}It is new for a search you saved.`,
  ),
  'search-drift': words(
    (d) => (d['outcome'] === 'failed' ? '검색 점검을 끝내지 못했습니다' : '검색 색인이 자료와 달랐습니다'),
    (d) =>
      d['outcome'] === 'failed' ? 'The check of the search index failed' : 'The search index had drifted',
    (d) =>
      d['outcome'] === 'failed'
        ? '지난밤 점검에서 검색 색인을 모두 비교하지 못했습니다. 시스템 화면에서 이유를 확인해 주십시오.'
        : `지난밤 점검에서 자료와 다른 색인 문서${d['count'] ? ` ${d['count']}건을` : '를'} 찾아 고쳤습니다. 되풀이되면 원인을 살펴 주십시오.`,
    (d) =>
      d['outcome'] === 'failed'
        ? 'Last night’s check could not compare the whole index. The system page says why.'
        : `Last night’s check found ${d['count'] ? `${d['count']} documents` : 'documents'} that differed from the records and repaired them. If it happens again, please look for the cause.`,
  ),
};

const ALL: Record<NoticeKind, Words> = {
  ...interestWords,
  ...opportunityWords,
  ...teamWords,
  ...vettingWords,
  ...otherWords,
};

export interface NoticeText {
  subject: string;
  text: string;
}

/** A notice in words. */
export function noticeText(lang: Lang, kind: NoticeKind, data: NoticeData): NoticeText {
  const { subject, text } = ALL[kind];
  return { subject: subject(lang, data), text: text(lang, data) };
}
