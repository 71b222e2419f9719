import type { Lang } from '#lib/i18n/lang.ts';
import { msg, type Message } from '#lib/i18n/msg.ts';

/** What is filled into the mails about an account. */
export interface MailValues {
  /**
   * Addressee as they call themselves; empty as long as nobody has shown that the address is theirs: whoever typed it
   * would else send their own words to a stranger.
   */
  name: string;
  link: string;
  /** Organisation or agency, in the language of the mail. */
  organisation: string;
  /** Who invites. */
  by: string;
  newEmail: string;
}

interface MailWords {
  subject: Message<MailValues>;
  text: Message<MailValues>;
}

const words = (
  subject: Record<Lang, (values: MailValues) => string>,
  text: Record<Lang, (values: MailValues) => string[]>,
): MailWords => ({
  subject: msg<MailValues>(subject),
  text: msg<MailValues>({
    ko: (values) => text.ko(values).join('\n\n'),
    en: (values) => text.en(values).join('\n\n'),
  }),
});

const greeting = msg<{ name: string }>({
  ko: ({ name }) => (name === '' ? '안녕하십니까,' : `${name} 님,`),
  en: ({ name }) => (name === '' ? 'Hello,' : `Hello ${name},`),
});

/** Mails about the account itself, each with the link it is about. */
export const accountMails = {
  verify: words(
    { ko: () => '메일 주소를 확인해 주십시오', en: () => 'Please confirm your mail address' },
    {
      ko: ({ link }) => [
        '안녕하십니까, 광맥에 가입해 주셔서 고맙습니다.',
        `아래 주소를 열어 메일 주소를 확인해 주십시오. 24시간 동안 쓸 수 있습니다.\n${link}`,
        '가입하신 적이 없다면 이 메일을 지우시면 됩니다. 아무 일도 일어나지 않습니다.',
      ],
      en: ({ link }) => [
        'Hello, thank you for signing up with Gwangmaek.',
        `Open this address to confirm your mail address. It works for 24 hours.\n${link}`,
        'If you did not sign up, delete this mail. Nothing will happen.',
      ],
    },
  ),
  exists: words(
    { ko: () => '이미 광맥 계정이 있습니다', en: () => 'You already have a Gwangmaek account' },
    {
      ko: ({ name, link }) => [
        `${name} 님, 누군가 이 메일 주소로 가입하려고 했습니다. 이 주소에는 이미 계정이 있습니다.`,
        `본인이라면 로그인하시거나, 비밀번호를 잊었다면 여기에서 바꾸십시오.\n${link}`,
        '본인이 아니라면 하실 일이 없습니다. 계정은 그대로입니다.',
      ],
      en: ({ name, link }) => [
        `Hello ${name}, somebody tried to sign up with this mail address. It already has an account.`,
        `If it was you, sign in; if you forgot the password, change it here.\n${link}`,
        'If it was not you, there is nothing to do. Your account is unchanged.',
      ],
    },
  ),
  reset: words(
    { ko: () => '비밀번호 바꾸기', en: () => 'Set a new password' },
    {
      ko: ({ name, link }) => [
        `${greeting('ko', { name })} 아래 주소에서 새 비밀번호를 정해 주십시오. 1시간 동안 한 번 쓸 수 있습니다.\n${link}`,
        '새 비밀번호를 정하면 모든 기기에서 로그아웃됩니다.',
        '요청하신 적이 없다면 이 메일을 지우시면 됩니다. 비밀번호는 그대로입니다.',
      ],
      en: ({ name, link }) => [
        `${greeting('en', { name })} set a new password at this address. It works once, for one hour.\n${link}`,
        'Setting it signs you out on every device.',
        'If you did not ask for it, delete this mail. Your password is unchanged.',
      ],
    },
  ),
  passwordChanged: words(
    { ko: () => '비밀번호가 바뀌었습니다', en: () => 'Your password was changed' },
    {
      ko: ({ name, link }) => [
        `${name} 님, 광맥 계정의 비밀번호가 방금 바뀌었습니다.`,
        `본인이 아니라면 바로 다시 바꾸어 주십시오.\n${link}`,
      ],
      en: ({ name, link }) => [
        `Hello ${name}, the password of your Gwangmaek account was changed just now.`,
        `If it was not you, set a new one at once.\n${link}`,
      ],
    },
  ),
  changeOld: words(
    {
      ko: () => '메일 주소 변경을 확인해 주십시오',
      en: () => 'Please confirm the change of your mail address',
    },
    {
      ko: ({ name, link, newEmail }) => [
        `${name} 님, 계정의 메일 주소를 ${newEmail}(으)로 바꾸려는 요청이 있습니다.`,
        `본인이라면 아래 주소를 열어 확인해 주십시오. 새 주소에서도 확인해야 바뀝니다. 24시간 동안 쓸 수 있습니다.\n${link}`,
        '본인이 아니라면 확인하지 마시고 비밀번호를 바꾸어 주십시오.',
      ],
      en: ({ name, link, newEmail }) => [
        `Hello ${name}, there is a request to change the mail address of your account to ${newEmail}.`,
        `If it was you, confirm it here. The new address must confirm as well. It works for 24 hours.\n${link}`,
        'If it was not you, do not confirm, and change your password.',
      ],
    },
  ),
  changeNew: words(
    { ko: () => '새 메일 주소를 확인해 주십시오', en: () => 'Please confirm your new mail address' },
    {
      ko: ({ link }) => [
        `안녕하십니까, 이 주소를 광맥 계정의 새 메일 주소로 쓰려면 아래 주소를 열어 확인해 주십시오. 지금까지의 주소에서도 확인해야 바뀝니다. 24시간 동안 쓸 수 있습니다.\n${link}`,
        '요청하신 적이 없다면 이 메일을 지우시면 됩니다.',
      ],
      en: ({ link }) => [
        `Hello, to use this address for your Gwangmaek account, confirm it here. The present address must confirm as well. It works for 24 hours.\n${link}`,
        'If you did not ask for it, delete this mail.',
      ],
    },
  ),
  emailTaken: words(
    {
      ko: () => '이 메일 주소에는 이미 계정이 있습니다',
      en: () => 'This mail address already has an account',
    },
    {
      ko: ({ link }) => [
        '다른 광맥 계정에서 이 주소를 쓰려고 했습니다. 이 주소에는 이미 계정이 있어 바꿀 수 없습니다.',
        `이 주소의 계정으로 로그인하시려면:\n${link}`,
      ],
      en: ({ link }) => [
        'Another Gwangmaek account asked to use this address. It already has an account, so the change is not possible.',
        `To sign in to the account of this address:\n${link}`,
      ],
    },
  ),
  emailChanged: words(
    { ko: () => '메일 주소가 바뀌었습니다', en: () => 'Your mail address was changed' },
    {
      ko: ({ name, newEmail }) => [
        `${name} 님, 광맥 계정의 메일 주소가 ${newEmail}(으)로 바뀌었습니다. 이제 새 주소로 로그인해 주십시오.`,
      ],
      en: ({ name, newEmail }) => [
        `Hello ${name}, the mail address of your Gwangmaek account is now ${newEmail}. Please sign in with it from now on.`,
      ],
    },
  ),
  invitation: words(
    {
      ko: ({ organisation }) => `${organisation}에 초대되었습니다`,
      en: ({ organisation }) => `You are invited to ${organisation}`,
    },
    {
      ko: ({ organisation, by, link }) => [
        `${by} 님이 광맥에서 ${organisation}의 구성원으로 초대했습니다.`,
        `아래 주소에서 받아들일 수 있습니다. 7일 동안 쓸 수 있습니다.\n${link}`,
        '모르는 초대라면 이 메일을 지우시면 됩니다.',
      ],
      en: ({ organisation, by, link }) => [
        `${by} invites you to act for ${organisation} on Gwangmaek.`,
        `You can accept here. It works for 7 days.\n${link}`,
        'If you do not know of it, delete this mail.',
      ],
    },
  ),
  officialAccount: words(
    { ko: () => '광맥 공무원 계정이 만들어졌습니다', en: () => 'Your official’s account on Gwangmaek' },
    {
      ko: ({ name, organisation, link }) => [
        `${name} 님, ${organisation} 소속으로 계정을 만들었습니다.`,
        `아래 주소에서 비밀번호를 정해 주십시오. 7일 동안 한 번 쓸 수 있습니다.\n${link}`,
      ],
      en: ({ name, organisation, link }) => [
        `Hello ${name}, an account was made for you at ${organisation}.`,
        `Set its password here. The address works once, for 7 days.\n${link}`,
      ],
    },
  ),
} as const;
export type AccountMail = keyof typeof accountMails;

const footer = msg({
  ko: '광맥 · 이 메일에는 답할 수 없습니다. 받는 언어는 계정의 언어 화면에서 바꿀 수 있습니다.',
  en: 'Gwangmaek · This mailbox is not read. The language can be changed on the language page of your account.',
});

/** The text of a mail with what stands under every mail. */
export function mailBody(lang: Lang, text: string): string {
  return `${text}\n\n-- \n${footer(lang)}\n`;
}
