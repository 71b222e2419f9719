import { describe, expect, it } from 'vitest';
import { romanise, soundKeys, spelledLetters } from './romanise.ts';

const meet = (a: string, b: string): boolean => soundKeys(a).some((key) => soundKeys(b).includes(key));

describe('romanised names', () => {
  it.each([
    ['대우', 'Daewoo Daeu Taeu'],
    ['효성', 'Hyosung Hyoseong Hyo-sung'],
    ['현대', 'Hyundai Hyeondae Hyŏndae'],
    ['금호', 'Kumho Geumho Kŭmho'],
    ['롯데', 'Lotte'],
    ['한국', 'Hankook Hanguk Hankuk'],
    ['신라', 'Silla Shilla Sinla'],
    ['이', 'Lee Yi Rhee Ri'],
    ['최', 'Choi Choe'],
    ['박', 'Park Pak Bak'],
    ['정', 'Jung Jeong Chung'],
    ['노', 'Roh Noh No'],
    ['임', 'Lim Im Yim Rim'],
    ['포스코', 'POSCO'],
    ['에코프로', 'Ecopro'],
    ['류성', 'Ryusung Yuseong'],
    ['종로', 'Jongno Chongro'],
    ['영풍', 'Youngpoong Yeongpung'],
  ])('%s meets %s', (hangul, spellings) => {
    for (const spelling of spellings.split(' '))
      expect([spelling, meet(hangul, spelling)]).toEqual([spelling, true]);
  });

  it.each([
    ['대우', 'Samsung'],
    ['해솔', 'Hansol'],
    ['가람', 'Garden'],
  ])('%s does not meet %s', (hangul, latin) => {
    expect(meet(hangul, latin)).toBe(false);
  });

  it('are written syllable by syllable', () => {
    expect(romanise('해솔')).toBe('haesol');
  });

  it('that spell letters are read as letters', () => {
    expect(spelledLetters('엘지화학')).toBe('lg화학');
    expect(spelledLetters('에스케이')).toBe('sk');
    expect(spelledLetters('오이')).toBeNull();
    expect(spelledLetters('해솔')).toBeNull();
  });
});
