import type { CompanyTasks } from '#lib/domain/company/home.ts';
import { href } from '#lib/i18n/address.ts';
import { langOfText } from '#lib/i18n/company.ts';
import { formatDate } from '#lib/i18n/format.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import { msg } from '#lib/i18n/msg.ts';
import { nameIn } from '#lib/i18n/opportunity.ts';

/** A line of "needs you now": a verb with its count, and what makes it urgent. */
export interface Task {
  title: string;
  href: string;
  action: string;
  due: string | null;
  about: string;
  text: string;
}

const words = {
  answer: msg<{ n: number }>({
    ko: ({ n }) => `보완 요청 ${n}건에 답하기`,
    en: ({ n }) => `Answer ${n} information request${n === 1 ? '' : 's'}`,
  }),
  answerAction: msg({ ko: '답하기', en: 'Answer' }),
  answerText: msg({
    ko: '답을 보내면 심사 시계가 다시 갑니다.',
    en: 'The clock runs again once you answer.',
  }),
  vetting: msg({ ko: '심사', en: 'Vetting' }),
  team: msg<{ name: string }>({
    ko: ({ name }) => `${name}의 팀 제안에 답하기`,
    en: ({ name }) => `Answer the invitation of ${name}`,
  }),
  teamAbout: msg({ ko: '팀', en: 'Team' }),
  teamText: msg<{ title: string }>({
    ko: ({ title }) => `‘${title}’에 팀으로 함께하자는 제안입니다. 공고가 마감되면 답할 수 없습니다.`,
    en: ({ title }) => `It asks you to team up for “${title}”. Once the notice closes it cannot be answered.`,
  }),
  invited: msg<{ title: string }>({
    ko: ({ title }) => `‘${title}’ 초대에 답하기`,
    en: ({ title }) => `Answer the invitation to “${title}”`,
  }),
  invitation: msg({ ko: '초대', en: 'Invitation' }),
  invitedBy: msg<{ name: string }>({
    ko: ({ name }) => `올린 곳: ${name}.`,
    en: ({ name }) => `From ${name}.`,
  }),
  invitedText: msg({
    ko: '관심을 표명하거나 맞지 않는다고 하면 이 목록에서 빠집니다.',
    en: 'It leaves this list once you express interest or say that it is not relevant.',
  }),
  renew: msg<{ name: string }>({
    ko: ({ name }) => `${name} 갱신본 올리기`,
    en: ({ name }) => `Upload the renewed ${name}`,
  }),
  upload: msg({ ko: '올리기', en: 'Upload' }),
  certificate: msg({ ko: '인증서', en: 'Certificate' }),
  runsOut: msg({
    ko: '만료되면 이 인증을 요구하는 기회의 통과 조건에서 실패합니다.',
    en: 'Once it has run out you no longer pass where this certificate is demanded.',
  }),
  ranOut: msg<{ day: string }>({
    ko: ({ day }) => `${day}에 만료되었습니다. 이 인증을 요구하는 기회의 통과 조건에서 실패합니다.`,
    en: ({ day }) => `It ran out on ${day}. You no longer pass where this certificate is demanded.`,
  }),
  revet: msg({ ko: '재심사 신청하기', en: 'Request renewed vetting' }),
  request: msg({ ko: '신청하기', en: 'Request' }),
  revetText: msg({
    ko: '기한이 지나면 검증된 기업만 참여하는 기회에서 빠집니다.',
    en: 'After that day you drop out of opportunities kept for vetted companies.',
  }),
  express: msg<{ title: string }>({
    ko: ({ title }) => `‘${title}’에 관심 표명 보내기`,
    en: ({ title }) => `Express interest in “${title}”`,
  }),
  see: msg({ ko: '살펴보기', en: 'Look at it' }),
  match: msg({ ko: '잘 맞는 기회', en: 'A strong match' }),
  expressText: msg({
    ko: '잘 맞는 기회의 마감이 다가옵니다. 아직 관심을 표명하지 않았습니다.',
    en: 'It fits well and closes soon. You have not expressed interest yet.',
  }),
  fill: msg({ ko: '기업 정보 채우고 공개하기', en: 'Complete and publish your profile' }),
  fillAction: msg({ ko: '이어 쓰기', en: 'Continue' }),
  profile: msg({ ko: '기업 정보', en: 'Profile' }),
  fillText: msg({
    ko: '공개하기 전에는 기회와 맞추지 않고 다른 사람에게 보이지 않습니다.',
    en: 'Until it is public nothing is matched and nobody else sees it.',
  }),
  vet: msg({ ko: '심사 신청하기', en: 'Request vetting' }),
  vetText: msg({
    ko: '검증되면 검증된 기업만 참여하는 기회에 관심을 표명할 수 있습니다.',
    en: 'Once vetted you can take part in opportunities kept for vetted companies.',
  }),
};

/**
 * Everything that waits, by deadline: certificates that have run out first, what has no deadline last. `today` is the
 * present day in Korea.
 */
export function tasksOf(lang: Lang, tasks: CompanyTasks, today: string): Task[] {
  const renewals = Object.groupBy(tasks.certificates, (one) => (one.validTo < today ? 'over' : 'coming'));
  const others = [
    ...requestTask(lang, tasks),
    ...(renewals.coming ?? []).map((one) => certificateTask(lang, one, today)),
    ...vettingTask(lang, tasks),
    ...tasks.invitations.map(({ opportunity, title, publisher, deadline }) => ({
      title: words.invited(lang, { title: nameIn(lang, title) }),
      href: href(lang, `/company/invitations/${opportunity}`),
      action: words.see(lang),
      due: deadline,
      about: words.invitation(lang),
      text: invitedText(lang, nameIn(lang, publisher)),
    })),
    ...tasks.teamInvitations.map(({ team, title, leader, deadline }) => ({
      title: words.team(lang, { name: nameIn(lang, leader) }),
      href: href(lang, `/company/teams/${team}`),
      action: words.answerAction(lang),
      due: deadline,
      about: words.teamAbout(lang),
      text: words.teamText(lang, { title: nameIn(lang, title) }),
    })),
    ...tasks.closing.map(({ id, title, deadline }) => ({
      title: words.express(lang, { title: nameIn(lang, title) }),
      href: href(lang, `/company/matches/${id}`),
      action: words.see(lang),
      due: deadline,
      about: words.match(lang),
      text: words.expressText(lang),
    })),
  ].sort((a, b) => dueTime(a) - dueTime(b));
  const over = (renewals.over ?? []).map((one) => certificateTask(lang, one, today));
  return [...over, ...others, ...untimed(lang, tasks)];
}

/** A publisher that keeps its name back has none. */
function invitedText(lang: Lang, publisher: string): string {
  const by = publisher === '' ? [] : [words.invitedBy(lang, { name: publisher })];
  return [...by, words.invitedText(lang)].join(' ');
}

function requestTask(lang: Lang, { requests }: CompanyTasks): Task[] {
  const [first] = requests;
  if (first === undefined) return [];
  const only = requests.length === 1;
  return [
    {
      title: words.answer(lang, { n: requests.length }),
      href: href(lang, only ? `/company/vetting/requests/${first.id}` : '/company/vetting'),
      action: words.answerAction(lang),
      due: first.dueAt,
      about: words.vetting(lang),
      text: [ownWords(lang, first.question), words.answerText(lang)].filter(Boolean).join(' '),
    },
  ];
}

function certificateTask(lang: Lang, one: CompanyTasks['certificates'][number], today: string): Task {
  const over = one.validTo < today;
  return {
    title: words.renew(lang, { name: one.name }),
    href: href(lang, `/company/profile/evidence?entry=${one.id}#valid_to`),
    action: words.upload(lang),
    due: over ? null : one.validTo,
    about: words.certificate(lang),
    text: over ? words.ranOut(lang, { day: formatDate(lang, one.validTo) }) : words.runsOut(lang),
  };
}

function vettingTask(lang: Lang, { vettingEnds }: CompanyTasks): Task[] {
  if (vettingEnds === null) return [];
  return [
    {
      title: words.revet(lang),
      href: href(lang, '/company/vetting'),
      action: words.request(lang),
      due: vettingEnds,
      about: words.vetting(lang),
      text: words.revetText(lang),
    },
  ];
}

function untimed(lang: Lang, { profile }: CompanyTasks): Task[] {
  if (profile === null) return [];
  const unpublished = profile === 'unpublished';
  return [
    {
      title: unpublished ? words.fill(lang) : words.vet(lang),
      href: href(lang, unpublished ? '/company/profile' : '/company/vetting'),
      action: unpublished ? words.fillAction(lang) : words.request(lang),
      due: null,
      about: unpublished ? words.profile(lang) : words.vetting(lang),
      text: unpublished ? words.fillText(lang) : words.vetText(lang),
    },
  ];
}

function dueTime(task: Task): number {
  return task.due === null ? Number.MAX_VALUE : Date.parse(task.due);
}

/** The beginning of a question, when it is in the language of the page. */
function ownWords(lang: Lang, text: string): string {
  if (langOfText(lang, text) !== undefined) return '';
  const line = text.split('\n')[0] ?? '';
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}
